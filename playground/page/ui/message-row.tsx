import { memo, useState } from 'react';
import type { PlaygroundMessage } from '../../protocol.ts';
import { inWords } from '../lib/api.ts';
import { go } from '../lib/route.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { counted, fullTimeOf, timeOf } from '../model/format.ts';
import { Avatar } from './avatar.tsx';
import { DeleteIcon, EditIcon, EyeIcon, ThreadIcon } from './icons.tsx';
import { MessageBody } from './message-body.tsx';
import { MessageEditor } from './message-editor.tsx';

interface MessageRowProps {
  readonly message: PlaygroundMessage;
  readonly compact: boolean;
  /** The parent's ts, where the row is shown in a thread. */
  readonly thread: string | undefined;
  readonly inTabOrder: boolean;
}

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, compact, thread, inTabOrder } = props;
  const { person } = useWorkspace();
  const [editing, setEditing] = useState(false);
  const author = person(message.user);
  const isPrivate = message.visibleOnlyTo !== undefined;
  const classes = ['message', compact && 'is-compact', isPrivate && 'is-private'];
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      aria-label={`${author.name}, ${fullTimeOf(message.ts)}`}
      tabIndex={inTabOrder ? 0 : -1}
      data-ts={message.ts}
    >
      <div className="message-gutter">
        {compact ? <Time ts={message.ts} /> : <Avatar person={author} />}
      </div>
      <div className="message-main">
        {isPrivate && !compact && (
          <p className="private-line">
            <EyeIcon /> Only visible to you
          </p>
        )}
        {!compact && (
          <p className="message-head">
            <strong className="message-author">{author.name}</strong>
            {author.isBot && <span className="app-badge">APP</span>}
            <Time ts={message.ts} />
          </p>
        )}
        {!thread && message.isBroadcast && <FromThread message={message} />}
        {editing ? (
          <MessageEditor message={message} onDone={() => setEditing(false)} />
        ) : (
          <MessageBody message={message} />
        )}
        {!thread && message.replyCount ? (
          <Replies message={message} count={message.replyCount} />
        ) : null}
      </div>
      {!editing && <Tools message={message} inThread={!!thread} onEdit={() => setEditing(true)} />}
    </article>
  );
});

function Time({ ts }: { ts: string }) {
  return (
    <time className="message-time" title={fullTimeOf(ts)}>
      {timeOf(ts)}
    </time>
  );
}

/** Above a reply that stands in the channel too. */
function FromThread({ message: { channel, threadTs = '' } }: { message: PlaygroundMessage }) {
  return (
    <p className="from-thread">
      replied to{' '}
      <button type="button" onClick={() => go({ channel, thread: threadTs })}>
        a thread
      </button>
    </p>
  );
}

function Replies({ message, count }: { message: PlaygroundMessage; count: number }) {
  return (
    <button
      type="button"
      className="replies"
      onClick={() => go({ channel: message.channel, thread: message.threadTs ?? message.ts })}
    >
      <ThreadIcon />
      {counted(count, 'reply', 'replies')}
      <span className="replies-more">View thread</span>
    </button>
  );
}

interface ToolsProps {
  readonly message: PlaygroundMessage;
  readonly inThread: boolean;
  readonly onEdit: () => void;
}

/** What can be done with a message; shown when it is pointed at or has the focus. */
function Tools({ message, inThread, onEdit }: ToolsProps) {
  const { api, ask, state } = useWorkspace();
  const [error, setError] = useState('');
  const { channel, ts } = message;
  const isPrivate = message.visibleOnlyTo !== undefined;
  const isMine = message.user === state.me.id && !isPrivate;

  async function remove(): Promise<void> {
    const sure = await ask({
      title: 'Delete this message?',
      text: 'It goes for everybody. This can’t be undone.',
      yes: 'Delete',
      no: 'Keep it',
      danger: true,
    });
    if (sure) await api.remove({ channel, ts }).catch((failure) => setError(inWords(failure)));
  }

  if ((isPrivate || inThread) && !isMine) return null;
  return (
    <div className="tools">
      {error && <span role="alert">{error}</span>}
      {!inThread && !isPrivate && (
        <button
          type="button"
          aria-label="Reply in a thread"
          title="Reply in a thread"
          onClick={() => go({ channel, thread: message.threadTs ?? ts })}
        >
          <ThreadIcon />
        </button>
      )}
      {isMine && (
        <>
          <button type="button" aria-label="Edit the message" title="Edit" onClick={onEdit}>
            <EditIcon />
          </button>
          <button type="button" aria-label="Delete the message" title="Delete" onClick={remove}>
            <DeleteIcon />
          </button>
        </>
      )}
    </div>
  );
}
