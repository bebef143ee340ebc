import { describe, expect, test } from 'vitest';
import { failCollection, finishCollection, putOffCollection } from '../../db/collections.ts';
import { addDays } from '../../db/days.ts';
import { markFailed, storeEvents, waitingEvents } from '../../db/inbox.ts';
import { claimRun, finishRun } from '../../db/jobs.ts';
import { saveProvidedDay } from '../../db/provided-days.ts';
import { markSample } from '../../db/sample.ts';
import { saveSnapshot } from '../../db/snapshots.ts';
import { ask } from '../../reports/report.ts';
import { status } from '../../reports/status.ts';
import { collected, hoursAgo, NOW, parts, ran } from './collecting.ts';
import { asking, type Community, community, TODAY } from './community.ts';

function prepare(): Community {
  const made = community();
  parts(made.db);
  return made;
}

const answer = asking(status, { now: NOW });

/** The state of each part in the table, as `subject part: state`. */
function states(made: Community): string[] {
  const { columns, rows } = answer(made).table;
  const [subject, part, state] = ['subject', 'part', 'state'].map((name) => columns.indexOf(name));
  return rows.map((row) => `${row[subject ?? 0]} ${row[part ?? 0]}: ${row[state ?? 0]}`);
}

function said(made: Community, params: Record<string, unknown> = {}): string {
  const { headline, lines } = answer(made, params).words;
  return [headline, ...lines].join('\n');
}

/** Everything that is written on the board. */
function board(made: Community, params: Record<string, unknown> = {}): string[] {
  const spec = JSON.parse(JSON.stringify(answer(made, params).chart('light') ?? {}));
  const layers: { data?: { values: { text?: string }[] } }[] = spec.layer ?? [];
  return layers.flatMap(({ data }) => data?.values ?? []).flatMap(({ text }) => text ?? []);
}

describe('the finding', () => {
  test('is how to begin where nothing is collected', () => {
    const { words, chart } = answer(community());
    expect(words.headline).toMatch(/^Nothing is collected yet: begin with \/metrics track/);
    expect(words.lines).toEqual([]);
    expect(chart('light')).toBeUndefined();
  });

  test('is that all is fresh', () => {
    const made = prepare();
    collected(made.db, 'github:acme/rocket');
    collected(made.db, 'docker:acme/image');
    expect(answer(made).words.headline).toBe('All is fresh.');
  });

  test('names what is behind, the worst first', () => {
    const made = prepare();
    collected(made.db, 'github:acme/rocket');
    collected(made.db, 'github:acme/late', { read: 10 });
    collected(made.db, 'github:acme/old', { read: 20 });
    expect(answer(made).words.headline).toBe(
      '2 of 4 are behind: acme/old (GitHub) and acme/late (GitHub).',
    );
    expect(board(made).filter((text) => text.startsWith('acme/'))).toEqual([
      'acme/old',
      'acme/late',
      'acme/rocket',
    ]);
  });

  test('counts the checks that do not hold', () => {
    const made = prepare();
    collected(made.db, 'github:acme/rocket', { holes: [addDays(TODAY, -9)] });
    expect(answer(made).words.headline).toBe('All is fresh. 1 check of the data fails.');
    expect(said(made)).toContain(
      'Does not hold: “No day is missing in the last 90 days”: github:acme/rocket stars 1 day is missing, 13 Nov 2026.',
    );
  });
});

