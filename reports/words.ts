import { type Day, dayMs, dayName, daysBetween } from '../db/days.ts';

export { dayName };

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** `5 Nov`, of a day in the year of another one, and else with its own. */
function dayWithin(day: Day, near: Day): string {
  const name = dayName(day);
  return day.slice(0, 4) === near.slice(0, 4) ? name.slice(0, name.lastIndexOf(' ')) : name;
}

/** `5 Nov 2026`, `4 to 5 Nov 2026`, `30 Oct to 5 Nov 2026`; with `shortDay`, all without the year. */
export function stretchName(from: Day, to: Day, name: (day: Day) => string = dayName): string {
  return from === to ? name(to) : `${startOf(name(from), name(to))} to ${name(to)}`;
}

/** `17`, `17 Nov`: without the month and the year that the end names as well. */
function startOf(first: string, last: string): string {
  const words = first.split(' ');
  const end = last.split(' ');
  while (words.length > 1 && words.at(-1) === end[words.length - 1]) words.pop();
  return words.join(' ');
}

/** `5 Nov`, `4 and 5 Nov`, `31 Oct to 2 Nov`: days in a row in the year of another one. */
export function daysWithin(from: Day, to: Day, near: Day): string {
  const [first, last] = [dayWithin(from, near), dayWithin(to, near)];
  if (from === to) return last;
  const isMonth = from.slice(0, 7) === to.slice(0, 7);
  const between = daysBetween(from, to) > 1 ? 'to' : 'and';
  return `${isMonth ? first.slice(0, first.indexOf(' ')) : first} ${between} ${last}`;
}

/** `1,234`, with a real minus sign. */
export function count(value: number): string {
  return whole.format(value).replace('-', '−');
}

/** `+1,234`, `−5` or `0`. */
export function signed(value: number): string {
  return value > 0 ? `+${count(value)}` : count(value);
}

/** `13.5`, for averages; from a hundred on in whole numbers. */
export function average(value: number): string {
  if (Math.abs(value) >= 99.95) return count(value);
  return oneDigit.format(value).replace('-', '−');
}

/** `21%`; what is not nothing is at least `under 1%`, and what is not all at most `over 99%`. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return 'under 1%';
  if (share >= 0.995 && share < 1) return 'over 99%';
  return `${Math.round(share * 100)}%`;
}

/** `+12%`, `−31%`; no fall that leaves something is one of 100%. */
export function signedPercent(share: number): string {
  const most = share < 0 && share > -1 ? 99 : Number.POSITIVE_INFINITY;
  return `${share < 0 ? '−' : '+'}${Math.min(Math.round(Math.abs(share) * 100), most)}%`;
}

/** `<1%` and `>99%`, for labels in a chart. */
export function shortPercent(share: number): string {
  return percent(share).replace('under ', '<').replace('over ', '>');
}

/** `1 star`, `2 stars`, `1 person`, `2 people`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `7 Nov`, for where there is little room and the year is plain. */
export function shortDay(day: Day): string {
  return dayName(day).replace(/ \d+$/, '');
}

/** `Nov 2021`. */
export function shortMonth(day: Day): string {
  return dayName(day).replace(/^\d+ /, '');
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `November 2021`. */
export function monthName(day: Day): string {
  return month.format(dayMs(day));
}

/** `30 Nov, 20:55`, of what a clock shows (`2026-11-30 20:55`). */
export function momentName(wall: string): string {
  const [day = '', time = ''] = wall.split(' ');
  return `${shortDay(day)}, ${time.replace(/^0/, '')}`;
}

/** The zone as people write it: `Europe/Berlin`, or `UTC+5:30` of an offset. */
export function zoneWords(zone: string): string {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return zone;
  return `UTC${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
}

/** `a`, `a and b`, `a, b and 3 more`: at most `most` names. */
export function listed(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  const shown = rest > 0 ? [...names.slice(0, most), `${count(rest)} more`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** `a, b and c`, however many there are. */
export function allOf(names: readonly string[]): string {
  return listed(names, names.length);
}

/** `a, b or c`. */
export function orList(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The first `most` sentences, then the one of `more` about how many are left out. */
export function bounded(
  sentences: readonly string[],
  most: number,
  more: (rest: number) => string,
): string[] {
  const rest = sentences.length - most;
  return rest > 0 ? [...sentences.slice(0, most), more(rest)] : [...sentences];
}

/** `2 more notes like that.` */
export function likeThat(what: string): (rest: number) => string {
  return (rest) => `${plural(rest, `more ${what}`)} like that.`;
}

/** At most 2,000 characters, which is what Slack takes as alternative text. */
export function altText(sentences: readonly string[]): string {
  const text = sentences.filter(Boolean).join(' ');
  return text.length <= 2000 ? text : `${text.slice(0, 1999)}…`;
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A name for use within a sentence: one written right to left must not turn its neighbours round. */
export function isolated(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}

/** With a capital first letter, as a sentence begins. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With a small first letter, as within a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
