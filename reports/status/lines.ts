import { sum } from '../../db/statistics.ts';
import { earliest } from '../extent.ts';
import { PROVIDER_NAMES } from '../provider-stretches.ts';
import {
  allOf,
  average,
  bounded,
  capitalised,
  count,
  dayName,
  likeThat,
  listed,
  plural,
} from '../words.ts';
import type { PartStanding } from './judge.ts';
import { ago, instant, progressText, readAt, whose } from './phrases.ts';
import type { Status } from './read.ts';
import type { SourceStanding, Standing } from './standings.ts';

/** This many sentences of a sort; the others are counted. */
export const MOST = 6;

export function allStandings({ sources }: Status): Standing[] {
  return sources.flatMap(({ standings }) => standings);
}

/** What fails or is late, and why, since when, and when it is tried again. */
export function troubleLines(status: Status): string[] {
  const troubles = allStandings(status)
    .filter(({ state }) => state === 'bad' || state === 'late')
    .toSorted((a, b) => Number(b.state === 'bad') - Number(a.state === 'bad'));
  return bounded(
    troubles.map((standing) => troubleLine(standing, status)),
    MOST,
    likeThat('subject'),
  );
}

function troubleLine(standing: Standing, { now }: Status): string {
  const { name, parts, areDaysLate, through } = standing;
  const bad = parts.filter(({ state }) => state === 'bad' || state === 'late');
  // Where the headline is old, so are the other parts: that is said once.
  const isOld = parts[0] !== undefined && bad.includes(parts[0]);
  const told = bad.filter((part) => !isOld || part === parts[0] || part.failures > 0);
  const said = told.map((part) => partTrouble(part, part.title === name, now));
  if (areDaysLate) {
    said.push(through ? `Complete only through ${dayName(through)}.` : 'No day is complete.');
  }
  const [first = '', ...others] = said;
  return `${whose(standing)}: ${[first, ...others.map(capitalised)].join(' ')}`;
}

function partTrouble(part: PartStanding, isNamed: boolean, now: number): string {
  const { title, failures, since, error, everyHours } = part;
  const what = part.part === '' || isNamed ? '' : `${title} `;
  if (failures === 0) {
    return `${what}${readAt(part, now)}, due every ${plural(everyHours, 'hour')}. ${nextTry(part, now)}.`;
  }
  const times = failures === 1 ? 'failed' : `failed ${count(failures)} times in a row`;
  const from = since ? `, since ${instant(since, now)}` : '';
  return `${what}${times}${from}. ${error ? `${ended(error)} ` : ''}${nextTry(part, now)}.`;
}

function nextTry({ retryAt, triedAt, everyHours }: PartStanding, now: number): string {
  if (retryAt && Date.parse(retryAt) > now) return `Next try: ${instant(retryAt, now)}`;
  const due = triedAt ? Date.parse(triedAt) + everyHours * 3_600_000 : 0;
  if (due <= now) return 'Next try: with the next poll';
  return `Next try: by ${instant(new Date(due).toISOString(), now)}`;
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Why a job failed is for those who read the log. */
export function jobLines({ failedJobs, now }: Status): string[] {
  return failedJobs.map(({ job, startedAt }) => {
    const when = instant(startedAt, now);
    return `The job “${job}” failed at ${when}: the log and “doctor” tell why, and its next turn tries again.`;
  });
}

export function loadingLines(status: Status): string[] {
  const loads = allStandings(status).flatMap((standing) =>
    standing.parts
      .filter(({ state, progress }) => state === 'loading' && progress)
      .map((part) => {
        const what = part.part === '' ? '' : `, ${part.title}`;
        return `First load under way: ${whose(standing)}${what}, ${progressText(part)}.`;
      }),
  );
  return bounded(loads, 5, likeThat('first load'));
}

/** A sentence a source: how much there is, how fresh it is, which providers it is from. */
export function sourceLines(status: Status): string[] {
  return status.sources.flatMap((source) => sourceLine(source, status));
}

function sourceLine({ id, title, standings }: SourceStanding, { now, provided }: Status): string[] {
  const polled = standings.filter(({ parts, days }) => parts.length > 0 && days.length > 0);
  const rows = sum(standings.map((standing) => standing.rows));
  const read = polled.flatMap(({ parts }) => parts[0]?.doneAt ?? []).toSorted();
  const oldest = read[0];
  const through = earliest(polled.flatMap(({ through }) => through ?? []));
  const missing = polled.flatMap(({ days }) => days).filter((mark) => mark === 'missing').length;
  const tellers = Map.groupBy(
    provided.filter(({ source }) => source === id),
    ({ provider }) => provider,
  );
  const told = [...tellers].map(([provider, days]) => {
    const all = sum(days.map((one) => one.days));
    return `${PROVIDER_NAMES[provider] ?? provider} (${plural(all, 'package day')})`;
  });
  const parts = [
    `${plural(polled.length, 'subject')} polled`,
    `${plural(rows, 'daily number')} stored`,
    ...(oldest ? [`the oldest reading ${ago(oldest, now)}`] : []),
    ...(through ? [`all complete through ${dayName(through)}`] : []),
    ...(missing > 0 ? [`${plural(missing, 'day')} missing in the last 30`] : []),
    ...(told.length > 0 ? [`the last 30 days told by ${listed(told)}`] : []),
  ];
  return [`${title}: ${parts.join(', ')}.`];
}

/** What is switched off, and how to switch it on: the part says it in its own sentence. */
export function offLines({ sources, isSample }: Status): string[] {
  const whose = isSample ? ', for what is not made up' : '';
  return sources.flatMap(({ title, off }) =>
    [...Map.groupBy(off, ({ why }) => remedyOf(why))].map(([remedy, parts]) => {
      const [only, ...others] = parts;
      const how = only && others.length === 0 ? only.why : remedy;
      const names = parts.map((part) => part.title);
      return `Switched off on ${title}${whose}: ${allOf(names)}. ${ended(how)}`;
    }),
  );
}

/** `Set X to collect y: without it …` is the same remedy for each y. */
function remedyOf(why: string): string {
  return why.replace(/^Set ([A-Z_]+) to collect .+?: /, 'Set $1 to collect them: ');
}

/** What the numbers of single subjects lack for good. */
export function lackLines(status: Status): string[] {
  const lacks = allStandings(status).flatMap((standing) =>
    standing.parts
      .filter(({ note }) => note)
      .map(({ note, part, title }) => ({
        text: `${part === '' ? '' : `${title}: `}${ended(note ?? '')}`,
        name: standing.name,
      })),
  );
  const said = [...Map.groupBy(lacks, ({ text }) => text)].map(
    ([text, who]) => `${listed(who.map(({ name }) => name))}, ${text}`,
  );
  return bounded(said, MOST, likeThat('note'));
}

export function costLines({ costs, sources }: Status): string[] {
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  const said = costs.map(({ source, requests, rows, bytes, costUsd }) => {
    const billed = bytes > 0 ? `, ${bytesText(bytes)} billed, about $${costUsd.toFixed(2)}` : '';
    return `${titles.get(source) ?? source} ${plural(requests, 'request')}, ${plural(rows, 'row')}${billed}`;
  });
  return said.length > 0 ? [`This month: ${said.join('; ')}.`] : [];
}

function bytesText(bytes: number): string {
  if (bytes >= 1e12) return `${average(bytes / 1e12)} TB`;
  return bytes >= 1e9 ? `${average(bytes / 1e9)} GB` : `${average(bytes / 1e6)} MB`;
}
