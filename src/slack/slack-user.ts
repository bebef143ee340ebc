import type { UserFacts } from '../../db/users.ts';
import { type Fields, fieldsOf, textOf } from './fields.ts';

/** A user object of the Web API or an event; undefined when it has no id or no name at all. */
export function userFacts(user: Fields): UserFacts | undefined {
  const id = textOf(user.id);
  const profile = fieldsOf(user.profile);
  const name =
    textOf(profile.display_name) ??
    textOf(profile.real_name) ??
    textOf(user.real_name) ??
    textOf(user.name);
  if (id === null || name === null) return undefined;
  return {
    id,
    name,
    isBot: user.is_bot === true || id === 'USLACKBOT',
    isDeleted: user.deleted === true,
    tz: textOf(user.tz),
  };
}
