import { useEffect, useState } from 'react';
import type { BlockAction } from '../../protocol.ts';
import { inWords } from '../lib/api.ts';
import { useLive, useWorkspace } from '../lib/workspace.ts';
import { isJson, type Json, list, words } from '../model/block.ts';
import { actionOf, initialState, isKnown } from '../model/element.ts';
import { type BlockHost, blockIdOf, keyOf, type Place } from './host.ts';

/** How long a button shows that the bot is at work when nothing visible comes of it. */
const patience = 3_000;

/**
 * Keeps what is entered in a container's blocks and sends its actions. `source` is the message or
 * view that holds the blocks: a new one ends the wait for the bot.
 */
export function useActions(
  container: BlockAction['container'],
  source: { readonly blocks?: readonly Json[] },
): BlockHost {
  const { api, ask, live, state } = useWorkspace();
  const [entered, setEntered] = useState<ReadonlyMap<string, Json>>(new Map());
  const [pending, setPending] = useState('');
  const [failure, setFailure] = useState('');

  // A new source is the bot's answer.
  useEffect(() => setPending(''), [source]);
  useLive(live, (event) => {
    const isAnswer = event.type === 'message' && event.message.user === state.bot.id;
    if (isAnswer || event.type === 'view') setPending('');
  });
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => setPending(''), patience);
    return () => clearTimeout(timer);
  }, [pending]);

  function enter(place: Place, entry: Json): void {
    setEntered((known) => new Map(known).set(keyOf(place), entry));
  }

  async function send(place: Place, chosen: Json): Promise<void> {
    const confirm = place.element.confirm;
    if (isJson(confirm) && !(await ask(questionOf(confirm)))) return;
    enter(place, chosen);
    setPending(keyOf(place));
    setFailure('');
    try {
      await api.act({ container, action: actionOf(place.blockId, place.element, chosen) });
    } catch (error) {
      setFailure(inWords(error));
      setPending('');
    }
  }

  return {
    stateOf: (place) => entered.get(keyOf(place)) ?? initialState(place.element),
    enter,
    send: (place, chosen) => void send(place, chosen),
    isPending: (place) => pending === keyOf(place),
    values: () => valuesOf(placesOf(source.blocks ?? []), entered),
    errors: {},
    failure,
  };
}

function valuesOf(places: readonly Place[], entered: ReadonlyMap<string, Json>) {
  const values: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const place of places) {
    const { type } = place.element;
    if (type === 'button' || type === 'overflow') continue;
    const state = entered.get(keyOf(place)) ?? initialState(place.element);
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
