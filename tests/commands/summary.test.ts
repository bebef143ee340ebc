import { expect, test } from 'vitest';
import type { CommandDeps } from '../../commands/command.ts';
import { parseOptions } from '../../commands/options.ts';
import { summary } from '../../commands/summary.ts';
import { addDays } from '../../db/days.ts';
import { community, everyone, TODAY } from '../reports/community.ts';
import { packageIn } from '../reports/package.ts';

const made = community();
const from = addDays(TODAY, -9);
const repository = made.stars('marquezproject/marquez', from, [1]);
const image = made.pulls('marquezproject/marquez', from, [1]);
const python = packageIn(made.db, { name: 'marquez-python', from, downloads: [1] });
const other = made.stars('acme/rocket', from, [1]);
packageIn(made.db, { name: 'pyspark', role: 'dependency', from, downloads: [1] });
packageIn(made.db, { name: 'marquez-needs', role: 'dependency', from, downloads: [1] });

const deps: CommandDeps = {
  db: made.db,
  viewer: everyone,
  today: TODAY,
  now: Date.parse(TODAY),
  tracker: { forms: [], track: async () => ({ sentence: '' }), untrack: () => ({ sentence: '' }) },
  isSample: false,
};

function paramsOf(text: string): unknown {
  const options = parseOptions(text, summary.words ?? [], TODAY);
  const reply = summary.run({ options, text }, deps);
  if (reply instanceof Promise || reply.kind !== 'report') throw new Error('no report');
  return reply.params;
}

test('is of the last week, or of what was asked for', () => {
  expect(paramsOf('')).toEqual({ today: TODAY, to: TODAY, granularity: 'weekly' });
  expect(paramsOf('monthly')).toMatchObject({ granularity: 'monthly' });
});

test('a name stands for what is called so in every source, but for dependencies', () => {
  expect(paramsOf('marquez')).toMatchObject({ subjectIds: [repository, python, image] });
  expect(paramsOf('rocket daily')).toMatchObject({ subjectIds: [other], granularity: 'daily' });
});

test.each([
  ['12w', /add “daily”, “weekly” or “monthly”/],
  ['by python', /add “daily”/],
  ['pyspark', /pyspark is a dependency, and a summary is of our own/],
  ['marqez', /I know no project “marqez”\. Did you mean/],
])('%s is refused in a sentence', (text, sentence) => {
  expect(() => paramsOf(text)).toThrow(sentence);
});
