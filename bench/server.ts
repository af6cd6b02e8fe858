/** A measured server in a process of its own. It stands still while another is measured. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** CPU in microseconds, memory in bytes. */
export type Usage = { user: number; system: number; rss: number };

export class MeasuredServer {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #output: string;

  constructor(module: string, port: number, output: string, env: Record<string, string> = {}) {
    const out = openSync(output, 'w');
    this.port = port;
    this.#output = output;
    this.#child = fork(new URL(module, import.meta.url), {
      env: { PATH: process.env.PATH, ...env },
      execArgv: ['--import', new URL('servers/usage.ts', import.meta.url).href],
      stdio: ['ignore', out, out, 'ipc'],
    });
  }

  /** Waits until `path` is answered with 200. @throws with what the server wrote, if it ended or takes too long */
  async ready(path = '/', status = 200): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (performance.now() < deadline && this.#child.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${this.port}${path}`).catch(() => null);
      if (answer?.status === status) return;
      await delay(5);
    }
    throw new Error(`no answer on port ${this.port}:\n${readFileSync(this.#output, 'utf8').slice(-4000)}`);
  }

  async usage(): Promise<Usage> {
    this.#child.send('usage');
    const [{ usage }] = await once(this.#child, 'message');
    return usage;
  }

  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.resume();
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }
}
