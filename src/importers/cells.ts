import { type Day, dayOf, isDay } from '../../db/days.ts';

/** The cell for a message: whoever made the file must not write on the reader's terminal. */
export function quoted(cell: string): string {
  const visible = cell.replace(/\p{Cc}/gu, '\uFFFD');
  return `“${visible.length > 80 ? `${visible.slice(0, 79)}…` : visible}”`;
}

/** A cell that can't be read. The message is the reason, as a clause: `the day is empty`. */
export class BadCell extends Error {}

/** What JavaScript's Date prints: `Tue Mar 05 2019 14:03:01 GMT+0100 (Central European …)`. */
const DATE_STRING =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{4})(?: \(.*\))?$/;

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** The UTC day that a cell names, as `YYYY-MM-DD` or as a JavaScript date. Throws a BadCell. */
export function readDay(cell: string, today: Day): Day {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? existing(cell, cell) : fromDateString(cell);
  if (day > today) throw new BadCell(`the day is ${day}, which is still to come`);
  return day;
}

function fromDateString(cell: string): Day {
  const [, month = '', date, year, time, zone] = DATE_STRING.exec(cell) ?? [];
  const index = MONTHS.indexOf(month);
  if (month === '' || index % 3 !== 0) {
    throw new BadCell(
      cell === '' ? 'the day is empty' : `the day is ${quoted(cell)}, which is not a date`,
    );
  }
  const local = existing(`${year}-${String(index / 3 + 1).padStart(2, '0')}-${date}`, cell);
  const ms = Date.parse(`${local}T${time}${zone?.slice(0, 3)}:${zone?.slice(3)}`);
  if (Number.isNaN(ms)) throw new BadCell(`the day is ${quoted(cell)}, which is not a date`);
  return dayOf(ms);
}

function existing(day: Day, cell: string): Day {
  if (!isDay(day)) throw new BadCell(`the day is ${cell}, which does not exist`);
  return day;
}

/** A whole number that is not negative. Throws a BadCell. */
export function readCount(cell: string, column: string): number {
  const value = Number(cell);
  if (/^\d+$/.test(cell) && Number.isSafeInteger(value)) return value;
  throw new BadCell(
    cell === ''
      ? `${column} is empty`
      : `${column} is ${quoted(cell)}, which is not a whole number`,
  );
}