describe('the state of a part', () => {
  test.each([
    [9, 'good'],
    [9.1, 'late'],
    [18, 'late'],
    [18.1, 'bad'],
  ])('read %s hours ago, of a poll every six hours, is %s', (read, state) => {
    const made = prepare();
    collected(made.db, 'docker:acme/image', { read });
    expect(states(made)).toEqual([`acme/image : ${state}`]);
  });

  test('is measured by its own interval where that is longer', () => {
    const made = prepare();
    collected(made.db, 'pypi:rocket', { read: 17 });
    finishCollection(made.db, { source: 'pypi', subjectId: 0, part: 'splits' }, hoursAgo(35));
    expect(states(made)).toEqual(['rocket : good', 'downloads by version splits: good']);
  });

  test('is late from the first failure on, and bad from the third', () => {
    for (const [failures, state] of [
      [1, 'late'],
      [2, 'late'],
      [3, 'bad'],
    ] as const) {
      const made = prepare();
      collected(made.db, 'docker:acme/image', { failures });
      expect(states(made), `${failures}`).toEqual([`acme/image : ${state}`]);
    }
  });

  test('of what waits for its first reading is neither, until it has waited too long', () => {
    const made = prepare();
    collected(made.db, 'docker:acme/new', { read: null, days: 0, tracked: 1 });
    collected(made.db, 'docker:acme/stuck', { read: null, days: 0, tracked: 100 });
    expect(states(made)).toEqual(['acme/stuck : bad', 'acme/new : loading']);
    expect(said(made)).toContain('acme/stuck (Docker Hub): never read, due every 6 hours.');
  });

  test('of a group is that of its list: it has no days and no other parts', () => {
    const made = prepare();
    collected(made.db, 'github:acme/*', { days: 0 });
    expect(states(made)).toEqual(['acme/* : good']);
    expect(answer(made).words.headline).toBe('All is fresh.');
  });

  test('of what was switched on just now waits for its first load', () => {
    const made = prepare();
    const id = collected(made.db, 'github:acme/rocket');
    made.db.prepare("DELETE FROM collection WHERE subject_id = ? AND part = 'issues'").run(id);
    expect(states(made)).toEqual(['acme/rocket : good', 'acme/rocket issues: loading']);
  });

  test('knows when it was read before runs were written down', () => {
    const made = prepare();
    const id = collected(made.db, 'docker:acme/image', { read: null });
    expect(states(made)).toEqual(['acme/image : bad']);
    saveSnapshot(made.db, id, { kind: 'repository', takenAt: hoursAgo(3), body: '{}' });
    expect(states(made)).toEqual(['acme/image : good']);
  });

  test('does not matter where nobody wants it polled', () => {
    const made = prepare();
    collected(made.db, 'docker:acme/image', { tracked: null, last: '2026-10-31' });
    expect(states(made)).toEqual(['acme/image : off']);
    expect(answer(made).words.headline).toBe('All is fresh.');
    expect(board(made)).toContain('not polled, data to 31 Oct');
  });
});

describe('what is behind is told', () => {
  test('with reason, beginning and next try', () => {
    const made = prepare();
    const error = 'Docker Hub does not answer at the moment.';
    collected(made.db, 'docker:acme/image', { read: 40, failures: 5, error });
    expect(said(made)).toContain(
      'acme/image (Docker Hub): failed 5 times in a row, since 21 Nov 2026, 13:00 UTC. Docker Hub does not answer at the moment. Next try: by 19:00 UTC.',
    );
    expect(board(made)).toContain('failing since 21 Nov');
  });

  test('part by part, and the headline stays fresh', () => {
    const made = prepare();
    collected(made.db, 'github:acme/rocket', { issues: 'failing' });
    expect(states(made)).toEqual(['acme/rocket : good', 'acme/rocket issues: bad']);
    expect(said(made)).toContain('acme/rocket (GitHub): issues and pull requests failed 4 times');
  });

  test('with the instant that a limit names', () => {
    const made = prepare();
    const id = collected(made.db, 'docker:acme/image', { read: 20 });
    const key = { source: 'docker', subjectId: id, part: '' };
    putOffCollection(made.db, key, `${TODAY}T15:30:00.000Z`, 'Docker Hub wants us to wait.');
    expect(said(made)).toContain('Next try: 15:30 UTC.');
  });

  test('when the days are incomplete though it was read', () => {
    const made = prepare();
    collected(made.db, 'docker:acme/image', { last: addDays(TODAY, -3) });
    collected(made.db, 'pypi:rocket', { last: addDays(TODAY, -3) });
    finishCollection(made.db, { source: 'pypi', subjectId: 0, part: 'splits' }, hoursAgo(2));
    expect(answer(made).words.headline).toBe('1 of 4 is behind: acme/image (Docker Hub).');
    expect(said(made)).toContain('acme/image (Docker Hub): Complete only through 19 Nov 2026.');
  });

  test('of a part that is read for all at once', () => {
    const made = prepare();
    collected(made.db, 'pypi:rocket');
    const key = { source: 'pypi', subjectId: 0, part: 'splits' };
    for (let times = 0; times < 3; times += 1) failCollection(made.db, key, 'Too many bytes.');
    expect(said(made)).toContain(
      'downloads by version (PyPI): failed 3 times in a row. Too many bytes.',
    );
  });
});

