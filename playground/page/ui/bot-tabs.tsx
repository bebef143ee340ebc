import { go } from '../lib/route.ts';
import { useWorkspace } from '../lib/workspace.ts';

/** The bot's two sides: its Home tab, and the conversation with it once there is one. */
export function BotTabs({ current }: { current: 'home' | 'messages' }) {
  const { direct } = useWorkspace();
  return (
    <nav className="tabs" aria-label="The app's tabs">
      <button
        type="button"
        aria-current={current === 'home' ? 'page' : undefined}
        onClick={() => go('home')}
      >
        Home
      </button>
      {direct && (
        <button
          type="button"
          aria-current={current === 'messages' ? 'page' : undefined}
          onClick={() => go({ channel: direct.id })}
        >
          Messages
        </button>
      )}
    </nav>
  );
}
