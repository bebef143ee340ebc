import { basics } from './basics.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { history } from './history.ts';
import type { Methods } from './method.ts';
import { reactions } from './reactions.ts';
import { users } from './users.ts';
import { views } from './views.ts';

/** The Web API methods this workspace knows. */
export const methods: Methods = {
  ...basics,
  ...chat,
  ...conversations,
  ...files,
  ...history,
  ...reactions,
  ...users,
  ...views,
};
