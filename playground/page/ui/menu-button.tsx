import { MenuIcon } from './icons.tsx';

/** Opens the list of channels, where the window is too narrow to show it all the time. */
export function MenuButton({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      className="icon-button only-narrow"
      aria-label="Channels and people"
      onClick={onClick}
    >
      <MenuIcon />
    </button>
  );
}
