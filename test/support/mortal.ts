/** Replicas of the bot that can be killed at any moment. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export type Mortal = {
  isAlive(): boolean;
  /** Moves its business clock; resolves when it has found what is due by then, or is dead. */
  catchUp(aheadMs: number): Promise<boolean>;
  /** With `kill -9`, wherever it stands. */
  kill(): void;
};

/** @param env of the bot; resolves once it is ready. @throws Error where it ends before */
export async function startMortal(env: Record<string, string>, aheadMs: number): Promise<Mortal> {
  const script = new URL('botProcess.ts', import.meta.url);
  const child = fork(script, [String(aheadMs)], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const dead = once(child, 'exit').then(() => false);
  if (!(await Promise.race([heard(child, () => true), dead]))) throw new Error('a replica ended before it was ready');
  let alive = true;
  void dead.then(() => {
    alive = false;
  });
  return {
    isAlive: () => alive,
    async catchUp(ahead) {
      const caughtUp = heard(child, (said) => 'caughtUp' in said && said.caughtUp === ahead);
      if (alive) child.send(ahead, () => undefined);
      return Promise.race([caughtUp, dead]);
    },
    kill() {
      alive = false;
      child.kill('SIGKILL');
    },
  };
}

/** Resolves with the first message that is meant. */
function heard(child: ChildProcess, meant: (said: object) => boolean): Promise<true> {
  return new Promise((resolve) => {
    const listen = (said: object) => {
      if (!meant(said)) return;
      child.off('message', listen);
      resolve(true);
    };
    child.on('message', listen);
  });
}
