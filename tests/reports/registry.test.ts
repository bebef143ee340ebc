import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggerInterface } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { afterAll, describe, expect, test } from 'vitest';
import { addDays } from '../../db/days.ts';
import { reports } from '../../reports/index.ts';
import { ask } from '../../reports/report.ts';
import type { Theme } from '../../reports/theme.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import { inkOf, pngSize } from '../render/pictures.ts';
import { collected, NOW, parts } from './collecting.ts';
import { type Community, community, growing, insider, TODAY } from './community.ts';
import { packageIn, steady } from './package.ts';
import { watching } from './watching.ts';

const THEMES: readonly Theme[] = ['light', 'dark'];
const WIDE = '&lt;b&gt; *_~`"quotes" 🚀 שרה 田中';

interface Situation {
  readonly name: string;
  readonly fill: (made: Community) => void;
}

/** A package with a member of each dimension for each of `members`, ending yesterday. */
function packaged(
  { db }: Community,
  name: string,
  members: readonly (readonly (number | null)[])[],
  from = addDays(TODAY, -(members[0]?.length ?? 0)),
): void {
  const named = (nameOf: (index: number) => string) =>
    Object.fromEntries(members.map((days, index) => [nameOf(index), days]));
  packageIn(db, {
    name,
    role: name.endsWith('3') ? 'dependency' : 'own',
    from,
    splits: {
      version: named((index) => (index === 2 ? 'not a version' : `${index}.${index * 7}.0rc1`)),
      country: named((index) => ['US', WIDE, 'unknown', 'other'][index] ?? `C${index}`),
    },
    provider: 'bigquery',
    advisories: [
      { id: 'A-1', ranges: [{ introduced: '0', fixed: '0.1' }] },
      { id: 'A-2', severity: 'high', ranges: [{ introduced: '0' }] },
    ],
  });
}

/** What every report must have a picture or a clear sentence for. */
const situations: readonly Situation[] = [
  { name: 'no data', fill() {} },
  {
    name: 'one point',
    fill(made) {
      made.stars('a/b', addDays(TODAY, -1), [7]);
      made.pulls('a/b', addDays(TODAY, -1), [7]);
      made.wrote('U1', 'general', addDays(TODAY, -1), 3);
      packaged(made, 'one', [[7]], addDays(TODAY, -1));
      watching(made.db, 'pypi', 'one', { openedDay: addDays(TODAY, -1), days: 1 });
    },
  },
  {
    name: 'only today',
    fill(made) {
      made.stars('a/b', TODAY, [7]);
      made.pulls('a/b', TODAY, [7]);
      made.wrote('U1', 'general', TODAY, 3);
      packaged(made, 'one', [[7]], TODAY);
    },
  },
  {
    name: 'difficult names',
    fill(made) {
      made.channel(WIDE);
      made.user('U1', WIDE);
      made.user('U2', null);
      packaged(
        made,
        WIDE,
        Array.from({ length: 12 }, (_, index) => growing(99, index)),
      );
      watching(made.db, 'pypi', WIDE, { openedDay: addDays(TODAY, -9) });
      for (const index of [1, 2]) {
        made.stars(`a${index}/${WIDE}`, addDays(TODAY, -99), growing(100, index));
        made.pulls(`a${index}/${WIDE}`, addDays(TODAY, -99), growing(100, index));
        for (let day = 0; day < 90; day += index) {
          made.wrote(`U${index}`, WIDE, addDays(TODAY, -day), index);
        }
      }
    },
  },
  {
    name: 'fifty series',
    fill(made) {
      for (let index = 0; index < 50; index++) {
        packaged(made, `package-${index}`, [steady(60, index), growing(60, index)]);
        watching(made.db, 'pypi', `package-${index}`, {
          ...(index % 3 > 0 && { openedDay: addDays(TODAY, -index - 5) }),
          ...(index % 3 > 1 && { closedDay: addDays(TODAY, -index) }),
        });
        made.stars(`o/repository-${index}`, addDays(TODAY, -60), growing(61, index, 100 * index));
        made.pulls(`o/image-${index}`, addDays(TODAY, -60), growing(61, index, 3e9 * index));
        for (let day = 0; day < 60; day += 1 + (index % 3)) {
          made.wrote(`U${index}`, `topic-${index}`, addDays(TODAY, -day), 1 + (index % 5));
        }
      }
    },
  },
  {
    name: 'ten years',
    fill(made) {
      packaged(made, 'old', [growing(3650, 1), steady(3650, 9)], addDays(TODAY, -3649));
      made.stars('a/b', addDays(TODAY, -3649), growing(3650, 3));
      made.pulls('a/b', addDays(TODAY, -3649), growing(3650, 3));
      for (let day = 0; day < 3650; day++)
        made.wrote(`U${day % 7}`, 'general', addDays(TODAY, -day), 2);
    },
  },
  {
    name: 'zeros and falls',
    fill(made) {
      packaged(made, 'zero', [steady(60, 0)]);
      watching(made.db, 'pypi', 'zero', { standing: 'small' });
      watching(made.db, 'pypi', 'fall', { openedDay: addDays(TODAY, -40) });
      watching(made.db, 'docker', 'a/fall', { standing: 'hold' });
      packaged(made, 'fall', [growing(60, -3, 180), [null, null, ...steady(58, 2)]]);
      made.stars('a/zero', addDays(TODAY, -60), growing(61, 0));
      made.stars('a/fall', addDays(TODAY, -60), growing(61, -3, 300));
      made.pulls('a/zero', addDays(TODAY, -60), growing(61, 0));
      made.pulls('a/fall', addDays(TODAY, -60), growing(61, -3, 300));
      made.wrote('U1', 'general', addDays(TODAY, -60), 1);
    },
  },
];

