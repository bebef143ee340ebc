import { runCli } from './cli/program.ts';

// The reader of a pipe may have seen enough, as `head` does: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runCli(process.argv.slice(3), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
  onInterrupt,
});

/** A second Ctrl-C finds no listener, and ends the process at once. */
function onInterrupt(stop: () => void): () => void {
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return () => {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  };
}
