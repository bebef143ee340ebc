import { type KeyboardEvent, useState } from 'react';
import type { PlaygroundMessage } from '../../protocol.ts';
import { inWords } from '../lib/api.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { fromMrkdwn } from '../model/mrkdwn.ts';

/** Changes one's own message in its place. */
export function MessageEditor(props: { message: PlaygroundMessage; onDone: () => void }) {
  const { message, onDone } = props;
  const { api, names } = useWorkspace();
  const before = fromMrkdwn(message.text, names);
  const [text, setText] = useState(before);
  const [error, setError] = useState('');

  async function save(): Promise<void> {
    const typed = text.trim();
    if (!typed) return;
    if (typed === before) return onDone();
    try {
      const { channel, ts } = message;
      await api.edit({ channel, ts, text: typed });
      onDone();
    } catch (failure) {
      setError(inWords(failure));
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter' && !event.shiftKey) void save();
    else return;
    event.preventDefault();
  }

  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        // biome-ignore lint/a11y/noAutofocus: it opens on request, to be typed into
        autoFocus
        rows={2}
        aria-label="Edit the message"
        value={text}
        onFocus={({ target }) => target.setSelectionRange(text.length, text.length)}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="editor-foot">
        <button type="button" className="button" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="button button-primary" disabled={!text.trim()}>
          Save
        </button>
      </div>
    </form>
  );
}
