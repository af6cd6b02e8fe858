/** The operators' commands, in a terminal. */
import { run } from './cli/run.ts';

const { stdout, stderr } = process;
// Whoever reads through `head` has read enough; the exit code says the rest.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  out: (line) => stdout.write(`${line}\n`),
  err: (line) => stderr.write(`${line}\n`),
  progress: (text) => stderr.isTTY && stderr.write(`\r${text}\u001b[K`),
});
