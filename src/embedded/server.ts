import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { ENVIRONMENT, type Runner } from './runner.ts';

/** A running Postgres, a direct child of this process. `stop` and `ended` resolve when it has ended. */
export type Server = { pid: number; ended: Promise<void>; stop(): Promise<void> };
/** Why Postgres ended instead of starting: its last lines. */
export type Failure = { lines: string[] };

/** How long `stop` waits for clients to go by themselves before it ends their sessions. */
const SMART_SHUTDOWN_MS = 1000;

// The shell becomes Postgres. What it leaves behind reads our pipe: when Node dies, however it dies, the pipe breaks and
// Postgres gets a fast shutdown; a line in the pipe says that Postgres has ended and its pid is no longer ours to signal.
// The watchdog is forked twice, since Postgres would wonder about a child that it has not made.
const WATCHED = '( (read -r _ <&3 || kill -INT $$) </dev/null >/dev/null 2>&1 & ); exec 3<&-; exec "$@"';

/** Starts Postgres and resolves once it accepts connections, or with its last words when it ended before that. */
export async function startServer(
  runner: Runner,
  command: readonly string[],
  onLine: (line: string) => void,
): Promise<Server | Failure> {
  const child = spawn('/bin/sh', ['-c', WATCHED, 'sh', ...runner.prefix, ...command], {
    env: ENVIRONMENT,
    cwd: '/',
    detached: true, // Ctrl-C is for Node, which stops Postgres when its work is done
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    child.once('close', () => resolve());
    child.once('error', reject);
  });
  const ready = new Promise<void>((resolve) => {
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 50) lines.shift();
      onLine(line);
      if (line.includes('database system is ready to accept connections')) resolve();
    });
  });
  const pipe = child.stdio[3] as Writable;
  pipe.on('error', () => undefined); // the watchdog is gone already
  child.once('exit', () => pipe.end('\n'));

  const started = await Promise.race([ready.then(() => true), ended.then(() => false)]);
  if (!started || child.pid === undefined) return { lines };
  letNodeExit(child);
  return { pid: child.pid, ended, stop: () => stop(child, ended) };
}

function letNodeExit(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.ref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.ref();
  // pg's pool.end() resolves before its sockets are closed, and a fast shutdown would then throw "terminating connection"
  // out of clients that nobody listens to any more.
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGINT'), SMART_SHUTDOWN_MS);
  await ended;
  clearTimeout(impatient);
}
