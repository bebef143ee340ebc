import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { becomePerson } from '../lib/route.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { Avatar } from './avatar.tsx';
import { CheckIcon, ChevronIcon } from './icons.tsx';

/** Shows who one is, and lets one be somebody else: what each may see differs. */
export function PersonSwitcher() {
  const { state } = useWorkspace();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="switcher">
      {open && <People onClose={close} />}
      <button
        ref={button}
        type="button"
        className="switcher-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Avatar person={state.me} size={32} />
        <span className="switcher-words">
          <span className="switcher-label">You are</span>
          <span className="switcher-name">{state.me.name}</span>
        </span>
        <ChevronIcon />
      </button>
    </div>
  );
}

function People({ onClose }: { onClose: () => void }) {
  const { state } = useWorkspace();
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const panel = useRef<HTMLDivElement>(null);
  const wanted = search.trim().toLocaleLowerCase();
  const people = state.people.filter(
    ({ isBot, name, title }) => !isBot && `${name} ${title}`.toLocaleLowerCase().includes(wanted),
  );
  const chosen = people[Math.min(at, people.length - 1)];

  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      const hit =
        event.target instanceof Node && panel.current?.parentElement?.contains(event.target);
      if (!hit) onClose();
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  });
  useEffect(() => {
    if (chosen)
      document.getElementById(`${listId}-${chosen.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, listId]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, people.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && chosen) becomePerson(chosen.id);
    else return;
    event.preventDefault();
  }

  return (
    <div ref={panel} className="switcher-panel" role="dialog" aria-label="Be somebody else">
      <input
        type="search"
        // biome-ignore lint/a11y/noAutofocus: the panel opens on request, to be typed into
        autoFocus
        placeholder="Be somebody else…"
        aria-label="Search for a person"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen && `${listId}-${chosen.id}`}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className="switcher-list" role="listbox" aria-label="People">
        {people.map((person) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keyboard
          <div
            key={person.id}
            id={`${listId}-${person.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={person === chosen}
            onClick={() => becomePerson(person.id)}
          >
            <Avatar person={person} size={28} />
            <span className="switcher-words">
              <span className="switcher-name">{person.name}</span>
              <span className="switcher-label">{person.title}</span>
            </span>
            {person.id === state.me.id && <CheckIcon />}
          </div>
        ))}
      </div>
      {people.length === 0 && <p className="switcher-none">Nobody here is called that.</p>}
    </div>
  );
}
