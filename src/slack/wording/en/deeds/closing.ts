/** What is said after the decision: what was done, which conditions are met, what was learnt, and whether it helped. */
import { type Inline, type Line, line } from '../../../mrkdwn.ts';
import { ex } from '../names.ts';

export const closingDeeds = {
  execute: {
    button: 'Report outcome',
    title: 'Report the outcome',
    submit: 'Report',
    says: (number: number): string =>
      `${ex(number)} is approved. Say what became of it; everyone who had a part in it is told.`,
    before: (by: Inline, at: Inline): Line => line`${by} reported ${at} that it could not be done:`,
    conditions: 'It was approved on conditions:',
    outcome: 'Outcome',
    outcomes: { done: 'Done', could_not: 'Could not be done' },
    words: 'What was done, or what stood in the way',
    hint: 'So that somebody who was not there understands it. Auditors read this too.',
  },
  /** One condition in a line or above its text. */
  condition: (id: number, owner: Inline, due: string): Line => line`Condition ${id}, owed by ${owner} by ${due}:`,
  conditionMet: (id: number, by: Inline, at: Inline): Line => line`Condition ${id}, met: ${by}, ${at}:`,
  conditionNote: (by: Inline): Line => line`${by} noted:`,
  meetCondition: {
    button: 'Condition met',
    title: 'Condition met',
    submit: 'It is met',
    says: (number: number): string =>
      `You say that this condition of ${ex(number)} is met. Its card and record show it.`,
    words: 'Note',
    hint: 'How it was met, or where that can be seen.',
  },
  closeRecord: {
    button: 'Close record',
    title: 'Close the record',
    submit: 'Close record',
    says: (number: number): string =>
      `What is learnt from ${ex(number)} completes its record. Afterwards it can only be read.`,
    phases: { details: 'Details', authorization: 'Authorization', execution: 'Carrying out', closing: 'Closing' },
    took: (phases: string[]): string => `Time: ${phases.join(', ')}.`,
    people: (people: Line): Line => line`Involved: ${people}.`,
    cause: 'Cause',
    happened: 'What happened',
    happenedHint: 'What led to this exception, in a few sentences.',
    fixed: 'How it was fixed',
    fixedHint: 'What was done for the customer or the work, and what it took.',
    why: 'Why did it happen?',
    whyHint: 'Each answer may lead to a further why. Stop where there is something to change.',
    whyAgain: (n: number): string => `And why was that? (${n})`,
    action: 'Corrective action',
    actionHint: 'What will be done so that it does not happen again. Leave all three empty if nothing is needed.',
    actionOwner: 'Who does it',
    actionDue: 'By when',
    pickPerson: 'Choose a person',
    pickDay: 'Choose a day',
    checkOn: 'Look on this day whether it helped',
    checkOnHint: 'Whoever does the corrective action, or operations, is asked then.',
    allOrNone: 'A corrective action needs what, who and by when. Fill this in too, or leave all three empty.',
    past: 'This day has passed. Pick today or a later day.',
    notLater: 'This has to be a later day than today. Pick one, or leave it empty.',
  },
  checkEffectiveness: {
    button: 'Say whether it helped',
    title: 'Did it help?',
    submit: 'Record it',
    says: (number: number): string => `When ${ex(number)} was closed, it was agreed to look today whether this helped:`,
    action: (owner: Inline, due: string): Line => line`To be done by ${owner} by ${due}:`,
    fixed: 'How it was fixed:',
    effective: 'Did it help?',
    answers: { yes: 'Yes', partly: 'Partly', no: 'No' },
    words: 'What was seen',
    hint: 'What changed since, or did not. It is added to the closed record.',
  },
  /** In the details of a closed record. */
  learnt: {
    title: 'What was done and learnt',
    executed: {
      done: (by: Inline, at: Inline): Line => line`Done, ${by} reported ${at}:`,
      could_not: (by: Inline, at: Inline): Line => line`Could not be done, ${by} reported ${at}:`,
    },
    closed: (by: Inline, at: Inline): Line => line`Closed by ${by}, ${at}. It can only be read.`,
    cause: (cause: string): string => `Cause: ${cause}`,
    happened: 'What happened:',
    fixed: 'How it was fixed:',
    why: (n: number): string => (n === 1 ? 'Why:' : `Why (${n}):`),
    action: (owner: Inline, due: string): Line => line`Corrective action, ${owner} by ${due}:`,
    checkOn: (day: string): string => `Whether it helped is looked at on ${day}.`,
    checked: {
      yes: (by: Inline, at: Inline): Line => line`It helped, ${by} found ${at}:`,
      partly: (by: Inline, at: Inline): Line => line`It helped in part, ${by} found ${at}:`,
      no: (by: Inline, at: Inline): Line => line`It did not help, ${by} found ${at}:`,
    },
  },
  phase: (name: string, took: string): string => `${name} ${took}`,
};
