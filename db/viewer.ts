/**
 * Whose eyes an answer is for. Every public channel of the workspace is theirs to see; of the
 * private ones only those listed, which whoever builds the viewer has just checked with Slack.
 */
export interface Viewer {
  readonly workspaceId: string;
  readonly privateChannelIds: readonly string[];
}
