import { createContext, useContext, useEffect, useEffectEvent } from 'react';
import type { Person, PlaygroundChannel, State } from '../../protocol.ts';
import type { Mentionable } from '../model/mrkdwn.ts';
import type { Api } from './api.ts';
import type { Listener, Live } from './live.ts';

/** A picture as the lightbox shows it. */
export interface Picture {
  readonly src: string;
  readonly alt: string;
  readonly title: string;
}

/** A question before something is done; the words are plain text. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly danger: boolean;
}

/** What every part of the page may need: the workspace as one person sees it. */
export interface Workspace {
  readonly state: State;
  readonly api: Api;
  readonly live: Live;
  readonly names: readonly Mentionable[];
  /** The conversation with the bot, once there is one. */
  readonly direct: PlaygroundChannel | undefined;
  person(id: string): Person;
  /** Reads the workspace again: its people and channels. */
  refresh(): Promise<void>;
  enlarge(picture: Picture): void;
  /** Asks, and resolves with whether the answer was yes. */
  ask(question: Question): Promise<boolean>;
}

export const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace is called outside of the workspace.');
  return workspace;
}

/** Calls `listener`, always its latest version, with every event from `live`. */
export function useLive(live: Live, listener: Listener): void {
  const onEvent = useEffectEvent(listener);
  useEffect(() => live.subscribe((event) => onEvent(event)), [live]);
}

/** Everybody and every channel that `state` knows, as what can be mentioned. */
export function mentionables(state: State): readonly Mentionable[] {
  return [
    ...[...state.people, state.bot].map(({ id, name }) => ({ id, name, sigil: '@' as const })),
    ...state.channels
      .filter(({ isDirect }) => !isDirect)
      .map(({ id, name }) => ({ id, name, sigil: '#' as const })),
  ];
}
