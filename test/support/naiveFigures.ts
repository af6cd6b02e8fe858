/** The figures of a period, computed the slow and plain way from the events of every request. */

import type { EventOf, Recorded } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import { bandsOf, LOOK } from '../../src/core/observations.ts';
import { earlier, type Period, stepsOf } from '../../src/core/period.ts';
import type { Rules } from '../../src/core/policy.ts';
import { CONFIDENTIAL, type Counts, RECURRENCE_DAYS } from '../../src/core/report.ts';
import type { ExceptionRequest, State } from '../../src/core/request.ts';
import { customerKey } from '../../src/core/sources.ts';
import { type Instant, plus, type Stage, TIERS } from '../../src/core/values.ts';

const DAY = 86_400_000;
type Decision = { stage: Stage; round: number; approved: boolean; by: string; at: Instant; readMs: number | undefined };
type Told = {
  state: ExceptionRequest;
  events: Recorded[];
  key: string | null;
  over: Instant | null;
  decisions: Decision[];
};

const decisionOf = ({
  type,
  stage,
  round,
  by,
  at,
  readMs,
}: EventOf<'stage_approved' | 'stage_rejected'>): Decision => ({
  ...{ stage, round, approved: type === 'stage_approved', by, at, readMs },
});

export function told(events: Recorded[]): Told {
  const state = events.reduce<State>((before, event) => evolve(before, event), null);
  if (!state) throw new Error('a request without events');
  const decisions = events.flatMap((event) =>
    event.type === 'stage_approved' || event.type === 'stage_rejected' ? [decisionOf(event)] : [],
  );
  const over = state.status === 'in_review' ? null : state.at;
  return { state, events, key: state.customer?.text ? customerKey(state.customer.text) : null, over, decisions };
}

