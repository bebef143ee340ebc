const minute = 60_000;
const day = 24 * 60 * minute;

const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const dayFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  month: 'long',
  day: 'numeric',
});
const dayOfYearFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

/** A Slack timestamp (`seconds.counter`) in milliseconds. */
export function millisOf(ts: string): number {
  return Number(ts) * 1000;
}

/** The time of day, in the reader's zone and manner. */
export function timeOf(ts: string): string {
  return timeFormat.format(millisOf(ts));
}

/** Day and time in full, for tooltips. */
export function fullTimeOf(ts: string): string {
  return fullFormat.format(millisOf(ts));
}

/** A key of the reader's calendar day: equal for two moments of the same day. */
export function dayKey(millis: number): string {
  const date = new Date(millis);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** What stands above a day's messages: Today, Yesterday, or the date. */
export function dayLabel(millis: number, now: number): string {
  const key = dayKey(millis);
  if (key === dayKey(now)) return 'Today';
  if (key === dayKey(now - day)) return 'Yesterday';
  const sameYear = new Date(millis).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayFormat : dayOfYearFormat).format(millis);
}

/** Up to two letters that stand for a name in its avatar. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s\-_.]+/).filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = words[0] ?? name;
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => word?.match(/\p{L}|\p{N}/u)?.[0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** Black or white, whichever reads better on `color` (`#rrggbb`), by WCAG's relative luminance. */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (luminance + 0.05) >= 3 ? '#ffffff' : '#000000';
}

/** `1 reply`, `2 replies`: with "s" unless another plural is given. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}
