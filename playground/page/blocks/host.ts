import type { Json } from '../model/block.ts';

/** An input, button or menu of a block, with the block it stands in. */
export interface Place {
  readonly blockId: string;
  readonly element: Json;
}

/** What blocks need from where they stand: a message, the home tab or a modal. */
export interface BlockHost {
  /** What is entered or chosen in an element, as in Slack's `state.values`. */
  stateOf(place: Place): Json;
  /** Keeps what was entered, without telling the bot. */
  enter(place: Place, state: Json): void;
  /** Keeps it and sends it to the bot as an action; asks first where the element wants that. */
  send(place: Place, state: Json): void;
  /** Everything entered so far, block by block. */
  values(): Record<string, Record<string, Record<string, unknown>>>;
  isPending(place: Place): boolean;
  /** What is wrong, by block, after a modal was submitted. */
  readonly errors: Readonly<Record<string, string>>;
  /** Why the bot could not be told of the last action; empty when it could. */
  readonly failure: string;
}

/** Blocks and actions should have ids; where they lack one, their position stands in. */
export function blockIdOf(block: Json, index: number): string {
  return typeof block.block_id === 'string' && block.block_id ? block.block_id : `block-${index}`;
}

export function keyOf({ blockId, element }: Place): string {
  // Several buttons may share an action and differ in what they carry.
  const value = element.type === 'button' ? JSON.stringify(element.value ?? element.text) : '';
  return `${blockId} ${String(element.action_id ?? '')} ${value}`;
}
