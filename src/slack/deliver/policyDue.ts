/** That the policy is to be looked at again: to each who sees to it, once a reminder. */
import { policyDueKey } from '../../core/policyDue.ts';
import { dayIn } from '../../core/week.ts';
import { policyReviewers } from '../../store/people.ts';
import { alertMessage } from '../views/alert.ts';
import { wording } from '../wording/index.ts';
import type { Deps } from './deps.ts';
import { toPerson } from './person.ts';
import { forEach } from './several.ts';

export async function policyDue(deps: Deps, { due, days }: { due: string; days: number }): Promise<void> {
  const { db, teamId, policies, clock } = deps;
  const { wiring } = (await policies.current()).document;
  // It was looked at meanwhile, and has another day.
  if (wiring.policy_review?.due !== due) return;
  const { people } = await policyReviewers(db, teamId, wiring);
  const message = alertMessage(wording().policyReview.due(due, dayIn(clock.now(), wiring.zone)));
  await forEach(people, (person) =>
    toPerson(deps, person, { key: `${policyDueKey({ due, days })}${person}`, surface: 'alert', message }),
  );
}
