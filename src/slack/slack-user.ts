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
    ...awayOf(profile),
  };
}

/** What Slack offers for holidays and sick days, and what people write themselves. */
const AWAY_EMOJI =
  /^:(palm_tree|airplane|desert_island|beach|beach_with_umbrella|face_with_thermometer|thermometer|baby|no_entry)/;
const AWAY_TEXT =
  /(?<!right |straight )\b(away|vacation(ing)?|holidays?|on leave|parental leave|out of (the )?office|o+oo|off sick|out sick|pto|urlaub|abwesend|vacances|vacaciones)\b/i;

/** Whether a person is away, by their status and not by whether they are at the keyboard. */
function awayOf(profile: Fields): Pick<UserFacts, 'away'> {
  const isAway =
    AWAY_EMOJI.test(textOf(profile.status_emoji) ?? '') ||
    AWAY_TEXT.test(textOf(profile.status_text) ?? '');
  if (!isAway) return {};
  const ends = Number(profile.status_expiration);
  const hasEnd = Number.isFinite(ends) && ends > 0;
  return { away: { until: hasEnd ? new Date(ends * 1000).toISOString() : null } };
}
