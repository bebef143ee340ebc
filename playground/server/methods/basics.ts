import { z } from 'zod';
import { SlackFailure } from '../failure.ts';
import { knownUser } from './checks.ts';
import { type Method, type Methods, method } from './method.ts';

const apiTest: Method = {
  token: 'none',
  call({ token: _, ...args }) {
    if (typeof args.error === 'string') throw new SlackFailure(args.error, { args });
    return Object.keys(args).length > 0 ? { args } : {};
  },
};

const connectionsOpen: Method = {
  token: 'app',
  call: (_, { sockets }) => ({ url: sockets.ticketUrl() }),
};

export const basics = {
  'api.test': apiTest,
  'apps.connections.open': connectionsOpen,
  'auth.test': method(z.object({}), (_, { store }) => ({
    url: `https://${store.team.domain}.slack.com/`,
    team: store.team.name,
    user: knownUser(store, store.bot.userId).name,
    team_id: store.team.id,
    user_id: store.bot.userId,
    bot_id: store.bot.botId,
    is_enterprise_install: false,
  })),
  'bots.info': method(z.object({ bot: z.string().optional() }), ({ bot }, { store }) => {
    if (bot !== undefined && bot !== store.bot.botId) throw new SlackFailure('bot_not_found');
    return {
      bot: {
        id: store.bot.botId,
        deleted: false,
        name: store.bot.name,
        updated: 0,
        app_id: store.appId,
        user_id: store.bot.userId,
        icons: {},
      },
    };
  }),
  'team.info': method(z.object({ team: z.string().optional() }), ({ team }, { store }) => {
    if (team !== undefined && team !== store.team.id) throw new SlackFailure('team_not_found');
    return { team: { ...store.team, email_domain: '', icon: { image_default: true } } };
  }),
} satisfies Methods;
