/** Rows of an older shape, made anew from the events that they only ever repeat. */
import { sql } from 'kysely';
import { type Recorded, requestEvent } from '../core/events.ts';
import { evolve } from '../core/evolve.ts';
import { initial, type State } from '../core/request.ts';
import { upcast } from '../core/upcast.ts';
import { requestColumns, STATE_SHAPE } from './requestColumns.ts';
import type { Db } from './schema.ts';
import { joinWords } from './words.ts';

const BATCH = 200;

/** Several replicas may do it at once: what one has made the other finds made. @returns how many rows were made anew */
export async function rebuildRequests(db: Db): Promise<number> {
  let rebuilt = 0;
  for (;;) {
    const rows = await db
      .selectFrom('requests')
      .select(['team_id', 'number', 'version', 'head'])
      .where('shape', '<', STATE_SHAPE)
      .orderBy('team_id')
      .orderBy('number')
      .limit(BATCH)
      .execute();
    for (const row of rows) await rebuild(db, row);
    rebuilt += rows.length;
    if (rows.length < BATCH) return rebuilt;
  }
}

type Row = { team_id: string; number: number; version: number; head: string };

async function rebuild(db: Db, { team_id, number, version, head }: Row): Promise<void> {
  const stream = `request/${number}`;
  const state = await replay(db, team_id, stream, version);
  if (!state) throw new Error(`EX-${number} has a row and no events: run "audit verify"`);
  const append = { teamId: team_id, stream, expectedVersion: version, head, events: [], intents: [] };
  const { request } = requestColumns(
    { ...append, request: null, key: null, handled: null },
    { state, attentionAt: null },
    head,
  );
  const { state: shaped, owner, owners, open, confidential, closed_at, shape, renews, good_until } = request;
  const { held, already_happened } = request;
  await db
    .updateTable('requests')
    .set({ state: JSON.stringify(shaped), owner, owners, open, confidential, closed_at, shape, renews, good_until })
    .set({ held, already_happened })
    // What a newer program looks out for may be due already: the next sweep says when it next needs attention.
    .set({ attention_at: sql<string>`coalesce(attention_at, submitted_at)` })
    .where('team_id', '=', team_id)
    .where('number', '=', number)
    .where('version', '=', version)
    .execute();
}

async function replay(db: Db, teamId: string, stream: string, upTo: number): Promise<State> {
  const rows = await db
    .selectFrom('events')
    .select(['type', 'schema_version', 'data', 'actor', 'at'])
    .where('team_id', '=', teamId)
    .where('stream', '=', stream)
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .execute();
  return rows.reduce<State>((state, row) => {
    const stored = upcast(row.type, row.schema_version, joinWords(row.data, new Map()));
    const event: Recorded = { ...requestEvent.parse(stored), by: row.actor, at: row.at.toISOString() };
    return evolve(state, event);
  }, initial);
}
