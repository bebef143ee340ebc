import { wallTime } from '../../db/wall-time.ts';
import { zoneWords } from '../../reports/words.ts';

/** Hours of the wall clock between which nothing new is said. */
const FROM = 22;
const TO = 7;

export function isNight(zone: string, now: number): boolean {
  const hour = new Date(wallTime(zone, now)).getUTCHours();
  return hour >= FROM || hour < TO;
}

/** `between 22:00 and 7:00 in Europe/Berlin` */
export function quietWords(zone: string): string {
  return `between ${FROM}:00 and ${TO}:00 in ${zoneWords(zone)}`;
}
