import { useEffect } from 'react';
import type { Suggestion } from '../model/completion.ts';

interface CompletionListProps {
  readonly id: string;
  readonly title: string;
  readonly suggestions: readonly Suggestion[];
  readonly chosen: Suggestion;
  readonly onChoose: (suggestion: Suggestion) => void;
}

/** What the composer offers; the keyboard stays in its field. */
export function CompletionList(props: CompletionListProps) {
  const { id, title, suggestions, chosen, onChoose } = props;
  const chosenId = `${id}-${chosen.key}`;
  useEffect(() => {
    document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  return (
    <div className="completion">
      <p className="completion-title" aria-hidden="true">
        {title}
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose, <kbd>Tab</kbd> completes
        </span>
      </p>
      <div id={id} role="listbox" aria-label={title}>
        {suggestions.map((suggestion) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the composer's field has the keyboard
          <div
            key={suggestion.key}
            id={`${id}-${suggestion.key}`}
            role="option"
            tabIndex={-1}
            aria-selected={suggestion === chosen}
            // The field must not lose the focus to the list.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(suggestion)}
          >
            <span className="completion-what">
              <strong>{suggestion.label}</strong>
              {suggestion.detail && <code>{suggestion.detail}</code>}
            </span>
            {suggestion.note && <span className="completion-note">{suggestion.note}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
