import { Argument, Command, CommanderError, Option } from 'commander';
import { InputError } from '../../db/input-error.ts';
import { reports } from '../../reports/index.ts';
import { ConfigError } from '../config.ts';
import { importers } from '../importers/index.ts';
import { version } from '../version.ts';
import { backfill } from './backfill.ts';
import { type Context, refuseSample, withContext } from './context.ts';
import { doctor } from './doctor.ts';
import { importFile } from './import.ts';
import { Interrupted, type Io, printLines, UsageError } from './io.ts';
import { list } from './list.ts';
import { type PollFlags, poll } from './poll.ts';
import { FORMATS, type ReportFlags, report } from './report.ts';
import { status } from './status.ts';

const REFERENCE = 'github:owner/repository, docker:namespace/image or pypi:package';

/** Runs one command line and returns its exit code: 0 done, 1 failed, 2 wrongly used, 130 stopped. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  try {
    const program = createProgram(io);
    mustBeHere(program, args);
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has said what it has to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr.write(`${sentenceFor(error)}\n`);
    if (error instanceof Interrupted) return 130;
    return error instanceof UsageError ? 2 : 1;
  }
}

/** What people type in Slack, of which a digest is posted. */
const OF_DIGESTS = [
  ...['digest', 'digests', 'subscribe', 'unsubscribe', 'subscriptions'],
  ...['preview', 'send', 'choose'],
];

/** Commander would take what Slack or “report” knows for a slip, and name whatever looks like it. */
function mustBeHere(program: Command, [first = '']: readonly string[]): void {
  if (program.commands.some((command) => command.name() === first)) return;
  if (reports.some(({ name }) => name === first)) {
    throw new UsageError(`“${first}” is a report: write “report ${first}”.`);
  }
  if (OF_DIGESTS.includes(first)) {
    throw new UsageError(
      'Digests are for channels, in Slack; “report summary” shows what one is made of.',
    );
  }
}

function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return `Something went wrong: ${String(error)}`;
  const isForPeople = [UsageError, InputError, ConfigError, Interrupted].some(
    (kind) => error instanceof kind,
  );
  return isForPeople ? error.message : `Something went wrong: ${error.message}`;
}

function createProgram(io: Io): Command {
  const program = new Command('metrics')
    .description('The work of Groundswell without Slack.')
    .usage('<command> [arguments]')
    .version(version, '-v, --version', 'which version this is')
    .showHelpAfterError('“help” lists the commands, and “help report” explains one.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  const open = (work: (context: Context) => void | Promise<void>) => withContext(io, work);

  program
    .command('track')
    .description('collect a repository, an image or a package from now on')
    .argument('<reference...>', `${REFERENCE}; github:owner/* for all that is public there`)
    .addOption(
      new Option('--as <role>', 'own, or only something that it needs').choices([
        'own',
        'dependency',
      ]),
    )
    .addOption(
      new Option('--replaces <reference>', 'what it is the successor of, or “nothing”').argParser(
        (one: string, others: string[] = []) => [...others, one],
      ),
    )
    .action((words: string[], { as: role, replaces }: { as?: string; replaces?: string[] }) =>
      open(async (context) => {
        refuseSample(context);
        const { sentence } = await context.tracking.track(
          [
            ...words,
            ...(replaces ? ['--replaces', replaces.join(', ')] : []),
            ...(role ? ['as', role] : []),
          ].join(' '),
        );
        printLines(io.stdout, [sentence]);
      }),
    );
  program
    .command('untrack')
    .description('stop collecting it; what was collected stays')
    .argument('<reference...>', REFERENCE)
    .action((words: string[]) =>
      open(({ tracking }) => printLines(io.stdout, [tracking.untrack(words.join(' ')).sentence])),
    );
  program
    .command('list')
    .description('what there is data of, with its newest numbers')
    .action(() => open(list));
  program
    .command('poll')
    .description('ask the sources now')
    .argument('[source]', 'only this one: github, docker or pypi')
    .option('--since <day>', 'read everything again from this day on')
    .action((source: string | undefined, flags: PollFlags) =>
      open((context) => poll(context, source, flags)),
    );
  program
    .command('backfill')
    .description('fill what is missing of something tracked, back to a day')
    .argument('<subject>', REFERENCE)
    .requiredOption('--from <day>', 'as in 2024-01-31')
    .action((subject: string, { from }: { from: string }) =>
      open((context) => backfill(context, subject, from)),
    );
  program
    .command('import')
    .description('read a history from a CSV file; reading it again changes nothing')
    .addArgument(new Argument('<kind>').choices(importers.map(({ name }) => name)))
    .argument('<csv>', 'the file')
    .action((kind: string, path: string) => open((context) => importFile(context, kind, path)));
  program
    .command('report')
    .description('answer a question with a chart or in words')
    .addArgument(new Argument('<name>').choices(reports.map(({ name }) => name)))
    .argument('[options...]', 'as behind /metrics in Slack: names, 12w, weekly, by age, dark, …')
    .addOption(new Option('-f, --format <format>', 'how to answer').choices(FORMATS))
    .option('-o, --output <file>', 'write to a file, whose ending tells the format')
    // The words of Slack may be written as options, and −1 is no option at all.
    .allowUnknownOption()
    .action((name: string, words: string[], flags: ReportFlags) =>
      open((context) => report(context, name, words, flags)),
    );
  program
    .command('status')
    .description('how fresh the data is, and what is switched off')
    .argument('[words...]', 'only these sources; or “checks” for the quality of the numbers')
    .action((words: string[]) => open((context) => status(context, words)));
  program
    .command('doctor')
    .description('try every token, permission and address, and say how to mend what fails')
    .action(() => doctor(io));
  return program;
}
