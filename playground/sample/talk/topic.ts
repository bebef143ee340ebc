import type { SampleUser } from '../../workspace.ts';
import type { Random } from '../random.ts';
import { WORDS } from './words.ts';

/** A conversation to be had. */
export interface Topic {
  readonly open: readonly string[];
  /** In the order they make sense, any of them left out; `asker: ` marks the opener's own words. */
  readonly replies: readonly string[];
}

/** What the words of one conversation depend on. */
interface Occasion {
  readonly asker: SampleUser;
  /** Somebody else who could be spoken about. */
  readonly other: SampleUser;
  /** Days since the epoch, in UTC. */
  readonly dayNumber: number;
  /** Days since the sample began. */
  readonly age: number;
  /** Hours since the asker's midnight. */
  readonly hour: number;
}

/** Fills in the words of one conversation, which keeps what was chosen. */
type Fill = (template: string) => string;

export function createFill(random: Random, occasion: Occasion): Fill {
  const { asker, other, age, hour, dayNumber } = occasion;
  const chosen = new Map([
    ['asker', `<@${asker.id}>`],
    ['other', `<@${other.id}>`],
    ['home', cityOf(asker.tz)],
    ['daytime', daytime(hour)],
    ['soon', weekdayAhead(random, dayNumber)],
    ['version', versionAt(dayNumber, age)],
    ['next', versionAt(dayNumber + RELEASE_DAYS, age + RELEASE_DAYS)],
    ['older', versionAt(dayNumber - RELEASE_DAYS, age - RELEASE_DAYS)],
    // Their numbers grow as the projects do.
    ['pr', String(900 + age * 8 + random.int(0, 7))],
  ]);
  const fill: Fill = (template) =>
    template.replace(/\{(\w+)\}/g, (_, word: string) => {
      const text = chosen.get(word) ?? fill(random.pick(WORDS[word] ?? []));
      chosen.set(word, text);
      return text;
    });
  return fill;
}

const RELEASE_DAYS = 14;

/** A version comes out every other Tuesday; `dayNumber` counts from the epoch. */
export function isReleaseDay(dayNumber: number): boolean {
  return release(dayNumber) !== release(dayNumber - 1);
}

/** The newest version on a day, counting up from the beginning of the sample. */
function versionAt(dayNumber: number, age: number): string {
  const count = 30 + release(dayNumber) - release(dayNumber - age);
  return `0.${Math.floor(count / 2)}.${count % 2}`;
}

/** The first day of the epoch was a Thursday. */
function release(dayNumber: number): number {
  return Math.floor((dayNumber + 2) / RELEASE_DAYS);
}

const WORKING_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

/** A working day three to five days ahead: it is neither today nor tomorrow wherever one reads. */
function weekdayAhead(random: Random, dayNumber: number): string {
  const ahead = [3, 4, 5].flatMap((days) => WORKING_DAYS[(dayNumber + days + 3) % 7] ?? []);
  return random.pick(ahead);
}

function daytime(hour: number): string {
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
}

/** The city that a time zone is named after. */
function cityOf(timeZone: string): string {
  const city = timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return city === 'Sao Paulo' ? 'São Paulo' : city;
}
