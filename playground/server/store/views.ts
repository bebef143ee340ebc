import type { Feed } from './feed.ts';
import { newId } from './ids.ts';
import type { StateValues, View } from './types.ts';

/** What an app says about a view; the rest is the workspace's. */
export type ViewContent = Omit<View, 'id' | 'user' | 'hash' | 'rootId' | 'previousId' | 'values'>;

export interface Views {
  get(id: string): View | undefined;
  byExternalId(externalId: string): View | undefined;
  home(user: string): View | undefined;
  /** The open modals of a person, the lowest first. */
  stack(user: string): readonly View[];
  publish(user: string, content: ViewContent): View;
  /** Opens a modal on top of those that are open. */
  push(user: string, content: ViewContent): View;
  update(view: View, content: ViewContent): View;
  setValues(view: View, values: StateValues): View;
  /** Closes one modal, or all of the person's. */
  close(view: View, all: boolean): void;
}

export function createViews(feed: Feed): Views {
  const byId = new Map<string, View>();
  const homes = new Map<string, string>();
  const stacks = new Map<string, string[]>();

  function save(view: View): View {
    byId.set(view.id, view);
    return view;
  }
  function show(view: View): View {
    feed.emit({ type: 'viewShown', view: save(view) });
    return view;
  }
  const stack = (user: string) => (stacks.get(user) ?? []).flatMap((id) => byId.get(id) ?? []);
  const update = (view: View, content: ViewContent) =>
    show({ ...view, ...content, hash: newHash() });

  return {
    get: (id) => byId.get(id),
    byExternalId: (externalId) => [...byId.values()].find((v) => v.externalId === externalId),
    home: (user) => byId.get(homes.get(user) ?? ''),
    stack,
    publish(user, content) {
      const known = byId.get(homes.get(user) ?? '');
      if (known) return update(known, content);
      const id = newId('V');
      homes.set(user, id);
      return show({ ...content, ...placed(id, user, undefined) });
    },
    push(user, content) {
      const id = newId('V');
      const below = stack(user).at(-1);
      stacks.set(user, [...(stacks.get(user) ?? []), id]);
      return show({ ...content, ...placed(id, user, below) });
    },
    update,
    setValues: (view, values) => save({ ...view, values }),
    close(view, all) {
      const ids = stacks.get(view.user) ?? [];
      const closed = all ? ids : ids.filter((id) => id === view.id);
      stacks.set(
        view.user,
        ids.filter((id) => !closed.includes(id)),
      );
      for (const id of closed) {
        const gone = byId.get(id);
        byId.delete(id);
        if (gone) feed.emit({ type: 'viewClosed', view: gone });
      }
    },
  };
}

function newHash(): string {
  return `${Math.floor(Date.now() / 1000)}.${newId('', 8).toLowerCase()}`;
}

function placed(id: string, user: string, below: View | undefined) {
  return {
    id,
    user,
    hash: newHash(),
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    values: {},
  };
}
