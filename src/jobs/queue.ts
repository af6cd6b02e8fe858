/** Everything that happens after a commit: the outbox, its relay into pg-boss, and the workers that deliver. */
import { setTimeout as delay } from 'node:timers/promises';
import { fromKysely, type JobWithMetadata } from 'pg-boss';
import { type Intent, intent } from '../app/intents.ts';
import type { Clock } from '../app/ports.ts';
import type { Log } from '../log.ts';
import { countOwed, owe } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import { createBoss, createQueues, type Job, queueNames } from './boss.ts';
import type { Courtesy } from './courtesy.ts';
import { createRelay, type Moved } from './relay.ts';
import { requestOf, runJob } from './worker.ts';

export type QueueOptions = {
  db: Db;
  connectionString: string;
  /** Whether its tables were made over another connection. */
  installed?: boolean;
  teamId: string;
  /** @throws Later for what must only wait; anything else is tried a few times and then given up */
  deliver(intent: Intent, booked: string[]): Promise<void>;
  clock: Clock;
  log: Log;
  courtesy: Courtesy;
  /** What the admins are told of a job that was given up. */
  givenUpText(kind: Intent['kind'], request: number | null): string;
  /** Jobs of one kind that run at once. */
  workers?: { messages: number; redraws: number };
};

type Counts = {
  /** Written and not yet in the queue. */
  owed: number;
  /** In the queue, not yet delivered. */
  waiting: number;
  /** Given up and not put back, as far as they are kept. */
  dead: number;
};

export type Queue = {
  /**
   * Resolves when the workers run. Where the database does not answer it goes on trying; nothing needs to wait for it, since
   * what is committed meanwhile stands in the outbox.
   */
  start(): Promise<void>;
  /** Lets the jobs under way end, at most ten seconds. */
  stop(): Promise<void>;
  /** To be called after a commit: what it owes is delivered at once instead of a second later. */
  wake(): void;
  counts(): Promise<Counts>;
};

const START_AGAIN = 2_000;
const STOP_WITHIN = 10_000;
/** Seconds. Whoever wakes the relay wakes the workers; looking is for what comes back, or what another process left. */
const LOOK_EVERY = { deliveries: 2, dead: 5 };

export function createQueue(options: QueueOptions): Queue {
  const { db, teamId, log, clock, courtesy } = options;
  const boss = createBoss(options.connectionString, log, { installed: options.installed ?? false });
  const names = queueNames(teamId);
  const idle = new Map<string, Set<string>>();
  let stopping = false;

  /** A worker for each job. Those that are busy look again by themselves. */
  const wakeWorkers = (moved: Moved[]) => {
    for (const { name, jobs } of moved)
      for (const id of [...(idle.get(name) ?? [])].slice(0, jobs)) boss.notifyWorker(id);
  };

  /** A redraw that waits serves those that come after it: it draws the state as it will be. */
  async function move(trx: Db, owed: unknown[]): Promise<Moved[]> {
    const queue = { db: fromKysely(trx) };
    const redraws = new Map<string, Job>();
    const messages: Job[] = [];
    for (const each of owed) {
      const job: Job = { intent: each, postponed: 0, booked: [] };
      const parsed = intent.safeParse(each);
      if (parsed.success && parsed.data.kind === 'redraw') redraws.set(String(parsed.data.number), job);
      else messages.push(job);
    }
    const keyed = [...redraws].map(([singletonKey, data]) => ({ singletonKey, data }));
    if (messages.length > 0)
      await boss.insert(
        names.messages,
        messages.map((data) => ({ data })),
        queue,
      );
    if (keyed.length > 0) await boss.insert(names.redraws, keyed, queue);
    return [
      { name: names.messages, jobs: messages.length },
      { name: names.redraws, jobs: keyed.length },
    ];
  }

  async function postpone(data: Job, ms: number): Promise<void> {
    const job = { data, startAfter: ms / 1000 };
    const owed = intent.parse(data.intent);
    // Where the same redraw waits already, this one is served by it.
    if (owed.kind === 'redraw') await boss.insert(names.redraws, [{ ...job, singletonKey: String(owed.number) }]);
    else await boss.insert(names.messages, [job]);
  }

  const relay = createRelay({ db, teamId, log, courtesy }, move, wakeWorkers);

  async function work(name: string, every: number, run: (job: JobWithMetadata<Job>) => Promise<void>): Promise<void> {
    const options = { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: every } as const;
    const free = idle.get(name) ?? new Set();
    idle.set(name, free);
    let id = '';
    id = await boss.work(name, options, async ([job]: JobWithMetadata<Job>[]) => {
      // Looks again as soon as this is done; only an empty queue makes it wait.
      boss.notifyWorker(id);
      free.delete(id);
      try {
        await courtesy.letPass();
        if (job) await run(job);
      } finally {
        free.add(id);
      }
    });
    free.add(id);
  }

  /** A job was given up: the log says which and why, the admins are told, and what it carried is kept. */
  async function giveUp({ data, sourceOutput, sourceRetryCount }: JobWithMetadata<Job>): Promise<void> {
    const owed = intent.safeParse(data.intent);
    const request = owed.success ? requestOf(owed.data) : null;
    log.error({ request, intent: data.intent, tries: (sourceRetryCount ?? 0) + 1, because: sourceOutput }, 'given up');
    if (!owed.success || owed.data.kind === 'alert') return;
    const { kind } = owed.data;
    const problem = `given-up/${kind}${request === null ? '' : `/${request}`}`;
    const text = options.givenUpText(kind, request);
    await owe(db, teamId, [{ kind: 'alert', problem, text, day: clock.now().slice(0, 10) }]);
    relay.wake();
  }

  async function startBoss(): Promise<void> {
    while (!stopping) {
      try {
        await boss.start();
        return await createQueues(boss, names);
      } catch (error) {
        log.warn({ err: error }, 'the queue cannot start; it is tried again');
        await delay(START_AGAIN);
      }
    }
  }

  return {
    async start() {
      await startBoss();
      if (stopping) return;
      const { messages, redraws } = options.workers ?? { messages: 6, redraws: 3 };
      const run = (job: JobWithMetadata<Job>) => runJob({ deliver: options.deliver, postpone, log }, job);
      for (let i = 0; i < messages; i++) await work(names.messages, LOOK_EVERY.deliveries, run);
      for (let i = 0; i < redraws; i++) await work(names.redraws, LOOK_EVERY.deliveries, run);
      await work(names.dead, LOOK_EVERY.dead, giveUp);
      relay.start();
    },
    async stop() {
      stopping = true;
      await relay.stop();
      // pg-boss looks only twice a second whether its workers have ended; those who wait for them here are told.
      const ended = Promise.all(Object.values(names).map((name) => boss.offWork(name, { wait: true })));
      await Promise.race([ended, delay(STOP_WITHIN, null, { ref: false })]);
      await boss.stop({ graceful: false, close: true });
    },
    wake: relay.wake,
    async counts() {
      const [owed, ...stats] = await Promise.all([
        countOwed(db, teamId),
        ...[names.messages, names.redraws, names.dead].map(async (name) => (await boss.getQueueStats(name))[0]),
      ]);
      const [messages, redraws, dead] = stats;
      const waiting = (messages?.queuedCount ?? 0) + (redraws?.queuedCount ?? 0);
      return { owed, waiting, dead: dead?.totalCount ?? 0 };
    },
  };
}