/** The ways in which each report can be asked, beside the plain one. */
const variants: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  stars: [
    {},
    { measure: 'new' },
    { measure: 'new', granularity: 'monthly' },
    { align: 'age' },
    { scale: 'log' },
    { measure: 'new', align: 'age', scale: 'log' },
    { from: addDays(TODAY, -4) },
  ],
  downloads: [
    {},
    { by: 'version' },
    { by: 'country', granularity: 'monthly' },
    { by: 'python' },
    { by: 'version', granularity: 'daily' },
    { mirrors: true },
    { granularity: 'daily' },
    { from: addDays(TODAY, -4) },
  ],
  versions: [
    {},
    { granularity: 'monthly' },
    { granularity: 'daily' },
    { from: addDays(TODAY, -4) },
  ],
  pulls: [
    {},
    { measure: 'new' },
    { measure: 'new', granularity: 'monthly' },
    { scale: 'log' },
    { from: addDays(TODAY, -4) },
  ],
  alerts: [{}, { incident: 1 }, { incident: 999 }],
  status: [{}, { now: `${TODAY}T12:00:00Z` }, { view: 'checks' }, { sources: ['github'] }],
  'top-users': [{}, { from: addDays(TODAY, -29) }, { limit: 25 }],
  summary: [
    {},
    { granularity: 'daily' },
    { granularity: 'monthly' },
    { sections: ['missing'] },
    { to: addDays(TODAY, -30) },
  ],
  messages: [{}, { split: 'channel' }, { granularity: 'monthly' }, { from: addDays(TODAY, -4) }],
};

const filled = new Map(
  situations.map(({ name, fill }) => {
    const made = community();
    made.db.transaction(() => fill(made))();
    return [name, made.db];
  }),
);

const cases = reports.flatMap((report) =>
  situations.flatMap((situation) =>
    (variants[report.name] ?? [{}]).map((params) => {
      const db = filled.get(situation.name);
      if (!db) throw new Error(situation.name);
      const label = `${report.name} ${JSON.stringify(params)}, ${situation.name}`;
      return {
        label,
        answer: () => ask(report, db, { today: TODAY, to: TODAY, ...params }, insider),
      };
    }),
  ),
);

/** Compiles as the renderer does, and collects what Vega-Lite has to say. */
function compiled(spec: TopLevelSpec) {
  const warnings: string[] = [];
  const collect = (...messages: readonly unknown[]) => {
    warnings.push(messages.map(String).join(' '));
    return logger;
  };
  const logger: LoggerInterface = {
    level: (() => logger) as LoggerInterface['level'],
    error: collect,
    warn: collect,
    info: () => logger,
    debug: () => logger,
  };
  return { vega: compile(spec, { logger }).spec, warnings };
}

test('every report has variants here, and a name of its own', () => {
  expect(Object.keys(variants).toSorted()).toEqual(reports.map(({ name }) => name).toSorted());
});

