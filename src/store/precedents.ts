/** Earlier decisions that are like one that is due: under the same rule, or for the same customer. */
import { OTHER_RULE } from '../core/events/content.ts';
import type { ExceptionRequest } from '../core/request.ts';
import type { Policies } from './policies.ts';
import { type Listed, readContents } from './requests.ts';
import type { Db } from './schema.ts';
import { contentIds, joinWords } from './words.ts';

/**
 * The latest approved or rejected requests like this one, the newest first; of the words only the customer's name.
 * @param limit more than are shown, since not everybody may see all of them
 */
export async function precedentsOf(
  db: Db,
  policies: Policies,
  teamId: string,
  { number, rule }: Pick<ExceptionRequest, 'number' | 'rule'>,
  limit: number,
): Promise<Listed[]> {
  const own = db
    .selectFrom('requests')
    .select('customer_key')
    .where('team_id', '=', teamId)
    .where('number', '=', number);
  const rows = await db
    .selectFrom('requests')
    .select('state')
    .where('team_id', '=', teamId)
    .where('number', '<>', number)
    .where('status', 'in', ['approved', 'rejected'])
    .where((eb) =>
      eb.or([
        eb('customer_key', '=', own),
        // Rules that the policy does not list have nothing in common.
        ...(rule === OTHER_RULE ? [] : [eb('rule', '=', rule)]),
      ]),
    )
    .orderBy('over_at', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  const customers = rows.flatMap(({ state }) => ('customer' in state ? contentIds({ customer: state.customer }) : []));
  const contents = await readContents(db, teamId, customers);
  const found = rows.map(({ state }) => joinWords<ExceptionRequest>(state, contents));
  return Promise.all(found.map(async (state) => ({ state, rules: await policies.rules(state.policyVersion) })));
}
