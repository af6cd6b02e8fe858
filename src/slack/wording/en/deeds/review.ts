/** What is said where reviewers take, assign, correct, place and send back a request. */
import type { Tier } from '../../../../core/values.ts';
import { ex, names } from '../names.ts';
import type { RoleWords } from '../roles.ts';

const WHY_NOT = {
  own: 'it is their own request',
  conflict: 'they declared a personal interest in it',
  same_person: 'they confirmed the details, and two different people must agree',
  auditor: 'they are an auditor, who takes no part in requests',
  not_in_role: 'they are not in the group whose turn it is',
  not_eligible: 'only people of this workspace decide, not guests, bots or closed accounts',
  unknown: 'Slack could not say who they are and in which groups',
};

export const reviewDeeds = {
  takeBack: {
    button: 'Take back',
    title: 'Take confirmation back',
    submit: 'Take it back',
    says: (number: number): string =>
      `You take back that the details of ${ex(number)} are right. The stages begin anew; what was confirmed before stays on the record.`,
    hint: 'What turned out to be wrong? The requester and the others read this.',
  },
  take: {
    button: 'Take',
    done: (number: number): { title: string; text: string } => ({
      title: 'Taken',
      text: `For 30 minutes ${ex(number)} says that you look at it. Others can still decide it.`,
    }),
  },
  assign: {
    button: 'Assign',
    title: 'Assign a request',
    submit: 'Assign',
    says: (number: number, who: RoleWords): string =>
      `Whoever you choose hears that ${ex(number)} is theirs. Everybody else of ${who.group} can still decide it.`,
    to: 'Assign to',
    pick: 'Pick a person',
    missing: 'Pick the person who is to decide.',
    whyNot: (name: string, why: keyof typeof WHY_NOT, number: number, who: RoleWords): string =>
      `${name} cannot decide ${ex(number)}: ${WHY_NOT[why]}. Choose ${who.oneOf}.`,
  },
  pickTier: {
    button: 'Pick tier',
    title: 'Pick the tier',
    submit: 'Pick tier',
    says: (number: number): string =>
      `The figures of ${ex(number)} do not say who decides it. The tier you pick does; a value above its authority still goes higher.`,
    tier: 'Who decides?',
    tiers: names.tier satisfies Record<Tier, string>,
    hint: 'Why is this the right tier? The requester and whoever decides read this.',
  },
  sendBack: {
    button: 'Send back',
    title: 'Send back',
    submit: 'Send back',
    says: (number: number): string =>
      `${ex(number)} goes back to whoever answers for it, with what you tick and write here. Nobody can approve it until it is completed; its deadline keeps running.`,
    missing: 'What is missing?',
    words: 'What else is to be added?',
    hint: 'Say what you need and where it can be found.',
    neither: 'Tick what is missing, or write what is to be added.',
  },
  correct: {
    button: 'Correct',
    title: 'Correct a request',
    submit: 'Correct',
    says: (number: number): string =>
      `Set right what the figures of ${ex(number)} are. The requester is told and may object; the details are confirmed after it.`,
    asksFor: (unit: string): string => `Asked for, in ${unit}`,
    asksForHint: 'The deviation is worked out from it.',
    deviationHint: 'In percent, such as 35 or 12.5. Empty where it cannot be measured: then pick the tier.',
    deviationComputed: 'Leave it empty to use the one worked out from what is asked for.',
    hint: 'How do you know? The requester and whoever authorizes read this.',
    changes: (changes: string[]): string => `Changes: ${changes.join('; ')}.`,
    nothing: 'Nothing is changed yet.',
    unclear: 'What this changes is shown here once the figures can be read and agree.',
    tier: (before: Tier, after: Tier): string => `Then ${names.aTier[after]} decides it, not ${names.aTier[before]}.`,
  },
};
