/** Asking for an exception, and who answers for it: sent back, withdrawn, handed over. */
import type { Context, Of, Outcome, Submission } from '../command.ts';
import type { Content } from '../events/content.ts';
import type { Renewal } from '../events/timing.ts';
import { type Recorded, SYSTEM } from '../events.ts';
import { together } from '../exposure.ts';
import { missingInputs } from '../inputs.ts';
import { raised as first } from '../ladders.ts';
import { placeOf, type Rules } from '../policy.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { mayRenew, renewalOf } from '../renewing.ts';
import { type Escalation, type ExceptionRequest, sameEscalation } from '../request.ts';
import { deadlineFrom } from '../sla.ts';
import { closedAlready, holds, mayAsk, mayDecide, over } from '../standing.ts';
import type { Instant } from '../values.ts';

export function submit({ by, at, form }: Of<'submit'>, context: Context): Outcome {
  const no = mayAsk(context.standing);
  if (no) return no;
  const { number, policy } = context;
  const { version, rules } = policy;
  const renews = renewed(by, form, context);
  if (renews && isRefusal(renews)) return renews;
  const exposure = together(context.exposure, form);
  const place = placeOf(rules, { ...form, exposure });
  const dueAt = deadlineFrom(rules, { ...place, category: form.category }, at);
  const facts = { number, requester: by, policyVersion: version, currency: rules.currency, ...place, dueAt, exposure };
  const submitted: Recorded = { type: 'submitted', by, at, ...form, renews, ...facts };
  return [
    submitted,
    ...aboveAuthority(rules, { ...place, category: form.category }, dueAt, at, []),
    ...incomplete(rules, form, at),
  ];
}

/** What it says of the exception that it renews, where it does and this person may. */
function renewed(
  by: string,
  { renews }: Submission,
  { policy, standing, renewing }: Context,
): Renewal | Refusal | null {
  if (renews === undefined || renews === null) return null;
  if (!renewing?.of || renewing.of.number !== renews) return refuse({ why: 'not_found' });
  return mayRenew(renewing.of, by, standing, policy.rules, renewing.renewedBy) ?? renewalOf(renewing.of);
}

type Place = ReturnType<typeof placeOf>;

/** What is raised where the value alone asks for a tier above the one of its deviation; nothing where it was raised before. */
export function aboveAuthority(
  rules: Rules,
  place: Place & { category: string },
  deadline: Instant,
  at: Instant,
  raised: Escalation[],
): Recorded[] {
  if (place.tier === place.tierByDeviation) return [];
  const exceeded = first(place, rules, 'authority_exceeded', deadline, at);
  if (raised.some((escalation) => sameEscalation(escalation, exceeded))) return [];
  return [{ type: 'escalation_raised', by: SYSTEM, at, ...exceeded }];
}

/** What sends a request back by itself: inputs that its category needs and that are not there. */
export const incomplete = (rules: Rules, content: Content, at: Instant): Recorded[] => {
  const missing = missingInputs(rules, content);
  return missing.length > 0 ? [{ type: 'returned', by: SYSTEM, at, missing, words: null }] : [];
};

/** Sent back to its owner with what is missing. */
export function sendBack(
  state: ExceptionRequest,
  { by, at, missing, words }: Of<'return'>,
  { policy, standing }: Context,
): Outcome {
  const authority = mayDecide(state, by, standing, policy.rules);
  if (isRefusal(authority)) return authority;
  if (state.status !== 'in_review') return over(state);
  if (state.returned) return refuse({ why: 'returned', by: state.returned.by, at: state.returned.at });
  if (missing.length === 0 && !words?.text?.trim()) return refuse({ why: 'nothing_missing' });
  return [{ type: 'returned', by, at, missing, words }];
}

export function withdraw(state: ExceptionRequest, { by, at, reason }: Of<'withdraw'>): Outcome {
  if (by !== state.owner && by !== state.requester) return refuse({ why: 'not_requester' });
  if (state.status !== 'in_review') return over(state);
  return [{ type: 'withdrawn', by, at, reason }];
}

/** Somebody else answers for it from now on; who asked stays. */
export function handOver(
  state: ExceptionRequest,
  { by, at, to, reason }: Of<'hand_over'>,
  { standing }: Context,
): Outcome {
  const entitled = by === state.owner || by === SYSTEM || holds(standing, 'ops_supervisors');
  if (!entitled) return refuse({ why: 'not_requester' });
  const closed = closedAlready(state);
  if (closed) return closed;
  if (to === state.owner) return refuse({ why: 'already_yours' });
  return [{ type: 'handed_over', by, at, to, reason }];
}
