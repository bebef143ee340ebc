import type { PlaygroundChannel } from '../../protocol.ts';
import { useConversation } from '../lib/use-conversation.ts';
import { useWorkspace } from '../lib/workspace.ts';
import { counted } from '../model/format.ts';
import { Avatar } from './avatar.tsx';
import { BotTabs } from './bot-tabs.tsx';
import { Composer } from './composer.tsx';
import { HashIcon, LockIcon, PeopleIcon } from './icons.tsx';
import { MenuButton } from './menu-button.tsx';
import { MessageList } from './message-list.tsx';

interface ChannelViewProps {
  readonly channel: PlaygroundChannel;
  /** The ts of the first message that came while the channel was not looked at. */
  readonly newSince: string | undefined;
  readonly onMenu: () => void;
}

export function ChannelView({ channel, newSince, onMenu }: ChannelViewProps) {
  const { api, state, direct } = useWorkspace();
  const conversation = useConversation({ channel: channel.id });
  const isDirect = channel.id === direct?.id;
  const name = isDirect ? state.bot.name : `#${channel.name}`;
  return (
    <main className="view" aria-label={name}>
      <header className="view-head">
        <MenuButton onClick={onMenu} />
        {isDirect ? <DirectHead /> : <ChannelHead channel={channel} />}
      </header>
      <MessageList
        label={`Messages in ${name}`}
        conversation={conversation}
        newSince={newSince}
        opening={
          isDirect ? (
            <p>This is the beginning of your conversation with {name}.</p>
          ) : (
            <Opening channel={channel} />
          )
        }
      />
      <Composer
        draftKey={channel.id}
        label={`Message ${name}`}
        withCommands
        onSend={(text) => api.post({ channel: channel.id, text })}
      />
    </main>
  );
}

function ChannelHead({ channel }: { channel: PlaygroundChannel }) {
  const members = counted(channel.memberCount, 'member');
  return (
    <>
      <h2 className="view-title">
        {channel.isPrivate ? <LockIcon /> : <HashIcon />}
        <span>{channel.name}</span>
      </h2>
      <p className="view-topic">{channel.topic}</p>
      <span className="view-count" title={members}>
        <PeopleIcon />
        <span aria-hidden="true">{channel.memberCount}</span>
        <span className="visually-hidden">{members}</span>
      </span>
    </>
  );
}

function DirectHead() {
  const { state } = useWorkspace();
  return (
    <>
      <Avatar person={state.bot} size={24} />
      <h2 className="view-title">{state.bot.name}</h2>
      <span className="app-badge">APP</span>
      <BotTabs current="messages" />
    </>
  );
}

function Opening({ channel }: { channel: PlaygroundChannel }) {
  return (
    <>
      <h3>
        {channel.isPrivate ? <LockIcon /> : <HashIcon />}
        {channel.name}
      </h3>
      <p>This is the very beginning of the channel. {channel.topic}</p>
    </>
  );
}
