/** The card, its decided form, and the facts that cards, messages and modals share. */
import type { Stage, Tier } from '../../../core/values.ts';
import { type Inline, type Line, line } from '../../mrkdwn.ts';
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
  withdraw: 'Withdraw',
  answer: 'Answer',
  conflict: 'I have a conflict',
};

export const fact = {
  requester: 'Requester',
  asksFor: 'Asks for',
  deviation: 'Deviation',
  unmeasured: 'deviation not measured',
  value: 'Value',
  decideBy: 'Decide by',
  wasDueBy: 'Was due by',
  tier: 'Tier',
  neededBy: 'Needed by',
  severity: 'Severity',
  urgent: 'Urgent',
  alreadyHappened: 'Already happened',
  asked: 'Asked',
  asksForText: (value: string, standard: string, unit: string): string =>
    `${format.number(value)} ${unit} (policy: ${format.number(standard)})`,
  overdue: (at: Inline): Line => line`${at} (overdue)`,
};

/** Why this tier decides, after its name. */
export const tierBecause = {
  from: (tier: Tier, percent: string): string =>
    `${names.tier[tier]}, since the deviation is ${format.percent(percent)} or more`,
  below: (tier: Tier, percent: string): string =>
    `${names.tier[tier]}, since the deviation is below ${format.percent(percent)}`,
  authorityExceeded: (tier: Tier, below: Tier, limit: string): string =>
    `${names.tier[tier]}, since the value is above the ${names.tier[below].toLowerCase()}’s ${limit}`,
};

const ACT = { validation: 'confirm details', authorization: 'authorize' } satisfies Record<Stage, string>;

export const card = {
  header: (number: number, stage: Stage, tier: Tier, marks: { urgent: boolean; overdue: boolean }): string =>
    [
      ex(number),
      ...(marks.overdue ? ['Overdue'] : []),
      ...(marks.urgent ? ['Urgent'] : []),
      `Waiting for ${names.turn(stage, tier)}`,
    ].join(' · '),
  /** What the reader is to do, for the push notification. */
  headline: (number: number, stage: Stage, marks: { urgent: boolean; overdue: boolean }): string =>
    `${ex(number)}${marks.urgent ? ', urgent' : ''}${marks.overdue ? ', overdue' : ''}: ${ACT[stage]}.`,
  asks: (requester: Inline, beneficiary: Inline | null, subject: string): Line =>
    beneficiary === null
      ? line`${requester} asks: ${subject}`
      : line`${requester} asks on behalf of ${beneficiary}: ${subject}`,
  note: (notes: string[]): string => `Note: ${notes.join('; ')}.`,
  notes: {
    alreadyHappened: 'this has already happened',
    unanswered: 'a question to the requester is not answered yet',
    conflicted: (who: string[]): string => `${format.all(who)} declared a personal interest and cannot decide`,
  },
  waiting: { validation: (who: RoleWords) => `1 Details: waiting for ${who.group}` },
  confirmed: (by: Inline, at: Inline): Line => line`1 Details: confirmed by ${by}, ${at}`,
  rejectedDetails: (by: Inline, at: Inline): Line => line`1 Details: rejected by ${by}, ${at}`,
  authorization: {
    next: (who: RoleWords): string => `2 Authorization: then ${who.oneOf}`,
    now: (who: RoleWords): string => `2 Authorization: waiting for ${who.oneOf}`,
    done: (by: Inline, at: Inline): Line => line`2 Authorization: given by ${by}, ${at}`,
    rejected: (by: Inline, at: Inline): Line => line`2 Authorization: rejected by ${by}, ${at}`,
  },
  withdrawn: (by: Inline, at: Inline): Line => line`Withdrawn by ${by}, ${at}`,
  late: (due: Inline): Line => line`Decided after its deadline, ${due}`,
  onlyButtons: 'Talk about it in the thread. Only the buttons decide.',
  cutShort: 'Shortened here. Details shows all of it.',
  cutShortOpen: 'Shortened here. Open shows all of it.',
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
  over: (status: 'approved' | 'rejected' | 'withdrawn', by: Inline, at: Inline): Line =>
    line`${status} by ${by}, ${at}`,
};
