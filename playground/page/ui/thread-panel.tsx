import type { PlaygroundChannel } from '../../protocol.ts';
import { go } from '../lib/route.ts';
import { useConversation } from '../lib/use-conversation.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { Composer } from './composer.tsx';
import { BackIcon, CloseIcon } from './icons.tsx';
import { MessageList } from './message-list.tsx';

/** A message and the replies to it, beside the channel or over it. */
export function ThreadPanel({ channel, thread }: { channel: PlaygroundChannel; thread: string }) {
  const { api } = useWorkspace();
  const conversation = useConversation({ channel: channel.id, thread });
  const close = () => go({ channel: channel.id });
  return (
    <aside
      className="thread"
      aria-label="Thread"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      }}
    >
      <header className="view-head">
        <button
          type="button"
          className="icon-button only-narrow"
          aria-label="Back to the channel"
          onClick={close}
        >
          <BackIcon />
        </button>
        <h2 className="view-title">Thread</h2>
        <p className="view-topic">#{channel.name}</p>
        <button
          type="button"
          className="icon-button only-wide"
          aria-label="Close the thread"
          onClick={close}
        >
          <CloseIcon />
        </button>
      </header>
      <MessageList
        label={`Thread in #${channel.name}`}
        conversation={conversation}
        thread={thread}
      />
      <Composer
        draftKey={`${channel.id}/${thread}`}
        label="Reply"
        onSend={(text) => api.post({ channel: channel.id, text, threadTs: thread })}
      />
    </aside>
  );
}
