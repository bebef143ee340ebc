import { InputError } from '../db/input-error.ts';
import { nearest, orList } from './names.ts';

/** The IANA zone that `typed` means: its name, the city alone, or an offset such as +02:00. */
export function parseZone(typed: string): string {
  const wanted = typed.trim().replace(/\s+/g, '_').toLowerCase();
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const exact = zones.find((zone) => zone.toLowerCase() === wanted);
  if (exact) return exact;
  const cities = zones.filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`));
  const [city, ...more] = cities;
  if (city && more.length === 0) return city;
  if (city) throw new InputError(`“${typed}” could be ${orList(cities)}: take one of them.`);
  const other = otherZone(wanted, zones);
  if (other) return other;
  const near = nearest(
    wanted,
    zones.map((zone) => ({ label: zone, value: zone })),
  );
  throw new InputError(
    near.length > 0
      ? `I know no time zone “${typed}”. Did you mean ${orList(near)}?`
      : `I know no time zone “${typed}”: write it as Europe/Berlin, or as +02:00.`,
  );
}

/** Names that are not on the list: newer ones (Europe/Kyiv), short ones (CET) and offsets. */
function otherZone(wanted: string, zones: readonly string[]): string | undefined {
  if (!wanted.includes('/')) {
    const areas = new Set(zones.map((zone) => zone.split('/')[0]));
    const area = [...areas].find((name) => clockOf(`${name}/${wanted}`) !== undefined);
    return area === undefined ? clockOf(wanted) : `${area}/${titled(wanted)}`;
  }
  return clockOf(wanted) && titled(wanted);
}

function titled(name: string): string {
  return name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase());
}

/** Whether there are clocks of that zone here; Slack and older databases may name others. */
export function isZone(zone: string): boolean {
  return clockOf(zone) !== undefined;
}

/** What Intl calls the zone; undefined for one that it does not know. */
function clockOf(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
