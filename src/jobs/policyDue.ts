/** Reminds those who look after the policy that it is to be looked at again. */
import type { Clock } from '../app/ports.ts';
import { policyDueKey, reminderOf } from '../core/policyDue.ts';
import type { Log } from '../log.ts';
import { deliveriesUnder } from '../store/deliveries.ts';
import { owe } from '../store/outbox.ts';
import { policyReviewers } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';

type PolicyDueOptions = { db: Db; policies: Policies; clock: Clock; teamId: string; log: Log };

/** @returns whether a reminder is owed that was not sent before */
export async function remindOfPolicy({ db, policies, clock, teamId, log }: PolicyDueOptions): Promise<boolean> {
  const { wiring } = (await policies.current()).document;
  if (!wiring.policy_review) return false;
  const { due } = wiring.policy_review;
  const days = reminderOf(due, clock.now(), wiring.zone);
  if (days === null) return false;
  const { people } = await policyReviewers(db, teamId, wiring);
  // Where there is nobody, the admins hear of the group.
  if (people.length === 0) return false;
  if ((await deliveriesUnder(db, teamId, policyDueKey({ due, days }))).length > 0) return false;
  await owe(db, teamId, [{ kind: 'policy_due', due, days }]);
  log.info({ due, days }, 'the policy is to be looked at again');
  return true;
}
