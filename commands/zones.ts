import { InputError } from '../db/input-error.ts';
import { intlName } from '../db/wall-time.ts';
import { orList } from '../reports/words.ts';
import { nearest } from './names.ts';

const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
const AREAS = new Set(ZONES.filter((zone) => zone.includes('/')).map((zone) => areaOf(zone)));

/** What people may mean by names that others use for other zones, or with and without summer time. */
const SHORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  'America/New_York': ['est', 'edt', 'et', 'eastern'],
  'America/Chicago': ['cst', 'cdt', 'ct', 'central'],
  'America/Denver': ['mst', 'mdt', 'mt', 'mountain'],
  'America/Los_Angeles': ['pst', 'pdt', 'pt', 'pacific'],
  'Europe/London': ['bst'],
  'Europe/Berlin': ['cet', 'cest', 'met'],
  'Europe/Athens': ['eet', 'eest'],
  'Asia/Kolkata': ['ist'],
  'Australia/Sydney': ['aest', 'aedt'],
};

/**
 * The zone that `typed` means, as Intl takes it: its IANA name, the city alone, or an offset such as
 * UTC+2. Throws an InputError for any other.
 */
export function parseZone(typed: string): string {
  const wanted = plain(typed);
  const zone = offsetOf(wanted) ?? listedZone(wanted, typed) ?? otherZone(wanted, typed);
  if (zone !== undefined) return zone;
  const near = nearest(
    wanted,
    ZONES.map((label) => ({ label, value: label })),
  );
  throw new InputError(
    near.length > 0
      ? `I know no time zone “${typed}”. Did you mean ${orList(near)}?`
      : `I know no time zone “${typed}”: write it as Europe/Berlin, or as UTC+2.`,
  );
}

/** `São Paulo time` as `sao_paulo`. */
function plain(typed: string): string {
  const letters = typed.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters
    .trim()
    .replace(/\s+/g, '_')
    .replace(/_time$/, '');
}

/** `utc+2`, `+2:00` and `gmt+0200` as `+02:00`, as far as there are such clocks. */
function offsetOf(wanted: string): string | undefined {
  const form = /^(?:utc|gmt)?_?([+−-])(\d{1,2})(?::?(\d{2}))?$/;
  const [, sign, hours = '', minutes = '00'] = form.exec(wanted) ?? [];
  if (sign === undefined || Number(minutes) > 59) return undefined;
  const ahead = (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
  if (ahead === 0) return 'UTC';
  if (ahead < -12 * 60 || ahead > 14 * 60) return undefined;
  return `${ahead > 0 ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`;
}

function listedZone(wanted: string, typed: string): string | undefined {
  const exact = ZONES.find((zone) => zone.toLowerCase() === wanted);
  if (exact) return exact;
  const [city, ...more] = ZONES.filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`));
  if (city && more.length > 0) {
    throw new InputError(`“${typed}” could be ${orList([city, ...more])}: take one of them.`);
  }
  return city;
}

/** Names that are not on the list: newer ones (Europe/Kyiv) and those of before (US/Pacific). */
function otherZone(wanted: string, typed: string): string | undefined {
  if (!/^[a-z]/.test(wanted)) return undefined;
  if (wanted.includes('/')) {
    const name = titled(wanted);
    const zone = intlName(wanted);
    // Nobody says how the others are written, only what they stand for.
    return zone && AREAS.has(areaOf(name)) ? name : zone;
  }
  const area = [...AREAS].find((one) => intlName(`${one}/${wanted}`) !== undefined);
  if (area !== undefined) return `${area}/${titled(wanted)}`;
  const zone = intlName(wanted);
  if (zone !== 'UTC') mustNotBeShort(wanted, typed);
  return zone;
}

/** Whether it is a name that people take for a zone, and that means several. */
export function isShortName(word: string): boolean {
  return Object.values(SHORT_NAMES).some((names) => names.includes(word));
}

/** Intl takes any three letters for the first place that ever used them: EST for Panama. */
function mustNotBeShort(wanted: string, typed: string): void {
  const [place] = Object.entries(SHORT_NAMES).find(([, names]) => names.includes(wanted)) ?? [];
  if (place === undefined && !/^[a-z]{3}$/.test(wanted)) return;
  throw new InputError(
    `Names such as “${typed}” mean several time zones: write a place, as in “in ${place ?? 'Europe/Berlin'}”.`,
  );
}

function areaOf(zone: string): string {
  return zone.slice(0, zone.indexOf('/'));
}

function titled(name: string): string {
  return name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase());
}
