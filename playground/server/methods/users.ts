import { z } from 'zod';
import { userShape } from '../shapes.ts';
import { knownUser } from './checks.ts';
import { pageOf } from './cursor.ts';
import { id, type Methods, method, paging } from './method.ts';

export const users = {
  'users.list': method(z.object(paging), (args, { store }) => {
    const { items, response_metadata } = pageOf([...store.users.values()], args);
    return {
      members: items.map((user) => userShape(store, user)),
      cache_ts: Math.floor(Date.now() / 1000),
      response_metadata,
    };
  }),
  'users.info': method(z.object({ user: id }), ({ user }, { store }) => ({
    user: userShape(store, knownUser(store, user)),
  })),
} satisfies Methods;
