import { daysBetween } from '../../db/days.ts';
import { shortNames } from '../chart/series.ts';
import { earliest, latest } from '../extent.ts';
import { count, dayName, listed, plural, signed } from '../words.ts';
import type { Repository, Stars } from './history.ts';

const MOST_RESETS = 3;

interface Named extends Repository {
  readonly shortName: string;
}

/** What the data lacks, a sentence each. */
export function notesOf(data: Stars): string[] {
  const names = shortNames(data.repositories.map(({ name }) => name));
  const repositories = data.repositories.map((repository, index): Named => {
    return { ...repository, shortName: names[index] ?? repository.name };
  });
  return [
    ...endNotes(data),
    ...gapNotes(repositories),
    ...resetNotes(repositories),
    ...(data.align === 'age' ? ageNotes(repositories) : []),
    ...(data.scale === 'log' ? ['What is zero or less has no place on a logarithmic scale.'] : []),
  ];
}

function endNotes({ repositories, to, today }: Stars): string[] {
  const end = latest(repositories.map((repository) => repository.latest.day));
  const until = earliest([to, today]) ?? to;
  return end && daysBetween(end, until) > 2 ? [`The data ends on ${dayName(end)}.`] : [];
}

function gapNotes(repositories: readonly Named[]): string[] {
  const gaps = repositories.flatMap(({ gaps, shortName }) =>
    gaps.map((gap) => ({ ...gap, shortName })),
  );
  const [longest] = gaps.toSorted((a, b) => b.days - a.days);
  if (!longest) return [];
  const { shortName, after, until, gain, days } = longest;
  const missing = gaps.reduce((sum, gap) => sum + gap.days - 1, 0);
  return [
    `Data is missing on ${plural(missing, 'day')} and nothing is filled in; the longest hole is that of ${shortName} from ${dayName(after)} to ${dayName(until)} (${signed(gain)} over ${days} days).`,
  ];
}

function resetNotes(repositories: readonly Named[]): string[] {
  return repositories
    .flatMap(({ resets, shortName }) =>
      resets.map(
        ({ day, from, to }) =>
          `${shortName} fell from ${count(from)} to ${count(to)} on ${dayName(day)}: taken as a new count, not as lost stars.`,
      ),
    )
    .slice(0, MOST_RESETS);
}

function ageNotes(repositories: readonly Named[]): string[] {
  const unborn = repositories.filter(({ firstStar }) => !firstStar);
  if (unborn.length === 0) return [];
  const names = listed(unborn.map(({ shortName }) => shortName));
  return [`Left out, because their history does not go back to the first star: ${names}.`];
}
