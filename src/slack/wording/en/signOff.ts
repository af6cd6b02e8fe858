/** The review of a week: signing its report off, and asking for it where nobody does. */
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { format } from './names.ts';

export const signOff = {
  button: 'Sign off',
  /** @param who `members of @compliance` @param due `2026-11-26` */
  awaited: (who: string, due: string): string =>
    `Not signed off yet: ${who} do it by ${format.day(due)}, once they have read this report and followed up what needs it.`,
  signed: (who: Inline, at: Inline, remarks: boolean): Line =>
    line`Signed off by ${who} ${at}${remarks ? '; their remarks stand in the thread.' : ', without remarks.'}`,
  /** In the thread. */
  told: (who: Inline, days: string): Line => line`${who} signed off the report of ${days} and remarked:`,
  toldBare: (who: Inline, days: string): Line => line`${who} signed off the report of ${days}, without remarks.`,
  /** In the next report. */
  unsigned: ([oldest = '', ...others]: string[]): string =>
    others.length === 0
      ? `The report of ${oldest} has not been signed off.`
      : `${others.length + 1} earlier reports have not been signed off, the oldest that of ${oldest}.`,
  /** In a terminal. */
  page: {
    awaited: (due: string): string => `Not signed off yet; due by ${due}.`,
    signed: (name: string, at: string, remarks: string | null): string =>
      `Signed off by ${name}, ${at}${remarks === null ? ', without remarks.' : `: ${remarks}`}`,
  },
  modal: {
    title: 'Sign off the week',
    submit: 'Sign off',
    close: 'Not now',
    says: (days: string): string =>
      `With this you confirm that you have read the report of ${days}, and that what needs it has been followed up. It is put on the record with your name and the time, and cannot be taken back.`,
    remarks: 'Remarks',
    hint: 'What you looked into, and what came of it. Everybody who reads the report can read this.',
  },
  chase: {
    /** @param time the how manieth time @param due `2026-11-26` */
    headline: (days: string, due: string, time: number): string =>
      time === 1
        ? `The report of ${days} has not been signed off. It was due by ${format.day(due)}.`
        : `The report of ${days} has still not been signed off. It was due by ${format.day(due)}; this is reminder ${time}.`,
    whatNow: 'Read it, follow up what needs it, then sign it off. One of you is enough.',
    read: 'Read the report',
    why: 'You get this because you are in the group that signs weekly reports off.',
    done: (days: string, who: Inline, at: Inline): Line =>
      line`${who} signed off the report of ${days} (${at}). You need do nothing.`,
  },
  /** To the admins, at last. */
  nobodySigned: (days: string, due: string, times: number, group: string): string =>
    `The report of ${days} has not been signed off. It was due by ${format.day(due)}, and ${group} heard of that ${times} times. They are not asked again: see to it that one of them signs it off with the button below the report, and that the right people are in the group.`,
  /** To the admins. */
  nobodyToSign: (days: string, group: string): string =>
    `Nobody is there to sign off the report of ${days}: ${group} has nobody who is here. Check who is in the group, or ask an operations supervisor to set cover with /exception away.`,
};
