/** The request form: labels, hints, and what is wrong with an entry. */
import type { Severity } from '../../../core/values.ts';
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { format, names } from './names.ts';

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
  policyAllows: (value: string, unit: string): string => `Policy allows ${format.number(value)} ${unit}.`,
  computed: (asked: string, standard: string, unit: string, deviation: string): string =>
    `${format.number(asked)} ${unit} instead of ${format.number(standard)} is a deviation of ${format.percent(deviation)}.`,
  hint: {
    asksFor: (unit: string): string => `In ${unit}; a number such as 45. The deviation is worked out from it.`,
    deviation: 'How far from what the policy allows, in percent: 35 or 12.5.',
    deviationComputed: 'Leave it empty to use the one worked out from what you ask for.',
    value: (currency: string): string => `In ${currency}: what the decision is worth, such as 12,500.`,
    rationale: 'Why does the rule not fit here?',
    impact: 'What happens if this is refused? What if it is allowed?',
    evidence: 'Links to contracts, tickets or mails that show it.',
    beneficiary: 'Only if the exception is for a colleague. Neither of you can then approve it.',
  },
  /** Where the request goes as filled in so far. */
  goes: {
    toWhom: (operations: string, authorizer: string): string => `Goes to ${operations}, then to ${authorizer}.`,
    unknown: 'Who decides depends on the deviation and the decision value.',
    readers: (count: number, channel: string): string =>
      `Readable by ${count} ${count === 1 ? 'person' : 'people'} in ${channel}.`,
    direct: 'Those who decide get it as a direct message.',
    channel: (channel: string): string => `Posted in ${channel}.`,
    due: (at: Inline): Line => line`Sent now, to be decided by ${at}`,
  },
};

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
  noSuchChoice: 'The policy no longer offers this. Please choose again.',
  unreadable: 'This contains characters that cannot be stored. Please type it again.',
  beneficiaryIsYou: 'That is you. Leave this empty when you ask for yourself.',
};
