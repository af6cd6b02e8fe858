/** Refusals about how long an exception is good for: its validity, its end, and going on with it. */
import type { Refusal } from '../../../core/refusal.ts';
import { ex, format } from './names.ts';
import { it, type RefusalFacts, when, who } from './refusalFacts.ts';

export type EndingRefusal = Extract<
  Refusal,
  {
    why:
      | 'already_ended'
      | 'validity_unfit'
      | 'validity_too_long'
      | 'not_yours_to_renew'
      | 'no_end'
      | 'renewed_already'
      | 'renewals_used_up';
  }
>;

const ENDING: readonly Refusal['why'][] = [
  ...(['already_ended', 'validity_unfit', 'validity_too_long', 'not_yours_to_renew'] as const),
  ...(['no_end', 'renewed_already', 'renewals_used_up'] as const),
];
export const isAboutEnding = (refused: Refusal): refused is EndingRefusal => ENDING.includes(refused.why);

export function endingRefusal(refused: EndingRefusal, facts: RefusalFacts): string {
  const number = it(facts);
  switch (refused.why) {
    case 'already_ended':
      return ended(refused, facts);
    case 'validity_unfit':
      return refused.because === 'passed'
        ? `An approval cannot begin to be good before today, so ${number} was not decided. Pick today or a later day, then send it again.`
        : `The last day lies before the first one, so ${number} was not decided. Pick a later one, then send it again.`;
    case 'validity_too_long':
      return `The policy allows it until ${format.day(refused.latest)} at the latest, so ${number} was not decided. Pick that day or an earlier one, then send it again.`;
    case 'not_yours_to_renew':
      return `Only whoever asked for ${number} or answers for it, and operations, can renew it. Ask one of them, or ask for an exception of your own with /exception.`;
    case 'no_end':
      return `${number} is good without end, so there is nothing to renew. You need do nothing.`;
    case 'renewed_already':
      return `${number} is renewed by ${ex(refused.renewal)} already, so no second renewal was asked for. Open ${ex(refused.renewal)} to see how it stands.`;
    case 'renewals_used_up':
      return refused.allowed === 0
        ? `The policy allows no renewals, so ${number} was not renewed. If the need goes on, ask for a new exception with /exception, or ask for the policy to be changed.`
        : `The policy allows ${refused.allowed === 1 ? 'one renewal' : `${refused.allowed} renewals`}, and ${number} has had as many. If the need goes on, ask for a new exception with /exception, or ask for the policy to be changed.`;
    default:
      return refused satisfies never;
  }
}

function ended({ how, by, at }: Extract<EndingRefusal, { why: 'already_ended' }>, facts: RefusalFacts): string {
  const number = it(facts);
  const because = {
    expired: `${number} was good until ${when(at, facts)} and has lapsed`,
    condition: `${number} has lapsed (${when(at, facts)}), since a condition of it was not met`,
    revoked: `${who(by, facts)} revoked ${number} (${when(at, facts)})`,
  };
  return `${because[how]}. What it allowed is not allowed any more, so nothing was changed. If it is needed again, ask anew${how === 'revoked' ? ' with /exception' : ': renew it, or use /exception'}.`;
}
