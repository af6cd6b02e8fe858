/** Direct messages on what happens beside asking and deciding: what is missing, changed, on hold, owed, done. */
import type { HoldOutcome } from '../../../core/events/holds.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, names } from './names.ts';
import type { RoleWords } from './roles.ts';

export const told = {
  returned: (number: number, by: Inline | null): Line =>
    by === null
      ? line`${bold(`${ex(number)} needs more before it can be looked at.`)}`
      : line`${bold(`${ex(number)} needs more:`)} ${by} sent it back to you.`,
  complete: (number: number): string => `${ex(number)} is complete now and goes its way.`,
  missing: (name: string, why: string, example: string): Line => line`${bold(name)}\n${why}\nFor example: ${example}`,
  completeHow:
    'Complete opens the form with everything you typed. Until then nobody can approve it; the deadline keeps running.',
  corrected: (number: number, by: Inline): Line => line`${by} corrected ${ex(number)}:`,
  correctedWhy: 'The reason:',
  mayObject: 'If that is wrong, object: whoever decides reads it.',
  objected: 'You objected:',
  voided: (number: number): Line => line`${bold(`${ex(number)} was changed, so what you approved no longer counts.`)}`,
  checkAnew: 'Please look at it again: the details are checked anew.',
  voidedWhy: 'You get this because you confirmed the details before they were changed.',
  assigned: (number: number, by: Inline): Line => line`${by} assigned ${ex(number)} to you.`,
  assignedElse: (number: number): string => `${ex(number)} is not assigned to you any more.`,
  assignedWhy: 'You get this because it was given to you by name; the others may still decide it.',
  handedOver: (number: number, by: Inline, requester: Inline): Line =>
    line`${by} handed ${ex(number)} over to you: you answer for it from now on. ${requester} asked for it.`,
  handedOn: (number: number, owner: Inline): Line => line`${owner} answers for ${ex(number)} now.`,
  holdForRole: (number: number): Line =>
    line`${bold(`${ex(number)} is on hold, and is waiting for you to clear it up.`)}`,
  holdForOwner: (number: number): Line => line`${bold(`${ex(number)} is on hold.`)}`,
  supply: {
    data_unavailable: (button: string): string => `You can help: add another document that shows it, with ${button}.`,
    data_conflict: (button: string): string => `If you know which is right, say so in an answer or with ${button}.`,
    regulatory: (): string => 'Nothing is asked of you for now.',
  },
  released: (number: number, by: Inline | null, outcome: HoldOutcome): Line =>
    by === null
      ? line`${ex(number)} is no longer on hold: ${names.holdOutcome[outcome]}.`
      : line`${by} ended the hold on ${ex(number)}: ${names.holdOutcome[outcome]}.`,
  noHold: (number: number): string => `${ex(number)} is not on hold.`,
  carryOut: (number: number): Line => line`${bold(`${ex(number)} is approved: please carry it out.`)}`,
  carryOutWhy: (who: RoleWords): string =>
    `You get this because ${who.group} carries out what was approved, and you are one of them.`,
  tryAgain: (number: number, by: Inline): Line =>
    line`${bold(`${ex(number)} could not be carried out,`)} says ${by}. It can still be done, or the record closed.`,
  carriedOut: (number: number, by: Inline): Line => line`${by} carried out ${ex(number)}.`,
  couldNot: (number: number, by: Inline): Line => line`${by} says that ${ex(number)} could not be carried out.`,
  notCarriedOut: (number: number): string => `${ex(number)} is not carried out yet.`,
  theyWrote: (by: Inline, at: Inline): Line => line`${by} wrote ${at}:`,
  toClose: (number: number): Line => line`${bold(`${ex(number)} is carried out: please close the record.`)}`,
  condition: (number: number): Line => line`${bold(`${ex(number)} is approved on a condition that is yours.`)}`,
  conditionsMet: (number: number): string => `Your conditions of ${ex(number)} are met.`,
  noCondition: (number: number): string => `No condition of ${ex(number)} is yours.`,
  closed: (number: number, by: Inline): Line => line`${by} closed ${ex(number)}. Its record is read-only now.`,
  notClosed: (number: number): string => `${ex(number)} is not closed yet.`,
  cause: (name: string): string => `Cause: ${name}`,
  fixed: 'How it was fixed:',
  action: (owner: Inline, due: string): Line => line`Corrective action, ${owner} by ${due}:`,
  checkEffect: (number: number): Line => line`${bold(`Did the corrective action for ${ex(number)} help?`)}`,
  checked: (number: number, by: Inline): Line =>
    line`${by} has said whether the corrective action for ${ex(number)} helped.`,
  owned: (number: number, severity: string): Line =>
    line`${ex(number)} is of a kind that your group owns. Severity: ${severity}.`,
  ownedShort: (number: number): Line => line`${ex(number)} is of a kind that your group owns.`,
  ownedWhy: 'Nothing is asked of you; others decide it.',
};
