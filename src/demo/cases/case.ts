/** How the demo's past is written down: what somebody asked for, and what others did about it. */

/** People of the local Slack's company, by handle. */
export type Handle =
  | 'nina'
  | 'tom'
  | 'elif'
  | 'olga'
  | 'omar'
  | 'bea'
  | 'lena'
  | 'liam'
  | 'mara'
  | 'matt'
  | 'erin'
  | 'evan';

/** `after`: hours since it was asked for. */
export type Step = { after: number; by: Handle } & (
  | { does: 'approve' | 'reject' | 'question' | 'answer' | 'withdraw'; says: string }
  | { does: 'acknowledge' | 'nudge'; about: 'sla_imminent' | 'sla_breached' }
  | { does: 'step aside' }
);

/** A day of a week before this one (`[-2, 'Tue', '10:40']`), or so many hours ago. */
type When = readonly [week: number, day: Day, time: string] | { hoursAgo: number };
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] as const;
type Day = (typeof DAYS)[number];

export type Case = {
  at: When;
  by: Handle;
  for?: Handle;
  rule: 'refund-window' | 'discount' | 'payment-terms' | 'sla-credit' | 'data-retention' | 'vendor-approval';
  /** Where the rule has a standard: what is asked for instead. Else the deviation in percent. */
  asks: number;
  value: number;
  customer?: string;
  /** Customer retention unless stated. */
  category?: 'service-failure' | 'new-business' | 'legal-obligation' | 'internal';
  severity?: 'major' | 'critical';
  urgent?: true;
  /** It had been done before it was asked for. */
  happened?: true;
  evidence?: string;
  why: string;
  impact: string;
  steps: readonly Step[];
};

const said =
  (does: 'approve' | 'reject' | 'question' | 'answer' | 'withdraw') =>
  (by: Handle, after: number, says: string): Step => ({ after, by, does, says });
/** At either stage: operations confirm the details first, then management authorizes. */
export const approves = said('approve');
export const rejects = said('reject');
export const questions = said('question');
export const answers = said('answer');
export const withdraws = said('withdraw');
export const acknowledges = (by: Handle, after: number, about: 'sla_imminent' | 'sla_breached'): Step => ({
  after,
  by,
  does: 'acknowledge',
  about,
});
export const nudges = (by: Handle, after: number, about: 'sla_imminent' | 'sla_breached'): Step => ({
  after,
  by,
  does: 'nudge',
  about,
});
export const stepsAside = (by: Handle, after: number): Step => ({ after, by, does: 'step aside' });
