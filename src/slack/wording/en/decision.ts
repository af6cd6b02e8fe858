/** The modal in which a stage is decided, and what leads on from it to the next. */
import type { HoldOutcome } from '../../../core/events/holds.ts';
import type { HoldKind, Stage, Tier } from '../../../core/values.ts';
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, format, names } from './names.ts';

export type Allowed = {
  number: number;
  customer: string | null;
  rule: string;
  deviation: string | null;
  asksFor: { value: string; standard: string; unit: string } | null;
  worth: string;
};

/** `ACME 45 days instead of 30`, `ACME a deviation of 50 % from Refund window`. */
function what({ customer, rule, deviation, asksFor }: Allowed): string {
  const whom = customer === null ? '' : `${customer} `;
  if (asksFor)
    return `${whom}${format.number(asksFor.value)} ${asksFor.unit} instead of ${format.number(asksFor.standard)}`;
  if (deviation === null) return `${whom}an exception from ${rule}`;
  return `${whom}a deviation of ${format.percent(deviation)} from ${rule}`;
}

export const decision = {
  title: { validation: 'Confirm details', authorization: 'Authorize exception' } satisfies Record<Stage, string>,
  submit: { validation: 'Confirm', authorization: 'Authorize' } satisfies Record<Stage, string>,
  rejectTitle: 'Reject request',
  rejectSubmit: 'Reject',
  close: 'Not now',
  confirms: (number: number, tier: Tier): string =>
    `You confirm the facts of ${ex(number)}; ${names.aTier[tier]} decides whether it is allowed.`,
  allows: (allowed: Allowed): string => `${ex(allowed.number)}: you allow ${what(allowed)}, worth ${allowed.worth}.`,
  rejects: (number: number, requester: string): string =>
    `You reject ${ex(number)}. That ends the request; ${requester} is told and reads your reasons.`,
  inPlaceOf: (person: string): string =>
    `You decide for ${person}, who is away. The card and the record say so, and the two of you count as one.`,
  cannotAlsoAuthorize: 'If you confirm, you cannot authorize it.',
  changedWhat: (changes: readonly string[]): string =>
    changes.length === 0
      ? 'Changed while you read. What you see now is the current state; please read it again before you decide.'
      : `Changed while you read: ${changes.join('; ')}.`,
  hint: 'The requester and auditors will read this.',
  noInterest: {
    approve: 'By approving you declare that you have no personal interest in this.',
    reject: 'By rejecting you declare that you have no personal interest in this.',
  },
  validatorSaid: (by: Inline, at: Inline): Line => line`${by} confirmed the details ${at} and wrote:`,
  everything: 'The whole request',
  checks: 'Checked',
  requiredCheck: 'Required',
  untickedChecks: (texts: string[]): string =>
    `The policy requires ${texts.length === 1 ? 'this check' : 'these checks'}: ${texts.join('; ')}. Tick ${texts.length === 1 ? 'it' : 'them'}, or send the request back.`,
  standardReason: 'Standard reason',
  standardReasonHint: 'Suffices as rationale here. What you write below is kept with it.',
  chooseReason: 'Choose one',
  rationaleOr: 'Choose a standard reason above, or write your own here.',
  condition: (which: number, of: number): string => (of > 1 ? `Condition ${which}` : 'Condition'),
  conditionHint: 'What must be done if this is approved, such as: refund only after the device is returned.',
  conditionOwner: (which: number, of: number): string => (of > 1 ? `Owner of condition ${which}` : 'Owner'),
  conditionDue: (which: number, of: number): string => (of > 1 ? `Due date of condition ${which}` : 'Due'),
  addCondition: 'Add another condition',
  pickOwner: 'Who sees to it',
  pickDue: 'By when',
  conditionNeeds: {
    text: 'Say what is to be done, or take the owner and the date out again.',
    owner: 'Say who sees to it.',
    due: 'Say by when.',
    past: 'This day has passed. Pick today or a later day.',
    stranger:
      'This account cannot be given a condition: only people of this workspace can, not guests, bots or closed accounts.',
  },
  /** What the authorizer reads before anything else. */
  sinceSubmission: 'What the sources say has changed since it was asked for:',
  drift: (source: string, field: string, before: string | null, after: string | null): string =>
    `${source}, ${field}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`,
  edited: {
    owner: (by: Inline, at: Inline): Line => line`${by} changed the request ${at}:`,
    validator: (by: Inline, at: Inline): Line => line`${by} corrected it ${at}:`,
  },
  because: (by: Inline): Line => line`${by} gave as the reason:`,
  objected: (by: Inline, at: Inline): Line => line`${by} objected ${at}:`,
  attached: (which: number, owner: Inline, due: string, by: Inline): Line =>
    line`Condition ${which}, for ${owner} by ${due}, set by ${by}:`,
  held: (which: number, kind: HoldKind, source: string | null, by: Inline | null, at: Inline): Line => {
    const why = source === null ? names.hold[kind] : `${names.hold[kind]} (${source})`;
    return by === null
      ? line`Hold ${which}: it waits since ${at}, because ${why}.`
      : line`Hold ${which}: ${by} made it wait ${at}, because ${why}:`;
  },
  notReleased: (which: number): Line => line`Hold ${which} is not released yet.`,
  met: (by: Inline, at: Inline): Line => line`${by} reported it as met ${at}.`,
  released: (by: Inline | null, at: Inline, outcome: HoldOutcome): Line =>
    by === null
      ? line`Released ${at}: ${names.holdOutcome[outcome]}.`
      : line`${by} released it ${at}: ${names.holdOutcome[outcome]}.`,
  together: (numbers: number[], deviation: string, value: string): string =>
    `Counts together with ${format.all(numbers.map(ex))} of the same customer under the same policy: ${deviation} and ${value} in all.`,
  leftOut: (count: number): string =>
    count === 1
      ? '1 earlier entry is left out here; Details shows it.'
      : `${count} earlier entries are left out here; Details shows them.`,
  switchTo: { approve: 'Approve instead', reject: 'Reject instead' },
  skip: 'Skip',
  queue: {
    title: 'Done',
    close: 'Close',
    done: {
      approve: {
        validation: (number: number): string => `${ex(number)} confirmed.`,
        authorization: (number: number): string => `${ex(number)} authorized.`,
      },
      reject: {
        validation: (number: number): string => `${ex(number)} rejected.`,
        authorization: (number: number): string => `${ex(number)} rejected.`,
      },
    } satisfies Record<'approve' | 'reject', Record<Stage, (number: number) => string>>,
    says: (done: string, next: number | null): string =>
      next === null ? `Done: ${done} Nothing else waits for your decision.` : `Done: ${done} Next: ${ex(next)}`,
    next: (number: number): string => `Next: ${ex(number)}`,
    empty: { title: 'Nothing left', text: 'Nothing else waits for your decision now.' },
  },
};
