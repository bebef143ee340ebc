import { fromTo, isOneStretch, offInShort, wasOff } from '../recording-gaps.ts';
import { count, dayName, isolated, listed, plural, shortDay } from '../words.ts';
import { type Calendar, periodName, periodWord, type Span } from './calendar.ts';
import { unknownPeriods } from './columns.ts';
import type { Lack } from './history.ts';
import { measures } from './measures.ts';
import { isBehind, type Panel } from './panels.ts';

/** An earlier period of a sum that is not known, and of whom it is not for which reason. */
interface Hole {
  readonly span: Span;
  readonly names: readonly string[];
  readonly lack: Lack;
}

/** The periods of a panel with a question mark except the reported one, the latest first. */
export function holesOf(panel: Panel): Hole[] {
  const { histories, sum, calendar } = panel;
  const members = histories.filter(
    ({ name }) => !sum.young.includes(name) && !sum.unknown.includes(name),
  );
  const earlier = unknownPeriods(panel).filter((at) => at < sum.values.length - 1);
  return earlier.toReversed().flatMap((at): Hole[] => {
    const span = calendar.spans[at];
    const groups = Map.groupBy(members, ({ lacks }) => lacks[at] && reasonOf(lacks[at]));
    return [...groups.values()].flatMap((group): Hole[] => {
      const lack = group[0]?.lacks[at];
      return span && lack ? [{ span, lack, names: group.map(({ name }) => name) }] : [];
    });
  });
}

type OfOneDay = Exclude<Lack['reason'], 'hole' | 'off'>;

/** With the day, as people write it. */
const REASONS: Readonly<Record<OfOneDay, (day: string) => string>> = {
  late: (day) => `the data ends on ${day}`,
  young: (day) => `the data begins on ${day}`,
  anew: (day) => `the counter began anew on ${day}`,
  still: (day) => `the counter stood still from ${day} on`,
  low: (day) => `the counter showed too little from ${day} on`,
};

/** Why something is not known, as the end of a sentence. */
function reasonOf({ reason, day, days = [day] }: Lack): string {
  if (reason === 'off') return wasOff(days);
  if (reason !== 'hole') return REASONS[reason](dayName(day));
  if (days.length === 1) return `${dayName(day)} is missing`;
  const which = isOneStretch(days) ? 'the days' : `${count(days.length)} of the days`;
  return `${which} from ${fromTo(days, dayName)} are missing`;
}

/** Why a period is not known: of a total, it can be the days before it. */
export function reasonIn({ start }: Span, lack: Lack): string {
  const { reason, day, days = [day] } = lack;
  const isBefore = reason === 'hole' && (days.at(-1) ?? day) < start;
  return `${reasonOf(lack)}${isBefore ? ', and with it the total to count from' : ''}`;
}

/** Without those whose reason is that of the reported period as well: it is told there. */
function untoldHoles(panel: Panel): Hole[] {
  const told = new Map(panel.histories.map(({ name, lack }) => [name, lack && reasonOf(lack)]));
  return holesOf(panel).flatMap((hole) => {
    const names = hole.names.filter((name) => told.get(name) !== reasonOf(hole.lack));
    return names.length > 0 ? [{ ...hole, names }] : [];
  });
}

const MOST = 2;

/** `Pulls of x in Sep 2026 are not known (“?”): the counter began anew on 3 Sep 2026.` */
export function holeSentences(panel: Panel): string[] {
  const { measure, calendar } = panel;
  const { title, subjects } = measures[measure];
  const groups = Map.groupBy(untoldHoles(panel), ({ names, lack }) =>
    JSON.stringify([subjects ? ` of ${namesOf(names)}` : '', reasonOf(lack)]),
  );
  const sentences = [...groups].slice(0, MOST).map(([key, holes]) => {
    const [whose, reason] = JSON.parse(key) as [string, string];
    return `${title}${whose} ${whenOf(holes, calendar)} are not known (“?”): ${reason}.`;
  });
  const spansOf = (holes: readonly Hole[]) => new Set(holes.map(({ span }) => span));
  const all = [...groups.values()];
  const told = spansOf(all.slice(0, MOST).flat());
  const { size } = spansOf(all.slice(MOST).flat()).difference(told);
  if (size === 0) return sentences;
  const more = `${calendar.cadence === 'daily' ? 'on' : 'in'} ${plural(size, `more ${periodWord(calendar)}`)}`;
  return [...sentences, `${title} ${more} are not known either (“?”).`];
}

/** `in the week of 5 Oct`, `in Sep 2026 and Aug 2026`, `on 21 Nov`. */
function whenOf(holes: readonly Hole[], calendar: Calendar): string {
  const names = listed(holes.map(({ span }) => periodName(span.start, calendar)));
  if (calendar.cadence === 'weekly')
    return `in the ${holes.length > 1 ? 'weeks' : 'week'} of ${names}`;
  return `${calendar.cadence === 'monthly' ? 'in' : 'on'} ${names}`;
}

export function namesOf(names: readonly string[]): string {
  return listed(names.map(isolated));
}

/** The reasons as they fit beside the columns. */
const SHORT: Readonly<Record<OfOneDay, (day: string) => string>> = {
  late: (day) => `the data ends on ${day}`,
  young: (day) => `the data begins on ${day}`,
  anew: (day) => `counter anew on ${day}`,
  still: (day) => `counter still from ${day} on`,
  low: (day) => `counter too low from ${day} on`,
};

export function shortReason({ reason, day, days = [day] }: Lack): string {
  if (reason === 'off') return offInShort(days, shortDay);
  if (reason !== 'hole') return SHORT[reason](shortDay(day));
  return `${isOneStretch(days) ? fromTo(days, shortDay) : plural(days.length, 'day')} missing`;
}

/** Why there are question marks, where it is one reason alone. */
export function onlyReason(panels: readonly Panel[], calendar: Calendar): string | undefined {
  const reasons = panels.flatMap((panel) => [
    // Of days there is none: an earlier day stands in the last place.
    ...(isBehind(panel, calendar) && calendar.cadence !== 'daily' ? ['not all in yet'] : []),
    ...holesOf(panel).map(({ lack }) => shortReason(lack)),
    ...(panel.verdict
      ? []
      : panel.histories.flatMap(({ lack }) => (lack ? shortReason(lack) : []))),
  ]);
  const [only, ...others] = new Set(reasons);
  return others.length === 0 ? only : undefined;
}
