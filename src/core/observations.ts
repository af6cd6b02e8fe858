/**
 * What of a period deserves a look. Each is a question with its counts and the requests behind it, never an accusation: what
 * is counted here has honest reasons more often than not.
 */
import Big from 'big.js';
import type { Rules } from './policy.ts';
import { type Stage, TIERS, type Tier } from './values.ts';

/** From when on something is worth a question. */
export const LOOK = {
  /** Below ten cases a share is chance, and nobody is to be asked about a handful. */
  cases: 10,
  /** Just under a limit: the last tenth of what lies below it, 18 to 20 where a tier goes from 0 to 20. */
  tenth: 10,
  /** The tenths on both sides hold half as many together: evenly spread they would hold twice as many. */
  timesItsNeighbours: 2,
  /** Nobody reads a rationale, an impact and a customer's figures in ten seconds; milliseconds. */
  quick: 10_000,
  /** Of what either of two people decided with anybody: four in five is more than chance among three colleagues. */
  pair: 0.8,
  /** Of the decisions of a stage: with two to share the work, three in five is where it tips. */
  carried: 0.6,
  /** A customer's business of a fortnight is one; that of a salesperson with many customers only where it comes at once. Days. */
  splitWithin: { customer: 14, requester: 2 },
  /** Two for one customer may be one in two; two by one person are a day's work. */
  splitInto: { customer: 2, requester: 3 },
  /** Of what was decided under a rule: where nine in ten are allowed, the rule is what people do not do. */
  excepted: 0.9,
  /** Requests that are listed behind a question; the others are counted. */
  listed: 30,
} as const;

/** The last tenth below a tier's limit, from `from` to `limit`, and those on both sides, from `below` and to `above`; percent. */
export type Band = { tier: Tier; below: string; from: string; limit: string; above: string };

export function bandsOf({ tiers }: Rules): Band[] {
  return TIERS.slice(1).map((tier, i) => {
    const limit = new Big(tiers[tier].from);
    const width = limit.minus(tiers[TIERS[i] ?? 'team_lead'].from).div(LOOK.tenth);
    const [below, from, above] = [limit.minus(width.times(2)), limit.minus(width), limit.plus(width)].map(String);
    return { tier, below: below ?? '', from: from ?? '', limit: limit.toString(), above: above ?? '' };
  });
}

/** The requests behind a question: the first of them by number, as many as are listed. */
type Behind = { numbers: number[] };

/** What is counted in the period, before it is judged. */
export type Looked = {
  /** Of those asked: how many deviate by what lies in the band, and on its two sides together. */
  bands: (Band & Behind & { cases: number; beside: number })[];
  /** Approvals whose reading was measured, by person, and those that were quick. */
  quick: (Behind & { person: string; cases: number; of: number })[];
  /** Requests that both decided in the same round, and what each of them decided with anybody. */
  pairs: (Behind & { people: [string, string]; cases: number; of: [number, number] })[];
  /** Decisions of a stage by one person, and by all; an authorization's by tier, since each tier has people of its own. */
  carried: (Behind & { stage: Stage; tier: Tier | null; person: string; cases: number; of: number })[];
  /** Requests that together exceed what their tier may allow, each of which does not. */
  splits: Split[];
  /** Decided under a rule; confidential ones left out. */
  rules: (Behind & { rule: string; cases: number; of: number })[];
};
export type Split = Behind & {
  by: 'customer' | 'requester';
  rule: string;
  /** `customer_key` of the requests, or the requester's id. */
  who: string;
  cases: number;
  /** In the policy's currency. */
  value: string;
  tier: Tier;
  /** What the tier may allow. */
  authority: string;
  /** Whether one of them is: then neither the rule nor what they come to is told. */
  confidential: boolean;
};

export type Observation =
  | ({ kind: 'under_limit' } & Looked['bands'][number])
  | ({ kind: 'quick' } & Looked['quick'][number])
  | ({ kind: 'pair' } & Looked['pairs'][number])
  | ({ kind: 'split' } & Split)
  | ({ kind: 'carried' } & Looked['carried'][number])
  | ({ kind: 'excepted' } & Looked['rules'][number]);

/** What deserves a look, kind by kind and within each the most cases first. */
export function observationsOf({ bands, quick, pairs, splits, carried, rules }: Looked): Observation[] {
  return [
    ...most(bands, isCluster).map((one) => ({ kind: 'under_limit' as const, ...one })),
    ...most(splits, () => true).map((one) => ({ kind: 'split' as const, ...one })),
    ...most(quick, enough).map((one) => ({ kind: 'quick' as const, ...one })),
    ...most(pairs, ({ cases, of }) => enough({ cases }) && cases >= LOOK.pair * Math.max(...of)).map((one) => ({
      kind: 'pair' as const,
      ...one,
    })),
    ...most(carried, ({ cases, of }) => enough({ cases }) && cases >= LOOK.carried * of).map((one) => ({
      kind: 'carried' as const,
      ...one,
    })),
    ...most(rules, ({ cases, of }) => enough({ cases }) && cases >= LOOK.excepted * of).map((one) => ({
      kind: 'excepted' as const,
      ...one,
    })),
  ];
}

const enough = ({ cases }: { cases: number }): boolean => cases >= LOOK.cases;
const isCluster = ({ cases, beside }: Looked['bands'][number]): boolean =>
  enough({ cases }) && cases >= LOOK.timesItsNeighbours * beside;

const most = <T extends { cases: number }>(found: T[], deserves: (one: T) => boolean): T[] =>
  found.filter(deserves).toSorted((a, b) => b.cases - a.cases);

/** Whom it names. Requests that were split up are told by their numbers, and name nobody. */
export function namedIn(one: Observation): string[] {
  switch (one.kind) {
    case 'quick':
    case 'carried':
      return [one.person];
    case 'pair':
      return one.people;
    case 'under_limit':
    case 'split':
    case 'excepted':
      return [];
    default:
      return one satisfies never;
  }
}
