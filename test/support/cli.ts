import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { compiled } from './compiled.ts';

const ROOT = join(import.meta.dirname, '../..');

export type Answer = { code: number | null; out: string; err: string };

/** Runs an operator's command as the program does, but here: a process of its own takes a second to start. */
export async function runCli(args: string[], env: Record<string, string> = {}): Promise<Answer> {
  const answer = { out: '', err: '' };
  const into = (stream: keyof typeof answer) => (line: string) => {
    answer[stream] += `${line}\n`;
  };
  const code = await run(args, { env, out: into('out'), err: into('err'), progress: () => undefined });
  return { ...answer, code };
}

/** Runs it as a process of its own, with nothing of our environment but what is given. */
export function runCliProcess(args: string[], env: Record<string, string> = {}): Promise<Answer> {
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
