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

/** A request in a list: of the words only the customer's name. */
export type Listed = Pick<RequestView, 'state' | 'rules'>;

/** What somebody asked for, or was asked for them, the newest first. */
export async function requestsOf(
  db: Db,
  policies: Policies,
  teamId: string,
  person: string,
  limit: number,
): Promise<Listed[]> {
  const rows = await states(db, teamId)
    .where((eb) => eb.or([eb('requester', '=', person), eb('beneficiary', '=', person)]))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return listed(db, policies, teamId, rows);
}

/** What is in review, the most pressing first. */
export async function requestsInReview(db: Db, policies: Policies, teamId: string, limit: number): Promise<Listed[]> {
  const rows = await states(db, teamId).where('status', '=', 'in_review').orderBy('due_at').limit(limit).execute();
  return listed(db, policies, teamId, rows);
}

const states = (db: Db, teamId: string) => db.selectFrom('requests').select('state').where('team_id', '=', teamId);

async function listed(db: Db, policies: Policies, teamId: string, rows: { state: object }[]): Promise<Listed[]> {
  const customers = rows.flatMap(({ state }) => ('customer' in state ? contentIds({ customer: state.customer }) : []));
  const contents = await readContents(db, teamId, customers);
  const found = rows.map(({ state }) => joinWords<ExceptionRequest>(state, contents));
  return Promise.all(found.map(async (state) => ({ state, rules: await policies.rules(state.policyVersion) })));
}
