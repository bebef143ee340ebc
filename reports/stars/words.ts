import { addDays, weekStart } from '../../db/days.ts';
import { shortNames } from '../chart/series.ts';
import { rangeName } from '../ranges.ts';
import type { Words } from '../report.ts';
import { RECENT_WEEKS, type Trend, trendOf } from '../trend.ts';
import { altText, average, count, dayName, plural, signed } from '../words.ts';
import type { Repository, Stars } from './history.ts';
import { notesOf } from './notes.ts';

const MOST_LINES = 10;
const GROWTH = {
  up: 'Growth is speeding up.',
  down: 'Growth is slowing down.',
  steady: 'Growth is steady.',
} as const;
const LOSS = {
  up: 'Fewer are lost than before.',
  down: 'Growth has turned into a loss.',
  steady: 'Stars are being lost at a steady pace.',
} as const;

export function starsWords(data: Stars): Words {
  if (data.repositories.length === 0) {
    const headline = headlineOf(data);
    return { headline, lines: [], notes: [], alt: headline };
  }
  const headline = headlineOf(data);
  const lines = linesOf(data);
  const notes = notesOf(data);
  return { headline, lines, notes, alt: altText([headline, ...lines, ...notes]) };
}

/** The total, the last whole week against the one before, and whether growth changes. */
export function headlineOf(data: Stars): string {
  const { repositories, week } = data;
  const [first, ...others] = repositories;
  if (!first || !week) return noData(data);
  const total = repositories.reduce((sum, { latest }) => sum + latest.value, 0);
  const subject =
    others.length === 0
      ? `${shortNames([first.name])[0]} has ${plural(total, 'star')}`
      : `${plural(total, 'star')} over ${count(repositories.length)} repositories`;
  const sums = weeklySums(repositories);
  const trend = trendOf(sums);
  return [`${subject}${weekPart(data, sums)}.`, trend ? growthOf(trend) : '']
    .filter(Boolean)
    .join(' ');
}

function noData({ from, to, today }: Stars): string {
  if (!from) return 'There are no star counts here yet.';
  return `There are no star counts ${rangeName(from, to, today)}.`;
}

function growthOf({ direction, recent, earlier }: Trend): string {
  if (recent >= 0) return GROWTH[direction];
  return direction === 'down' && earlier < 0 ? 'More are lost than before.' : LOSS[direction];
}

function weekPart(data: Stars, sums: readonly (number | null)[]): string {
  const [before = null, last = null] = sums.slice(-2);
  if (last === null) return '';
  const mover = data.repositories.length > 1 ? topMover(data.repositories) : undefined;
  const most = mover ? ` (${mover})` : '';
  const rival = before === null ? '' : `, ${signed(before)} the week before`;
  return `: ${signed(last)} ${weekName(data)}${most}${rival}`;
}

/** `last week`, or which one when the data ends earlier. */
function weekName({ week, today }: Stars): string {
  if (!week || week === addDays(weekStart(today), -7)) return 'last week';
  return `in the week of ${dayName(week)}`;
}

/** The repository that brought more than half of the last week's stars. */
function topMover(repositories: readonly Repository[]): string | undefined {
  const names = shortNames(repositories.map(({ name }) => name));
  const gains = repositories.map(({ weeks }) => weeks.at(-1) ?? 0);
  const gained = gains.reduce((sum, gain) => sum + Math.max(0, gain), 0);
  const best = gains.findIndex((gain) => gain > gained / 2);
  return best < 0 ? undefined : `${names[best]} ${signed(gains[best] ?? 0)}`;
}

/** A week's sum counts only when each repository that already had data then covers it. */
function weeklySums(repositories: readonly Repository[]): (number | null)[] {
  const [first] = repositories;
  return (first?.weeks ?? []).map((_, index) => {
    let sum = 0;
    let covered = 0;
    for (const { weeks } of repositories) {
      const week = weeks[index] ?? null;
      const hasBegun = weeks.slice(0, index).some((value) => value !== null);
      if (week === null && hasBegun) return null;
      if (week !== null) covered++;
      sum += week ?? 0;
    }
    return covered > 0 ? sum : null;
  });
}

function linesOf(data: Stars): string[] {
  const { repositories } = data;
  const names = shortNames(repositories.map(({ name }) => name));
  const each = repositories.slice(0, MOST_LINES).map(({ latest, weeks }, index) => {
    const [before = null, last = null] = weeks.slice(-2);
    const week = last === null ? '' : `, ${signed(last)} ${weekName(data)}`;
    const rival = last === null || before === null ? '' : ` (${signed(before)} the week before)`;
    return `${names[index]}: ${plural(latest.value, 'star')}${week}${rival}.`;
  });
  const rest = repositories.length - MOST_LINES;
  return [
    ...(repositories.length > 1 ? each : []),
    ...(rest > 0
      ? [`${plural(rest, 'more repository', 'more repositories')} with fewer stars.`]
      : []),
    trendLine(trendOf(weeklySums(repositories))),
  ];
}

function trendLine(trend: Trend | undefined): string {
  if (!trend) {
    return 'It is too early to tell a trend: that takes twelve whole weeks without a hole.';
  }
  const { recent, earlier, earlierWeeks, direction } = trend;
  const verdict =
    direction === 'steady'
      ? 'a difference that may well be chance'
      : 'a difference that chance alone brings less than once in a hundred times';
  return `New stars a week: ${average(recent)} over the last ${RECENT_WEEKS} whole weeks, ${average(earlier)} over the ${earlierWeeks} before, ${verdict}.`;
}
