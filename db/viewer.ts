/**
 * Whose eyes an answer is for. Every public channel of the workspace is theirs to see, or only
 * those listed where they are guests; of the private ones only those listed. Whoever builds the
 * viewer has just checked the lists with Slack.
 */
export interface Viewer {
  readonly workspaceId: string;
  readonly privateChannelIds: readonly string[];
  readonly publicChannelIds?: readonly string[];
}
