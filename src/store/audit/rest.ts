/** What can be told once every stream and the whole tree were gone through. */
import type { VerifierKey } from '../../proof/checkpoint.ts';
import { subtreesOf, TreeError } from '../proofs.ts';
import type { Db } from '../schema.ts';
import { type Fault, SHOWN, treeFault } from './fault.ts';
import { type Copy, copyFaults, keyChanges, noteFaults, publicationFaults } from './notes.ts';
import { type Pass, withFaults } from './pass.ts';
import { personFaults } from './people.ts';
import { policyFaults } from './policies.ts';
import { isoOf, type Reader, snapshotsOf } from './reader.ts';
import { reviewFaults } from './reviews.ts';
import { rowsWithoutEvents } from './rows.ts';

/** What somebody outside knows of the record. */
export type Outside = { copies: readonly Copy[]; keys: readonly VerifierKey[] };
export const nothingOutside: Outside = { copies: [], keys: [] };

/** Since when something is wrong: what the first checkpoint after the event still vouched for was changed later. */
export type Since = {
  /** Of the event in the tree. */
  position: number;
  sealedBy: { size: number; at: string } | null;
};

/** @returns the pass with what else is wrong, and how many checkpoints outside were compared */
export async function finishPass(db: Db, pass: Pass, outside: Outside): Promise<{ pass: Pass; compared: number }> {
  const { teamId } = pass;
  const broken = new Set(pass.broken);
  const read = await snapshotsOf(db)(async (reader) => ({
    faults: [
      ...(await removedEvents(reader, pass, broken)),
      ...treeFaults(pass),
      ...(await noteFaults(reader, teamId, outside.keys)),
      ...(await publicationFaults(reader, teamId)),
    ],
    withoutEvents: pass.logOnly ? [] : await rowsWithoutEvents(reader, teamId, (stream) => broken.has(stream)),
    changes: await keyChanges(reader, teamId),
  }));
  const rows = await otherRowFaults(db, pass, broken);
  const removed = new Set(read.faults.map(({ stream }) => stream));
  const copies = await compareCopies(db, pass, outside, read.changes);
  const found = [
    ...read.faults,
    ...[...read.withoutEvents, ...rows].filter(({ stream }) => !removed.has(stream)),
    ...copies.faults,
  ];
  return { pass: withFaults(withFaults(pass, found), pass.tree.faults, pass.tree.faulty), compared: copies.compared };
}

/** In rows of streams that are no request's. */
const otherRowFaults = (db: Db, { teamId, logOnly }: Pass, broken: ReadonlySet<string>): Promise<Fault[]> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => [
      ...(broken.has('policy') ? [] : await policyFaults(trx, teamId)),
      ...(logOnly ? [] : await reviewFaults(trx, teamId, broken)),
      ...(logOnly ? [] : await personFaults(trx, teamId, broken)),
    ]);

const REMOVED = `
  select stream, min(seq)::text as seq, count(*)::text as events from leaves l
  where team_id = $1 and position < $2::bigint and not exists (
    select from events e where e.team_id = l.team_id and e.stream = l.stream and e.seq = l.seq
  )
  group by stream order by stream limit $3::int`;

/** Events that have their place in the tree and are gone; looked for only where fewer were found than were sealed. */
async function removedEvents(read: Reader, pass: Pass, broken: ReadonlySet<string>): Promise<Fault[]> {
  if (pass.sealed >= pass.size) return [];
  const rows = await read(REMOVED, [pass.teamId, pass.size, SHOWN]);
  return rows
    .filter(([stream]) => !broken.has(stream ?? ''))
    .map(([stream, seq, events]) => ({
      stream: stream ?? '',
      seq: Number(seq),
      what: 'removed',
      events: Number(events),
    }));
}

function treeFaults({ size, counted }: Pass): Fault[] {
  return size < counted ? [treeFault({ what: 'tree_cut_off', size, counted })] : [];
}

async function compareCopies(
  db: Db,
  { teamId, size, tree }: Pass,
  { copies, keys }: Outside,
  changes: Awaited<ReturnType<typeof keyChanges>>,
) {
  try {
    return await copyFaults(copies, teamId, { size, at: subtreesOf(db, teamId), changes, keys });
  } catch (error) {
    // A tree with gaps has no roots to compare; that it has gaps was told.
    if (error instanceof TreeError && tree.faulty > 0) return { compared: 0, faults: [] };
    throw error;
  }
}

const SEALED_BY = `
  select l.position::text as position, c.size::text as size, c.at::text as at from leaves l
  left join lateral (
    select size, at from checkpoints where team_id = l.team_id and size > l.position order by size limit 1
  ) c on true
  where l.team_id = $1 and l.stream = $2 and l.seq = $3::int`;

/** For each fault since when; null where that cannot be told, or it concerns no event that was sealed. */
export async function sinceWhen(db: Db, teamId: string, faults: readonly Fault[]): Promise<(Since | null)[]> {
  return snapshotsOf(db)(async (read) => {
    const since: (Since | null)[] = [];
    for (const { stream, seq } of faults) {
      const [found] = seq === null ? [] : await read(SEALED_BY, [teamId, stream, seq]);
      const [position, size, at] = found ?? [];
      const sealedBy = size ? { size: Number(size), at: isoOf(at ?? '') } : null;
      since.push(found ? { position: Number(position), sealedBy } : null);
    }
    return since;
  });
}
