/** Proves the record a little at a time, at least once a day the whole of it, and says at once where something is wrong. */
import type { Intent } from '../app/intents.ts';
import type { Clock } from '../app/ports.ts';
import type { Log } from '../log.ts';
import type { Fault } from '../store/audit/fault.ts';
import { isVerificationDue, verifySome } from '../store/audit/verifications.ts';
import { owe } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';

export type VerifyJob = {
  db: Db;
  teamId: string;
  clock: Clock;
  log: Log;
  /** How long one look may take, milliseconds. */
  within?: number;
  /** What admins and compliance are told. @param stream in which it is @param seq of the event, where it is one */
  text(stream: string, seq: number | null): string;
  /** Somebody is to be told of it. */
  wake(): void;
  /** Waited for between two steps. */
  letPass?: () => Promise<void>;
};

/** Of each minute a fifth at most. */
const WITHIN = 12_000;
/** Somebody who is told of so many has been told. */
const TOLD = 5;

/** Several replicas may do it at once: one of them does. @returns whether a pass was finished */
export async function verifyRecord(job: VerifyJob): Promise<boolean> {
  const { db, teamId, clock, log, within = WITHIN, text, wake, letPass } = job;
  const now = clock.now();
  const begin = await isVerificationDue(db, teamId, now);
  let told = 0;
  async function tell(found: Fault[]): Promise<void> {
    log.error({ faults: found }, 'something is wrong with the record');
    const alerts = found.slice(0, TOLD - told).map(
      ({ stream, seq }): Intent => ({
        ...{ kind: 'alert', problem: `record/${stream}`, text: text(stream, seq), day: now.slice(0, 10) },
        roles: ['admins', 'compliance'],
      }),
    );
    told += alerts.length;
    await owe(db, teamId, alerts);
    wake();
  }
  const { finished, found } = await verifySome(db, teamId, { now, within, begin, onFound: tell, letPass });
  if (finished) log.info({ found: found.length }, 'the record was proved');
  return finished;
}
