/** Moves what is owed from the outbox into the queue: in batches, each in one transaction, so that nothing is lost between. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { takeOwed } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import type { Courtesy } from './courtesy.ts';

/** What a crash left behind, or another process wrote, is found by looking; milliseconds. */
const LOOK_EVERY = 1_500;
/** Commits. */
const BATCH = 25;
/** Between full batches. What fifty commits a second owe is still many times what Slack takes, so nobody waits for it; milliseconds. */
const REST = 500;
/** Those who commit at the same time go along; milliseconds. */
const GATHER = 5;

export type Relay = {
  /** Something was committed: move it now. */
  wake(): void;
  start(): void;
  /** Resolves once the batch under way is through. */
  stop(): Promise<void>;
};

/** How many jobs went into a queue. */
export type Moved = { name: string; jobs: number };

/** @param move puts the intents into the queue, in the same transaction that takes them out of the outbox */
export function createRelay(
  { db, teamId, log, courtesy }: { db: Db; teamId: string; log: Log; courtesy: Courtesy },
  move: (trx: Db, owed: unknown[]) => Promise<Moved[]>,
  moved: (into: Moved[]) => void,
): Relay {
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | null = null;
  let started = false;

  async function moveBatch(): Promise<boolean> {
    const { taken, into } = await db.transaction().execute(async (trx) => {
      const rows = await takeOwed(trx, teamId, BATCH);
      const owed = rows.flatMap(({ intents }) => intents);
      return { taken: rows.length, into: rows.length > 0 ? await move(trx, owed) : [] };
    });
    moved(into);
    return taken === BATCH;
  }

  async function run(): Promise<void> {
    do {
      await delay(GATHER);
      await courtesy.letPass();
      again = false;
      while ((await moveBatch()) && started) {
        await delay(REST);
        await courtesy.letPass();
      }
    } while (again && started);
  }

  function wake(): void {
    again = true;
    if (!started || running) return;
    running = run()
      .catch((error: unknown) => log.warn({ err: error }, 'the outbox could not be moved; it is tried again'))
      .finally(() => {
        running = null;
      });
  }

  return {
    wake,
    start() {
      started = true;
      timer = setInterval(wake, LOOK_EVERY);
      wake();
    },
    async stop() {
      started = false;
      if (timer) clearInterval(timer);
      await running;
    },
  };
}
