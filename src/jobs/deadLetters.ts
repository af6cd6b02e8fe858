/** What was given up, for whoever looks after the bot: listed, and owed once more. No part of the bot itself. */
import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { type Intent, intent } from '../app/intents.ts';
import type { Instant } from '../core/values.ts';
import { owe } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import { type Job, queueNames } from './boss.ts';

export type DeadLetter = {
  id: string;
  /** When it was given up; of the machine's clock. */
  at: Instant;
  /** What is still owed; null where it was written by a version that owed other things. */
  intent: Intent | null;
  /** The same as it stands in the queue. */
  written: unknown;
  /** How often it was tried. */
  tries: number;
  /** What the last error said; null where nothing was kept of it. */
  because: string | null;
};

export type DeadLetters = {
  /** Those of a workspace that were not put back, the oldest first. */
  list(teamId: string): Promise<DeadLetter[]>;
  /**
   * Owes it again, and strikes it out. A bot that runs finds it within seconds, as it does with whatever is owed.
   * @returns whether it was this call: however many do it at the same time, one does
   */
  putBack(teamId: string, id: string, owed: Intent): Promise<boolean>;
  /** Strikes it out, owed or not. @returns whether it was this call */
  dismiss(teamId: string, id: string): Promise<boolean>;
  close(): Promise<void>;
};

/** pg-boss keeps an error as its fields, and anything else that ended a job as a `value`. */
const failure = z.union([
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ value: z.object({ message: z.string() }) }).transform(({ value }) => value.message),
]);
/** Its types leave out what it answers. */
const struckOut = z.object({ affected: z.int().nonnegative() });

/**
 * Reads the queue as it is: makes no tables, keeps no house and takes no jobs, so that the bot's rights are enough.
 * @throws where its tables are there and not those of this version
 */
export async function openDeadLetters(db: Db): Promise<DeadLetters> {
  const boss = new PgBoss({
    db: fromKysely(db),
    ...{ migrate: false, createSchema: false, reindex: false, schedule: false, supervise: false },
  });
  boss.on('error', () => undefined);
  const strikeOut = async (trx: Db, teamId: string, id: string): Promise<boolean> => {
    const answer = await boss.deleteJob(queueNames(teamId).dead, id, { db: fromKysely(trx) });
    return struckOut.parse(answer).affected > 0;
  };
  // Without its tables no bot has ever delivered, nor given up.
  const installed = await boss.isInstalled();
  if (installed) await boss.start();
  return {
    async list(teamId) {
      const { dead } = queueNames(teamId);
      if (!installed || !(await boss.getQueue(dead))) return [];
      const jobs = await boss.findJobs<Job>(dead);
      return jobs.sort((a, b) => a.createdOn.getTime() - b.createdOn.getTime()).map(letterOf);
    },
    putBack: (teamId, id, owed) =>
      db.transaction().execute(async (trx) => {
        if (!(await strikeOut(trx, teamId, id))) return false;
        await owe(trx, teamId, [owed]);
        return true;
      }),
    dismiss: (teamId, id) => strikeOut(db, teamId, id),
    close: () => boss.stop({ graceful: false, close: false }),
  };
}

function letterOf({ id, createdOn, data, sourceRetryCount, sourceOutput }: JobWithMetadata<Job>): DeadLetter {
  return {
    id,
    at: createdOn.toISOString(),
    intent: intent.safeParse(data.intent).data ?? null,
    written: data.intent,
    tries: (sourceRetryCount ?? 0) + 1,
    because: failure.safeParse(sourceOutput).data ?? null,
  };
}
