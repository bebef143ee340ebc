import { z } from 'zod';
import type { Files } from '../store/files.ts';
import { newId } from '../store/ids.ts';
import type { Block } from '../store/types.ts';
import { block } from './schema.ts';

/** Where blocks stand decides how many there may be. */
export const MESSAGE_BLOCKS = 50;
export const VIEW_BLOCKS = 100;

type Path = readonly PropertyKey[];
const MARKDOWN_IN_ALL = 12_000;

/**
 * What Slack would say against `blocks`, in its own words
 * (`[ERROR] … [json-pointer:/blocks/0/text]`); empty when it would take them.
 */
export function checkBlocks(blocks: unknown, limit: number, files: Files): string[] {
  const result = z.array(block).max(limit).safeParse(blocks);
  if (!result.success) return result.error.issues.map((issue) => wordsFor(issue, blocks));
  return [
    ...emptySections(result.data),
    ...sameIds(result.data),
    ...tooMuchMarkdown(result.data),
    ...wrongPictures(result.data, [], files),
  ];
}

/** The blocks as Slack stores them: each with an id. */
export function withBlockIds(blocks: readonly Block[]): Block[] {
  return blocks.map((each) => ({ ...each, block_id: each.block_id ?? newId('', 5) }));
}

type CheckedBlock = z.infer<typeof block>;

function emptySections(blocks: readonly CheckedBlock[]): string[] {
  return blocks.flatMap((each, index) =>
    each.type === 'section' && !each.text && !each.fields
      ? [error('must provide `text` or `fields`', [index])]
      : [],
  );
}

function sameIds(blocks: readonly CheckedBlock[]): string[] {
  const seen = new Set<string>();
  return blocks.flatMap(({ block_id: id }, index) => {
    if (id === undefined) return [];
    if (seen.has(id)) return [error(`block_id "${id}" already exists`, [index, 'block_id'])];
    seen.add(id);
    return [];
  });
}

function tooMuchMarkdown(blocks: readonly CheckedBlock[]): string[] {
  const length = blocks.reduce((sum, b) => sum + (b.type === 'markdown' ? b.text.length : 0), 0);
  return length > MARKDOWN_IN_ALL
    ? [error(`must be less than ${MARKDOWN_IN_ALL + 1} characters`, [])]
    : [];
}

/**
 * Pictures stand in blocks and in elements: each has one source, and Slack refuses a file until
 * it has finished processing it.
 */
function wrongPictures(value: unknown, path: Path, files: Files): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    wrongPictures(each, [...path, key], files),
  );
  const { type, image_url: url, slack_file: file } = picture.parse(value);
  if (type !== 'image') return inner;
  if ((url === undefined) === (file === undefined)) {
    return [error('must provide exactly one of `image_url` and `slack_file`', path)];
  }
  return file !== undefined && files.get(fileIdOf(file))?.mimetype === undefined
    ? [error('invalid slack file', [...path, 'slack_file'])]
    : inner;
}

const picture = z
  .object({
    type: z.unknown().optional(),
    image_url: z.unknown().optional(),
    slack_file: z.unknown().optional(),
  })
  .catch({});

/** The id in a `slack_file` object, which names its file by `id` or by `url`. */
export function fileIdOf(slackFile: unknown): string {
  const { id, url } = z
    .object({ id: z.string().optional(), url: z.string().optional() })
    .catch({})
    .parse(slackFile);
  return id ?? /-(F[0-9A-Z]+)/.exec(url ?? '')?.[1] ?? '';
}

function wordsFor(issue: z.core.$ZodIssue, input: unknown): string {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return error(`invalid additional property: ${issue.keys.join(', ')}`, path);
    case 'too_big':
      return issue.origin === 'array'
        ? error(`no more than ${issue.maximum} items allowed`, path)
        : error(`must be less than ${Number(issue.maximum) + 1} characters`, path);
    case 'too_small':
      return issue.origin === 'array'
        ? error(`no fewer than ${issue.minimum} items allowed`, path)
        : error(`must be more than ${Number(issue.minimum) - 1} characters`, path);
    default:
      break;
  }
  const found = valueAt(input, path);
  if (found === undefined) {
    return error(`missing required field: ${String(path.at(-1))}`, path.slice(0, -1));
  }
  return issue.code === 'invalid_union'
    ? error(`unsupported type: ${String(found)}`, path)
    : error('failed to match all allowed schemas', path);
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    input,
  );
}

function error(text: string, path: Path): string {
  return `[ERROR] ${text} [json-pointer:/${['blocks', ...path].map(String).join('/')}]`;
}
