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

/**
 * Whether what is watched, or told, is for the viewer's ears: not what is another workspace's, and
 * who sees only some of the channels is not told how much is said in all of them.
 */
export function mayHear(
  viewer: Viewer,
  { source, workspaceId }: { readonly source: string; readonly workspaceId: string | null },
): boolean {
  if (workspaceId !== null && workspaceId !== viewer.workspaceId) return false;
  return source !== 'slack' || viewer.publicChannelIds === undefined;
}
