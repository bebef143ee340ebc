import type { ResponseUrls } from './response-urls.ts';
import type { Sockets } from './sockets.ts';
import type { Store } from './store/store.ts';
import type { User } from './store/types.ts';
import type { Triggers } from './triggers.ts';

/** What it takes to tell the app that somebody typed a command, pressed or submitted something. */
export interface Interaction {
  readonly store: Store;
  readonly sockets: Sockets;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  /** `http://127.0.0.1:3000` */
  readonly url: string;
}

/** What every interactive payload says about where it comes from. */
export function origin(store: Store, user: User) {
  const { team, appId } = store;
  return {
    team: { id: team.id, domain: team.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: appId,
    token: 'playground',
    enterprise: null,
    is_enterprise_install: false,
  };
}
