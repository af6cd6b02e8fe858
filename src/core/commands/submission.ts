/** Asking for an exception, and changing what was asked until it is decided. */
import type { Context, Of, Outcome } from '../command.ts';
import { type Change, type Content, content as contentSchema, OTHER_RULE, unmeasured } from '../events/content.ts';
import type { Exposure } from '../events/submission.ts';
import { type Recorded, SYSTEM } from '../events.ts';
import { sum } from '../figures.ts';
import { missingInputs } from '../inputs.ts';
import { categoryOf, placeOf, type Rules, roleOf } from '../policy.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type Escalation, type ExceptionRequest, type InReview, sameEscalation } from '../request.ts';
import { closedAlready, holds, mayAsk, mayDecide, over } from '../standing.ts';
import { type Instant, plus, type Tier, type Words } from '../values.ts';

export function submit({ by, at, form }: Of<'submit'>, context: Context): Outcome {
  const no = mayAsk(context.standing);
  if (no) return no;
  const { number, policy } = context;
  const { version, rules } = policy;
  const exposure = together(context.exposure, form);
  const place = placeOf(rules, { ...form, exposure });
  const dueAt = plus(at, rules.tiers[place.tier].sla);
  const facts = { number, requester: by, policyVersion: version, currency: rules.currency, ...place, dueAt, exposure };
  const submitted: Recorded = { type: 'submitted', by, at, ...form, ...facts };
  return [submitted, ...aboveAuthority(place, dueAt, at, []), ...incomplete(rules, form, at)];
}

/** What counts together, this request's own figures included. */
export function together(others: Exposure | null, { deviation, value }: Pick<Content, 'deviation' | 'value'>) {
  if (!others || others.numbers.length === 0) return null;
  const { numbers } = others;
  return { numbers, deviation: sum(others.deviation, deviation ?? '0'), value: sum(others.value, value) };
}

type Place = ReturnType<typeof placeOf>;
function aboveAuthority(
  { tier, tierByDeviation }: Place,
  deadline: Instant,
  at: Instant,
  raised: Escalation[],
): Recorded[] {
  if (tier === tierByDeviation) return [];
  const role = roleOf('authorization', tier);
  const exceeded = { kind: 'authority_exceeded', deadline, role, priority: 'normal', since: at } as const;
  if (raised.some((escalation) => sameEscalation(escalation, exceeded))) return [];
  return [{ type: 'escalation_raised', by: SYSTEM, at, ...exceeded }];
}

const incomplete = (rules: Rules, content: Content, at: Instant): Recorded[] => {
  const missing = missingInputs(rules, content);
  return missing.length > 0 ? [{ type: 'returned', by: SYSTEM, at, missing, words: null }] : [];
};

/** The form's fields of a request. */
export const contentOf = (state: ExceptionRequest): Content => contentSchema.parse(state);

export function amend(state: ExceptionRequest, { by, at, round, content }: Of<'amend'>, context: Context): Outcome {
  if (by !== state.owner) return refuse({ why: 'not_requester' });
  if (state.status !== 'in_review') return over(state);
  // Somebody else changed it meanwhile, and would be undone unseen.
  if (round !== state.round) return refuse({ why: 'changed_since' });
  const next = editTo(state, contentSchema.parse(content), at, context);
  if (isRefusal(next)) return next;
  const { edit, exceeded } = next;
  return [{ type: 'amended', by, at, ...edit }, ...exceeded, ...incomplete(context.policy.rules, content, at)];
}

/** A validator sets right what the figures are, before confirming them. */
export function correct(
  state: ExceptionRequest,
  { by, at, corrections, reason }: Of<'correct'>,
  context: Context,
): Outcome {
  const no = mayClassify(state, by, context);
  if (no) return no;
  if (state.status !== 'in_review') return over(state);
  if (!reason.text?.trim()) return refuse({ why: 'rationale_missing' });
  const { rules } = context.policy;
  const written = { ...contentOf(state), ...corrections };
  // The name of a rule that is not listed has no place beside one that is.
  const content = { ...written, otherRule: written.rule === OTHER_RULE ? written.otherRule : null };
  const confidential = content.confidential || categoryOf(rules, content.category)?.confidential === true;
  const next = editTo(state, { ...content, confidential }, at, context);
  if (isRefusal(next)) return next;
  // What a person asked the owner for still stands; what the program found missing is looked at again.
  const askedFor = state.returned && state.returned.by !== SYSTEM;
  const events: Recorded[] = [{ type: 'corrected', by, at, ...next.edit, reason }, ...next.exceeded];
  return [...events, ...(askedFor ? [] : incomplete(rules, content, at))];
}

