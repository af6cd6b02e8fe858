import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Done } from '../../src/app/handle.ts';
import type { Refusal } from '../../src/core/refusal.ts';
import type { Line } from './decider.ts';

export type Decider = {
  approve(line: Line): Promise<Done | Refusal>;
  /** Lets it finish. @throws Error where the process failed */
  end(): Promise<void>;
};

/** Starts `decider.ts` on this database; resolves once it is connected. */
export async function startDecider(databaseUrl: string): Promise<Decider> {
  const script = new URL('decider.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, databaseUrl], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the process ended before it answered');
    return value;
  };
  await next();
  return {
    async approve(line) {
      child.stdin.write(`${JSON.stringify(line)}\n`);
      return JSON.parse(await next()) as Done | Refusal;
    },
    async end() {
      child.stdin.end();
      const [code] = await ended;
      if (code !== 0) throw new Error(`the process ended with ${code}`);
    },
  };
}
