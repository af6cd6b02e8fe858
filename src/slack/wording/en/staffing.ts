/** What is said where nobody can decide a request: who is missing, until when, and what can be done. */
import type { Stage, Tier } from '../../../core/values.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, names } from './names.ts';
import type { RoleWords } from './roles.ts';

const DO = { validation: 'confirm', authorization: 'authorize' } satisfies Record<Stage, string>;
const UP = {
  team_lead: 'team leads',
  manager: 'managers',
  executive: 'executives',
} satisfies Record<Tier, string>;

export const staffing = {
  headline: (number: number): Line => line`${bold(`${ex(number)} waits for somebody who is not there.`)}`,
  /** @param what `this` on the request's own card */
  nobody: (stage: Stage, what: string): string => `Nobody can ${DO[stage]} ${what} now:`,
  this: 'this',
  oneAway: (person: Inline, who: RoleWords, until: Inline): Line =>
    line`${person}, the only one of ${who.group} who could, is away until ${until}.`,
  severalAway: (people: Line, who: RoleWords, until: Inline): Line =>
    line`all of ${who.group} who could are away (${people}), the first of them until ${until}.`,
  /** They come back, and do not count then either: they stand in for somebody who must not decide. */
  awayForGood: (people: Line, who: RoleWords): Line =>
    line`of ${who.group}, ${people} could but for an absence, and nobody is expected who may.`,
  none: (who: RoleWords, until: Inline | null): Line =>
    until === null
      ? line`there is nobody in ${who.group} who may.`
      : line`there is nobody in ${who.group} who may, until ${until}.`,
  /** Both stages are left to one person. */
  alone: (person: Inline, until: Inline | null): Line =>
    until === null
      ? line`${person} alone is left for both stages, and two different people must agree.`
      : line`${person} alone is left for both stages until ${until}, and two different people must agree.`,
  /** Those who are there stood in for one another. */
  asOne: (people: Line, until: Inline | null): Line =>
    until === null
      ? line`${people} stand in for one another and count as one person, and two must agree.`
      : line`until ${until} only ${people} are there, who count as one person, since one stood in for the other.`,
  willBeLate: (number: number, due: Inline): Line => line`So ${ex(number)} will miss its deadline, ${due}.`,
  isLate: (number: number, due: Inline): Line => line`${ex(number)} was to be decided by ${due}.`,
  inTime: (due: Inline): Line => line`That is still before its deadline, ${due}.`,
  forOwner: (supervisors: RoleWords | null): string =>
    supervisors === null
      ? 'You need do nothing: the administrators know, and can add somebody.'
      : `You need do nothing: the administrators know. If it cannot wait, ${supervisors.oneOf} can give it to the next tier.`,
  forSupervisor: (tier: Tier, within: string): string =>
    `You can give it to the next tier with one press: ${names.aTier[tier]} decides it then, within ${within}, and the details are checked anew. The reason on the record is what stands above.`,
  forAdmin: (groups: string): string =>
    `Add somebody to ${groups} in Slack, or ask whoever is away to name somebody who stands in for them: /exception away. The same may hold for other requests; you are told once.`,
  reroute: (tier: Tier): string => `Reroute to ${UP[tier]}`,
  again: (number: number): Line =>
    line`${bold(`Two different people can decide ${ex(number)} again.`)} You need do nothing.`,
  over: (number: number, status: 'approved' | 'rejected' | 'withdrawn', by: Inline, at: Inline): Line =>
    line`${ex(number)} was ${status} by ${by}, ${at}. Nobody is missing for it any more.`,
  rerouted: (number: number, by: Inline, tier: Tier, due: Inline): Line =>
    line`${by} gave ${ex(number)} to the next tier: ${names.aTier[tier]} decides it, by ${due}. The details are checked anew.`,
  reroutedWhy: 'The reason:',
};