const within = (at: Instant | null, { from, to }: Period): boolean => at !== null && at >= from && at < to;
const ms = (from: Instant, to: Instant) => Date.parse(to) - Date.parse(from);
const isDecided = ({ state }: Told) => state.status === 'approved' || state.status === 'rejected';
const count = <T>(list: T[], fits: (one: T) => boolean) => list.filter(fits).length;
function tally<T>(list: T[], keyOf: (one: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

/** As `percentile_cont` has it: between two values in proportion. */
function quantile(sorted: number[], part: number): number {
  const place = part * (sorted.length - 1);
  const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}
const numerically = (list: number[]) => list.toSorted((a, b) => a - b);
const spread = (list: number[]) =>
  list.length === 0 ? null : { median: quantile(numerically(list), 0.5), p90: quantile(numerically(list), 0.9) };

function counts(all: Told[], period: Period): Counts {
  const over = all.filter((one) => within(one.over, period));
  const isLate = ({ over, state }: Told) => (over ?? '') > state.dueAt;
  const decided = over.filter(isDecided);
  const undecided = (one: Told) => one.state.dueAt < period.to && (one.over === null || one.over >= period.to);
  return {
    asked: count(all, ({ state }) => within(state.submittedAt, period)),
    approved: count(over, ({ state }) => state.status === 'approved'),
    rejected: count(over, ({ state }) => state.status === 'rejected'),
    withdrawn: count(over, ({ state }) => state.status === 'withdrawn'),
    late: count(decided, isLate) + count(all, undecided),
    inTime: count(decided, (one) => !isLate(one)),
  };
}

const OPENING: Recorded['type'][] = ['amended', 'corrected', 'tier_picked', 'confirmation_taken_back', 'rerouted'];
function stageTimes(all: Told[], stage: Stage, period: Period): number[] {
  return all.flatMap(({ events, decisions, state }) =>
    decisions
      .filter((decision) => decision.stage === stage && within(decision.at, period))
      .map(({ round, at }) => {
        const confirmed = decisions.find((other) => other.round === round && other.stage === 'validation');
        const opened = events.findLast(
          (event) => OPENING.includes(event.type) && 'round' in event && event.round === round,
        );
        const from = stage === 'authorization' ? confirmed?.at : opened?.at;
        return ms(from ?? state.submittedAt, at);
      }),
  );
}

const repeats = (all: Told[], one: Told) =>
  all.some(
    ({ state, key }) =>
      key !== null &&
      key === one.key &&
      state.rule === one.state.rule &&
      state.number < one.state.number &&
      state.submittedAt >= plus(one.state.submittedAt, -RECURRENCE_DAYS * DAY),
  );

const totals = (all: Told[], period: Period) => ({
  ...counts(all, period),
  again: count(all, (one) => within(one.state.submittedAt, period) && repeats(all, one)),
  timeToDecision: spread(
    all
      .filter((one) => isDecided(one) && within(one.over, period))
      .map(({ state, over }) => ms(state.submittedAt, over ?? '')),
  ),
  byStage: {
    validation: spread(stageTimes(all, 'validation', period)),
    authorization: spread(stageTimes(all, 'authorization', period)),
  },
});

const byRule = ({ state }: Told) => (state.confidential ? CONFIDENTIAL : state.rule);
const byCategory = ({ state }: Told) => (state.confidential ? CONFIDENTIAL : state.category);

function shares(all: Told[], keyOf: (one: Told) => string, period: Period, past: Period[]) {
  return [...tally(all, keyOf)]
    .map(([id, own]) => {
      const asked = (when: Period) => counts(own, when).asked;
      const usually = past.length === 0 ? 0 : past.reduce((sum, when) => sum + asked(when), 0) / past.length;
      const open = own.filter(({ state }) => within(state.submittedAt, period) && !state.confidential);
      const customers = [...tally(open, ({ key }) => key).values()].map(({ length }) => length);
      return { id, ...counts(own, period), askedUsually: usually, oneCustomer: Math.max(0, ...customers) };
    })
    .filter(({ asked, approved, rejected, withdrawn, late }) => asked + approved + rejected + withdrawn + late > 0);
}

const without = <T extends object, K extends keyof T>(one: T, left: K): Omit<T, K> =>
  Object.fromEntries(Object.entries(one).filter(([key]) => key !== left)) as Omit<T, K>;

export type Given = Period & { now: Instant; zone: string; rules: Rules };

/** @param all the requests in the order of their numbers */
export function naiveFigures(all: Told[], given: Given) {
  const whole: Period = { from: given.from, to: given.to };
  const period: Period = { from: given.from, to: given.now < given.to ? given.now : given.to };
  const back = [1, 2, 3, 4].map((times) => earlier(whole, times, given.zone));
  const first = all[0]?.state.submittedAt ?? '9999';
  const past = back
    .map((one, i) => ({ from: one.from, to: back[i - 1]?.from ?? given.from }))
    .filter(({ to }) => first < to);
  const before = { from: back[0]?.from ?? '', to: given.from };
  const mean = (what: 'asked' | 'approved' | 'late') =>
    past.reduce((sum, when) => sum + counts(all, when)[what], 0) / past.length;
  const asked = all.filter(({ state }) => within(state.submittedAt, period));
  const open = all.filter(({ state }) => state.status === 'in_review');
  const steps = stepsOf(whole, given.zone)
    .filter(({ from, to }) => from < period.to && (to > first || to === given.to))
    .map(({ from, to }) => ({ from, to: to < period.to ? to : period.to }));
  return {
    totals: { ...totals(all, period), alreadyHappened: count(asked, ({ state }) => state.alreadyHappened) },
    before: without(totals(all, before), 'again'),
    usual:
      past.length === 0
        ? null
        : { periods: past.length, asked: mean('asked'), approved: mean('approved'), late: mean('late') },
    steps: steps.map((step) => {
      const { asked, approved, late } = counts(all, step);
      return { ...step, asked, approved, late };
    }),
    openNow: open.length,
    overdueNow: count(open, ({ state }) => state.dueAt < given.now),
    oldest: open
      .toSorted((a, b) => ms(b.state.submittedAt, a.state.submittedAt) || a.state.number - b.state.number)
      .slice(0, 3)
      .map(({ state }) => state.number),
    byTier: shares(all, ({ state }) => state.tier, period, past).map(({ oneCustomer: _, ...share }) => share),
    byRule: shares(all, byRule, period, past),
    byCategory: shares(all, byCategory, period, past).map(({ oneCustomer: _, ...share }) => share),
    byCustomer: [
      ...tally(
        all.filter(({ state }) => !state.confidential),
        ({ key }) => key,
      ),
    ]
      .map(([key, own]) => {
        const { asked, approved, rejected } = counts(own, period);
        return { key, asked, approved, rejected, askedBefore: counts(own, before).asked };
      })
      .filter(({ asked }) => asked > 0)
      .toSorted((a, b) => b.asked - a.asked || b.askedBefore - a.askedBefore || (a.key < b.key ? -1 : 1))
      .slice(0, 10),
    holds: holds(all, period),
  };
}

function holds(all: Told[], period: Period) {
  const kinds = tally(
    all.flatMap(({ state }) => state.holds.map((hold) => ({ ...hold, waits: state.status === 'in_review' }))),
    ({ kind }) => kind,
  );
  return [...kinds]
    .map(([kind, own]) => ({
      kind,
      placed: count(own, ({ at }) => within(at, period)),
      open: count(own, ({ waits, released }) => waits && !released),
      length:
        spread(
          own.flatMap(({ at, released }) => (released && within(released.at, period) ? [ms(at, released.at)] : [])),
        )?.median ?? null,
    }))
    .filter(({ placed, open, length }) => placed + open > 0 || length !== null);
}

const numbersOf = (list: Told[]) => numerically(list.map(({ state }) => state.number)).slice(0, LOOK.listed);

/** What `readLooked` finds, in no order. */
export function naiveLooked(all: Told[], period: Period, rules: Rules) {
  const asked = all.filter(({ state }) => within(state.submittedAt, period) && state.deviation !== null);
  const decisions = all.flatMap((request) =>
    request.decisions.filter(({ at }) => within(at, period)).map((decision) => ({ request, ...decision })),
  );
  const enough = ({ cases }: { cases: number }) => cases >= LOOK.cases;
  const deviates = (from: string, to: string) => (one: Told) =>
    Number(one.state.deviation) >= Number(from) && Number(one.state.deviation) < Number(to);
  const authorized = decisions
    .filter(({ stage }) => stage === 'authorization')
    .flatMap((decision) => {
      const confirmed = decision.request.decisions.find(
        ({ stage, round }) => stage === 'validation' && round === decision.round,
      );
      return confirmed ? [{ ...decision, first: confirmed.by }] : [];
    });
  return {
    bands: bandsOf(rules)
      .map((band) => {
        const near = asked.filter(deviates(band.from, band.limit));
        const beside = count(asked, deviates(band.below, band.above)) - near.length;
        return { ...band, cases: near.length, beside, numbers: numbersOf(near) };
      })
      .filter(enough),
    quick: [
      ...tally(
        decisions.filter(({ approved, readMs }) => approved && readMs !== undefined),
        ({ by }) => by,
      ),
    ]
      .map(([person, own]) => {
        const quick = own.filter(({ readMs }) => (readMs ?? 0) < LOOK.quick);
        return { person, cases: quick.length, of: own.length, numbers: numbersOf(quick.map(({ request }) => request)) };
      })
      .filter(enough),
    pairs: [...tally(authorized, ({ first, by }) => `${first} ${by}`)]
      .map(([people, own]) => {
        const [first, second] = people.split(' ');
        const of = [count(authorized, (one) => one.first === first), count(authorized, (one) => one.by === second)];
        return {
          people: [first, second],
          cases: own.length,
          of,
          numbers: numbersOf(own.map(({ request }) => request)),
        };
      })
      .filter(enough),
    carried: [
      ...tally(decisions, ({ stage, request }) => (stage === 'validation' ? stage : `${stage} ${request.state.tier}`)),
    ]
      .flatMap(([where, own]) => {
        const [stage, tier = null] = where.split(' ');
        return [...tally(own, ({ by }) => by)].map(([person, theirs]) => {
          const numbers = numbersOf(theirs.map(({ request }) => request));
          return { stage, tier, person, cases: theirs.length, of: own.length, numbers };
        });
      })
      .filter(enough),
    splits: [...naiveSplits(all, period, rules, 'customer'), ...naiveSplits(all, period, rules, 'requester')],
    rules: [
      ...tally(
        all.filter((one) => isDecided(one) && !one.state.confidential && within(one.over, period)),
        ({ state }) => state.rule,
      ),
    ]
      .map(([rule, own]) => {
        const approved = own.filter(({ state }) => state.status === 'approved');
        return { rule, cases: approved.length, of: own.length, numbers: numbersOf(approved) };
      })
      .filter(enough),
  };
}

function naiveSplits(all: Told[], period: Period, rules: Rules, by: 'customer' | 'requester') {
  const live = all.filter(({ state }) => state.status === 'in_review' || state.status === 'approved');
  const whose = ({ key, state }: Told) => (by === 'customer' ? key : state.requester);
  const groups = tally(live, (one) => (whose(one) === null ? null : `${one.state.rule}\n${whose(one)}`));
  return [...groups].flatMap(([together, own]) => {
    const [rule, who] = together.split('\n');
    const stretches = own
      .filter(({ state }) => within(state.submittedAt, period))
      .map(({ state }) => {
        const since = plus(state.submittedAt, -LOOK.splitWithin[by] * DAY);
        const near = own.filter((one) => one.state.submittedAt >= since && one.state.submittedAt <= state.submittedAt);
        const tier = TIERS.findLast((tier) => near.some((one) => one.state.tier === tier)) ?? 'team_lead';
        const value = near.reduce((sum, one) => sum + Number(one.state.value), 0);
        const { authority } = rules.tiers[tier];
        return {
          by,
          rule,
          who,
          cases: near.length,
          value,
          tier,
          authority,
          confidential: near.some((one) => one.state.confidential),
          numbers: numbersOf(near),
          at: state.submittedAt,
        };
      })
      .filter(
        ({ cases, value, authority }) => cases >= LOOK.splitInto[by] && authority !== null && value > Number(authority),
      )
      .toSorted((a, b) => b.cases - a.cases || b.value - a.value || ms(b.at, a.at));
    return stretches.slice(0, 1).map(({ at: _, ...one }) => ({ ...one, value: String(one.value) }));
  });
}
