/** The card, its decided form, and the facts that cards, messages and modals share. */
import type { Stage, Tier } from '../../../core/values.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, format, names } from './names.ts';
import type { RoleWords } from './roles.ts';

export const button = {
  approve: 'Approve',
  reject: 'Reject',
  requestInfo: 'Request info',
  details: 'Details',
  acknowledge: 'Acknowledge',
  open: 'Open',
  nudge: 'Nudge',
  onIt: (until: string): string => `I'm on it until ${until}`,
  reroute: 'Reroute',
  setCover: 'Set cover',
  withdraw: 'Withdraw',
  answer: 'Answer',
  conflict: 'I have a conflict',
  complete: 'Complete',
  change: 'Change',
  askAgain: 'Ask again',
  handOver: 'Hand over',
  complaint: 'Customer complaint',
  object: 'Object',
  take: 'Take',
  sendBack: 'Send back',
  correct: 'Correct',
  placeHold: 'Place hold',
  pickTier: 'Pick tier',
  release: 'Release hold',
  retrySources: 'Ask the source again',
  carryOut: 'Done',
  couldNot: 'Could not be done',
  close: 'Close record',
};

export const fact = {
  requester: 'Requester',
  asksFor: 'Asks for',
  deviation: 'Deviation',
  unmeasured: 'deviation not measured',
  notMeasured: 'Not measured',
  value: 'Value',
  decideBy: 'Decide by',
  wasDueBy: 'Was due by',
  tier: 'Tier',
  neededBy: 'Needed by',
  severity: 'Severity',
  urgent: 'Urgent',
  alreadyHappened: 'Already happened',
  asked: 'Asked',
  renewal: 'Renewal',
  asksForText: (value: string, standard: string, unit: string): string =>
    `${format.number(value)} ${unit} (policy: ${format.number(standard)})`,
  overdue: (at: Inline): Line => line`${at} (overdue)`,
  /** While a hold pauses it; it moves on by as much once that is over. */
  still: (at: Inline): Line => line`${at} (stands still until the hold is cleared up)`,
};

/** Why this tier decides, after its name. */
export const tierBecause = {
  from: (tier: Tier, percent: string): string =>
    `${names.tier[tier]}, since the deviation is ${format.percent(percent)} or more`,
  below: (tier: Tier, percent: string): string =>
    `${names.tier[tier]}, since the deviation is below ${format.percent(percent)}`,
  together: (tier: Tier, percent: string): string =>
    `${names.tier[tier]}, since requests of this customer count together: ${format.percent(percent)}`,
  picked: (tier: Tier): string => `${names.tier[tier]}, picked by operations`,
  unpicked: 'To be picked by operations',
  authorityExceeded: (tier: Tier, below: Tier, limit: string): string =>
    `${names.tier[tier]}, since the value is above the ${names.tier[below].toLowerCase()}’s ${limit}`,
};

const ACT = { validation: 'confirm details', authorization: 'authorize' } satisfies Record<Stage, string>;

/** What must catch the eye. */
export type Marks = {
  urgent: boolean;
  overdue: boolean;
  expedited: boolean;
  complaint: boolean;
  onHold: boolean;
  /** Sent back to whoever asked: inputs are missing. */
  returned: boolean;
  /** Operations has to pick the tier. */
  noTier: boolean;
};

const marked = (marks: Marks): string[] => [
  ...(marks.overdue ? ['Overdue'] : []),
  ...(marks.urgent ? ['Urgent'] : []),
  ...(marks.expedited ? ['Expedited'] : []),
  ...(marks.complaint ? ['Customer complaint'] : []),
  ...(marks.onHold ? ['On hold'] : []),
];

const standing = (stage: Stage, tier: Tier, marks: Marks): string => {
  if (marks.returned) return 'Sent back to the requester';
  return marks.noTier ? 'Operations picks the tier' : `Waiting for ${names.turn(stage, tier)}`;
};
const todo = (stage: Stage, marks: Marks): string => {
  if (marks.returned) return 'sent back to the requester';
  return marks.noTier ? 'pick the tier and confirm details' : ACT[stage];
};

