/** Reviews of the policy: their streams, and the rows by which they are found. */
import pg from 'pg';
import type { ReviewAppend, ReviewLog } from '../app/ports.ts';
import { policyReviewEvent } from '../core/events.ts';
import { evolveReview, namesCustomer, type PolicyReview, type Same, sameText } from '../core/policyReview.ts';
import type { ExceptionRequest } from '../core/request.ts';
import type { Instant } from '../core/values.ts';
import { appendWith } from './appendWith.ts';
import type { Store } from './connect.ts';
import type { Db, Row } from './schema.ts';
import { readSmallStream } from './smallStream.ts';

export const reviewStream = (review: number): string => `policy_review/${review}`;

export const createReviewLog = (store: Store): ReviewLog => ({
  load: (teamId, review) => loadReview(store.db, teamId, review),
  append: (append) => appendReview(store, append),
});

/** From its events: there are few of them. */
export async function loadReview(db: Db, teamId: string, review: number): ReturnType<ReviewLog['load']> {
  const stored = await readSmallStream(db, teamId, reviewStream(review), policyReviewEvent);
  const state = stored.reduce<PolicyReview | null>((before, { event }) => evolveReview(before, event), null);
  const last = stored.at(-1);
  return { state, version: last?.seq ?? 0, head: last?.hash ?? null };
}

/** What the row says, as of the last event. */
export const reviewRow = (teamId: string, state: PolicyReview): Omit<Row<'policy_reviews'>, Times> & Written => ({
  team_id: teamId,
  review: state.review,
  rule: state.rule,
  same_key: state.same.text,
  policy_version: state.policyVersion,
  requests: state.requests,
  opened_at: state.openedAt,
  closed_at: state.closed?.at ?? null,
  closed_by: state.closed?.by ?? null,
  outcome: state.closed?.outcome ?? null,
  content_id: state.closed?.words.content ?? null,
});
type Times = 'opened_at' | 'closed_at';
type Written = { opened_at: Instant; closed_at: Instant | null };

const WRITE = `
  insert into policy_reviews select * from jsonb_populate_record(null::policy_reviews, $1::jsonb)
  on conflict (team_id, review) do update set requests = excluded.requests, same_key = excluded.same_key, closed_at = excluded.closed_at,
    closed_by = excluded.closed_by, outcome = excluded.outcome, content_id = excluded.content_id`;

async function appendReview({ pool }: Store, { state, ...append }: ReviewAppend): ReturnType<ReviewLog['append']> {
  const row = JSON.stringify(reviewRow(append.teamId, state));
  const handled = append.key === null ? null : { number: state.review, version: 0 };
  const all = { ...append, stream: reviewStream(state.review), request: null, handled };
  try {
    return await appendWith(pool, all, (client) => client.query(WRITE, [row]));
  } catch (error) {
    // Another replica opened a review of the same under another number.
    if (error instanceof pg.DatabaseError && error.constraint === 'policy_reviews_one_open') return 'conflict';
    throw error;
  }
}

/** The review that is open for what counts as the same; null for none. */
export async function openReviewOf(db: Db, teamId: string, same: Same): Promise<number | null> {
  const row = await db
    .selectFrom('policy_reviews')
    .select('review')
    .where('team_id', '=', teamId)
    .where('same_key', '=', sameText(same))
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return row?.review ?? null;
}

export async function nextReview(db: Db, teamId: string): Promise<number> {
  const { last } = await db
    .selectFrom('policy_reviews')
    .select((eb) => eb.fn.max('review').as('last'))
    .where('team_id', '=', teamId)
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

/** What a request is counted by. */
export type Counted = Record<keyof Same, string | null> & { policyVersion: number; submittedAt: Instant };

/** Null where there is no such request, or where it was withdrawn: then nobody asks for it any more. */
export async function countedBy(db: Db, teamId: string, number: number): Promise<Counted | null> {
  const row = await db
    .selectFrom('requests')
    .select(['rule', 'category', 'customer_key', 'submitted_at', 'state'])
    .where('team_id', '=', teamId)
    .where('number', '=', number)
    .where('status', '<>', 'withdrawn')
    .executeTakeFirst();
  if (!row || !('policyVersion' in row.state)) return null;
  const { rule, category, customer_key, submitted_at, state } = row;
  const policyVersion = Number(state.policyVersion);
  return { rule, category, customer: customer_key, policyVersion, submittedAt: submitted_at.toISOString() };
}

/** Numbers of the same, not withdrawn, that no review which is over has dealt with. */
export async function sameRequests(db: Db, teamId: string, same: Same, since: Instant): Promise<number[]> {
  const { rule, category, customer } = same;
  const dealtWith = await db
    .selectFrom('policy_reviews')
    .select('requests')
    .where('team_id', '=', teamId)
    .where('same_key', '=', sameText(same))
    .where('closed_at', 'is not', null)
    .execute();
  const rows = await db
    .selectFrom('requests')
    .select('number')
    .where('team_id', '=', teamId)
    .where('submitted_at', '>=', new Date(since))
    .where('status', '<>', 'withdrawn')
    .$if(rule !== undefined, (query) => query.where('rule', '=', rule ?? ''))
    .$if(category !== undefined, (query) => query.where('category', '=', category ?? ''))
    .$if(customer !== undefined, (query) => query.where('customer_key', '=', customer ?? ''))
    .orderBy('number')
    .execute();
  const before = new Set(dealtWith.flatMap(({ requests }) => requests));
  return rows.map(({ number }) => number).filter((number) => !before.has(number));
}

/** A review as those see it whose request it links. */
export type ReviewOf = Pick<PolicyReview, 'review' | 'openedAt' | 'closed'>;

/** The reviews that link a request, the oldest first. */
export async function reviewsOf(db: Db, teamId: string, number: number): Promise<ReviewOf[]> {
  const rows = await db
    .selectFrom('policy_reviews')
    .select('review')
    .where('team_id', '=', teamId)
    .where((eb) => eb(eb.val(number), '=', eb.fn.any('requests')))
    .orderBy('review')
    .execute();
  const loaded = await Promise.all(rows.map(({ review }) => loadReview(db, teamId, review)));
  return loaded.flatMap(({ state }) => state ?? []);
}

/** Reviews that link the request and are named after a customer whom none of their requests names any more. */
export async function nameless(db: Db, teamId: string, number: number): Promise<number[]> {
  const found: number[] = [];
  for (const { review } of await reviewsOf(db, teamId, number)) {
    const { state } = await loadReview(db, teamId, review);
    if (!state || !namesCustomer(state)) continue;
    const rows = await db
      .selectFrom('requests')
      .select('state')
      .where('team_id', '=', teamId)
      .where('number', 'in', state.requests)
      .execute();
    if (rows.every((row) => isNameless(row.state as Pick<ExceptionRequest, 'customer' | 'erasures'>)))
      found.push(review);
  }
  return found;
}

const isNameless = ({ customer, erasures }: Pick<ExceptionRequest, 'customer' | 'erasures'>): boolean =>
  customer === null || erasures.some(({ contents }) => contents.includes(customer.content));

/** How many wait for an outcome. */
export async function countOpenReviews(db: Db, teamId: string): Promise<number> {
  const { count } = await db
    .selectFrom('policy_reviews')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('team_id', '=', teamId)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
