/** The request form: labels, hints, and what is wrong with an entry. */
import type { Severity } from '../../../core/values.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, format, names } from './names.ts';

export const label = {
  policy: 'Policy',
  asksFor: 'You ask for',
  deviation: 'Deviation from policy (%)',
  value: 'Decision value',
  customer: 'Customer',
  rationale: 'Rationale',
  impact: 'Impact analysis',
  evidence: 'Evidence',
  category: 'Category',
  severity: 'Severity',
  alreadyHappened: 'Has it already happened?',
  urgent: 'Urgent',
  neededBy: 'Needed by',
  beneficiary: 'On behalf of',
  otherRule: 'Which rule?',
  unmeasured: 'No percentage',
  files: 'Files',
  keptFiles: 'Files that are attached',
  component: 'Component',
  errorType: 'Type or error code',
  confidential: 'Confidential',
  question: 'Question',
  answer: 'Answer',
  reason: 'Reason',
};

export const form = {
  title: 'Request an exception',
  submit: 'Send request',
  close: 'Close',
  choose: 'Choose one',
  pickDate: 'Pick a date',
  pickPerson: 'Pick a person',
  severity: names.severity satisfies Record<Severity, string>,
  urgent: 'It cannot wait its normal turn',
  unmeasured: 'The deviation cannot be computed',
  confidential: 'Show what it says only to those who may read it',
  otherRule: 'Other (not in the list)',
  otherRuleText: 'Operations looks at it by hand and picks who decides.',
  policyAllows: (value: string, unit: string): string => `Policy allows ${format.number(value)} ${unit}.`,
  computed: (asked: string, standard: string, unit: string, deviation: string): string =>
    `${format.number(asked)} ${unit} instead of ${format.number(standard)} is a deviation of ${format.percent(deviation)}.`,
  hint: {
    asksFor: (unit: string): string => `In ${unit}; a number such as 45. The deviation is worked out from it.`,
    deviation: 'How far from what the policy allows, in percent: 35 or 12.5.',
    deviationComputed: 'Leave it empty to use the one worked out from what you ask for.',
    otherRule: 'Its name, or where it is written.',
    unmeasured: 'Operations then picks who decides.',
    value: (currency: string): string => `In ${currency}: what the decision is worth, such as 12,500.`,
    rationale: 'Why does the rule not fit here?',
    impact: 'What happens if this is refused? What if it is allowed?',
    evidence: 'Links to contracts, tickets or mails that show it.',
    files: 'Up to 10 files of up to 20 MB each.',
    keptFiles: 'Take the tick away from what is not to go with it.',
    beneficiary: 'Only if the exception is for a colleague. Neither of you can then approve it.',
    errorType: 'Such as E-402, or the kind of failure.',
    confidential: 'Channels, messages and reports then show its number, tier and deadline alone.',
    /** Of an input that the category needs: why, and an example. */
    needed: (why: string, example: string): string =>
      `${sentence(why)} For example: ${sentence(example)} Without it, the request comes back to you.`,
    /** The same in the hint of a field that the form has anyway. */
    neededHere: (name: string, why: string, example: string): string =>
      `This category needs it as ${name}: ${sentence(why)} For example: ${sentence(example)}`,
    fromSource: (source: string, why: string): string =>
      `${sentence(why)} ${source} is asked for it once you send; fill it in only where you know better.`,
  },
  /** Instead of the tick, where the category decides it. */
  categoryConfidential: (category: string): string =>
    `${category} is confidential: channels, messages and reports show the number, tier and deadline alone. Those who may read it do so in a window of their own.`,
  /** Where the request goes as filled in so far. */
  goes: {
    toWhom: (operations: string, authorizer: string): string => `Goes to ${operations}, then to ${authorizer}.`,
    unknown: 'Who decides depends on the deviation and the decision value.',
    picked: (operations: string): string =>
      `Goes to ${operations}. Operations picks who decides, since the figures cannot tell it.`,
    together: (others: number): string =>
      `It counts together with ${others === 1 ? 'another request' : `${others} other requests`} for this customer under this rule, which can move it to a higher tier.`,
    readers: (count: number, channel: string): string =>
      `Readable by ${count} ${count === 1 ? 'person' : 'people'} in ${channel}.`,
    direct: 'Those who decide get it as a direct message.',
    confidential: (channel: string | null): string =>
      channel === null
        ? 'Messages show its number, tier and deadline alone; those who decide read the rest in a window of their own.'
        : `${channel} shows its number, tier and deadline alone; those who decide read the rest in a window of their own.`,
    channel: (channel: string): string => `Posted in ${channel}.`,
    due: (at: Inline): Line => line`Sent now, to be decided by ${at}`,
  },
  /** Above the fields: what this form continues, changes or completes. */
  draft: {
    continued: (at: Inline): Line => line`Continued from what you typed on ${at}`,
    afresh: 'Start afresh',
    other: (at: Inline): Line =>
      line`You began another request on ${at}, and did not send it. What you type here takes its place`,
    continueOther: 'Continue that one',
    kept: 'You closed the form without sending it. What you typed is kept for 14 days, and nobody else sees it.',
    continue: 'Continue',
    discard: 'Discard',
    /** Asked before what was typed is thrown away. */
    sure: (act: string) => ({
      ...{ title: `${act}?`, text: 'What you typed is gone then.', confirm: act, deny: 'Keep it' },
    }),
    discarded: 'What you had typed is discarded. Ask again at any time with /exception.',
    gone: 'Nothing of it is kept any more: it was sent or discarded, or 14 days are over. Ask again with /exception.',
    goneTitle: 'Nothing is kept',
  },
  /** A message that somebody asks about, as evidence. */
  messageEvidence: (by: string | null, text: string, permalink: string): string =>
    `${by === null ? 'From a message' : `${by} wrote`}:\n${text}\n\n${permalink}`,
  fromMessage:
    'The text under Evidence is from the message you chose. Change it as you like: everyone who reads the request reads it too.',
  again: (number: number): string =>
    `This asks again for what was rejected as ${ex(number)}. The new request says so. Change what is different now.`,
  amend: {
    title: 'Change request',
    titleReturned: 'Complete request',
    submit: 'Send changes',
    missing: (number: number): string => `${ex(number)} needs more before it can be decided:`,
    missingInput: (name: string, why: string, example: string): Line =>
      line`${bold(name)}: ${sentence(why)} For example: ${sentence(example)}`,
    wrote: (by: Inline): Line => line`${by} wrote:`,
    sentBack: (number: number): string => `${ex(number)} was sent back to you:`,
    voids: (who: string[]): string =>
      `${format.all(who)} approved it as it is. Once you change it, that no longer counts; they are shown what changed, and it is decided anew.`,
    stale: (number: number): string =>
      `${ex(number)} was changed while you were editing, so nothing was sent yet. What you typed is kept; fields you left alone show how they are now. Look at them, then send again.`,
    changed: (field: string, before: string, after: string): Line => line`${bold(field)}: ${before} → ${after}`,
    nothing: 'empty',
  },
};

