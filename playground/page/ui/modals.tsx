import { useState } from 'react';
import type { View } from '../../protocol.ts';
import { useLive, useWorkspace } from '../lib/workspace.ts';
import { ModalForm } from './modal-form.tsx';

/** The bot's modals, the latest on top. */
export function Modals() {
  const { live, api } = useWorkspace();
  const [views, setViews] = useState<readonly View[]>([]);
  const drop = (id: string) => setViews((known) => known.filter((view) => view.id !== id));

  useLive(live, (event) => {
    if (event.type === 'viewClosed') drop(event.viewId);
    if (event.type !== 'view' || event.view.type !== 'modal') return;
    const { view } = event;
    setViews((known) =>
      known.some(({ id }) => id === view.id)
        ? known.map((other) => (other.id === view.id ? view : other))
        : [...known, view],
    );
  });

  const top = views.at(-1);
  if (!top) return null;
  return (
    <ModalForm
      key={top.id}
      view={top}
      onClose={() => {
        drop(top.id);
        // The bot may want to know; a modal that is gone on the server is closed all the same.
        api.close(top.id).catch(() => undefined);
      }}
    />
  );
}
