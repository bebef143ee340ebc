import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import type { PlaygroundMessage } from '../../protocol.ts';
import type { useConversation } from '../lib/use-conversation.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { counted, dayLabel } from '../model/format.ts';
import { byDay } from '../model/group.ts';
import { Announcer } from './announcer.tsx';
import { DownIcon } from './icons.tsx';
import { MessageRow } from './message-row.tsx';

interface MessageListProps {
  readonly label: string;
  readonly conversation: ReturnType<typeof useConversation>;
  readonly newSince?: string | undefined;
  /** The parent's ts, in a thread. */
  readonly thread?: string;
  /** What stands above the first message of all. */
  readonly opening?: ReactNode;
}

const nearEnd = 60;

/**
 * Messages by day, newest at the bottom. The scroller runs in reverse (CSS `column-reverse`): the
 * browser itself then keeps the bottom in view as messages come and pictures load, and keeps the
 * place of who reads further up while history is put in above.
 */
export function MessageList({ label, conversation, newSince, thread, opening }: MessageListProps) {
  const { messages, hasMore, loaded, error, loadOlder } = conversation;
  const { state } = useWorkspace();
  const scroller = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const onTop = useEffectEvent(() => void loadOlder());
  const oldest = messages[0]?.ts;
  const newest = messages.at(-1);
  const isMine = newest?.user === state.me.id || newest?.visibleOnlyTo !== undefined;

  const toLatest = () => scroller.current?.scrollTo({ top: 0 });
  const onNewest = useEffectEvent(() => {
    if (isMine) showNewest(scroller.current);
  });
  // What one says oneself, and what answers it, is always shown.
  useEffect(() => {
    if (newest?.ts) onNewest();
  }, [newest?.ts]);

  useEffect(() => {
    if (!hasMore || !oldest || !top.current) return;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) onTop();
      },
      { root: scroller.current, rootMargin: '600px 0px 0px 0px' },
    );
    watcher.observe(top.current);
    return () => watcher.disconnect();
  }, [hasMore, oldest]);

  return (
    <section className="messages" aria-label={label}>
      <div
        ref={scroller}
        className="scroller"
        onScroll={({ currentTarget }) => setAway(currentTarget.scrollTop < -nearEnd)}
      >
        <div className="scrolled">
          <div ref={top} className="scrolled-top">
            {error && <p role="alert">{error}</p>}
            {!loaded && !error && <Skeleton />}
            {loaded && hasMore && <p className="quiet">Reading earlier messages…</p>}
            {loaded && !hasMore && opening && <div className="opening">{opening}</div>}
          </div>
          <Days messages={messages} newSince={newSince} thread={thread} />
        </div>
      </div>
      {away && (
        <button type="button" className="to-latest" onClick={toLatest}>
          <DownIcon /> Jump to latest
        </button>
      )}
      <Announcer messages={messages} loaded={loaded} />
    </section>
  );
}

interface DaysProps {
  readonly messages: readonly PlaygroundMessage[];
  readonly newSince: string | undefined;
  readonly thread: string | undefined;
}

function Days({ messages, newSince, thread }: DaysProps) {
  const now = Date.now();
  const replies = messages.length - 1;
  const last = messages.at(-1)?.ts;
  return byDay(messages).map((day) => (
    <section key={day.key} className="day" aria-label={dayLabel(day.millis, now)}>
      <h3 className="day-label">
        <span>{dayLabel(day.millis, now)}</span>
      </h3>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the messages in it */}
      <div onKeyDown={moveFocus}>
        {day.rows.map(({ message, compact }) => (
          <div key={message.ts}>
            {message.ts === newSince && <p className="new-line">New</p>}
            <MessageRow
              message={message}
              compact={compact}
              thread={thread}
              inTabOrder={message.ts === last}
            />
            {message.ts === thread && replies > 0 && (
              <p className="reply-line">{counted(replies, 'reply', 'replies')}</p>
            )}
          </div>
        ))}
      </div>
    </section>
  ));
}

/** Scrolls to the end, or to the beginning of a message that is higher than the window. */
function showNewest(scroller: HTMLElement | null): void {
  const newest = [...(scroller?.querySelectorAll('article.message') ?? [])].at(-1);
  if (!scroller || !newest) return;
  scroller.scrollTo({ top: 0 });
  if (newest.clientHeight > scroller.clientHeight) newest.scrollIntoView({ block: 'start' });
}

/** Arrow keys go from message to message, so that Tab need not visit each. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const row = event.target;
  if (step === 0 || !(row instanceof HTMLElement) || !row.matches('article.message')) return;
  const rows = [...(row.closest('.scrolled')?.querySelectorAll('article.message') ?? [])];
  const next = rows[rows.indexOf(row) + step];
  if (next instanceof HTMLElement) next.focus();
  event.preventDefault();
}

function Skeleton() {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Reading messages…</span>
      {[72, 54, 88, 40, 66].map((width) => (
        <div key={width} className="skeleton-row">
          <span />
          <span style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
