import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compiled } from './compiled.ts';

const ROOT = join(import.meta.dirname, '../..');

export type Answer = { code: number | null; out: string; err: string };

/** Runs an operator's command as a process of its own, with nothing of our environment but what is given. */
export function runCli(args: string[], env: Record<string, string> = {}): Promise<Answer> {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli.ts'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', NODE_NO_WARNINGS: '1', ...compiled(), ...env },
  });
  const answer: Answer = { code: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answer.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    answer.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...answer, code }));
  });
}
