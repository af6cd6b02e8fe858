/** Every kind of order, mostly as an honest person would give it, sometimes stale, forged or empty. */
import fc from 'fast-check';
import type { Seen } from '../../src/core/command.ts';
import type { Content, EvidenceFile } from '../../src/core/events/content.ts';
import type { ExceptionRequest } from '../../src/core/request.ts';
import { plus, TIERS } from '../../src/core/values.ts';
import { idOf, NAMES } from './cast.ts';
import * as orders from './orders.ts';
import { type Form, type Order, words } from './orders.ts';

const { constantFrom } = fc;
const text = fc.oneof({ weight: 8, arbitrary: fc.constant('Because.') }, constantFrom('', ' \n'));
const name = constantFrom(...NAMES);
const person = name.map(idOf);
/** Of a question, a hold, a condition. */
const id = constantFrom(1, 1, 1, 2, 3);
const day = constantFrom('2026-11-25', '2026-12-24');
const files = constantFrom<EvidenceFile[]>([], [], [orders.picture()], [orders.picture('F0BAG'), orders.picture()]);

/** Fields of the form, as far as rules look at them. */
const fields: fc.Arbitrary<Partial<Content>> = fc.record(
  {
    rule: constantFrom('goodwill', 'discount', 'other'),
    category: constantFrom('customer', 'claim', 'health'),
    deviation: constantFrom('0.1', '19.99', '20', '49.5', '50', null),
    value: constantFrom('0', '10000', '10000.01', '100000.01'),
    rationale: text.map((each) => words(`Since ${each}`)),
    inputs: constantFrom({}, { contract: words('Frame contract 7') }),
    evidence: constantFrom(null, words('https://files.test/box')),
    files,
  },
  { requiredKeys: [] },
);
export const filled: fc.Arbitrary<Partial<Form>> = fc
  .tuple(fields, fc.option(person))
  .map(([form, beneficiary]) => ({ ...form, beneficiary }));

const seen: fc.Arbitrary<Partial<Seen>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  constantFrom<Partial<Seen>[]>(
    { contentHash: 'old' },
    { round: 2 },
    { stage: 'authorization' },
    { stage: 'validation' },
  ),
);
const extras = fc.record({
  checks: constantFrom<string[]>(['identity'], ['identity', 'figures'], []),
  conditions: fc.array(
    fc.record({
      text: fc.constant(words('Device first')),
      owner: person,
      due: day,
    }),
    { maxLength: 2 },
  ),
});
/** So many days after the details were confirmed, which is mostly today. */
const validity = constantFrom<null | undefined | [number, number]>(
  ...[undefined, null],
  ...([
    [0, 1],
    [0, 2],
    [0, 2],
    [0, 5],
    [0, 9],
    [3, 100],
    [9, 0],
  ] as [number, number][]),
);
const goodFor = (days: null | undefined | [number, number], { submittedAt, approvals }: ExceptionRequest) => {
  if (!days) return days === undefined ? {} : { validity: days };
  const day = (n: number) => plus(approvals.at(-1)?.at ?? submittedAt, n * 86_400_000).slice(0, 10);
  return { validity: { from: day(days[0]), until: day(days[1]) } };
};
const readings = fc.record({
  crm: constantFrom('900', null),
  billing: constantFrom('900', '1200', null),
});
const closing = fc.record({
  cause: constantFrom('our-mistake', 'our-mistake', 'unheard-of'),
  happened: text.map((each) => words(each)),
  action: fc.option(fc.record({ words: fc.constant(words('Train')), owner: person, due: day })),
  checkOn: fc.option(day),
});
const corrections = fc.record(
  {
    rule: constantFrom('goodwill', 'other'),
    category: constantFrom('customer', 'claim', 'health'),
    deviation: constantFrom('19.99', '20', '50', null),
  },
  { requiredKeys: [] },
);
/** Of one that was raised, if any was. */
const ofEscalation = fc
  .tuple(constantFrom(orders.acknowledge, orders.nudge), fc.nat(3))
  .map(([order, which]) => (state: ExceptionRequest) => {
    const { kind, deadline } = state.escalations[which] ?? { kind: 'sla_imminent', deadline: state.dueAt };
    return order(kind, deadline);
  });

