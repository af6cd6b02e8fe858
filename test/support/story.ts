/** Random stories for rules that hold whatever happens: who gives which order, when, and what came of it. */
import fc from 'fast-check';
import { contentHash } from '../../src/app/handle.ts';
import type { Command } from '../../src/core/command.ts';
import { decide } from '../../src/core/decide.ts';
import type { Exposure } from '../../src/core/events/submission.ts';
import { type Recorded, SYSTEM } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type ExceptionRequest, initial, type State } from '../../src/core/request.ts';
import type { Person, Standing } from '../../src/core/standing.ts';
import { tasksOf } from '../../src/core/tasks.ts';
import { type Instant, plus } from '../../src/core/values.ts';
import { fills, idOf, NAMES, type Name, START, standingFor } from './cast.ts';
import { type Form, type Order, submit } from './orders.ts';
import { PROCEDURE } from './policy.ts';
import { anyOrder, filled } from './randomOrders.ts';
import { orderFor } from './tasks.ts';

/**
 * Checks rules against `runs` random stories, the same for each rule: to tell them is what takes time. A failure is shown
 * with the shortest story that fails, and its seed.
 */
export function inStories(runs: number) {
  const seed = Date.now();
  const known = new Map<number, Told[]>();
  return (rule: (told: Told[]) => void) => () => {
    let nth = 0;
    let failed = false;
    const property = fc.property(story, (given) => {
      const cached = failed ? undefined : known.get(nth);
      const told = cached ?? tell(given);
      if (!failed) known.set(nth++, told);
      failed = true;
      rule(told);
      failed = false;
    });
    fc.assert(property, { numRuns: runs, seed });
  };
}

/** Why Slack does not vouch for somebody; null where it does. */
const ODD: (Partial<Person> | null)[] = [{ guest: true }, { home: false }, { bot: true }, { deleted: true }, null];
type Oddity = { person: Partial<Person> | null } | null;

/**
 * Somebody gives some order, be it theirs to give or not; somebody gives it who may; or one of those whose turn it is does
 * what is to be done.
 */
type Ordered = (state: ExceptionRequest) => Order;
type Doing = { who: Name; order: Ordered } | { able: number; order: Ordered } | { task: number; performer: number };
type Step = { doing: Doing; minutes: number; oddity: Oddity };
type Story = { requester: Name; form: Partial<Form>; exposure: Exposure | null; steps: Step[]; aftermath: number };

const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ who: fc.constantFrom(...NAMES), order: anyOrder }) },
  { weight: 5, arbitrary: fc.record({ able: fc.nat(5), order: anyOrder }) },
  { weight: 2, arbitrary: fc.record({ task: fc.nat(3), performer: fc.nat(5) }) },
);
const step: fc.Arbitrary<Step> = fc.record({
  doing,
  minutes: fc.oneof(
    { weight: 6, arbitrary: fc.nat(90) },
    { weight: 2, arbitrary: fc.nat(3000) },
    { weight: 1, arbitrary: fc.constant(20 * 24 * 60) },
  ),
  oddity: fc.oneof(
    { weight: 14, arbitrary: fc.constant(null) },
    fc.constantFrom(...ODD).map((person) => ({ person })),
  ),
});
const exposure: fc.Arbitrary<Exposure | null> = fc.option(
  fc.record({
    numbers: fc.constant([3, 7]),
    deviation: fc.constantFrom('5', '38'),
    value: fc.constantFrom('100', '99000'),
  }),
);
const story: fc.Arbitrary<Story> = fc.record({
  requester: fc.constantFrom(...NAMES),
  form: filled,
  exposure,
  steps: fc.array(step, { size: 'max', maxLength: 40 }),
  // How many months pass after it in which nobody does anything.
  aftermath: fc.nat(4),
});

/** What came of one order. */
export type Told = {
  command: Command;
  before: State;
  events: Recorded[];
  after: ExceptionRequest;
  /** Whether Slack vouched for them then. */
  trusted: boolean;
  who: Name | null;
};

const MONTH = 30 * 24 * 60;
const passing: Step = { doing: { able: 0, order: () => ({ type: 'tick' }) }, minutes: MONTH, oddity: null };

/** Lets the story happen. Everything handed in is frozen, so that nothing pure can write to it. */
function tell({ requester, form, exposure, steps, aftermath }: Story): Told[] {
  const told: Told[] = [];
  let state: State = initial;
  let at: Instant = START;
  for (const { doing, minutes, oddity } of [
    { doing: { who: requester, order: () => submit(form) }, minutes: 0, oddity: null },
    ...steps,
    ...Array.from({ length: aftermath }, () => passing),
  ]) {
    at = plus(at, minutes * 60_000);
    const before: State = freeze(state);
    const give = orderTo(before, at, exposure);
    const { who, order } = whatIsDone(doing, before, give);
    const { command, outcome } = give(who, order, oddity);
    const events = isRefusal(outcome) ? [] : freeze(outcome);
    state = events.reduce<State>(evolve, before);
    told.push({ command, before, events, after: existing(state), trusted: oddity === null, who });
  }
  return told;
}

const USUAL = Object.fromEntries(NAMES.map((name) => [name, standingFor(name)])) as Record<Name, Standing>;

/** Gives an order to the request as it is; null stands for the program. */
function orderTo(state: State, at: Instant, exposure: Exposure | null) {
  const hash = state ? contentHash(state) : '';
  return (who: Name | null, order: Order, oddity: Oddity = null) => {
    const command = freeze({ ...order, by: who ? idOf(who) : SYSTEM, at }) as Command;
    const policy = { version: 1, rules: PROCEDURE };
    const standing = oddity ? standingFor(who ?? 'zoe', oddity) : USUAL[who ?? 'zoe'];
    return { command, outcome: decide(state, command, { number: 12, policy, standing, contentHash: hash, exposure }) };
  };
}

/** What the clock and the program order, nobody else does. */
const OF_THE_PROGRAM: readonly Order['type'][] = ['tick', 'record_sources', 'keep_evidence'];

type Done = { who: Name | null; order: Order };
function whatIsDone(doing: Doing, state: State, give: ReturnType<typeof orderTo>): Done {
  if ('task' in doing) return taskDone(doing, existing(state));
  const order = doing.order(state as ExceptionRequest);
  if (OF_THE_PROGRAM.includes(order.type)) return { who: null, order };
  if ('who' in doing) return { who: doing.who, order };
  const able = NAMES.filter((name) => !isRefusal(give(name, order).outcome));
  return { who: able[doing.able % Math.max(able.length, 1)] ?? 'zoe', order };
}

function taskDone({ task: which, performer }: { task: number; performer: number }, state: ExceptionRequest): Done {
  const tasks = tasksOf(state);
  const task = tasks[which % Math.max(tasks.length, 1)];
  if (!task) return { who: null, order: { type: 'tick' } };
  const { owner } = task;
  const able = NAMES.filter((name) => ('role' in owner ? fills(name, owner.role) : idOf(name) === owner.person));
  return { who: able[performer % Math.max(able.length, 1)] ?? null, order: orderFor(task, state) };
}

export function existing(state: State): ExceptionRequest {
  if (!state) throw new Error('the story must begin with a submission');
  return state;
}

function freeze<T>(value: T): T {
  // What is frozen was frozen here, down to the bottom.
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
