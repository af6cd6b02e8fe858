import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { PARTS } from '../../src/core/events/audit.ts';
import { policyDocument } from '../../src/core/policy.ts';
import { eraseExpired } from '../../src/jobs/retention.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { hour, idOf } from '../support/cast.ts';
import { close, execute, type Order, withdraw } from '../support/given.ts';
import { POLICY_TEXT } from '../support/policy.ts';
import { TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';
import { recordedLog } from './support.ts';

const DAY = 24;
let world: World;
let published = 1;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** The policy from now on, with this retention. */
const keeps = (retention: string) =>
  publishPolicy(world.store, TEAM, `${POLICY_TEXT}\n  retention: ${retention} # ${published++}\n`, hour(0));
const run = (days: number, by: Pick<World, 'store' | 'log' | 'policies'> = world) => {
  const { log, lines } = recordedLog();
  const { store, log: events, policies } = by;
  const deps = { db: store.db, events, policies, clock: { now: () => hour(days * DAY) }, teamId: TEAM, log };
  return eraseExpired(deps).then((erased) => ({ erased, lines }));
};
const ask = () => world.submit('ada', { customer: toWords('Jane Roe'), impact: toWords('She is poor.') });
const order = (who: Parameters<World['order']>[0], given: Order, number: number, days: number) =>
  world.order(who, given, { number, at: hour(days * DAY) });
const withdrawn = async (days: number) => {
  const number = await ask();
  await order('ada', withdraw(), number, days);
  return number;
};
const saysOf = async (number: number) => {
  const { customer, impact } = await world.read(number);
  return [customer?.text ?? null, impact.text];
};

describe('retention', () => {
  it('erases nothing where the policy says nothing of it', async () => {
    const number = await withdrawn(1);
    expect((await run(5000)).erased).toBe(0);
    expect(await saysOf(number)).toEqual(['Jane Roe', 'She is poor.']);
  });

  it('erases each part when its time has passed since the end, as nobody and because of the policy', async () => {
    const number = await withdrawn(10);
    const open = await ask();
    await keeps('{ customer: 30d, words: 60d }');
    await run(39);
    expect(await saysOf(number)).toEqual(['Jane Roe', 'She is poor.']);
    await run(41);
    expect(await saysOf(number)).toEqual([null, 'She is poor.']);
    await run(71);
    expect(await saysOf(number)).toEqual([null, null]);
    const marks = { by: 'system', because: 'retention', words: null };
    expect((await world.read(number)).erasures).toMatchObject([
      { ...marks, what: ['customer'] },
      { ...marks, what: ['words'] },
    ]);
    expect(await saysOf(open)).toEqual(['Jane Roe', 'She is poor.']);
  });

  it('looks at each once, and again at what was added since', async () => {
    const number = await ask();
    await world.decide('approve', 'olga', number);
    await world.decide('approve', 'lee', number);
    await order('otto', execute(), number, 1);
    const action = { words: toWords('Train them.'), owner: idOf('zoe'), due: '2026-12-01' };
    await order('otto', close({ action }), number, 80);
    await run(141);
    expect(await saysOf(number)).toEqual([null, null]);
    expect((await run(141)).erased).toBe(0);
    const later = toWords('Jane Roe was kind.');
    await order('zoe', { type: 'check_effectiveness', effective: 'yes', words: later }, number, 142);
    expect((await run(143)).erased).toBe(1);
    const state = await world.read(number);
    expect(state.status === 'approved' && state.check).toMatchObject({ words: { text: null } });
  });

  it('leaves nothing to do to the second of two replicas', async () => {
    for (let i = 0; i < 4; i++) await withdrawn(200);
    const both = await Promise.all([run(300), run(300, world.replica())]);
    expect(both.reduce((sum, { erased }) => sum + erased, 0)).toBe(4);
    expect((await run(300)).erased).toBe(0);
  });

  it('takes a part that the policy comes to name out of what was closed long ago', async () => {
    const number = await withdrawn(400);
    const kept = await world.read(number);
    await keeps('{ sources: 3650d }');
    await run(900);
    expect(await world.read(number)).toEqual(kept);
    await keeps('{ impossible: 1d }').catch((error) => expect(String(error)).toContain('impossible'));
    await keeps('{ words: 1d }');
    expect((await run(900)).erased).toBeGreaterThan(0);
    expect(await saysOf(number)).toEqual(['Jane Roe', null]);
  });

  it('says which record it could not erase, and goes on with the others', async () => {
    const [one, other] = [await withdrawn(1000), await withdrawn(1000)];
    const { log } = world;
    const broken = {
      ...world,
      log: {
        ...log,
        load: (query: Parameters<typeof log.load>[0]) =>
          query.number === one ? Promise.reject(new Error('no database')) : log.load(query),
      },
    };
    const { lines } = await run(1100, broken);
    expect(lines).toContainEqual(
      expect.objectContaining({ request: one, msg: expect.stringContaining('tried again') }),
    );
    expect([(await saysOf(one))[1], (await saysOf(other))[1]]).toEqual(['She is poor.', null]);
    await run(1100);
    expect((await saysOf(one))[1]).toBeNull();
  });
});

describe('the policy', () => {
  const document = (retention: object) =>
    policyDocument.shape.wiring.shape.retention.safeParse(retention).error?.issues.map(({ message }) => message);
  it('takes a time for each part, of a day and more', () => {
    expect(document(Object.fromEntries(PARTS.map((part) => [part, '365d'])))).toBeUndefined();
    expect(document({ words: '12h' })).toEqual(['expected at least 1d']);
    expect(document({ wrods: '1d' })).toHaveLength(1);
  });
});
