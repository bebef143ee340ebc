import { useId } from 'react';
import { isJson, type Json, words } from '../model/block.ts';
import { Element } from './element.tsx';
import type { BlockHost } from './host.ts';

/** A labelled field of a modal or message, with its hint and what is wrong with its entry. */
export function InputBlock(props: { block: Json; blockId: string; host: BlockHost }) {
  const { block, blockId, host } = props;
  const id = useId();
  const element = isJson(block.element) ? block.element : {};
  const error = host.errors[blockId];
  const hint = words(block.hint);
  const isGroup = element.type === 'checkboxes' || element.type === 'radio_buttons';
  const label = (
    <>
      {words(block.label)}
      {block.optional === true && <span className="optional"> (optional)</span>}
    </>
  );
  return (
    <div className={`field${error ? ' has-error' : ''}`}>
      {isGroup ? (
        <span className="field-label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
      )}
      <Element
        place={{ blockId, element }}
        host={host}
        field={{
          id,
          labelId: `${id}-label`,
          describedBy: `${id}-words`,
          invalid: !!error,
          dispatches: block.dispatch_action === true,
        }}
      />
      <div id={`${id}-words`}>
        {error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        {hint && <p className="field-hint">{hint}</p>}
      </div>
    </div>
  );
}
