/** Reading requests for people: the same state, with the words. */
import { sql } from 'kysely';
import { type Recorded, requestEvent } from '../core/events.ts';
import type { Rules } from '../core/policy.ts';
import type { Every, ExceptionRequest, Status } from '../core/request.ts';
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

/** A request in a list: of the words only the customer's name, and that of a rule the policy does not list. */
export type Listed = Pick<RequestView, 'state' | 'rules'>;

/** What somebody asked for, was asked for them, or answers for: what is open first, then the newest. */
export async function requestsOf(
  db: Db,
  policies: Policies,
  teamId: string,
  person: string,
  limit: number,
): Promise<Listed[]> {
  const rows = await states(db, teamId)
    .where((eb) => eb.or([eb('requester', '=', person), eb('beneficiary', '=', person), eb('owner', '=', person)]))
    .orderBy((eb) => eb.case().when('closed_at', 'is', null).then(0).else(1).end())
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return listed(db, policies, teamId, rows);
}

/**
 * What somebody has something to do about, the most pressing first.
 * @param owners `personOwner`, `roleOwner`: the person, and the roles they hold
 */
export async function requestsOwedBy(
  db: Db,
  policies: Policies,
  teamId: string,
  owners: string[],
  limit: number,
): Promise<Listed[]> {
  const rows = await states(db, teamId)
    // The first condition is the index's own.
    .where('open', '=', true)
    .where(sql<boolean>`owners && ${owners}::text[]`)
    .orderBy('due_at')
    .orderBy('number')
    .limit(limit)
    .execute();
  return listed(db, policies, teamId, rows);
}

/** What is in review, the most pressing first. */
export async function requestsInReview(db: Db, policies: Policies, teamId: string, limit: number): Promise<Listed[]> {
  const rows = await states(db, teamId).where('status', '=', 'in_review').orderBy('due_at').limit(limit).execute();
  return listed(db, policies, teamId, rows);
}

/** All requests, or those that stand so, the newest first. */
export async function latestRequests(
  db: Db,
  policies: Policies,
  teamId: string,
  which: Every,
  { offset, limit }: { offset: number; limit: number },
): Promise<Listed[]> {
  const rows = await states(db, teamId)
    .$if(which !== 'all', (query) => query.where('status', '=', which as Status))
    .orderBy('number', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return listed(db, policies, teamId, rows);
}

/** How many there are of them. */
export async function countRequests(db: Db, teamId: string, which: Every): Promise<number> {
  const { count } = await db
    .selectFrom('requests')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('team_id', '=', teamId)
    .$if(which !== 'all', (query) => query.where('status', '=', which as Status))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** These requests, in the order of their numbers given. */
export async function requestsNumbered(
  db: Db,
  policies: Policies,
  teamId: string,
  numbers: number[],
): Promise<Listed[]> {
  if (numbers.length === 0) return [];
  const found = await listed(db, policies, teamId, await states(db, teamId).where('number', 'in', numbers).execute());
  const byNumber = new Map(found.map((one) => [one.state.number, one]));
  return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

/** Open requests that somebody answers for whose account is deactivated. */
export async function requestsOfLeavers(db: Db, teamId: string): Promise<{ number: number; owner: string }[]> {
  const rows = await db
    .selectFrom('requests')
    .innerJoin('people', (join) =>
      join.onRef('people.team_id', '=', 'requests.team_id').onRef('people.id', '=', 'requests.owner'),
    )
    .select(['number', 'people.id as owner'])
    .where('requests.team_id', '=', teamId)
    .where('people.deleted', '=', true)
    .where('closed_at', 'is', null)
    .orderBy('number')
    .execute();
  return rows;
}

const states = (db: Db, teamId: string) => db.selectFrom('requests').select('state').where('team_id', '=', teamId);

async function listed(db: Db, policies: Policies, teamId: string, rows: { state: object }[]): Promise<Listed[]> {
  const contents = await readContents(
    db,
    teamId,
    rows.flatMap(({ state }) => contentIds(named(state))),
  );
  const found = rows.map(({ state }) => joinWords<ExceptionRequest>(state, contents));
  return Promise.all(found.map(async (state) => ({ state, rules: await policies.rules(state.policyVersion) })));
}

/** What of a stored state a list calls the request by. */
const named = (state: object): object => {
  const { customer = null, otherRule = null } = state as { customer?: unknown; otherRule?: unknown };
  return { customer, otherRule };
};
