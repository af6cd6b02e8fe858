import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compiled } from './compiled.ts';

const ROOT = join(import.meta.dirname, '../..');

export type Shell = {
  /** Both streams so far, as they came. */
  output(): string;
  /** Resolves with the exit code; null where a signal ended it. */
  ended: Promise<number | null>;
  /** Ends the command and all that it started; resolves when they are gone. */
  stop(): Promise<void>;
};

/** Runs a line as a person types it at the root of the project, with nothing of our environment but what is given. */
export function shell(line: string, env: Record<string, string> = {}): Shell {
  const { PATH = '', HOME = '' } = process.env;
  // A group of its own: npm starts a shell, which starts the program, and a signal must reach them all.
  const child = spawn('sh', ['-c', line], { cwd: ROOT, detached: true, env: { PATH, HOME, ...compiled(), ...env } });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return {
    output: () => text,
    ended,
    async stop() {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}
