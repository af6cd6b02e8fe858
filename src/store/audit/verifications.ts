/** The record is proved over and over, pass by pass, in slices that any replica may go on with. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../../core/values.ts';
import type { Database, Db } from '../schema.ts';
import { knownAbsences } from './absences.ts';
import type { Fault } from './fault.ts';
import { beginPass, goOn, isThrough, laneOf, type Pass } from './pass.ts';
import { snapshotsOf } from './reader.ts';
import { finishPass, nothingOutside } from './rest.ts';

/** What the last pass over the whole record found. */
export type Verification = {
  /** On the business clock, as is `finishedAt`. */
  startedAt: Instant;
  finishedAt: Instant;
  /** Events that were sealed when it began, all of which it went through. */
  size: number;
  /** Events it went through in all. */
  events: number;
  /** The first faults, in the order of streams. */
  faults: Fault[];
  /** Faults in all. */
  faulty: number;
  /** A pass that is under way. */
  running: { startedAt: Instant; events: number; faulty: number } | null;
};

type Row = Selectable<Database['verifications']>;

/** @returns null where no pass was ever finished */
export async function lastVerification(db: Db, teamId: string): Promise<Verification | null> {
  const newest = await newestOf(db, teamId).limit(2).execute();
  const finished = newest.find(({ finished_at }) => finished_at !== null);
  if (!finished?.finished_at) return null;
  const running = newest.find(({ finished_at }) => finished_at === null);
  return {
    startedAt: finished.started_at.toISOString(),
    finishedAt: finished.finished_at.toISOString(),
    size: Number(finished.size),
    events: Number(finished.events),
    faults: finished.faults as Fault[],
    faulty: finished.faulty,
    running: running
      ? { startedAt: running.started_at.toISOString(), events: Number(running.events), faulty: running.faulty }
      : null,
  };
}

const newestOf = (db: Db, teamId: string) =>
  db.selectFrom('verifications').selectAll().where('team_id', '=', teamId).orderBy('pass', 'desc');

/** Whether no pass was begun on the day of `now`, in UTC: each day has one. */
export async function isVerificationDue(db: Db, teamId: string, now: Instant): Promise<boolean> {
  const newest = await newestOf(db, teamId).executeTakeFirst();
  return newest?.started_at === undefined || newest.started_at.toISOString().slice(0, 10) < now.slice(0, 10);
}

export type Some = {
  /** On the business clock. */
  now: Instant;
  /** How long it may take, milliseconds; one step is done whatever it takes, and what is under way is finished first. */
  within: number;
  /** Whether to begin a pass where none is under way. */
  begin: boolean;
  /** Is told of faults before it is written down that they were found: again, where that fails. */
  onFound?: (found: Fault[]) => Promise<void>;
  /** Waited for after each step. */
  letPass?: (() => Promise<void>) | undefined;
};
/** `found`: faults that this call found. `finished`: whether it came to the end of a pass. */
export type Somewhat = { finished: boolean; found: Fault[] };

/** Whoever is at a pass has it for so long after each step; then somebody else goes on. Milliseconds. */
const CLAIM = 60_000;

/** Goes on with the pass that is under way, unless somebody else is at it, or begins one. */
export async function verifySome(
  db: Db,
  teamId: string,
  { now, within, begin, onFound, letPass }: Some,
): Promise<Somewhat> {
  const over = performance.now() + within;
  const isOver = () => performance.now() >= over;
  const nothing = { finished: false, found: [] };
  const row = (await claim(db, teamId)) ?? (begin ? await beginOne(db, teamId, now) : null);
  if (!row) return nothing;
  const { pass: number } = row;
  const begun = row.progress as Pass;
  const snapshots = snapshotsOf(db);
  const absences = () => snapshots((read) => knownAbsences(read, teamId));
  const found: Fault[] = [];
  const known = new Set(begun.faults.map((fault) => JSON.stringify(fault)));
  const tell = async ({ faults }: Pass) => {
    const more = faults.filter((fault) => !known.has(JSON.stringify(fault)));
    if (more.length === 0) return;
    await onFound?.(more);
    found.push(...more);
    for (const fault of more) known.add(JSON.stringify(fault));
  };
  const onStep = async (pass: Pass) => {
    await tell(pass);
    await keep(db, number, pass, CLAIM);
    await letPass?.();
  };
  let pass = await goOn(begun, [laneOf(snapshots)], absences, { onStep, isOver });
  // What is left then takes seconds of its own where there is much: it is the next call's, once time is up.
  const finished = isThrough(pass) && (pass === begun || !isOver());
  if (finished) {
    ({ pass } = await finishPass(db, pass, nothingOutside));
    await tell(pass);
    await finish(db, number, pass, now);
  } else await keep(db, number, pass, 0);
  return { finished, found };
}

/** @returns null where none is under way, or somebody else is at it */
async function claim(db: Db, teamId: string): Promise<Row | null> {
  const row = await db
    .updateTable('verifications')
    .set({ claimed_until: until(CLAIM) })
    .where('team_id', '=', teamId)
    .where('finished_at', 'is', null)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', sql<Date>`clock_timestamp()`)]))
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** @returns null where one is under way, or another replica was first */
async function beginOne(db: Db, teamId: string, now: Instant): Promise<Row | null> {
  const newest = await newestOf(db, teamId).executeTakeFirst();
  if (newest && newest.finished_at === null) return null;
  const pass = await snapshotsOf(db)((read) => beginPass(read, teamId));
  const row = await db
    .insertInto('verifications')
    .values({
      ...{ team_id: teamId, pass: (newest?.pass ?? 0) + 1, started_at: now, finished_at: null },
      ...{ ...columnsOf(pass), size: pass.size, claimed_until: until(CLAIM) },
    })
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

const until = (ms: number) => sql<string>`clock_timestamp() + ${ms} * interval '1 millisecond'`;

const columnsOf = (pass: Pass) => ({
  progress: JSON.stringify(pass),
  events: pass.events,
  faults: JSON.stringify(pass.faults),
  faulty: pass.faulty,
});

async function keep(db: Db, number: number, pass: Pass, claimedFor: number): Promise<void> {
  await of(db, number, pass)
    .set({ ...columnsOf(pass), claimed_until: claimedFor > 0 ? until(claimedFor) : null })
    .execute();
}

/** How far it had come is of no use any more. */
async function finish(db: Db, number: number, pass: Pass, now: Instant): Promise<void> {
  await of(db, number, pass)
    .set({ ...columnsOf(pass), progress: '{}', finished_at: now, claimed_until: null })
    .execute();
}

const of = (db: Db, number: number, { teamId }: Pass) =>
  db
    .updateTable('verifications')
    .where('team_id', '=', teamId)
    .where('pass', '=', number)
    .where('finished_at', 'is', null);