export const card = {
  header: (number: number, stage: Stage, tier: Tier, marks: Marks): string =>
    [ex(number), ...marked(marks), standing(stage, tier, marks)].join(' · '),
  /** What the reader is to do, for the push notification. */
  headline: (number: number, stage: Stage, marks: Marks): string =>
    `${[ex(number), ...marked(marks).map((mark) => mark.toLowerCase())].join(', ')}: ${todo(stage, marks)}.`,
  asks: (requester: Inline, beneficiary: Inline | null, subject: string): Line =>
    beneficiary === null
      ? line`${requester} asks: ${subject}`
      : line`${requester} asks on behalf of ${beneficiary}: ${subject}`,
  note: (notes: string[]): string => `Note: ${notes.join('; ')}.`,
  notes: {
    alreadyHappened: 'this has already happened',
    askedBefore: (number: number): string => `rejected before (${ex(number)})`,
    together: (numbers: number[], more: number, percent: string, sum: string): string => {
      const others = [...numbers.map(ex), ...(more > 0 ? [`${more} more`] : [])];
      return `counted together with ${others.join(', ')}: ${format.percent(percent)} and ${sum}`;
    },
    changed: (changes: string[]): string => `changed since it was asked: ${changes.join(', ')}`,
    corrected: (by: string, changes: string[]): string => `corrected by ${by}: ${changes.join(', ')}`,
    objected: 'the requester objects to the correction',
    voided: (count: number): string =>
      count === 1 ? 'the approval given before no longer counts' : 'the approvals given before no longer count',
    picked: (by: string): string => `the tier was picked by ${by}`,
    expedited: (by: string): string => `expedited by ${by}`,
    complaint: (count: number): string =>
      count === 1 ? 'a customer complained' : `a customer complained ${count} times`,
    unanswered: 'a question to the requester is not answered yet',
    givenUp: 'a question to the requester was closed unanswered',
    conflicted: (who: string[]): string => `${format.all(who)} declared a personal interest and cannot decide`,
    files: (count: number): string => (count === 1 ? '1 file' : `${count} files`),
    remarks: (count: number): string => (count === 1 ? '1 remark in the thread' : `${count} remarks in the thread`),
  },
  erased: (what: string[]): string => `Erased from the record: ${format.all(what)}. Details says by whom and why.`,
  /** More than were shown. */
  more: (count: number): string => `and ${count} more`,
  /** @param then whether what is missing follows */
  returned: (by: Inline | null, then: boolean): Line =>
    by === null
      ? line`${bold('Sent back to the requester,')} since inputs are missing${then ? ':' : '.'}`
      : line`${bold('Sent back to the requester')} by ${by}, who asks for more${then ? ':' : '.'}`,
  hold: (why: string, source: string | null, who: RoleWords): Line =>
    line`${bold('On hold:')} ${why}${source === null ? '' : ` (${source})`}. To be cleared up by ${who.group}.`,
  discrepancy: (field: string, values: string[]): string => `${field}: ${values.join(', ')}`,
  saysOf: (source: string, value: string): string => `${source} says ${value}`,
  noTier: (who: RoleWords): string =>
    `The figures alone cannot tell who decides: ${who.group} picks the tier before anybody can approve.`,
  source: (name: string, facts: string[]): string => `${name}: ${facts.join(', ')}`,
  sourceUnknown: 'does not know the customer',
  sourceFailed: 'gave no answer',
  taken: (by: Inline, until: Inline): Line => line`${by} is looking at it, until ${until}`,
  assigned: (to: Inline, by: Inline): Line => line`Assigned to ${to} by ${by}`,
  owner: (owner: Inline): Line => line`${owner} answers for it now`,
  conditions: 'Conditions',
  condition: (text: string, owner: Inline, due: string): Line => line`${text} (${owner}, by ${due})`,
  conditionMet: (text: string, by: Inline, at: Inline): Line => line`${text} (met, said by ${by}, ${at})`,
  next: {
    carryOut: (who: RoleWords): string => `Next: ${who.group} carries it out and says what was done.`,
    meet: (count: number): string =>
      count === 1 ? 'A condition is still to be met.' : `${count} conditions are still to be met.`,
    close: (who: RoleWords): string => `Next: ${who.group} closes the record.`,
    check: (who: Inline): Line => line`Next: ${who} says whether the corrective action helped.`,
  },
  carriedOut: (by: Inline, at: Inline): Line => line`3 Carried out by ${by}, ${at}`,
  couldNot: (by: Inline, at: Inline): Line => line`3 Could not be carried out: said by ${by}, ${at}`,
  closed: (by: Inline, at: Inline): Line => line`Closed, read-only: by ${by}, ${at}`,
  checked: (effective: 'yes' | 'partly' | 'no', by: Inline, at: Inline): Line =>
    line`Did the corrective action help? ${names.effective[effective]}, said by ${by}, ${at}`,
  waiting: { validation: (who: RoleWords) => `1 Details: waiting for ${who.group}` },
  incomplete: {
    validation: (owner: Inline): Line => line`1 Details: waiting for ${owner} to complete the request`,
    authorization: (owner: Inline): Line => line`2 Authorization: waiting for ${owner} to complete the request`,
  } satisfies Record<Stage, unknown>,
  confirmed: (by: Inline, at: Inline): Line => line`1 Details: confirmed by ${by}, ${at}`,
  rejectedDetails: (by: Inline, at: Inline): Line => line`1 Details: rejected by ${by}, ${at}`,
  authorization: {
    next: (who: RoleWords): string => `2 Authorization: then ${who.oneOf}`,
    unknown: '2 Authorization: then whom the tier names',
    now: (who: RoleWords): string => `2 Authorization: waiting for ${who.oneOf}`,
    done: (by: Inline, at: Inline): Line => line`2 Authorization: given by ${by}, ${at}`,
    rejected: (by: Inline, at: Inline): Line => line`2 Authorization: rejected by ${by}, ${at}`,
  },
  withdrawn: (by: Inline, at: Inline): Line => line`Withdrawn by ${by}, ${at}`,
  late: (due: Inline): Line => line`Decided after its deadline, ${due}`,
  onlyButtons: 'Replies become part of the record. Only the buttons decide.',
  cutShort: 'Shortened here. Details shows all of it.',
  cutShortOpen: 'Shortened here. Open shows all of it.',
  hidden: { cutShort: 'Confidential: Details shows it.', cutShortOpen: 'Confidential: Open shows it.' },
  confidential: 'Confidential: those who may see it find what it says behind the buttons.',
  moved: (number: number): string => `${ex(number)} has moved to another channel.`,
  movedLink: 'Go to its card',
  linkCard: 'Card in the channel',
};

/** The state as the end of a sentence, after the facts. */
export const stateText = {
  waiting: (stage: Stage, tier: Tier, due: Inline): Line =>
    line`waiting for ${names.turn(stage, tier)}, decide by ${due}`,
  overdue: (stage: Stage, tier: Tier, due: Inline): Line =>
    line`waiting for ${names.turn(stage, tier)}, overdue since ${due}`,
  returned: (due: Inline): Line => line`sent back to the requester, decide by ${due}`,
  onHold: (due: Inline): Line => line`on hold, decide by ${due}`,
  over: (status: 'approved' | 'rejected' | 'withdrawn', by: Inline, at: Inline): Line =>
    line`${status} by ${by}, ${at}`,
  closed: (by: Inline, at: Inline): Line => line`approved, and closed by ${by}, ${at}`,
};
