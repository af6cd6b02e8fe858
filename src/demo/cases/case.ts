/** How the demo's past is written down: what somebody asked for, and what others did about it. */
import type { HoldOutcome } from '../../core/events/holds.ts';
import type { ReviewOutcome } from '../../core/policyReview.ts';
import type { EscalationKind, HoldKind, Tier } from '../../core/values.ts';

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
  | 'evan'
  | 'cara'
  | 'dave';

type Owed = { says: string; owner: Handle; inDays: number };
/** What a record is closed with; days count from then. */
type Closing = {
  cause: 'policy-unfit' | 'our-mistake' | 'customer-situation' | 'supplier' | 'other-cause';
  happened: string;
  fixed: string;
  whys?: readonly string[];
  action?: Owed;
  checkInDays?: number;
};
type Deed =
  | { [D in Said]: { does: D; says: string } }[Said]
  /** `goodForDays`: until so many days after the approval; left out, as the policy has it. */
  | { does: 'approve'; says: string; conditions?: readonly Owed[]; goodForDays?: number }
  | { does: 'acknowledge' | 'nudge'; about: EscalationKind }
  | { does: 'step aside' | 'take' }
  | { does: 'hand over'; to: Handle; says: string }
  | { does: 'send back'; missing: readonly string[]; says: string }
  | { does: 'amend'; to: Partial<Wish> }
  | { does: 'correct'; to: Pick<Wish, 'asks'>; says: string }
  | { does: 'pick tier'; tier: Tier; says: string }
  | { does: 'hold'; kind: HoldKind; says: string }
  | { does: 'release'; outcome: HoldOutcome; says: string }
  | { does: 'carry out'; outcome: 'done' | 'could_not'; says: string }
  | { does: 'meet condition'; condition: number; says: string }
  | ({ does: 'close' } & Closing)
  | { does: 'look afterwards'; effective: 'yes' | 'partly' | 'no'; says: string }
  | { does: 'close policy review'; outcome: ReviewOutcome; says: string };
type Said = 'reject' | 'question' | 'answer' | 'withdraw' | 'object' | 'complain' | 'expedite' | 'remark' | 'revoke';

/** `after`: hours since it was asked for. A remark is written where all of a request is said, so it is the last of its steps. */
export type Step = { after: number; by: Handle } & Deed;

/** A day of a week before this one (`[-2, 'Tue', '10:40']`), or so many hours ago. */
type When = readonly [week: number, day: Day, time: string] | { hoursAgo: number };
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] as const;
type Day = (typeof DAYS)[number];

/** What is filled in. */
export type Wish = {
  rule: 'refund-window' | 'discount' | 'payment-terms' | 'sla-credit' | 'data-retention' | 'vendor-approval' | 'other';
  /** What is asked for, where the policy does not list the rule. */
  otherRule?: string;
  /** Where the rule has a standard: what is asked for instead. Else the deviation in percent; null where nobody can say. */
  asks: number | null;
  value: number;
  customer?: string;
  /** Customer retention unless stated. */
  category?: 'service-failure' | 'new-business' | 'legal-obligation' | 'internal' | 'damage-claim' | 'hardship';
  severity?: 'major' | 'critical';
  urgent?: true;
  /** It had been done before it was asked for. */
  happened?: true;
  evidence?: string;
  /** Further inputs, by the policy's id of them. */
  inputs?: Readonly<Record<string, string>>;
  why: string;
  impact: string;
};

export type Case = Wish & {
  at: When;
  by: Handle;
  for?: Handle;
  /** It asks again for what was rejected before. */
  again?: true;
  /** It asks to go on with what was approved before. */
  renews?: true;
  /** How the sources were that day, where not as ever. */
  sources?: 'disagree';
  steps: readonly Step[];
};

const did =
  <K extends Step['does']>(does: K) =>
  (by: Handle, after: number, how: Omit<Extract<Deed, { does: K }>, 'does'>) =>
    ({ after, by, does, ...how }) as unknown as Step;
const said =
  <K extends Said | 'approve'>(does: K) =>
  (by: Handle, after: number, says: string) =>
    ({ after, by, does, says }) as Step;
/** At either stage: operations confirm the details first, then management authorizes. */
export const approves = said('approve');
export const approvesIf = did('approve');
export const rejects = said('reject');
export const questions = said('question');
export const answers = said('answer');
export const withdraws = said('withdraw');
export const objects = said('object');
export const complains = said('complain');
export const expedites = said('expedite');
export const remarks = said('remark');
export const revokes = said('revoke');
export const handsOver = did('hand over');
export const sendsBack = did('send back');
export const amends = did('amend');
export const corrects = did('correct');
export const picksTier = did('pick tier');
export const holds = did('hold');
export const releases = did('release');
export const meets = did('meet condition');
export const closes = did('close');
export const looksAfterwards = did('look afterwards');
export const closesReview = did('close policy review');

export const acknowledges = (by: Handle, after: number, about: EscalationKind): Step => ({
  after,
  by,
  does: 'acknowledge',
  about,
});
export const nudges = (by: Handle, after: number, about: EscalationKind): Step => ({ after, by, does: 'nudge', about });
export const stepsAside = (by: Handle, after: number): Step => ({ after, by, does: 'step aside' });
export const carriesOut = (by: Handle, after: number, says: string): Step => ({
  after,
  by,
  ...{ does: 'carry out', outcome: 'done', says },
});
export const cannot = (by: Handle, after: number, says: string): Step => ({
  after,
  by,
  ...{ does: 'carry out', outcome: 'could_not', says },
});
