import { memo, type ReactNode } from 'react';
import { Message } from 'slack-blocks-to-jsx';
import { go } from '../lib/route.ts';
import { useTheme } from '../lib/theme.ts';
import { useWorkspace, type Workspace } from '../lib/workspace.ts';
import { forLibrary, type Json, literalOf } from '../model/block.ts';

type Hooks = NonNullable<Parameters<typeof Message>[0]['hooks']>;

/** One block, drawn by the library with the workspace's names. */
export const Drawn = memo(function Drawn({ block }: { block: Json }) {
  const theme = useTheme();
  const workspace = useWorkspace();
  return (
    <Message
      blocks={[forLibrary(block)]}
      // Both belong to the frame that `withoutWrapper` leaves out.
      name=""
      logo=""
      withoutWrapper
      theme={theme}
      hooks={hooksOf(workspace)}
    />
  );
});

const made = new WeakMap<Workspace, Hooks>();

function hooksOf(workspace: Workspace): Hooks {
  const known = made.get(workspace);
  if (known) return known;
  const hooks: Hooks = {
    user: ({ id }) => (
      <Mention isMe={id === workspace.state.me.id}>@{workspace.person(id).name}</Mention>
    ),
    channel: ({ id }) => <ChannelMention id={id} workspace={workspace} />,
    atHere: () => <Mention isMe>@here</Mention>,
    atChannel: () => <Mention isMe>@channel</Mention>,
    atEveryone: () => <Mention isMe>@everyone</Mention>,
    emoji: (emoji, parse) => literalOf(emoji.name) ?? parse(emoji),
    link: ({ href, children }) => (
      <a className="link" href={href} target="_blank" rel="noreferrer">
        {children}
      </a>
    ),
  };
  made.set(workspace, hooks);
  return hooks;
}

function Mention({ isMe = false, children }: { isMe?: boolean; children: ReactNode }) {
  return <span className={isMe ? 'mention mention-me' : 'mention'}>{children}</span>;
}

function ChannelMention({ id, workspace }: { id: string; workspace: Workspace }) {
  const channel = workspace.state.channels.find((one) => one.id === id);
  if (!channel) return <span className="mention">#private-channel</span>;
  return (
    <button type="button" className="mention" onClick={() => go({ channel: id })}>
      #{channel.name}
    </button>
  );
}
