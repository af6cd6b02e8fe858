/** Changing what was asked for, until it is decided: by its owner, or by whoever validates it. */
import { changesTo, contentOf } from '../changes.ts';
import type { Context, Of, Outcome } from '../command.ts';
import { type Content, content as contentSchema, OTHER_RULE, unmeasured } from '../events/content.ts';
import { type Recorded, SYSTEM } from '../events.ts';
import { together } from '../exposure.ts';
import { categoryOf, placeOf, type Rules } from '../policy.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { ExceptionRequest, InReview } from '../request.ts';
import { deadlineFrom } from '../sla.ts';
import { mayDecide, over } from '../standing.ts';
import type { Instant, Tier } from '../values.ts';
import { aboveAuthority, incomplete } from './submission.ts';

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
  const rerouted = state.reroutes.at(-1)?.to ?? null;
  const place = placeOf(rules, { ...content, exposure, picked, rerouted });
  const dueAt = deadlineAfter(state, { ...place, category: content.category }, rules, at);
  const edit = { round: state.round + 1, content, ...place, dueAt, exposure, changes };
  return {
    edit,
    exceeded:
      place.tier === state.tier
        ? []
        : aboveAuthority(rules, { ...place, category: content.category }, dueAt, at, state.escalations),
  };
}

/** A request that moves to another tier gets that tier's time from then on; what is expedited stays as quick. */
function deadlineAfter(state: InReview, place: { tier: Tier; category: string }, rules: Rules, at: Instant): Instant {
  if (place.tier === state.tier && place.category === state.category) return state.dueAt;
  const dueAt = deadlineFrom(rules, place, at);
  return state.expedited && state.dueAt < dueAt ? state.dueAt : dueAt;
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
  const place = placeOf(rules, { ...state, picked, rerouted: state.reroutes.at(-1)?.to ?? null });
  const dueAt = deadlineAfter(state, { ...place, category: state.category }, rules, at);
  const events: Recorded[] = [{ type: 'tier_picked', by, at, round: state.round + 1, ...place, dueAt, reason }];
  return [
    ...events,
    ...(place.tier === state.tier
      ? []
      : aboveAuthority(rules, { ...place, category: state.category }, dueAt, at, state.escalations)),
  ];
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
