import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/app/handle.ts';
import { attentionAt } from '../../src/core/attention.ts';
import { type Command, decide } from '../../src/core/decide.ts';
import { type Recorded, requestEvent, SYSTEM } from '../../src/core/events.ts';
import { roleOf, tierFor } from '../../src/core/policy.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type ExceptionRequest, evolve, initial, type State } from '../../src/core/request.ts';
import { type Instant, plus, type Role } from '../../src/core/values.ts';
import { CAST, idOf, NAMES, type Name, START, standingFor } from '../support/cast.ts';
import { answer, approve, ask, type Order, type Ordering, reject, submit, withdraw } from '../support/given.ts';
import { RULES } from '../support/policy.ts';

/** One step of a story: who gives which order, how much later, and whether Slack vouches for them then. */
type Step = { who: Name; order: Ordering; minutes: number; trusted: boolean };

const ofEscalation = fc
  .record({
    type: fc.constantFrom('acknowledge', 'nudge'),
    kind: fc.constantFrom('sla_imminent', 'sla_breached', 'authority_exceeded'),
  })
  .map(
    (which) =>
      (state: ExceptionRequest): Order => ({ ...which, deadline: state.dueAt }),
  );
/** Mostly what an honest person would send, sometimes a stale, forged or empty one. */
const seen = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  fc.constantFrom(
    { contentHash: 'old' },
    { round: 2 },
    { stage: 'authorization' as const },
    { stage: 'validation' as const },
  ),
);
const rationale = fc.oneof({ weight: 6, arbitrary: fc.constant('Judged.') }, fc.constantFrom('', ' \n'));
const order: fc.Arbitrary<Ordering> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(rationale, seen).map(([why, what]) => approve(why, what)) },
  { weight: 1, arbitrary: fc.tuple(rationale, seen).map(([why, what]) => reject(why, what)) },
  { weight: 1, arbitrary: fc.constantFrom(ask(), ask(' ')) },
  { weight: 1, arbitrary: fc.constantFrom(answer(1), answer(2)) },
  { weight: 1, arbitrary: fc.constant({ type: 'declare_conflict' } as const) },
  { weight: 1, arbitrary: fc.constant(withdraw()) },
  { weight: 1, arbitrary: ofEscalation },
  { weight: 3, arbitrary: fc.constant({ type: 'tick' } as const) },
);
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom(...NAMES),
  order,
  minutes: fc.oneof(fc.nat(90), fc.nat(3000)),
  trusted: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
});
type Story = {
  requester: Name;
  beneficiary: Name | null;
  deviation: string;
  value: string;
  steps: Step[];
};
const story: fc.Arbitrary<Story> = fc.record({
  requester: fc.constantFrom(...NAMES),
  beneficiary: fc.option(fc.constantFrom(...NAMES)),
  deviation: fc.constantFrom('0.1', '19.99', '20', '49.5', '50'),
  value: fc.constantFrom('0', '10000', '10000.01', '100000.01'),
  steps: fc.array(step, { maxLength: 25 }),
});

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

function submittedOf(state: State): ExceptionRequest {
  if (!state) throw new Error('the story must begin with a submission');
  return state;
}

/** What came of one order. */
type Told = {
  command: Command;
  before: State;
  events: Recorded[];
  after: ExceptionRequest;
  trusted: boolean;
  who: Name;
};

/** Lets the story happen. Everything handed in is frozen, so that nothing pure can write to it. */
function tell({ requester, beneficiary, steps, ...figures }: Story): Told[] {
  const asked = submit({ ...figures, beneficiary: beneficiary && idOf(beneficiary) });
  const told: Told[] = [];
  let state: State = initial;
  let at: Instant = START;
  for (const { who, order, minutes, trusted } of [
    { who: requester, order: asked, minutes: 0, trusted: true },
    ...steps,
  ]) {
    at = plus(at, minutes * 60_000);
    const given: Order = typeof order === 'function' ? order(submittedOf(state)) : order;
    const by = given.type === 'tick' ? SYSTEM : idOf(who);
    const command = freeze({ ...given, by, at }) as Command;
    const before: State = freeze(state);
    const outcome = decide(before, command, {
      number: 12,
      policy: { version: 1, rules: RULES },
      standing: standingFor(who, trusted ? {} : { person: { guest: true } }),
      contentHash: before ? contentHash(before) : '',
    });
    const events = isRefusal(outcome) ? [] : freeze(outcome);
    state = events.reduce<State>(evolve, before);
    told.push({ command, before, events, after: submittedOf(state), trusted, who });
  }
  return told;
}

const decisionsIn = (told: Told[]) =>
  told.flatMap((one) =>
    one.events.flatMap((event) =>
      event.type === 'stage_approved' || event.type === 'stage_rejected' ? [{ ...one, event }] : [],
    ),
  );
