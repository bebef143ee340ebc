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
 * Whether the viewer may learn how much is written in all public channels together: a guest, or a
 * channel that is shared with another organisation, sees only some of them.
 */
export function mayHearOfAllChannels({ publicChannelIds }: Viewer): boolean {
  return publicChannelIds === undefined;
}

/** Whether the viewer may see what is watched or reported: nothing of another workspace. */
export function mayHear(
  viewer: Viewer,
  { source, workspaceId }: { readonly source: string; readonly workspaceId: string | null },
): boolean {
  if (workspaceId !== null && workspaceId !== viewer.workspaceId) return false;
  return source !== 'slack' || mayHearOfAllChannels(viewer);
}
