/**
 * What deserves a look, as questions. A channel reads `counted`, which names nobody and lists no request; compliance reads
 * `named`, by direct message.
 */
import { LOOK, type Observation, type Split } from '../../../core/observations.ts';
import type { Stage, Tier } from '../../../core/values.ts';
import { count, were } from './count.ts';
import { ex, format, names } from './names.ts';

type Of<K extends Observation['kind']> = Extract<Observation, { kind: K }>;
const seconds = `${LOOK.quick / 1000} seconds`;
const total = (list: readonly { cases: number }[]): number => list.reduce((sum, { cases }) => sum + cases, 0);

const underLimit = ({ cases, beside, from, limit }: Of<'under_limit'>): string =>
  `${count(cases)} of ${count(cases + beside)} requests around the ${format.percent(limit)} limit lie just under it, ` +
  `from ${format.percent(from)} on. Is ${format.percent(limit)} where the limit should be?`;
const excepted = (one: Of<'excepted'>, rule: string): string =>
  `${rule}: ${count(one.cases)} of ${count(one.of)} exceptions that were decided were approved. Is it still the rule?`;

/** `decisions of requests for a manager` */
const work = (stage: Stage, tier: Tier | null): string =>
  stage === 'validation' || tier === null
    ? 'decisions about details'
    : `decisions of requests for ${names.aTier[tier]}`;

const WITHIN = LOOK.splitWithin;

export const observations = {
  title: 'Worth a look',
  counted: {
    underLimit,
    quick: (all: Of<'quick'>[]): string =>
      `${count(total(all))} approvals were sent within ${seconds} of opening the request. Is there more to decide than there is time to read?`,
    pairs: (all: Of<'pair'>[]): string =>
      `${were(all.length, 'pair', 'pairs')} of people decided ${count(total(all))} requests, nearly always with each other. Could others take turns?`,
    splits: (all: Split[]): string =>
      `${were(all.length, 'group', 'groups')} of requests under one rule (${count(total(all))} in all) came close together, ` +
      'and taken as one they exceed what their tier may allow. Do they belong together?',
    carried: (all: Of<'carried'>[]): string =>
      all.length === 1
        ? `One person took ${count(all[0]?.cases ?? 0)} of ${count(all[0]?.of ?? 0)} decisions of one stage. Is there anybody to share them with?`
        : `In ${count(all.length)} stages one person took most of the decisions. Is there anybody to share them with?`,
    excepted,
  },
  /** @param nameOf what a person is called; `ruleOf` what a rule is */
  named: {
    underLimit,
    quick: (one: Of<'quick'>, nameOf: (id: string) => string): string =>
      `${nameOf(one.person)} sent ${count(one.cases)} of ${count(one.of)} approvals within ${seconds} of opening them. Is there more to decide than there is time to read?`,
    pair: (one: Of<'pair'>, nameOf: (id: string) => string): string => {
      const [confirmed, authorized] = one.people;
      const [first, second] = one.of;
      return (
        `${nameOf(confirmed)} and ${nameOf(authorized)} decided ${count(one.cases)} requests together, out of ` +
        `${count(first)} that ${nameOf(confirmed)} confirmed and ${count(second)} that ${nameOf(authorized)} decided. Could others take turns?`
      );
    },
    /** Whoever asked is not named: the requests say it. */
    split: (one: Of<'split'>, rule: string, money: (value: string) => string): string => {
      const whose = one.by === 'customer' ? 'for the same customer' : 'by the same person';
      const close = `${whose} and within ${WITHIN[one.by]} days`;
      if (one.confidential)
        return (
          `${count(one.cases)} requests under one rule, some of them confidential, ${close}, exceed together what ` +
          `${names.aTier[one.tier]} may allow. Do they belong together?`
        );
      return (
        `${count(one.cases)} requests under ${rule}, ${close}, come to ${money(one.value)} ` +
        `together; ${names.aTier[one.tier]} may allow ${money(one.authority)}. Do they belong together?`
      );
    },
    carried: (one: Of<'carried'>, nameOf: (id: string) => string): string =>
      `${nameOf(one.person)} took ${count(one.cases)} of ${count(one.of)} ${work(one.stage, one.tier)}. Is there anybody to share them with?`,
    excepted,
  },
  /** `EX-1, EX-4 and 12 more` */
  behind: (numbers: number[], cases: number): string => {
    const listed = numbers.map(ex);
    return cases > numbers.length
      ? `${listed.join(', ')} and ${count(cases - numbers.length)} more`
      : format.all(listed);
  },
  dm: {
    title: (days: string): string => `Worth a look, ${days}`,
    intro:
      'These are questions, not findings: most of what is counted here has good reasons. The channel was told the counts alone; the requests and names are for compliance.',
    sentence: (n: number, days: string): string =>
      `${were(n, 'thing deserves', 'things deserve')} a look in the exceptions of ${days}: questions with the requests behind them.`,
    andMore: (n: number): string => `${were(n, 'more question is', 'more questions are')} not shown here.`,
  },
};
