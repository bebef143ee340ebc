import type { ChangeEvent, HTMLAttributes } from 'react';
import { string, words } from '../model/block.ts';
import { entered, stateWith } from '../model/element.ts';
import { change, type ElementProps } from './field.ts';

const inputTypes: Readonly<Record<string, string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

/** A field for a text, number, date or time. Text is sent on Enter, or kept for the submission. */
export function TextField(props: ElementProps) {
  const { place, host, field } = props;
  const { element } = place;
  const type = string(element.type);
  const placeholder = words(element.placeholder);
  const current = entered(element, host.stateOf(place));
  const isPicker = type.endsWith('picker');
  const isMoment = type === 'datetimepicker';

  const common = {
    id: field?.id,
    className: 'text-field',
    placeholder,
    'aria-label': field ? undefined : placeholder || 'Enter a value',
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.invalid,
    value: isMoment ? asLocal(current) : current,
    onChange({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) {
      const value = isMoment ? asUnix(target.value) : target.value || null;
      if (isPicker) change(props, value);
      else host.enter(place, stateWith(element, value));
    },
  } satisfies HTMLAttributes<HTMLElement> & Record<string, unknown>;

  if (element.multiline === true) return <textarea rows={4} {...common} />;
  return (
    <input
      type={inputTypes[type] ?? 'text'}
      step={type === 'number_input' && element.is_decimal_allowed === true ? 'any' : undefined}
      {...common}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || isPicker || (field && !field.dispatches)) return;
        event.preventDefault();
        host.send(place, host.stateOf(place));
      }}
    />
  );
}

/** Unix seconds as the browser's field for a local date and time wants them, and back. */
function asLocal(seconds: string): string {
  if (!seconds) return '';
  const date = new Date(Number(seconds) * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function asUnix(local: string): number | null {
  return local ? Math.floor(new Date(local).getTime() / 1000) : null;
}
