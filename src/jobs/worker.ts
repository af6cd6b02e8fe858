/** One job: delivered, put back for later, or failed. */
import type { JobWithMetadata } from 'pg-boss';
import { z } from 'zod';
import { type Intent, intent } from '../app/intents.ts';
import { Later } from '../app/later.ts';
import type { Log } from '../log.ts';
import { backoff, spread } from './backoff.ts';
import type { Job } from './boss.ts';

const jobData = z.object({ intent, postponed: z.int().nonnegative(), booked: z.array(z.string()) });

export const requestOf = (owed: Intent): number | null => ('number' in owed ? owed.number : null);

type Deps = {
  deliver(intent: Intent, booked: string[]): Promise<void>;
  /** Puts a job back, to be tried in so many milliseconds. */
  postpone(job: Job, ms: number): Promise<void>;
  log: Log;
};

/**
 * A job that must wait ends here and comes back as a new one, so that waiting never counts towards giving up.
 * @throws what `deliver` throws for a fault; pg-boss tries again, and ends in the dead letters
 */
export async function runJob({ deliver, postpone, log }: Deps, job: JobWithMetadata<Job>): Promise<void> {
  const { intent: owed, postponed, booked } = jobData.parse(job.data);
  const about = { request: requestOf(owed), kind: owed.kind };
  try {
    await deliver(owed, booked);
  } catch (error) {
    if (!(error instanceof Later)) {
      log.warn({ ...about, err: error, tries: job.retryCount + 1 }, 'a delivery failed');
      throw error;
    }
    const ms = waitOf(error, postponed);
    log.debug({ ...about, postponed: postponed + 1, ms, reason: error.message }, 'a delivery waits');
    await postpone({ intent: owed, postponed: postponed + 1, booked: error.booked }, ms);
  }
}

function waitOf({ ms, booked }: Later, postponed: number): number {
  if (ms === null) return backoff(postponed);
  return booked.length > 0 ? ms : spread(ms, postponed);
}
