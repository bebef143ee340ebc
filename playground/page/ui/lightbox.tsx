import { useState } from 'react';
import type { Picture } from '../lib/workspace.ts';
import { Dialog } from './dialog.tsx';
import { CloseIcon } from './icons.tsx';

/** A picture as large as the window allows, or at its own size on a click. */
export function Lightbox({ picture, onClose }: { picture: Picture; onClose: () => void }) {
  const [whole, setWhole] = useState(false);
  const label = picture.title || 'Picture';
  return (
    <Dialog className="lightbox" label={label} onClose={onClose}>
      <header className="lightbox-head">
        <h2>{label}</h2>
        <a className="button" href={picture.src} target="_blank" rel="noreferrer">
          Open the original
        </a>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes the dialog with Esc */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the room around the picture is the outside */}
      <div
        className={`lightbox-room${whole ? ' is-whole' : ''}`}
        onClick={(event) => {
          if (event.target === event.currentTarget) onClose();
        }}
      >
        <button
          type="button"
          aria-pressed={whole}
          title={whole ? 'Fit the window' : 'Show at full size'}
          onClick={() => setWhole(!whole)}
        >
          <img src={picture.src} alt={picture.alt} />
        </button>
      </div>
      {picture.alt && (
        <p className="lightbox-words" aria-hidden="true">
          {picture.alt}
        </p>
      )}
    </Dialog>
  );
}
