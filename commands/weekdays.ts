/** From the first day of the week to its last. */
export const WEEKDAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];
export const WEEKDAY_WORDS = WEEKDAYS.map((name) => name.toLowerCase());

/** 1 for `monday`, `mondays` or `mon`, and so on; 0 for any other word. */
export function weekdayOf(word: string): number {
  const isIt = (name: string) => `${name}s` === word || (word.length > 2 && name.startsWith(word));
  return WEEKDAY_WORDS.findIndex(isIt) + 1;
}
