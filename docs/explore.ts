/** Every situation that the rules can bring a request into, found by trying every order from each, breadth first. */
import { contentHash } from '../src/app/handle.ts';
import type { Command } from '../src/core/command.ts';
import { decide } from '../src/core/decide.ts';
import { SYSTEM } from '../src/core/events.ts';
import { evolve } from '../src/core/evolve.ts';
import { isRefusal } from '../src/core/refusal.ts';
import { conditionsOf, type ExceptionRequest, openHolds, type State } from '../src/core/request.ts';
import { type Situation, situationOf } from '../src/core/situation.ts';
import type { Standing } from '../src/core/standing.ts';
import { type Task, tasksOf } from '../src/core/tasks.ts';
import { type Instant, plus, ROLES } from '../src/core/values.ts';
import { colleagueIn, hour, idOf, standingFor } from '../test/support/cast.ts';
import type { Order } from '../test/support/orders.ts';
import * as orders from '../test/support/orders.ts';
import { PROCEDURE } from '../test/support/policy.ts';

/** An order led from one situation to another, or left the request where it was. */
export type Step = { from: Situation | null; order: Order['type']; to: Situation };
export type Explored = { steps: Step[]; tasks: { situation: Situation; task: Task; state: ExceptionRequest }[] };

const { amend, approve, hold, keep, release, words } = orders;
const condition = { text: words('Device first.'), owner: idOf('zoe'), due: '2026-12-24' };
const action = { words: words('Better labels'), owner: idOf('zoe'), due: '2026-12-24' };
const checked = { checks: ['identity'] };
/** From the day on which it was asked for. */
const validity = { from: hour(0).slice(0, 10), until: '2026-11-30' };
const complete = { evidence: words('https://files.test/box'), inputs: { contract: words('Frame contract 7') } };

const SUBMISSIONS: Order[] = [
  orders.submit(),
  orders.submit({ deviation: null }),
  orders.submit({ category: 'claim' }),
  orders.submit({ deviation: '60', files: [orders.picture()] }),
];

const TALK: Order[] = [orders.remark(), orders.complain()];

/** The orders that are tried on a request, some of them later than the moment. */
const ordersOn = (state: ExceptionRequest): [order: Order, later?: 'later'][] => [
  ...[amend({ rationale: words(`Once more, for round ${state.round + 1}.`), ...complete })(state)].map(only),
  ...[amend({ category: 'claim', inputs: {}, evidence: null })(state)].map(only),
  ...[orders.correct({ deviation: '25' }), orders.correct({ deviation: null }), orders.object(state.round)].map(only),
  ...[orders.pickTier('manager'), orders.sendBack(['photo']), orders.handOver('ben'), orders.withdraw()].map(only),
  ...[approve('Judged.', {}, checked)(state), orders.reject()(state), orders.takeBack()].map(only),
  ...[approve('Judged.', {}, { ...checked, conditions: [condition] })(state)].map(only),
  ...[approve('Judged.', {}, { ...checked, validity })(state), orders.revoke()].map(only),
  ...[orders.take, orders.assign('olga'), orders.declareConflict, orders.ask(), orders.answer()].map(only),
  ...[
    orders.reopenQuestion(),
    orders.remark('And this.', '2.2'),
    orders.editRemark('Not quite.'),
    orders.deleteRemark(),
  ].map(only),
  ...[orders.complain(), orders.expedite()].map(only),
  ...state.escalations.flatMap(({ kind, deadline }) =>
    [orders.acknowledge(kind, deadline), orders.nudge(kind, deadline)].map(only),
  ),
  ...[orders.sourcesSay([orders.reading('billing', null)]), orders.sourcesSay([orders.reading('billing', '9')])].map(
    only,
  ),
  ...[orders.sourcesSay([orders.reading('crm', '5')], [orders.discrepancy('5', '9')]), keep(orders.picture())].map(
    only,
  ),
  ...[hold('data_unavailable'), hold('data_conflict'), hold('regulatory')].map(only),
  ...openHolds(state).flatMap(({ id }) =>
    (['waived', 'resolved', 'proceed', 'must_not'] as const).map((outcome) => release(id, outcome)).map(only),
  ),
  ...[orders.execute('done'), orders.execute('could_not'), orders.meet(conditionsOf(state)[0]?.id)].map(only),
  ...[orders.close({ action, checkOn: '2026-12-24' }), orders.close(), orders.checkEffect(), orders.tick].map(only),
  [orders.closeQuestion(), 'later'],
  [orders.tick, 'later'],
];
const only = (order: Order): [Order] => [order];

