/** Moves what is owed from the outbox into the queue: in batches, each in one transaction, so that nothing is lost between. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { type Owed, takeOwed } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';

/** What a crash left behind, or another process wrote, is found by looking; milliseconds. */
const LOOK_EVERY = 1_500;
const BATCH = 250;
/** Those who commit at the same time go along; milliseconds. */
const GATHER = 5;
/** Clicks come first: while more than so many are answered in such a time, what they owe waits, but not for ever. */
const CROWD = { wakes: 10, inMs: 100, longest: 20 };

export type Relay = {
  /** Something was committed: move it now. */
  wake(): void;
  start(): void;
  /** Resolves once the batch under way is through. */
  stop(): Promise<void>;
};

/** @param move puts the rows into the queue, in the same transaction that takes them out of the outbox */
export function createRelay(
  { db, teamId, log }: { db: Db; teamId: string; log: Log },
  move: (trx: Db, owed: Owed[]) => Promise<void>,
  moved: () => void,
): Relay {
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | null = null;
  let started = false;
  let wakes = 0;

  async function moveBatch(): Promise<boolean> {
    const owed = await db.transaction().execute(async (trx) => {
      const rows = await takeOwed(trx, teamId, BATCH);
      if (rows.length > 0) await move(trx, rows);
      return rows;
    });
    if (owed.length > 0) moved();
    return owed.length === BATCH;
  }

  async function run(): Promise<void> {
    do {
      wakes = 0;
      await delay(GATHER);
      if (wakes > 1) await letClicksPass();
      again = false;
      while (await moveBatch()) await letClicksPass();
    } while (again);
  }

  async function letClicksPass(): Promise<void> {
    for (let looks = 0; looks < CROWD.longest; looks++) {
      wakes = 0;
      await delay(CROWD.inMs);
      if (wakes <= CROWD.wakes) return;
    }
  }

  function wake(): void {
    again = true;
    wakes++;
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
