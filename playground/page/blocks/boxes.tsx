import { useId } from 'react';
import { choicesOf, choosesMany, chosenIn } from '../model/element.ts';
import { change, type ElementProps } from './field.ts';

/** Checkboxes, or radio buttons. */
export function Boxes(props: ElementProps) {
  const { place, host, field } = props;
  const { element } = place;
  const name = useId();
  const many = choosesMany(element);
  const choices = choicesOf(element, [], []);
  const chosen = chosenIn(element, host.stateOf(place));

  function toggle(value: string): void {
    if (!many) {
      change(props, choices.find((choice) => choice.value === value)?.chosen ?? null);
      return;
    }
    const next = chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value];
    change(
      props,
      choices.filter((choice) => next.includes(choice.value)).map((choice) => choice.chosen),
    );
  }

  return (
    <fieldset
      className="boxes"
      aria-labelledby={field?.labelId}
      aria-describedby={field?.describedBy}
    >
      {choices.map(({ value, label, description }) => (
        <label key={value} className="box">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(value)}
            disabled={host.isPending(place)}
            onChange={() => toggle(value)}
          />
          <span>
            {label} {description && <small>{description}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
