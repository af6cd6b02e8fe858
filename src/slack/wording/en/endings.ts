/** How long an exception is good for, how it ends, and going on with it. */
import type { Validity } from '../../../core/events/timing.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, format } from './names.ts';
import type { RoleWords } from './roles.ts';

const nth = (n: number): string => {
  const suffix = { one: 'st', two: 'nd', few: 'rd', other: 'th', many: 'th', zero: 'th' };
  return `${n}${suffix[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)]}`;
};

const count = (n: number): string => (n === 1 ? 'once' : `${n} times`);

export const endings = {
  /** In the place of `Approved`. */
  status: { expired: 'Lapsed', condition: 'Lapsed', revoked: 'Revoked' },
  /** After `approved by …`. */
  goodFor: ({ from, until }: Validity, at: string): string =>
    from > at ? `good from ${format.day(from)} until ${format.day(until)}` : `good until ${format.day(until)}`,
  endedAs: {
    expired: (): Line => line`lapsed since its time is over`,
    condition: (at: Inline): Line => line`lapsed ${at} since a condition was not met`,
    revoked: (at: Inline, by: Inline): Line => line`revoked by ${by}, ${at}`,
  },
  /** On the card. */
  ended: {
    expired: (until: string): Line => line`Lapsed: it was good until ${until}`,
    condition: (at: Inline): Line => line`Lapsed ${at}: a condition was not met in time`,
    revoked: (at: Inline, by: Inline): Line => line`Revoked by ${by}, ${at}`,
  },
  good: (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}, that day included`,
  renews: (number: number, times: number): string => `Renews ${ex(number)} (${nth(times)} time)`,
  renewsNote: (number: number, times: number): string => `renews ${ex(number)} (${nth(times)} time)`,
  renewedBy: (number: number): string => `Renewed by ${ex(number)}`,
  renewalAsked: (number: number): string => `${ex(number)} asks to renew it`,
  /** The fields of an authorization. */
  from: 'Valid from',
  fromHint: 'Left empty: from today on.',
  until: 'Valid until',
  untilHint: (latest: string | null): string =>
    latest === null
      ? 'That day included; then it lapses. Left empty: without end.'
      : `That day included; then it lapses. The policy allows ${format.day(latest)} at the latest, if it begins today.`,
  pickDay: 'Choose a day',
  needsUntil: 'Say until when as well, or take this day out again.',
  /** To the owner, before the end. */
  near: (number: number, until: string): Line => line`${bold(`${ex(number)} is good until ${until}.`)}`,
  nearWhy: 'After that day, what it allows is not allowed any more.',
  mayRenew:
    'If it is needed for longer, renew it in time: the form opens with everything that you wrote, and two people decide anew.',
  noMore: (allowed: number): string =>
    allowed === 0
      ? 'The policy allows no renewals. If the need goes on, ask for a new exception.'
      : `It was renewed ${count(allowed)}, and the policy allows no more. If the need goes on, ask for a new exception.`,
  onItsWay: (number: number): string => `${ex(number)} asks to renew it already; open it to see how it stands.`,
  goesOn: (number: number): string => `It goes on as ${ex(number)}, which was approved. You need do nothing.`,
  renewIt: 'Renew',
  /** At the end. */
  over: {
    expired: (number: number, until: string): Line =>
      line`${bold(`${ex(number)} has lapsed:`)} it was good until ${until}.`,
    condition: (number: number): Line =>
      line`${bold(`${ex(number)} has lapsed:`)} a condition of it was not met in time.`,
    revoked: (number: number, by: Inline): Line => line`${by} ${bold(`revoked ${ex(number)}.`)}`,
  },
  means: 'What it allowed is not allowed any more.',
  forOthers: (who: RoleWords): string =>
    `What it allowed is not allowed any more. ${who.group} sees to it; nothing is asked of you.`,
  undo: 'Please see to it that nothing of it goes on, and then close its record.',
  undoClosed: 'Please see to it that nothing of it goes on. Its record is closed already.',
  askAnew:
    'If it is needed for longer, renew it: the form opens with everything that you wrote, and two people decide.',
  askNew: 'If it is needed all the same, ask for a new exception.',
  closeEnded: (who: Line, number: number): Line =>
    line`${who} ${ex(number)} has ended: please see to it that nothing of it goes on, and close its record.`,
  /** To whoever owes a condition. */
  conditionLate: (number: number, end: Inline): Line =>
    line`${bold(`A condition of ${ex(number)} that is yours is overdue.`)} If it is not met by ${end}, the approval ends and what it allows is not allowed any more.`,
  /** Above the request form. */
  formSays: (number: number): string =>
    `This renews ${ex(number)}. It is a request of its own and is decided anew; ${ex(number)} stays as it is. Change what is different now.`,
};
