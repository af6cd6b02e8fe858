/**
 * Checkpoints outside of Slack, in their order and each once: in a file, at an address. Each sink has its own pace, so that one
 * that fails holds up neither the others nor the sealing. They are not owed by the queue: of a sink that was away for a week
 * one job a checkpoint would knock at its door all the time, in any order.
 */
import type { Intent } from '../../app/intents.ts';
import type { Clock } from '../../app/ports.ts';
import type { Log } from '../../log.ts';
import { owe } from '../../store/outbox.ts';
import { claim, release } from '../../store/pace.ts';
import { markPublished, type Outstanding, outstandingAt, type Place } from '../../store/publications.ts';
import type { Db } from '../../store/schema.ts';
import { appendTo } from './file.ts';
import { postTo } from './webhook.ts';

export type Sink = {
  place: Exclude<Place, 'slack'>;
  /** What is noted of where it went. */
  ref: string;
  /** Does no harm when it is done twice. @throws where it is not certain that the note is there */
  publish(note: string): Promise<void>;
};

type PublishJob = {
  db: Db;
  teamId: string;
  clock: Clock;
  log: Log;
  sinks: Sink[];
  /** What the admins are told of a sink that goes on failing. */
  text(place: Sink['place'], ref: string, why: string): string;
  wake(): void;
};

type Configured = { file: string | undefined; webhook: string | undefined };
export function sinksOf({ file, webhook }: Configured): Sink[] {
  const sinks: Sink[] = [];
  if (file !== undefined) sinks.push({ place: 'file', ref: file, publish: (note) => appendTo(file, note) });
  if (webhook !== undefined)
    sinks.push({ place: 'webhook', ref: new URL(webhook).host, publish: (note) => postTo(webhook, note) });
  return sinks;
}

/** Milliseconds. The lease outlasts a last note that takes as long as it may. */
const TURN = { publishFor: 30_000, lease: 60_000 };
const AT_ONCE = 500;
/** A sink that does not have what is older than this keeps failing; milliseconds. */
const KEEPS_FAILING = 15 * 60_000;

export const publishWith = (job: PublishJob) => async (): Promise<void> => {
  await Promise.all(job.sinks.map((sink) => publishTo(job, sink)));
};

/** What the sink does not have yet, until it fails; the rest has its turn a minute later. Of several replicas one does it. */
async function publishTo(job: PublishJob, sink: Sink): Promise<void> {
  const { db, teamId, log } = job;
  const lease = await claim(db, teamId, `seal/${sink.place}`, TURN.lease);
  if (!lease) return;
  const end = performance.now() + TURN.publishFor;
  try {
    for (const checkpoint of await outstandingAt(db, teamId, sink.place, AT_ONCE)) {
      if (performance.now() > end) return;
      try {
        await sink.publish(checkpoint.note);
      } catch (error) {
        log.warn({ err: error, place: sink.place, size: checkpoint.size }, 'a checkpoint could not be published');
        return await complain(job, sink, checkpoint, error);
      }
      await markPublished(db, teamId, { size: checkpoint.size, place: sink.place, ref: sink.ref });
    }
  } finally {
    await release(db, teamId, lease);
  }
}

async function complain(
  { db, teamId, clock, text, wake }: PublishJob,
  { place, ref }: Sink,
  { since }: Outstanding,
  error: unknown,
): Promise<void> {
  if (Date.now() - since.getTime() < KEEPS_FAILING) return;
  const day = clock.now().slice(0, 10);
  const told: Intent = { kind: 'alert', problem: `seal/${place}`, text: text(place, ref, reasonOf(error)), day };
  await owe(db, teamId, [told]);
  wake();
}

/** What `fetch` says of a connection that failed stands in the error's cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}
