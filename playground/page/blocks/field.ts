import { stateWith } from '../model/element.ts';
import type { BlockHost, Place } from './host.ts';

/** What an input block knows about the field that stands in it. */
interface Field {
  readonly id: string;
  readonly labelId: string;
  readonly describedBy: string;
  readonly invalid: boolean;
  /** Whether entries are sent to the bot at once, as outside of input blocks. */
  readonly dispatches: boolean;
}

export interface ElementProps {
  readonly place: Place;
  readonly host: BlockHost;
  readonly field?: Field | undefined;
}

/** Takes over a new value: sent to the bot, or kept until the modal is submitted. */
export function change({ place, host, field }: ElementProps, value: unknown): void {
  const state = stateWith(place.element, value);
  if (field && !field.dispatches) host.enter(place, state);
  else host.send(place, state);
}