const all = (told: Told[]) => told.flatMap(({ events }) => events);

const ends = new Map<string, number>();
/** Checks a rule against stories of random people giving random orders. */
const always = (rule: (told: Told[], given: Story) => void) => () => {
  const property = fc.property(story, (given) => {
    const told = tell(given);
    const { status } = submittedOf(told.at(-1)?.after ?? null);
    ends.set(status, (ends.get(status) ?? 0) + 1);
    rule(told, given);
  });
  fc.assert(property, { numRuns: 300 });
};

describe('whoever orders whatever in whatever order', () => {
  it(
    'an approved request was approved by two different people, neither requester nor beneficiary',
    always((told) => {
      const last = submittedOf(told.at(-1)?.after ?? null);
      if (last.status !== 'approved') return;
      const approvals = all(told).filter((event) => event.type === 'stage_approved');
      expect(approvals.map(({ stage }) => stage)).toEqual(['validation', 'authorization']);
      const people = [...approvals.map(({ by }) => by), last.requester];
      expect(new Set(people).size).toBe(3);
      expect(approvals.map(({ by }) => by)).not.toContain(last.beneficiary);
    }),
  );

  it(
    'whoever decides is vouched for by Slack, in the role whose turn it is, and without a declared interest',
    always((told) => {
      for (const { event, who, trusted, before } of decisionsIn(told)) {
        const state = submittedOf(before);
        expect(event.by).toBe(idOf(who));
        expect(trusted).toBe(true);
        expect(CAST[who] as readonly Role[]).toContain(roleOf(event.stage, state.tier));
        expect(state.conflicted).not.toContain(event.by);
      }
    }),
  );

  it(
    'a stage is decided once a round',
    always((told) => {
      const stages = decisionsIn(told).map(({ event }) => `${event.round} ${event.stage}`);
      expect(stages).toEqual([...new Set(stages)]);
    }),
  );

  it(
    'a decision is given to what was seen: this round, this stage, this content',
    always((told) => {
      for (const { event, before, command } of decisionsIn(told)) {
        const state = submittedOf(before);
        const now = { round: state.round, stage: event.stage, contentHash: contentHash(state) };
        expect(command).toMatchObject({ seen: now });
        expect(event.contentHash).toBe(now.contentHash);
      }
    }),
  );

  it(
    'a request that is over stays as it ended',
    always((told) => {
      for (const { before, after } of told) {
        if (!before || before.status === 'in_review') continue;
        const { status, by, at, approvals } = before;
        expect(after).toMatchObject({ status, by, at, approvals });
      }
    }),
  );

  it(
    'no decision is without its rationale',
    always((told) => {
      for (const { event } of decisionsIn(told)) expect(event.rationale.text?.trim()).toBeTruthy();
    }),
  );

  it(
    'the clock only ever escalates, each thing once, and then looks again later or never',
    always((told) => {
      const escalations = all(told).filter((event) => event.type === 'escalation_raised');
      const known = escalations.map(({ kind, deadline }) => `${kind} ${deadline}`);
      expect(known).toEqual([...new Set(known)]);
      for (const { command, before, events, after } of told) {
        if (command.type !== 'tick') continue;
        for (const event of events) expect(event).toMatchObject({ type: 'escalation_raised', by: SYSTEM });
        expect(after.status).toBe(before?.status);
        expect(after.approvals).toEqual(before?.approvals);
        const next = attentionAt(after, RULES);
        if (next !== null) expect(next > command.at).toBe(true);
      }
    }),
  );

  it(
    'the tier is that of the policy, and never moves by itself',
    always((told, { deviation, value }) => {
      for (const { after } of told) expect(after.tier).toBe(tierFor(RULES, deviation, value));
    }),
  );

  it(
    'the events are enough: told again from the record, they give the same state',
    always((told) => {
      const stored = all(told).map(({ by, at, ...event }) => {
        const read = requestEvent.parse(JSON.parse(JSON.stringify(event)));
        return { ...read, by, at } as Recorded;
      });
      expect(stored.reduce<State>(evolve, initial)).toEqual(told.at(-1)?.after);
    }),
  );

  it(
    'every event says who did it and when: whoever gave the order, or the clock',
    always((told) => {
      for (const { command, events } of told)
        for (const event of events) {
          expect(event.at).toBe(command.at);
          expect([command.by, SYSTEM]).toContain(event.by);
          if (event.by === SYSTEM) expect(event.type).toBe('escalation_raised');
        }
    }),
  );

  // Rules about approved requests say nothing if none is ever approved.
  it('such stories reach every end', () =>
    expect([...ends.keys()].sort(), JSON.stringify([...ends])).toEqual([
      'approved',
      'in_review',
      'rejected',
      'withdrawn',
    ]));
});
