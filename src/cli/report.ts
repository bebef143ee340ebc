import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { runCommand } from '../../commands/run.ts';
import { dayOf } from '../../db/days.ts';
import { InputError } from '../../db/input-error.ts';
import { isSample } from '../../db/sample.ts';
import { listWorkspaces } from '../../db/workspaces.ts';
import { type Answer, ask } from '../../reports/report.ts';
import type { Theme } from '../../reports/theme.ts';
import { createRenderer } from '../render/renderer.ts';
import { labelAsSample } from '../sample/label.ts';
import type { Context } from './context.ts';
import { type Output, printLines, UsageError, whyNot } from './io.ts';
import { toCsv, toJson, toText } from './report-text.ts';

export const FORMATS = ['text', 'csv', 'json', 'svg', 'png'] as const;

type Format = (typeof FORMATS)[number];

export interface ReportFlags {
  readonly format?: Format;
  readonly output?: string;
}

/**
 * Answers with a report as the slash command does, of public channels only, in the format asked
 * for.
 */
export async function report(
  context: Context,
  name: string,
  words: readonly string[],
  { format, output }: ReportFlags,
): Promise<void> {
  const { io } = context;
  const chosen = format ?? formatOf(output);
  if (chosen === 'png' && output === undefined && io.stdout.isTTY) {
    throw new UsageError(`A terminal can't show a PNG: name a file, as in -o ${name}.png.`);
  }
  const { answer, theme } = await find(context, name, words);
  const content = await contentOf(context, answer, theme, chosen);
  if (output === undefined) {
    io.stdout.write(content);
    return;
  }
  writeOut(output, content);
  printLines(io.stdout, [answer.words.headline, `Written to ${output}.`]);
}

function formatOf(output: string | undefined): Format {
  if (output === undefined) return 'text';
  const ending = extname(output).slice(1).toLowerCase();
  const format = ending === 'txt' ? 'text' : FORMATS.find((known) => known === ending);
  if (format) return format;
  throw new UsageError(
    `The ending of ${output} tells no format: add --format ${FORMATS.join('|')}.`,
  );
}

async function find(
  { db, io, tracking }: Context,
  name: string,
  words: readonly string[],
): Promise<{ answer: Answer; theme: Theme }> {
  // What the shell has taken the quotes from gets them back.
  const line = [name, ...words.map((word) => (/\s/.test(word) ? `"${word}"` : word))].join(' ');
  const viewer = { workspaceId: listWorkspaces(db)[0]?.id ?? '', privateChannelIds: [] };
  const now = io.now();
  const deps = { db, tracker: tracking, isSample: isSample(db), today: dayOf(now), now };
  const { reply } = await runCommand(line, deps, () => viewer);
  if (reply.kind === 'text') {
    throw new UsageError([reply.title, ...(reply.items ?? []).map((item) => item.name)].join('\n'));
  }
  if (reply.kind === 'edition') throw new UsageError('A digest is shown in Slack, in its channel.');
  return { answer: ask(reply.report, db, reply.params, viewer), theme: reply.theme };
}

async function contentOf(
  { db }: Context,
  answer: Answer,
  theme: Theme,
  format: Format,
): Promise<string | Uint8Array> {
  if (format === 'text') return toText(answer);
  if (format === 'csv') return toCsv(answer.table);
  const drawn = answer.chart(theme);
  const spec = drawn && isSample(db) ? labelAsSample(drawn) : drawn;
  if (format === 'json') return toJson(answer, spec);
  if (!spec) throw new InputError(`There is nothing to draw. ${answer.words.headline}`);
  const renderer = createRenderer();
  try {
    return format === 'png' ? await renderer.png(spec) : await renderer.svg(spec);
  } finally {
    await renderer.close();
  }
}

function writeOut(path: string, content: Parameters<Output['write']>[0]): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new InputError(`${path} can't be written: ${whyNot(error)}.`);
  }
}
