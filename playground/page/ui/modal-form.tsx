import { useState } from 'react';
import type { View } from '../../protocol.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { useActions } from '../blocks/use-actions.ts';
import { inWords } from '../lib/api.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { Avatar } from './avatar.tsx';
import { Dialog } from './dialog.tsx';
import { CloseIcon } from './icons.tsx';

/** One modal of the bot. What is wrong with an entry is said under its field. */
export function ModalForm({ view, onClose }: { view: View; onClose: () => void }) {
  const { state, api } = useWorkspace();
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const host = useActions({ type: 'view', viewId: view.id }, view);

  async function submit(): Promise<void> {
    setBusy(true);
    setFailure('');
    try {
      const answer = await api.submit({ viewId: view.id, values: host.values() });
      setErrors(answer.errors ?? {});
    } catch (error) {
      setFailure(inWords(error));
    } finally {
      setBusy(false);
    }
  }

  const title = view.title ?? state.bot.name;
  return (
    <Dialog className="dialog" label={title} onClose={onClose}>
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header className="dialog-head">
          <Avatar person={state.bot} size={24} />
          <h2>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
            <CloseIcon />
          </button>
        </header>
        <div className="dialog-body">
          <Blocks blocks={view.blocks} host={{ ...host, errors }} />
          {failure && (
            <p className="field-error" role="alert">
              {failure}
            </p>
          )}
        </div>
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            {view.close ?? 'Cancel'}
          </button>
          {view.submit && (
            <button
              type="submit"
              className="button button-primary"
              disabled={busy}
              aria-busy={busy}
            >
              {view.submit}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