type Ordered = (state: ExceptionRequest) => Order;
const told = <T>(arbitrary: fc.Arbitrary<T>, order: (value: T) => Order): fc.Arbitrary<Ordered> =>
  arbitrary.map((value) => () => order(value));
const always = (...given: Order[]): fc.Arbitrary<Ordered> => constantFrom(...given).map((order) => () => order);

/** By how often they come. */
const ORDERS: readonly [number, fc.Arbitrary<Ordered>][] = [
  [
    8,
    fc.tuple(text, seen, extras, validity).map(
      ([why, what, more, days]) =>
        (state: ExceptionRequest) =>
          orders.approve(why, what, { ...more, ...goodFor(days, state) })(state),
    ),
  ],
  [1, fc.tuple(text, seen).map(([why, what]) => orders.reject(why, what))],
  [4, fields.map((over) => orders.amend(over))],
  [3, told(fc.tuple(corrections, text), ([what, why]) => orders.correct(what, why))],
  [1, told(constantFrom(2, 3), (round) => orders.object(round))],
  [2, told(fc.tuple(constantFrom(...TIERS), text), ([tier, why]) => orders.pickTier(tier, why))],
  [2, always(orders.sendBack(['photo']), orders.sendBack([], 'Which box?'), orders.sendBack([]))],
  [2, told(name, (to) => orders.handOver(to))],
  [1, always(orders.withdraw())],
  [2, told(text, (why) => orders.takeBack(why))],
  [1, always(orders.take)],
  [1, told(name, (to) => orders.assign(to))],
  [1, always(orders.declareConflict)],
  [2, told(text, (what) => orders.ask(what))],
  [1, told(id, (question) => orders.answer(question))],
  [2, told(id, (question) => orders.closeQuestion(question))],
  [1, told(id, (question) => orders.reopenQuestion(question))],
  [1, always(orders.remark(), orders.editRemark('Not quite.'), orders.deleteRemark())],
  [2, ofEscalation],
  [2, told(text, (what) => orders.complain(what))],
  [2, told(text, (why) => orders.expedite(why))],
  [3, told(readings, sourcesSay)],
  [2, told(constantFrom('F0BOX', 'F0BAG'), (file) => orders.keep(orders.picture(file)))],
  [
    3,
    told(
      fc.tuple(constantFrom('data_unavailable' as const, 'data_conflict' as const, 'regulatory' as const), text),
      ([kind, why]) => orders.hold(kind, null, why),
    ),
  ],
  [
    3,
    told(
      fc.tuple(id, constantFrom('waived' as const, 'resolved' as const, 'proceed' as const, 'must_not' as const)),
      ([hold, outcome]) => orders.release(hold, outcome),
    ),
  ],
  [
    2,
    told(fc.tuple(constantFrom('done' as const, 'could_not' as const), text), ([outcome, what]) =>
      orders.execute(outcome, what),
    ),
  ],
  [1, told(id, (condition) => orders.meet(condition))],
  [3, told(closing, (over) => orders.close(over))],
  [1, always(orders.checkEffect(), orders.checkEffect('no', ''))],
  [1, told(text, (why) => orders.reroute(why))],
  [1, told(text, (why) => orders.revoke(why))],
  [3, always(orders.tick)],
];
export const anyOrder: fc.Arbitrary<Ordered> = fc.oneof(
  ...ORDERS.map(([weight, arbitrary]) => ({ weight, arbitrary })),
);

function sourcesSay({ crm, billing }: { crm: string | null; billing: string | null }): Order {
  const disagree = crm !== null && billing !== null && crm !== billing;
  const readings = [orders.reading('crm', crm), orders.reading('billing', billing)];
  return orders.sourcesSay(readings, disagree ? [orders.discrepancy(crm, billing)] : []);
}
