import { useRef } from 'react';
import { useWorkspace } from '../lib/workspace.ts';
import { string, words } from '../model/block.ts';
import { type Choice, choicesOf, chosenIn } from '../model/element.ts';
import { DotsIcon } from '../ui/icons.tsx';
import { change, type ElementProps } from './field.ts';

/** A menu: the browser's own, which works with every keyboard, screen reader and phone. */
export function Select(props: ElementProps) {
  const { place, host, field } = props;
  const { element } = place;
  const choices = useChoices(props);
  const chosen = chosenIn(element, host.stateOf(place))[0] ?? '';
  const placeholder = words(element.placeholder) || 'Choose…';
  return (
    <span className="select" aria-busy={host.isPending(place)}>
      <select
        id={field?.id}
        aria-label={field ? undefined : placeholder}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid}
        value={chosen}
        disabled={host.isPending(place)}
        onChange={({ target }) => {
          const choice = choices.find(({ value }) => value === target.value);
          change(props, choice?.chosen ?? null);
        }}
      >
        <option value="" disabled={!field}>
          {placeholder}
        </option>
        <Options choices={choices} />
      </select>
    </span>
  );
}

function Options({ choices }: { choices: readonly Choice[] }) {
  const groups = Map.groupBy(choices, ({ group }) => group);
  return [...groups].map(([group, members]) => {
    const options = members.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ));
    if (!group) return options;
    return (
      <optgroup key={group} label={group}>
        {options}
      </optgroup>
    );
  });
}

/** A menu of which several may be chosen, as boxes that fold out. */
export function ManySelect(props: ElementProps) {
  const { place, host, field } = props;
  const choices = useChoices(props);
  const chosen = chosenIn(place.element, host.stateOf(place));
  const names = choices.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  const placeholder = words(place.element.placeholder) || 'Choose any…';
  const most = Number(place.element.max_selected_items ?? Number.POSITIVE_INFINITY);

  function toggle(value: string): void {
    const next = chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value];
    change(
      props,
      choices.filter((choice) => next.includes(choice.value)).map((choice) => choice.chosen),
    );
  }

  return (
    <details className="many">
      <summary id={field?.id} aria-describedby={field?.describedBy}>
        {names.join(', ') || placeholder}
      </summary>
      <ul>
        {choices.map(({ value, label, description }) => (
          <li key={value}>
            <label className="box">
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                disabled={!chosen.includes(value) && chosen.length >= most}
                onChange={() => toggle(value)}
              />
              <span>
                {label} {description && <small>{description}</small>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Further actions behind three dots. */
export function Overflow(props: ElementProps) {
  const { place, host } = props;
  const choices = useChoices(props);
  const details = useRef<HTMLDetailsElement>(null);
  return (
    <details
      ref={details}
      className="overflow"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
      }}
    >
      <summary className="icon-button" aria-label="More actions" aria-busy={host.isPending(place)}>
        <DotsIcon />
      </summary>
      <ul>
        {choices.map(({ value, label, description, chosen }) => (
          <li key={value}>
            <button
              type="button"
              onClick={() => {
                if (details.current) details.current.open = false;
                change(props, chosen);
              }}
            >
              {label} {description && <small>{description}</small>}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function useChoices({ place }: ElementProps): readonly Choice[] {
  const { state } = useWorkspace();
  const people = string(place.element.type).includes('users') ? state.people : [];
  return choicesOf(place.element, people, state.channels);
}
