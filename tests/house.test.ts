import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usageOf } from '../commands/help.ts';
import { commands } from '../commands/index.ts';
import { reports } from '../reports/index.ts';

const root = join(import.meta.dirname, '..');
const files = globSync('{src,commands,reports,db,playground,bench}/**/*.{ts,tsx,mjs}', {
  cwd: root,
  exclude: ['**/node_modules/**'],
});

/** The files that `file` imports by a relative path, as paths from the root. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) =>
    relative(root, join(root, dirname(file), path as string)),
  );
}

function violations(of: (file: string) => boolean, mayImport: (path: string) => boolean): string[] {
  return files.filter(of).flatMap((file) =>
    importsOf(file)
      .filter((path) => !mayImport(path))
      .map((path) => `${file} imports ${path}`),
  );
}

/** The circles in which some of `all` import each other, as `a → b → a`. */
function circles(all: readonly string[], imported: (one: string) => readonly string[]): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  function walk(one: string, path: readonly string[]): void {
    const begin = path.indexOf(one);
    if (begin >= 0) found.push([...path.slice(begin), one].join(' → '));
    if (begin >= 0 || done.has(one)) return;
    for (const next of imported(one)) walk(next, [...path, one]);
    done.add(one);
  }
  for (const one of all) walk(one, []);
  return found;
}

const inside = (...folders: string[]) => {
  return (path: string) => folders.some((folder) => path.startsWith(`${folder}/`));
};

describe('who may import whom', () => {
  test('there are imports to look at', () => {
    expect(files.flatMap(importsOf).length).toBeGreaterThan(100);
  });

  test('every relative import exists', () => {
    expect(
      violations(
        () => true,
        (path) => existsSync(join(root, path)),
      ),
    ).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    expect(circles(files, importsOf)).toEqual([]);
  });

  test('no rooms of src import each other in a circle', () => {
    const roomOf = (path: string) => /^src\/[^/.]+/.exec(path)?.[0] ?? '';
    const rooms = Map.groupBy(files.filter(inside('src')), roomOf);
    const imported = (room: string) =>
      [...new Set(rooms.get(room)?.flatMap(importsOf).filter(inside('src')).map(roomOf))].filter(
        (other) => other !== room,
      );
    expect(circles([...rooms.keys()], imported)).toEqual([]);
  });

  test('db imports nothing outside of itself', () => {
    expect(violations(inside('db'), inside('db'))).toEqual([]);
  });

  test('reports know db and themselves, and no report a sibling', () => {
    expect(violations(inside('reports'), inside('db', 'reports'))).toEqual([]);
    const reportOf = (path: string) =>
      reports.find(({ name }) => path === `reports/${name}.ts` || inside(`reports/${name}`)(path));
    // What several reports share is nobody's, and knows none of them.
    const isShared = (file: string) =>
      inside('reports')(file) && !reportOf(file) && file !== 'reports/index.ts';
    const siblings = files.flatMap((file) =>
      importsOf(file)
        .filter(
          (path) =>
            (reportOf(file) || isShared(file)) &&
            reportOf(path) &&
            reportOf(file) !== reportOf(path),
        )
        .map((path) => `${file} imports ${path}`),
    );
    expect(siblings).toEqual([]);
  });

  test('commands know reports, db and themselves', () => {
    expect(violations(inside('commands'), inside('db', 'reports', 'commands'))).toEqual([]);
  });

  test('a source knows its contract, its helpers and db, but no sibling', () => {
    const helpers = ['src/errors.ts', 'src/sources/source.ts', 'src/sources/http.ts'];
    const isSource = (file: string) =>
      inside('src/sources')(file) && !helpers.includes(file) && file !== 'src/sources/index.ts';
    const own = (path: string) => helpers.includes(path) || inside('db')(path);
    expect(
      violations(isSource, (path) => own(path) || /^src\/sources\/[\w-]+\//.test(path)),
    ).toEqual([]);
  });

  test('nobody imports main, and the bot loads nothing of the playground', () => {
    expect(
      violations(
        () => true,
        (path) => path !== 'src/main.ts',
      ),
    ).toEqual([]);
    const isBot = inside('src', 'commands', 'reports', 'db');
    expect(
      violations(
        (file) => isBot(file) && file !== 'src/main.ts',
        (path) => !path.startsWith('playground/'),
      ),
    ).toEqual([]);
  });

  test('only config reads the environment; start fills it from .env, and main and cli hand it over', () => {
    const readers = files.filter(
      (file) =>
        !inside('bench')(file) && /process\.env/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(readers.toSorted()).toEqual(['src/cli.ts', 'src/main.ts', 'src/start.mjs']);
  });
});

describe('registries are their directories', () => {
  test('a file a report', () => {
    for (const { name } of reports)
      expect(existsSync(join(root, `reports/${name}.ts`)), name).toBe(true);
    const declared = files.filter(
      (file) =>
        /^reports\/[\w-]+\.ts$/.test(file) &&
        /: Report</.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(declared.toSorted()).toEqual(reports.map(({ name }) => `reports/${name}.ts`).toSorted());
  });

  test('a file a command', () => {
    const declared = files.filter(
      (file) =>
        inside('commands')(file) && /: Command = \{/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(declared.toSorted()).toEqual(
      commands.map(({ name }) => `commands/${name}.ts`).toSorted(),
    );
  });
});

test('every setting stands in .env.example', () => {
  const config = readFileSync(join(root, 'src/config.ts'), 'utf8');
  const example = readFileSync(join(root, '.env.example'), 'utf8');
  const settings = [...config.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
  expect(settings.length).toBeGreaterThan(10);
  for (const name of settings) expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
});

describe('commands are what people are told', () => {
  test('the README has a line for each command, and no other', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const listed = [...readme.matchAll(/^\| `(\/metrics [^`]+)` \| (.*) \|$/gm)].map(
      ([, usage, summary]) => [usage?.replaceAll('\\|', '|'), summary],
    );
    expect(listed).toEqual(commands.map((command) => [usageOf(command), command.summary]));
  });

  test('the manifest hints at each command', () => {
    const manifest = readFileSync(join(root, 'manifest.yml'), 'utf8');
    const hint = /usage_hint: "(.*)"/.exec(manifest)?.[1];
    expect(hint?.split(' | ')).toEqual(commands.map(({ name }) => name));
  });
});
