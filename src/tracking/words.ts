import { commands } from '../../commands/index.ts';
import { ALL_SUBJECTS, collectionOf } from '../../db/collections.ts';
import type { Db } from '../../db/open.ts';
import { progressOf } from '../../db/progress.ts';
import type { Subject } from '../../db/subjects.ts';
import { allOf, capitalised, dayName, listed, plural } from '../../reports/words.ts';
import type { Part, Reference, Source } from '../sources/source.ts';

interface About {
  readonly db: Db;
  readonly source: Source;
  readonly subject: Subject;
  /** True where parts begin at once in the background; else they wait for the next poll. */
  readonly isBot: boolean;
}

const NAMED = 3;

/** A variable of the environment. */
const SETTING = /\b[A-Z]+(?:_[A-Z]+)+\b/g;

/** What is known already, what will be collected, and when. */
export function collecting(about: About, renamedTo: string | undefined): string {
  const { source, subject } = about;
  const parts = [newest(about)];
  if (renamedTo) parts.push(`${source.title} calls it ${renamedTo} now.`);
  if (subject.role === 'dependency') parts.push('It counts as a dependency and is drawn apart.');
  parts.push(
    `Collected from now on: ${source.collects}.`,
    ...whatIsNext(about),
    ...leftOut(source),
  );
  return parts.join(' ');
}

export function collectingGroup(about: About, members: readonly Subject[]): string {
  const { source, subject, isBot } = about;
  const count = some(members.length, source);
  const names = members.map(({ name }) => name);
  const found =
    names.length > 0 ? `${count} at the moment, ${listed(names, NAMED)}` : `${count} yet`;
  const parts = [
    `Tracking ${subject.name} on ${source.title}: ${found}. New ones come on the list by themselves, and those that go are taken off.`,
  ];
  if (subject.role === 'dependency') parts.push('They count as dependencies and are drawn apart.');
  parts.push(`Collected from now on: ${source.collects}.`);
  if (members.length > 0) {
    parts.push(
      isBot
        ? 'The first numbers follow within minutes, the rest within the next hours.'
        : 'They are collected with the next poll.',
    );
  }
  return [...parts, ...leftOut(source)].join(' ');
}

export function waiting(source: Source, { name, isGroup }: Reference): string {
  const what = isGroup ? 'all that it stands for' : 'its numbers';
  return `${name} is on the list, and ${what} will be collected as soon as ${source.title} answers.`;
}

export function stopped(source: Source, { name }: Subject): string {
  return `${name} on ${source.title} is no longer collected. What was collected stays.`;
}

export function stoppedGroup(source: Source, { name }: Subject, members: number): string {
  const them =
    members === 0
      ? ''
      : `, nor ${members === 1 ? 'is' : 'are'} the ${some(members, source)} that it kept on the list`;
  return `${name} on ${source.title} is no longer collected${them}. What was collected stays.`;
}

function newest({ db, source, subject }: About): string {
  const [main = ''] = source.metrics;
  const progress = progressOf(db, subject.id, main);
  const tracking = `Tracking ${subject.name} on ${source.title}`;
  if (!progress) return `${tracking}. There are no numbers yet.`;
  const { firstDay, lastDay, lastValue } = progress;
  const since = firstDay === lastDay ? '' : `, with days since ${dayName(firstDay)}`;
  return `${tracking}: ${lastValue.toLocaleString('en')} ${measureOf(source)} on ${dayName(lastDay)}${since}.`;
}

/** The chart that works, because its numbers are in, and what is still to come. */
function whatIsNext(about: About): string[] {
  const { db, source, subject, isBot } = about;
  const report = measureOf(source);
  const isDrawn =
    commands.some(({ name }) => name === report) &&
    progressOf(db, subject.id, source.metrics[0] ?? '') !== undefined;
  const chart = `${isBot ? '/metrics' : 'report'} ${report} ${subject.name}`;
  const said = [...(isDrawn ? [`“${chart}” works now`] : []), ...whatFollows(about)].join('; ');
  return said === '' ? [] : [`${capitalised(said)}.`];
}

function whatFollows(about: About): string[] {
  const titles = about.source.parts
    .filter((part) => isToCome(about, part))
    .map(({ title }) => title);
  if (titles.length === 0) return [];
  const when = about.isBot ? 'within the next hours' : 'with the next poll';
  return [titles.length < 3 ? `${allOf(titles)} will follow ${when}` : `the rest follows ${when}`];
}

function isToCome({ db, source, subject }: About, part: Part): boolean {
  if (part.off !== undefined) return false;
  const subjectId = part.scope === 'source' ? ALL_SUBJECTS : subject.id;
  const doneAt = collectionOf(db, { source: source.id, subjectId, part: part.name })?.doneAt;
  return !doneAt || (part.scope === 'source' && (subject.trackedAt ?? '') > doneAt);
}

/**
 * What is switched off and why, in a sentence for each reason. Parts that lack the same settings
 * are named together; the status has the sentence of each.
 */
function leftOut({ parts }: Source): string[] {
  const off = parts.flatMap((part) => (part.off === undefined ? [] : [{ ...part, why: part.off }]));
  const wanting = Map.groupBy(off, ({ why }) => allOf(why.match(SETTING) ?? []) || why);
  return [...wanting].map(([settings, them]) => {
    const titles = allOf(them.map(({ title }) => title));
    const [only] = them;
    return only && (them.length === 1 || settings === only.why)
      ? `Switched off: ${titles}. ${only.why}`
      : `Switched off for want of ${settings}: ${titles}.`;
  });
}

function measureOf({ metrics }: Source): string {
  return metrics[0]?.replace(/^\w+\./, '') ?? '';
}

/** `12 repositories`, by the last word of how the source's references are written. */
function some(count: number, { form }: Source): string {
  const noun = form.split('/').at(-1) ?? form;
  const many = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return count === 0 ? `no ${many}` : plural(count, noun, many);
}
