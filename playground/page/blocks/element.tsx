import type { ReactNode } from 'react';
import { type Json, string, words } from '../model/block.ts';
import { isKnown, stateWith } from '../model/element.ts';
import { Boxes } from './boxes.tsx';
import type { ElementProps } from './field.ts';
import { ManySelect, Overflow, Select } from './select.tsx';
import { TextField } from './text-field.tsx';

/** An interactive element of Block Kit. */
export function Element(props: ElementProps): ReactNode {
  const { element } = props.place;
  const type = string(element.type);
  if (!isKnown(element)) return <p className="quiet">The playground can’t show this: {type}</p>;
  if (type === 'button') return <Button {...props} />;
  if (type === 'overflow') return <Overflow {...props} />;
  if (type === 'checkboxes' || type === 'radio_buttons') return <Boxes {...props} />;
  if (type.startsWith('multi_')) return <ManySelect {...props} />;
  if (type.endsWith('_select')) return <Select {...props} />;
  return <TextField {...props} />;
}

function Button({ place, host }: ElementProps) {
  const { element } = place;
  const pending = host.isPending(place);
  const url = string(element.url);
  const className = `button ${styleOf(element)}`;
  const label = string(element.accessibility_label) || undefined;
  const press = () => host.send(place, stateWith(element, undefined));
  if (url) {
    return (
      <a
        className={className}
        href={url}
        target="_blank"
        rel="noreferrer"
        aria-label={label}
        onClick={press}
      >
        {words(element.text)}
      </a>
    );
  }
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-busy={pending}
      disabled={pending}
      onClick={press}
    >
      {words(element.text)}
    </button>
  );
}

function styleOf(element: Json): string {
  if (element.style === 'primary') return 'button-primary';
  return element.style === 'danger' ? 'button-danger' : '';
}