describe('it also says', () => {
  const made = prepare();
  const id = collected(made.db, 'github:acme/rocket', {
    issues: { done: 1200, of: 40_000, unit: 'issues' },
  });
  collected(made.db, 'github:acme/quiet', { note: 'Issues are switched off.' });
  const rocket = collected(made.db, 'pypi:rocket');
  finishCollection(made.db, { source: 'pypi', subjectId: 0, part: 'splits' }, hoursAgo(2));
  const day = addDays(TODAY, -3);
  saveProvidedDay(made.db, rocket, { day, provider: 'bigquery', askedAt: NOW, isSettled: true });
  ran(made.db, { source: 'pypi', subjectId: 0, part: 'splits' }, 2, 'done', {
    requests: 4,
    rows: 900,
    bytes: 45e9,
    costUsd: 0.28,
  });
  ran(made.db, { source: 'github', subjectId: id, part: '' }, 24 * 30, 'done', { requests: 5000 });
  const text = said(made);

  test.each([
    'First load under way: acme/rocket (GitHub), issues and pull requests, 1,200 of 40,000 issues.',
    'acme/quiet, issues and pull requests: Issues are switched off.',
    'Switched off on GitHub: stargazers. It takes a token: set GITHUB_TOKEN.',
    'PyPI: 1 subject polled, 100 daily numbers stored, the oldest reading 2 hours ago, all complete through 21 Nov 2026, the last 30 days told by BigQuery (1 package day).',
    'This month: GitHub 2 requests, 0 rows; PyPI 5 requests, 900 rows, 45 GB billed, about $0.28.',
  ])('%s', (sentence) => expect(text.split('\n')).toContain(sentence));

  test('what the colours mean', () => {
    expect(answer(made).words.notes.join(' ')).toMatch(/Green: .* 1.5 times .*Amber: .*Red: /);
  });
});

test('a job whose last run failed is told of, without its reason', () => {
  const made = prepare();
  collected(made.db, 'github:acme/rocket');
  const run = (job: string, hours: number, error?: string) => {
    claimRun(made.db, job, hoursAgo(hours), hoursAgo(hours));
    finishRun(made.db, job, hoursAgo(hours), hoursAgo(hours), error);
  };
  run('forget old runs', 30, 'Error: mended since');
  run('forget old runs', 6);
  run('pack days', 10, 'Error: disk I/O error');
  expect(answer(made).words.headline).toBe('All is fresh. The job “pack days” failed.');
  expect(answer(made).words.lines[0]).toBe(
    'The job “pack days” failed at 04:00 UTC: the log and “doctor” tell why, and its next turn tries again.',
  );
  expect(said(made, { sources: ['github'] })).not.toContain('pack days');
});

test('in a sample, what is switched off is so for the rest only', () => {
  const made = prepare();
  collected(made.db, 'github:acme/rocket');
  markSample(made.db);
  expect(said(made)).toContain(
    'Switched off on GitHub, for what is not made up: stargazers. It takes a token: set GITHUB_TOKEN.',
  );
});

test('parts that are switched off for the same reason share a sentence', () => {
  const made = prepare();
  collected(made.db, 'github:acme/rocket');
  for (const name of ['commits', 'forks']) {
    const off = `Set GITHUB_TOKEN to collect ${name}: without one, it takes too long.`;
    made.db
      .prepare("INSERT INTO source_part VALUES ('github', ?, 'GitHub', ?, 'subject', 24, ?)")
      .run(name, `all ${name}`, off);
  }
  expect(said(made)).toContain(
    'Switched off on GitHub: all commits and all forks. Set GITHUB_TOKEN to collect them: without one, it takes too long.',
  );
});

