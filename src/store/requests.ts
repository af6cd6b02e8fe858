/** Reading requests for people: the same state, with the words. */
import { type Recorded, requestEvent } from '../core/events.ts';
import type { Rules } from '../core/policy.ts';
import type { ExceptionRequest } from '../core/request.ts';
import { upcast } from '../core/upcast.ts';
import type { Policies } from './policies.ts';
import type { Db } from './schema.ts';
import { type Content, contentIds, joinWords } from './words.ts';

/** A request with its words, and the rules it was made under. */
export type RequestView = { state: ExceptionRequest; version: number; rules: Rules };

export async function readContents(db: Db, teamId: string, ids: string[]): Promise<ReadonlyMap<string, Content>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('contents')
    .select(['id', 'nonce', 'bytes'])
    .where('team_id', '=', teamId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function readRequest(
  db: Db,
  policies: Policies,
  teamId: string,
  number: number,
): Promise<RequestView | null> {
  const row = await db
    .selectFrom('requests')
    .select(['state', 'version'])
    .where('team_id', '=', teamId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) return null;
  const contents = await readContents(db, teamId, contentIds(row.state));
  const state = joinWords<ExceptionRequest>(row.state, contents);
  return { state, version: row.version, rules: await policies.rules(state.policyVersion) };
}

/** One event of a request with its words; null where there is none. */
export async function readEvent(db: Db, teamId: string, number: number, seq: number): Promise<Recorded | null> {
  const events = await db
    .selectFrom('events')
    .select(['type', 'schema_version', 'data', 'actor', 'at'])
    .where('team_id', '=', teamId)
    .where('stream', '=', `request/${number}`)
    .where('seq', '=', seq)
    .execute();
  const row = events[0];
  if (!row) return null;
  const contents = await readContents(db, teamId, contentIds(row.data));
  const event = requestEvent.parse(upcast(row.type, row.schema_version, joinWords(row.data, contents)));
  return { ...event, by: row.actor, at: row.at.toISOString() };
}

/** Numbers of what somebody asked for, or was asked for them, the newest first. */
export async function requestsOf(db: Db, teamId: string, person: string, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('number')
    .where('team_id', '=', teamId)
    .where((eb) => eb.or([eb('requester', '=', person), eb('beneficiary', '=', person)]))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}

/** What is in review, the most pressing first; facts without words. */
export async function requestsInReview(
  db: Db,
  policies: Policies,
  teamId: string,
  limit: number,
): Promise<Omit<RequestView, 'version'>[]> {
  const rows = await db
    .selectFrom('requests')
    .select('state')
    .where('team_id', '=', teamId)
    .where('status', '=', 'in_review')
    .orderBy('due_at')
    .limit(limit)
    .execute();
  const states = rows.map(({ state }) => joinWords<ExceptionRequest>(state, new Map()));
  return Promise.all(states.map(async (state) => ({ state, rules: await policies.rules(state.policyVersion) })));
}
