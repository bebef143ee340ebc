import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { inWords } from '../lib/api.ts';
import { useLive, useWorkspace } from '../lib/workspace.ts';
import { commandOf, completionAt, isSayable, type Suggestion } from '../model/completion.ts';
import { CompletionList } from './completion-list.tsx';
import { SendIcon } from './icons.tsx';

interface ComposerProps {
  /** Under this the unsent text is kept while another conversation is open. */
  readonly draftKey: string;
  readonly label: string;
  /** Offers the workspace's commands after a slash. */
  readonly withCommands?: boolean;
  readonly onSend: (text: string) => Promise<unknown>;
}

const drafts = new Map<string, string>();

export function Composer({ draftKey, label, withCommands = false, onSend }: ComposerProps) {
  const { state, names, live } = useWorkspace();
  const [text, setText] = useState(drafts.get(draftKey) ?? '');
  const [caret, setCaret] = useState(text.length);
  /** The suggestion that the arrow keys have gone to. */
  const [at, setAt] = useState<number>();
  const [dismissed, setDismissed] = useState(false);
  const [error, setError] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();

  const commands = withCommands ? state.commands : [];
  const completion = dismissed ? undefined : completionAt(text, caret, commands, names);
  const offered = completion?.suggestions ?? [];
  const chosen = offered[Math.min(at ?? 0, offered.length - 1)];
  const reminder = completion ? undefined : commandOf(text, commands);

  function write(next: string, caretAt = next.length): void {
    drafts.set(draftKey, next);
    setText(next);
    setCaret(caretAt);
    setAt(undefined);
    setDismissed(false);
  }

  function complete(suggestion: Suggestion): void {
    const start = text.slice(0, completion?.from ?? 0) + suggestion.insert;
    write(start + text.slice(caret).replace(/^ /, ''), start.length);
    field.current?.focus();
    // The new text is in the field only after this render.
    requestAnimationFrame(() => field.current?.setSelectionRange(start.length, start.length));
  }

  useLive(live, (event) => {
    if (event.type === 'connection' && event.up) setError('');
  });

  async function send(): Promise<void> {
    // A space in front makes a message of what would be a command.
    const typed = text.trimEnd();
    if (!typed) return;
    write('');
    setError('');
    try {
      await onSend(typed);
    } catch (failure) {
      setError(inWords(failure));
      if (!drafts.get(draftKey)) write(text);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape' && completion) setDismissed(true);
    else if (step && completion) setAt(((at ?? 0) + step + offered.length) % offered.length);
    else if (event.key === 'Tab' && !event.shiftKey && chosen) complete(chosen);
    else if (event.key === 'Enter' && !event.shiftKey) {
      const typed = text.slice(completion?.from ?? 0);
      if (chosen && (at !== undefined || !isSayable(typed, chosen))) complete(chosen);
      else void send();
    } else return;
    event.preventDefault();
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {completion && chosen && (
        <CompletionList
          id={listId}
          title={completion.title}
          suggestions={offered}
          chosen={chosen}
          onChoose={complete}
        />
      )}
      {reminder && (
        <p className="composer-hint">
          <code>{reminder.usage}</code> {reminder.summary}
        </p>
      )}
      {error && (
        <p className="composer-error" role="alert">
          {error}
        </p>
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          aria-label={label}
          placeholder={label}
          role="combobox"
          aria-expanded={!!completion}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen && `${listId}-${chosen.key}`}
          value={text}
          onChange={({ target }) => {
            setError('');
            write(target.value, target.selectionStart);
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className="send"
          aria-label="Send"
          title="Send (Enter)"
          disabled={!text.trim()}
        >
          <SendIcon />
        </button>
      </div>
      <p className="composer-keys" aria-hidden="true">
        <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a new line
        {withCommands && (
          <>
            , <kbd>/</kbd> shows the commands
          </>
        )}
      </p>
    </form>
  );
}
