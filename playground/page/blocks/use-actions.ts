import { useEffect, useState } from 'react';
import type { BlockAction } from '../../protocol.ts';
import { inWords } from '../lib/api.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { isJson, type Json, list, words } from '../model/block.ts';
import { actionOf, initialState, isKnown } from '../model/element.ts';
import { type BlockHost, blockIdOf, keyOf, type Place } from './host.ts';

/** How long a button shows that the bot is at work when nothing visible comes of it. */
const patience = 3_000;

interface Entered {
  readonly place: Place;
  readonly state: Json;
}

/**
 * Keeps what is entered in a container's blocks and sends its actions. `source` is the message or
 * view that holds the blocks: a new one ends the wait for the bot.
 */
export function useActions(
  container: BlockAction['container'],
  source: { readonly blocks?: readonly Json[] },
): BlockHost {
  const { api, ask } = useWorkspace();
  const [entered, setEntered] = useState<ReadonlyMap<string, Entered>>(new Map());
  const [pending, setPending] = useState('');
  const [failure, setFailure] = useState('');

  // A new source is the bot's answer.
  useEffect(() => setPending(''), [source]);
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => setPending(''), patience);
    return () => clearTimeout(timer);
  }, [pending]);

  function enter(place: Place, state: Json): void {
    setEntered((known) => new Map(known).set(keyOf(place), { place, state }));
  }

  async function send(place: Place, state: Json): Promise<void> {
    const confirm = place.element.confirm;
    if (isJson(confirm) && !(await ask(questionOf(confirm)))) return;
    enter(place, state);
    setPending(keyOf(place));
    setFailure('');
    try {
      await api.act({ container, action: actionOf(place.blockId, place.element, state) });
    } catch (error) {
      setFailure(inWords(error));
      setPending('');
    }
  }

  return {
    stateOf: (place) => entered.get(keyOf(place))?.state ?? initialState(place.element),
    enter,
    send: (place, state) => void send(place, state),
    isPending: (place) => pending === keyOf(place),
    values: () => valuesOf(placesOf(source.blocks ?? []), entered),
    errors: {},
    failure,
  };
}

function valuesOf(places: readonly Place[], entered: ReadonlyMap<string, Entered>) {
  const values: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const place of places) {
    const { type } = place.element;
    if (type === 'button' || type === 'overflow') continue;
    const state = entered.get(keyOf(place))?.state ?? initialState(place.element);
    const inBlock = values[place.blockId] ?? {};
    inBlock[String(place.element.action_id ?? '')] = { ...state };
    values[place.blockId] = inBlock;
  }
  return values;
}

function placesOf(blocks: readonly Json[]): readonly Place[] {
  return blocks.flatMap((block, index) =>
    [block.element, block.accessory, ...list(block.elements)]
      .filter(isJson)
      .filter(isKnown)
      .map((element) => ({ blockId: blockIdOf(block, index), element })),
  );
}

function questionOf(confirm: Json) {
  return {
    title: words(confirm.title),
    text: words(confirm.text),
    yes: words(confirm.confirm) || 'Yes',
    no: words(confirm.deny) || 'No',
    danger: confirm.style === 'danger',
  };
}