describe('Slack', () => {
  const events = ['a', 'b'].map((eventId) => ({ eventId, envelope: '{}' }));

  test('is behind when events wait, and names no channel', () => {
    const made = prepare();
    made.wrote('U1', 'secret-plans', addDays(TODAY, -1), 3);
    storeEvents(made.db, events, hoursAgo(2));
    expect(said(made)).toContain('1 of 1 is behind: the recording of Slack.');
    expect(said(made)).toContain('2 events wait in the inbox, the oldest came 2 hours ago.');
    expect(said(made) + board(made).join()).not.toContain('secret-plans');
  });

  test('tells of events that could not be read, without their reason', () => {
    const made = prepare();
    storeEvents(made.db, events, hoursAgo(0));
    for (const row of waitingEvents(made.db, 1)) markFailed(made.db, row, 'text: hello');
    made.wrote('U1', 'general', TODAY, 1);
    expect(said(made)).toContain('1 event from Slack could not be read');
    expect(said(made)).not.toContain('hello');
  });

  test('tells nobody when something was written in a channel that is not theirs', () => {
    const made = prepare();
    made.channel('secret-plans', true);
    made.wrote('U1', 'secret-plans', TODAY, 3);
    expect(said(made)).toContain('no message is recorded of the channels that you may see');
    const member = { workspaceId: 'T1', privateChannelIds: ['C-secret-plans'] };
    const { words } = ask(status, made.db, { today: TODAY, now: NOW }, member);
    expect(words.lines.join()).toMatch(/the last recorded message was written .* ago/);
  });

  test('of another workspace is not shown', () => {
    const made = prepare();
    made.wrote('U1', 'general', TODAY, 3);
    const stranger = { workspaceId: 'T2', privateChannelIds: [] };
    const { words } = ask(status, made.db, { today: TODAY, now: NOW }, stranger);
    expect([words.headline, ...words.lines].join()).not.toContain('Test');
  });
});

describe('the board', () => {
  test('shows a few of forty repositories, those in trouble first, and says what the rest is', () => {
    const made = prepare();
    for (let index = 0; index < 40; index += 1) {
      const read = index === 33 ? 99 : 2;
      collected(made.db, `github:acme/repository-${index}`, { read });
    }
    const texts = board(made);
    const named = texts.filter((text) => text.startsWith('acme/'));
    expect(named).toHaveLength(14);
    expect(named[0]).toBe('acme/repository-33');
    expect(texts).toContain('and 26 more: all fresh');
    expect(texts).toContain('1 failing or old, 39 fresh');
  });

  test('tells missing days from those that are not final', () => {
    const made = prepare();
    collected(made.db, 'docker:acme/image', { holes: [addDays(TODAY, -5)], last: TODAY });
    const spec = JSON.parse(JSON.stringify(answer(made).chart('light')));
    const layers: { data?: { values: { mark?: string; x2?: number }[] } }[] = spec.layer;
    const cells = layers
      .flatMap(({ data }) => data?.values ?? [])
      .filter(({ x2 }) => (x2 ?? 0) > 312)
      .map(({ mark }) => mark);
    expect(cells.filter((mark) => mark === 'missing')).toHaveLength(1);
    expect(cells.filter((mark) => mark === 'full')).toHaveLength(29);
  });

  test('of the checks has a row each, those that fail first', () => {
    const made = prepare();
    collected(made.db, 'docker:acme/image', { holes: [addDays(TODAY, -5)] });
    const texts = board(made, { view: 'checks' });
    expect(texts[0]).toBe('No day is missing in the last 90 days');
    expect(texts).toContain('Nothing is stored twice');
    expect(said(made, { view: 'checks' })).toContain('1 of 9 checks');
  });

  test('of the checks of one source leaves out what was found of others', () => {
    const made = prepare();
    const holes = [addDays(TODAY, -5)];
    collected(made.db, 'docker:acme/image', { holes });
    collected(made.db, 'github:acme/rocket');
    made.wrote('U1', 'general', addDays(TODAY, 3), 1);
    const checks = (...sources: string[]) => said(made, { view: 'checks', sources });
    expect(checks('github')).toMatch(/^All 9 checks of the stored numbers of GitHub hold\.$/m);
    expect(checks('github')).not.toContain('acme/image');
    expect(checks('docker', 'github')).toMatch(
      /^1 of 9 checks .* of Docker Hub and GitHub does not/,
    );
    expect(checks('docker')).toContain('• docker:acme/image');
    expect(checks('slack')).toMatch(/^1 of 9 checks of the stored numbers of Slack does not hold/);
    expect(said(made, { sources: ['github'] })).not.toContain('Does not hold');
  });

  test('of one source leaves the others out', () => {
    const made = prepare();
    made.wrote('U1', 'general', TODAY, 3);
    collected(made.db, 'docker:acme/image', { read: 99 });
    collected(made.db, 'github:acme/rocket');
    expect(answer(made, { sources: ['github'] }).words.headline).toBe('All is fresh.');
    expect(board(made, { sources: ['slack'] })).not.toContain('acme/image');
  });
});