/** What somebody else wrote as a sentence may lack its full stop. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** What is wrong with an entry, at the field, with what would be right. */
export const formErrors = {
  required: (field: string): string => `${field} is needed. Please fill it in.`,
  choose: (field: string): string => `Please choose a ${field.toLowerCase()}.`,
  deviationRange: 'Deviation must be between 0.1 and 1000, e.g. 35 or 12.5',
  deviationOrAsk: 'Enter what you ask for, or the deviation in percent.',
  deviationDisagrees: (computed: string, typed: string): string =>
    `What you ask for is a deviation of ${format.percent(computed)}, but ${format.percent(typed)} is entered here. Correct one of them, or leave this empty.`,
  asksForNumber: (unit: string): string => `Enter a number of ${unit}, e.g. 45`,
  asksForStandard: 'This is what the policy allows anyway, so no exception is needed. Enter what you need instead.',
  valueNumber: (currency: string): string => `Decision value must be an amount in ${currency}, e.g. 12,500 or 12500.50`,
  otherCurrency: (given: string, expected: string): string =>
    `The policy counts in ${expected}, not ${given}. Please convert it and enter the amount in ${expected}.`,
  negative: (field: string): string => `${field} cannot be below zero. Enter it without the minus sign.`,
  /** For `1,234`, which is one number here and another there. */
  ambiguous: (typed: string, readings: string[]): string =>
    `“${typed}” could mean ${format.oneOf(readings)}. Please write it as one of these.`,
  tooLong: (field: string, limit: number): string =>
    `${field} can hold ${format.number(String(limit))} characters. Please shorten it; longer texts can be linked under Evidence.`,
  neededByPast: 'This day has passed. Pick today or a later day, or leave it empty.',
  contradicts: 'You entered how far it deviates, and ticked that this cannot be computed. Take back one of the two.',
  tooManyFiles: (most: number): string =>
    `A request can hold ${most} files. Please leave some out; links can go under Evidence.`,
  fileTooLarge: (name: string): string =>
    `${name} is larger than 20 MB. Please leave it out, and link it under Evidence.`,
  nothingChanged: 'Nothing is different from before, so nothing was sent. Change something, or close this.',
  noSuchChoice: 'The policy no longer offers this. Please choose again.',
  unreadable: 'This contains characters that cannot be stored. Please type it again.',
  beneficiaryIsYou: 'That is you. Leave this empty when you ask for yourself.',
};
