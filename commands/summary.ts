import { InputError } from '../db/input-error.ts';
import { DOWNLOADS } from '../db/pypi.ts';
import { type Series, seriesOf } from '../db/series.ts';
import { summary as report } from '../reports/summary.ts';
import { PULLS, STARS } from '../reports/totals/kind.ts';
import type { Command } from './command.ts';
import { matchingNames, resolveNames } from './names.ts';

/** What a summary has numbers of, source by source. */
const METRICS = [STARS.metric, DOWNLOADS, PULLS.metric];

export const summary: Command = {
  name: 'summary',
  summary: 'What changed last week (or day, or month), and who made it happen',
  forms: [{ form: '[names] [daily|weekly|monthly]', example: 'monthly' }],
  words: [],
  run({ options }, { db, today }) {
    const { names, granularity, theme } = options;
    if (options.range || options.by !== undefined) {
      throw new InputError(
        'A summary is of the last whole day, week or month: add “daily”, “weekly” or “monthly”.',
      );
    }
    const sources = METRICS.map((metric) => seriesOf(db, metric));
    const subjectIds = names.length > 0 ? ownIds(names, sources) : undefined;
    return {
      kind: 'report',
      report,
      theme,
      params: {
        today,
        to: today,
        granularity: granularity ?? 'weekly',
        ...(subjectIds && { subjectIds }),
      },
    };
  },
};

/** A project has the same name in several places: each name is looked for in every source. */
function ownIds(names: readonly string[], sources: readonly (readonly Series[])[]): number[] {
  const candidates = sources.map((all) =>
    all.map((one) => ({ label: one.subjectName, value: one })),
  );
  const found = names.flatMap((name) => {
    const hits = candidates.flatMap((some) => matchingNames(name, some));
    return hits.length > 0 ? hits : resolveNames([name], candidates.flat(), 'project');
  });
  const own = found.filter(({ role }) => role === 'own');
  const [dependency] = found;
  if (own.length === 0 && dependency) {
    throw new InputError(
      `${dependency.subjectName} is a dependency, and a summary is of our own: name another, or none.`,
    );
  }
  return [...new Set(own.map(({ subjectId }) => subjectId))];
}
