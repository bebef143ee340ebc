import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../db/input-error.ts';
import { readConfig } from '../src/config.ts';
import { createSources } from '../src/sources/index.ts';
import {
  parseBeside,
  parseReference,
  referenceForms,
  splitRequest,
  splitRole,
} from '../src/tracking/references.ts';
import { quiet } from './sources/cases.ts';

const sources = createSources(readConfig({}), quiet);
const read = (text: string) => {
  const { source, reference } = parseReference(sources, text);
  return `${source.id}:${reference.key}`;
};

describe('what names a subject', () => {
  test.each([
    ['github:Acme/Rocket', 'github:acme/rocket'],
    ['  GitHub  Acme/Rocket ', 'github:acme/rocket'],
    ['github: acme/rocket', 'github:acme/rocket'],
    ['https://github.com/Acme/Rocket', 'github:acme/rocket'],
    ['http://www.github.com/Acme/Rocket.git', 'github:acme/rocket'],
    ['github.com/acme/rocket/tree/main?tab=readme#top', 'github:acme/rocket'],
    ['<https://github.com/acme/rocket>', 'github:acme/rocket'],
    ['<https://github.com/acme/rocket|github.com/acme/rocket>', 'github:acme/rocket'],
    ['github https://github.com/acme/rocket', 'github:acme/rocket'],
    ['github:Acme/*', 'github:acme/*'],
    ['docker:acme/rocket', 'docker:acme/rocket'],
    ['docker postgres', 'docker:library/postgres'],
    ['https://hub.docker.com/r/acme/rocket', 'docker:acme/rocket'],
    ['https://hub.docker.com/_/postgres', 'docker:library/postgres'],
    ['pypi:Acme_Rocket', 'pypi:acme-rocket'],
    ['https://pypi.org/project/Acme.Rocket/', 'pypi:acme-rocket'],
    ['https://pypistats.org/packages/acme-rocket', 'pypi:acme-rocket'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ['', 'Say what, as in github:owner/repository or docker:namespace/image or pypi:package.'],
    ['acme/rocket', "“acme/rocket” can't be tracked: write github:owner/repository"],
    ['npm:rocket', "“npm:rocket” can't be tracked"],
    ['https://example.com/acme/rocket', "can't be tracked"],
    ['https://pypi.org/', "can't be tracked"],
    ['github:acme', '“acme” is not how GitHub names things: write github:owner/repository.'],
    ['docker https://github.com/acme/rocket', 'is not how Docker Hub names things'],
  ])('%j is refused with what would be right', (text, sentence) => {
    expect(() => read(text)).toThrow(InputError);
    expect(() => read(text)).toThrow(sentence);
  });

  test('the forms are those of the sources', () => {
    expect(referenceForms(sources)).toEqual([
      'github:owner/repository',
      'docker:namespace/image',
      'pypi:package',
    ]);
  });

  test('anything typed is either read, and then reads the same again, or refused in words', () => {
    const word = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl());
    const typed = fc.tuple(fc.constantFrom('', 'github:', 'docker ', 'pypi:'), word);
    fc.assert(
      fc.property(typed, ([id, rest]) => {
        try {
          const { source, reference } = parseReference(sources, id + rest);
          expect(read(`${source.id}:${reference.name}`)).toBe(`${source.id}:${reference.key}`);
          expect(source.parse(reference.key)?.key).toBe(reference.key);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what something is to us', () => {
  test.each([
    ['pypi:pyspark as dependency', 'pypi:pyspark', 'dependency'],
    ['pypi:pyspark  --as  Dependency ', 'pypi:pyspark', 'dependency'],
    ['pypi:pyspark --as=own', 'pypi:pyspark', 'own'],
    ['github acme/as', 'github acme/as', undefined],
    ['pypi as', 'pypi as', undefined],
  ])('%s', (typed, text, role) => {
    expect(splitRole(typed)).toEqual({ text, ...(role && { role }) });
  });

  test('is one of two things', () => {
    expect(() => splitRole('pypi:pyspark as friend')).toThrow(InputError);
  });
});

describe('what something replaces', () => {
  const old = { text: 'pypi:new', replaces: ['pypi:old'] };
  test.each([
    ['pypi:new --replaces pypi:old', old],
    ['pypi:new replaces pypi:old', old],
    ['pypi:new —replaces pypi:old', old],
    ['pypi:new  --Replaces = pypi:old ', old],
    ['pypi:new --replaces=pypi:old', old],
    ['pypi:new --replaces pypi:old as dependency', { ...old, role: 'dependency' }],
    ['pypi:new --as dependency --replaces pypi:old', { ...old, role: 'dependency' }],
    ['pypi:new --replaces nothing', { text: 'pypi:new', replaces: [] }],
    ['pypi new replaces None', { text: 'pypi new', replaces: [] }],
    ['pypi:new replaces a, pypi:b and c', { text: 'pypi:new', replaces: ['a', 'pypi:b', 'c'] }],
    ['pypi:new --replaces a --replaces b', { text: 'pypi:new', replaces: ['a', 'b'] }],
    ['pypi replaces', { text: 'pypi replaces' }],
    ['pypi:new', { text: 'pypi:new' }],
  ])('%s', (typed, expected) => {
    expect(splitRequest(typed)).toEqual(expected);
  });

  test.each([
    'pypi:new --replaces',
    'pypi:new —replaces ',
    'pypi:new --replaces=',
    'pypi:new --replaces ,',
    'pypi:new replaces ',
    'pypi:new replaces , as own',
  ])('%s lacks what belongs behind it', (typed) => {
    expect(() => splitRequest(typed)).toThrow(
      'Say what it replaces, as in “--replaces pypi:old-name”, or “--replaces nothing”.',
    );
  });

  test('is of the same source unless another is named', () => {
    const { source } = parseReference(sources, 'pypi:new');
    const beside = (typed: string) => {
      const found = parseBeside(sources, source, typed);
      return `${found.source.id}:${found.reference.key}`;
    };
    expect(beside('Old_Name')).toBe('pypi:old-name');
    expect(beside('pypi old')).toBe('pypi:old');
    expect(beside('docker:acme/old')).toBe('docker:acme/old');
    expect(beside('https://pypi.org/project/old/')).toBe('pypi:old');
  });

  test('is read, or refused in words, whatever is typed', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('replaces', '--replaces', 'as', ' ', 'and'));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        try {
          const { text, replaces = [] } = splitRequest(words.join(' '));
          expect(typeof text).toBe('string');
          for (const one of replaces) expect(one.trim()).not.toBe('');
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
    );
  });
});