/** Refuses whoever does not validate, and anybody once the details are confirmed. */
function mayClassify(state: ExceptionRequest, by: string, { standing, policy }: Context): Refusal | null {
  const authority = mayDecide(state, by, standing, policy.rules);
  if (state.status === 'in_review' && state.stage !== 'validation') return refuse({ why: 'changed_since' });
  return isRefusal(authority) ? authority : null;
}

function editTo(state: InReview, content: Content, at: Instant, { policy: { rules }, ...context }: Context) {
  const changes = changesTo(contentOf(state), content);
  // Who was sent something back may find nothing missing, and send it again as it is.
  if (changes.length === 0 && !state.returned) return refuse({ why: 'nothing_changed' });
  const exposure = together(context.exposure, content);
  const picked = unmeasured(content) ? (state.tierPicked?.tier ?? null) : null;
  const place = placeOf(rules, { ...content, exposure, picked });
  const dueAt = deadlineAfter(state, place.tier, rules, at);
  const edit = { round: state.round + 1, content, ...place, dueAt, exposure, changes };
  return { edit, exceeded: place.tier === state.tier ? [] : aboveAuthority(place, dueAt, at, state.escalations) };
}

/** A request that moves to another tier gets that tier's time from then on; what is expedited stays as quick. */
function deadlineAfter(state: InReview, tier: Tier, rules: Rules, at: Instant): Instant {
  if (tier === state.tier) return state.dueAt;
  const dueAt = plus(at, rules.tiers[tier].sla);
  return state.expedited && state.dueAt < dueAt ? state.dueAt : dueAt;
}

/** Which fields differ, in the form's order. Texts differ where their content ids do. */
function changesTo(before: Content, after: Content): Change[] {
  const fields = Object.keys(contentSchema.shape) as (keyof Content)[];
  return fields.flatMap((field) => {
    if (field === 'inputs') return inputChanges(before.inputs, after.inputs);
    const was = shown(before[field]);
    const is = shown(after[field]);
    // Another file may bear the same name.
    if (field === 'files' ? idsOf(before) === idsOf(after) : same(was, is)) return [];
    return [{ field, before: was, after: is }];
  });
}

function inputChanges(before: Content['inputs'], after: Content['inputs']): Change[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return ids.flatMap((id) => {
    const was = before[id] ?? null;
    const is = after[id] ?? null;
    return same(was, is) ? [] : [{ field: `inputs.${id}`, before: was, after: is }];
  });
}

const idsOf = ({ files }: Content): string => files.map(({ id }) => id).join();

const same = (a: Words | string | null, b: Words | string | null): boolean => keyOf(a) === keyOf(b);
const keyOf = (shown: Words | string | null) => (shown && typeof shown === 'object' ? shown.content : shown);

function shown(value: Exclude<Content[keyof Content], Content['inputs']> | Content['inputs']): Words | string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(({ name }) => name).join(', ') || null;
  if ('unit' in value) return `${value.value} ${value.unit}`;
  return value as Words;
}

/** Where the figures cannot tell the tier, operations does. */
export function pickTier(
  state: ExceptionRequest,
  { by, at, tier: picked, reason }: Of<'pick_tier'>,
  context: Context,
): Outcome {
  const no = mayClassify(state, by, context);
  if (no) return no;
  if (state.status !== 'in_review') return over(state);
  if (!unmeasured(state)) return refuse({ why: 'tier_known' });
  if (!reason.text?.trim()) return refuse({ why: 'rationale_missing' });
  const { rules } = context.policy;
  const place = placeOf(rules, { ...state, picked });
  const dueAt = deadlineAfter(state, place.tier, rules, at);
  const events: Recorded[] = [{ type: 'tier_picked', by, at, round: state.round + 1, ...place, dueAt, reason }];
  return [...events, ...(place.tier === state.tier ? [] : aboveAuthority(place, dueAt, at, state.escalations))];
}

/** The owner says that a correction is wrong; whoever authorizes reads it. */
export function object(state: ExceptionRequest, { by, at, round, words }: Of<'object'>): Outcome {
  if (by !== state.owner) return refuse({ why: 'not_requester' });
  if (state.status !== 'in_review') return over(state);
  const correction = state.amendments.find((amendment) => amendment.round === round);
  if (correction?.as !== 'validator') return refuse({ why: 'no_such_correction' });
  if (!words.text?.trim()) return refuse({ why: 'rationale_missing' });
  return [{ type: 'correction_objected', by, at, round, words }];
}

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