describe.each(cases)('$label', ({ answer }) => {
  test('has words', () => {
    const { words, table, title } = answer();
    expect(title).not.toBe('');
    for (const sentence of [words.headline, ...words.lines, ...words.notes]) {
      expect(sentence).toMatch(/[.…]$/);
      expect(sentence).not.toMatch(/undefined|NaN|Infinity|null|\n/);
    }
    expect(words.alt.startsWith(words.headline)).toBe(true);
    expect(words.alt.length).toBeLessThanOrEqual(2000);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });

  test.each(THEMES)('has a chart that compiles without a warning (%s)', (theme) => {
    const asked = answer();
    const spec = asked.chart(theme);
    if (!spec) return expect(asked.words.headline).not.toBe('');
    const before = structuredClone(spec);
    const { vega, warnings } = compiled(spec);
    expect(warnings).toEqual([]);
    expect(spec).toEqual(before);
    // Days are UTC, whatever the machine's clock says.
    expect(JSON.stringify(vega)).not.toMatch(/"type":"time"|timeFormat\(|[^c]hours\(/);
    expect(JSON.stringify(asked.chart(theme))).toBe(JSON.stringify(spec));
  });
});

describe('the data of a report is left as it was', () => {
  test.each(reports)('$name', (report) => {
    const db = filled.get('difficult names');
    if (!db) throw new Error('not filled');
    const params = report.params.parse({ today: TODAY, to: TODAY });
    const data = report.query(db, params, insider);
    const before = structuredClone(data);
    report.chart(data, 'light');
    report.words(data);
    report.table(data);
    expect(data).toEqual(before);
  });
});

describe('compiled charts', () => {
  const made = community();
  made.stars('a/young', addDays(TODAY, -9), growing(10, 2));
  made.stars('a/old', addDays(TODAY, -9), [...growing(4, 1, 40), null, ...growing(5, 1, 45)]);
  made.pulls('a/image', addDays(TODAY, -29), [
    ...growing(15, 9, 500),
    ...[626, 626, 626, 626],
    ...[null, null],
    ...growing(4, 9, 690),
    ...growing(5, 9, 3),
  ]);
  made.user('U1', 'Ada Lovelace');
  for (let day = 0; day < 6; day++) {
    made.wrote('U1', 'general', addDays(TODAY, -day), 3 + day);
    made.wrote('U2', 'help', addDays(TODAY, -day), 2);
  }
  const watched = community();
  parts(watched.db);
  watched.wrote('U1', 'general', addDays(TODAY, -1), 3);
  collected(watched.db, 'github:acme/rocket', { holes: [addDays(TODAY, -7)], issues: 'failing' });
  collected(watched.db, 'docker:acme/image', { read: 10 });
  collected(watched.db, 'docker:acme/left', { tracked: null, last: addDays(TODAY, -20) });

  const weeks = addDays(TODAY, -34);
  const own = packageIn(made.db, {
    name: 'own',
    from: weeks,
    splits: {
      version: {
        '1.0.0': growing(34, -1, 60),
        '1.1.0': [...new Array(20).fill(null), ...growing(14, 3, 5)],
        nonsense: steady(34, 1),
      },
      country: Object.fromEntries(
        'US DE FR NL IE GB IN JP CA SG unknown'
          .split(' ')
          .map((one, at) => [one, steady(34, 12 - at)]),
      ),
    },
    provider: 'bigquery',
    advisories: [{ id: 'A-1', ranges: [{ introduced: '0', fixed: '1.1.0' }] }],
  });
  packageIn(made.db, {
    name: 'other',
    from: weeks,
    downloads: [...steady(20, 9), null, ...steady(13, 8)],
  });
  packageIn(made.db, {
    name: 'needed',
    role: 'dependency',
    from: weeks,
    downloads: steady(34, 900),
  });
  watching(made.db, 'pypi', 'own', { openedDay: addDays(TODAY, -6) });
  const fallen = community();
  const usual = Array.from({ length: 90 }, (_, at) => (at % 7 < 5 ? 420 + 10 * (at % 4) : 150));
  const downloads = usual.map((value, at) => (at < 82 ? value : Math.round(value / 3)));
  packageIn(fallen.db, { name: 'fallen', from: addDays(TODAY, -90), downloads });
  watching(fallen.db, 'pypi', 'fallen', { openedDay: addDays(TODAY, -7) });
  const goldens = [
    ['stars', {}],
    ['stars-new', { measure: 'new', subjectIds: [1] }],
    ['pulls', {}],
    ['pulls-new', { measure: 'new' }],
    ['downloads', {}],
    ['downloads-of-one', { subjectIds: [own] }],
    ['downloads-by-country', { subjectIds: [own], by: 'country' }],
    ['versions', { subjectId: own }],
    ['top-users', {}],
    ['alerts', {}],
    ['messages', {}],
    ['messages-by-channel', { split: 'channel' }],
    ['summary', {}],
    ['status', { now: NOW }],
    ['status-checks', { now: NOW, view: 'checks' }],
  ] as const;

  test.each(goldens)('%s', (name, params) => {
    const report = reports.findLast((report) => name.startsWith(report.name));
    if (!report) throw new Error(name);
    const { db } = { status: watched, alerts: fallen }[report.name as string] ?? made;
    const spec = ask(report, db, { today: TODAY, to: TODAY, ...params }, insider).chart('light');
    if (!spec) throw new Error('no chart');
    const path = join(import.meta.dirname, `../golden/${name}.json`);
    const text = `${JSON.stringify(compiled(spec).vega, null, 1)}\n`;
    // Written anew with UPDATE_GOLDEN=1; the change is for the reviewer to judge.
    if (process.env.UPDATE_GOLDEN) writeFileSync(path, text);
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });
});

describe('pictures', () => {
  const renderer = createRenderer();
  afterAll(() => renderer.close());

  test.each(reports)('of $name have ink, and none at the rim', async (report) => {
    const db = filled.get('difficult names');
    if (!db) throw new Error('not filled');
    for (const theme of THEMES) {
      const spec = ask(report, db, { today: TODAY, to: TODAY }, insider).chart(theme);
      if (!spec) throw new Error('no chart');
      const png = await renderer.png(spec, { scale: 1 });
      const { width, height } = pngSize(png);
      expect(width).toBeGreaterThan(600);
      expect(width).toBeLessThan(720);
      expect(height).toBeGreaterThan(120);
      const { share, touchesRim } = await inkOf(png);
      expect(share).toBeGreaterThan(0.01);
      expect(touchesRim).toBe(false);
    }
  });
});
