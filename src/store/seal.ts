/**
 * The sealer: every committed event becomes a leaf of one hash tree a workspace, and what the tree was at a moment is kept as
 * a checkpoint. However many replicas seal, one at a time does; appends know nothing of it and wait for nothing.
 */
import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../core/values.ts';
import { type Frontier, leafHash } from '../proof/merkle.ts';
import { type Checkpoint, writeCheckpoint } from './checkpoints.ts';
import { frontierOf, STORED_LEVELS } from './proofs.ts';
import type { Db } from './schema.ts';
import { afterRestore, byTransaction, type Cursor, othersEnd, type Reader, type Unsealed } from './unsealed.ts';

export { type Checkpoint, latestCheckpoint } from './checkpoints.ts';

export type SealOptions = {
  /** On the business clock: what a checkpoint says. */
  at: Instant;
  /** Ed25519, private; null writes checkpoints without a signature. */
  key: KeyObject | null;
  /** Whether a checkpoint is to be written, if the tree has grown since the last one. */
  checkpoint: boolean;
  /**
   * Waits for whoever seals at the moment, instead of leaving it to them, and some seconds for transactions that are under
   * way, so that all is sealed that was committed before the call.
   */
  patient?: boolean;
  /** Events that are sealed in one transaction. */
  batch?: number;
  /** Waited for before each batch. */
  letPass?: (() => Promise<void>) | undefined;
};
export type Sealed = {
  /** Leaves that this call appended. */
  sealed: number;
  /** The one that this call wrote. */
  checkpoint: Checkpoint | null;
  /** Somebody else was at it, and does the rest. */
  busy: boolean;
};

/** Hashing them takes some tens of milliseconds, for which every click in this process waits. */
const BATCH = 2_500;

/**
 * Seals what was committed and is not sealed, in short transactions: what was sealed stays sealed when a later one fails.
 * @throws TreeError where the tree was changed behind the sealer's back
 */
export async function seal({ db }: { db: Db }, teamId: string, options: SealOptions): Promise<Sealed> {
  const { batch = BATCH, patient = false, letPass } = options;
  await db
    .insertInto('seals')
    .values({ team_id: teamId })
    .onConflict((oc) => oc.doNothing())
    .execute();
  if (patient) await othersEnd(db);
  const restored = await afterRestore(db, teamId, batch);
  const readers = [...(restored ? [restored] : []), byTransaction(teamId, batch)];
  let sealed = 0;
  for (const read of readers) {
    const done = await sealAll(db, teamId, read, { patient, letPass });
    sealed += done.sealed;
    if (done.busy) return { sealed, checkpoint: null, busy: true };
  }
  if (!options.checkpoint) return { sealed, checkpoint: null, busy: false };
  const written = await alone(db, teamId, patient, async (trx, { size }) =>
    writeCheckpoint(trx, teamId, await frontierOf(trx, teamId, size), options),
  );
  return { sealed, checkpoint: written?.result ?? null, busy: written === null };
}

type Manner = { patient: boolean; letPass: SealOptions['letPass'] };

async function sealAll(db: Db, teamId: string, read: Reader, { patient, letPass }: Manner) {
  let tree: Frontier | null = null;
  for (let sealed = 0; ; ) {
    await letPass?.();
    const step = await alone(db, teamId, patient, async (trx, cursor) => {
      const { events, cursor: moved, more } = await read(trx, cursor);
      // Between two batches somebody else may have sealed.
      if (tree?.size !== cursor.size) tree = await frontierOf(trx, teamId, cursor.size);
      await append(trx, teamId, tree, events);
      await moveCursor(trx, teamId, { ...moved, size: tree.size });
      return { sealed: events.length, more };
    });
    sealed += step?.result.sealed ?? 0;
    if (!step?.result.more) return { sealed, busy: step === null };
  }
}

/** Does it as the only one that seals. @returns null where somebody else is at it, unless one waits for them */
async function alone<T>(
  db: Db,
  teamId: string,
  patient: boolean,
  work: (trx: Db, cursor: Cursor) => Promise<T>,
): Promise<{ result: T } | null> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('seals')
      .select(['size', 'tx', 'stream', 'seq', 'elsewhere'])
      .where('team_id', '=', teamId)
      .forUpdate()
      .$if(!patient, (query) => query.skipLocked())
      .executeTakeFirst();
    return row ? { result: await work(trx, { ...row, size: Number(row.size) }) } : null;
  });
}

/** @param tree is moved along */
async function append(trx: Db, teamId: string, tree: Frontier, events: Unsealed[]): Promise<void> {
  if (events.length === 0) return;
  const first = tree.size;
  const leaves: Buffer[] = [];
  const nodes: { level: number; position: number; hash: Buffer }[] = [];
  for (const { hash } of events)
    tree.append(leafHash(Buffer.from(hash, 'hex')), (level, position, node) => {
      if (level === 0) leaves.push(node);
      else if (level % STORED_LEVELS === 0) nodes.push({ level, position, hash: node });
    });
  const column = <K extends keyof Unsealed>(name: K) => events.map((event) => event[name]);
  await sql`
    insert into leaves (team_id, position, stream, seq, hash)
    select ${teamId}, ${first}::bigint + place - 1, stream, seq, hash
    from unnest(${column('stream')}::text[], ${column('seq')}::int[], ${leaves}::bytea[])
      with ordinality as l (stream, seq, hash, place)`.execute(trx);
  const rows = nodes.map((node) => ({ team_id: teamId, ...node }));
  if (rows.length > 0) await trx.insertInto('nodes').values(rows).execute();
}

async function moveCursor(trx: Db, teamId: string, { size, ...cursor }: Cursor): Promise<void> {
  await trx
    .updateTable('seals')
    .set({ size: String(size), ...cursor })
    .where('team_id', '=', teamId)
    .execute();
}
