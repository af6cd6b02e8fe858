/** What the card and the modal of a policy review are drawn from, read as it is now. */

import { categoryOf, ruleOf } from '../core/policy.ts';
import type { PolicyReview } from '../core/policyReview.ts';
import { namesOf } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import { loadReview } from '../store/policyReviews.ts';
import { readRequest } from '../store/requests.ts';
import type { Db } from '../store/schema.ts';
import type { DrawnReview } from './views/policyReview.ts';

type Deps = { db: Db; policies: Policies; teamId: string };

/** @returns null where there is no such review; links are for the caller to add */
export async function drawReview(deps: Deps, review: number): Promise<DrawnReview | null> {
  const { db, policies, teamId } = deps;
  const { state } = await loadReview(db, teamId, review);
  if (!state) return null;
  const requests = await db
    .selectFrom('requests')
    .select(['number', 'status', 'confidential'])
    .where('team_id', '=', teamId)
    .where('number', 'in', state.requests)
    .orderBy('number')
    .execute();
  const { recurrence } = await policies.rules(state.policyVersion);
  const names = state.closed ? await namesOf(db, teamId, [state.closed.by]) : {};
  return {
    ...{ state, names, within: recurrence?.within ?? 0, common: await inCommon(deps, state) },
    requests: requests.map((request) => ({ ...request, permalink: null })),
  };
}

/** As the first of the requests has it: that is what the others were compared by. */
async function inCommon({ db, policies, teamId }: Deps, { requests, policyVersion }: PolicyReview) {
  const rules = await policies.rules(policyVersion);
  const by = rules.recurrence?.same ?? [];
  const first = await readRequest(db, policies, teamId, requests[0] ?? 0);
  if (!first) return { rule: null, category: null, customer: null };
  const { rule, category, customer } = first.state;
  return {
    rule: by.includes('rule') ? (ruleOf(rules, rule)?.name ?? rule) : null,
    category: by.includes('category') ? (categoryOf(rules, category)?.name ?? category) : null,
    customer: by.includes('customer') ? (customer?.text ?? null) : null,
  };
}
