/** What is said where a supervisor gives a request to the next tier. */
import type { Tier } from '../../../../core/values.ts';
import { ex, names } from '../names.ts';

export const reroutingDeeds = {
  reroute: {
    button: 'Reroute',
    title: 'Reroute a request',
    submit: 'Reroute',
    says: (number: number, tier: Tier, within: string): string =>
      `${ex(number)} goes to the next tier: ${names.aTier[tier]} decides it, within ${within} from now. The details are checked anew, and what was approved before no longer counts.`,
    quick: (number: number, tier: Tier): string =>
      `${ex(number)} goes to the next tier: ${names.aTier[tier]} decides it, as quickly as before since it is expedited. The details are checked anew, and what was approved before no longer counts.`,
    hint: 'Why can its own tier not decide it in time? The requester and whoever decides read this.',
  },
};