type Somebody = { id: string; standing: Standing };
/** Those who may come to act: one of each role, the owner, whoever owes something by name, and the program. */
const people = (state: ExceptionRequest | null): Somebody[] => {
  const plain = standingFor('zoe');
  const named = state ? [state.owner, state.requester, idOf('zoe')] : [idOf('ada')];
  return [...named.map((id) => ({ id, standing: plain })), ...ROLES.map(colleagueIn), { id: SYSTEM, standing: plain }];
};
/** Orders that only the program gives. */
const PROGRAM: readonly Order['type'][] = ['tick', 'record_sources', 'keep_evidence'];

/** What the request becomes if somebody who may gives the order; null where nobody may, or nothing happens. */
function after(state: State, order: Order, at: Instant): ExceptionRequest | null {
  for (const { id, standing } of people(state)) {
    if (PROGRAM.includes(order.type) !== (id === SYSTEM)) continue;
    const outcome = decide(state, { ...order, by: id, at } as Command, {
      number: 12,
      policy: { version: 1, rules: PROCEDURE },
      standing,
      contentHash: state ? contentHash(state) : '',
      exposure: null,
    });
    if (!isRefusal(outcome) && outcome.length > 0) return outcome.reduce<State>(evolve, state);
  }
  return null;
}

/** Two requests with the same likeness go on alike, as far as situations go. */
const likeness = (state: ExceptionRequest): string =>
  JSON.stringify([
    situationOf(state),
    conditionsOf(state).length,
    // What was said and set right on the way there matters no more once it is decided.
    state.status === 'in_review'
      ? [
          state.stage,
          openHolds(state).map(({ kind }) => kind),
          state.questions.map(({ answer, closed }) => [answer !== null, closed !== null]),
          state.amendments.some(({ as }) => as === 'validator'),
          state.deviation === null,
        ]
      : null,
    state.status === 'approved'
      ? [state.closure?.checkOn, state.check !== null, state.validity !== null, state.ended !== null]
      : null,
  ]);

/** More of them at once lead nowhere else. */
const isCrowded = (state: ExceptionRequest): boolean =>
  openHolds(state).length > 1 || state.questions.length > 1 || conditionsOf(state).length > 1;

export function explore(): Explored {
  const found: Explored = { steps: [], tasks: [] };
  const seen = new Set<string>();
  const taken = new Set<string>();
  const queue: { state: ExceptionRequest; at: Instant }[] = [];
  const meet = (from: Situation | null, order: Order, state: ExceptionRequest, at: Instant) => {
    const to = situationOf(state);
    const step = `${from} ${order.type} ${to}`;
    if (!taken.has(step)) found.steps.push({ from, order: order.type, to });
    taken.add(step);
    if (seen.has(likeness(state)) || isCrowded(state)) return;
    seen.add(likeness(state));
    found.tasks.push(...tasksOf(state).map((task) => ({ situation: to, task, state })));
    queue.push({ state, at });
  };
  for (const order of SUBMISSIONS) {
    const asked = after(null, order, hour(0));
    // Said at once, so that there is something to edit and to acknowledge wherever it goes from here.
    const state = TALK.reduce<State>((state, order) => after(state, order, hour(0)) ?? state, asked);
    if (state) meet(null, order, state, hour(0));
  }
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { state } = next;
    for (const [order, later] of ordersOn(state)) {
      const at = plus(next.at, later ? 40 * 24 * 3_600_000 : 60_000);
      const result = after(state, order, at);
      if (result) meet(situationOf(state), order, result, at);
    }
  }
  return found;
}
