import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handle } from '../../src/app/handle.ts';
import type { EventLog } from '../../src/app/ports.ts';
import type { Command } from '../../src/core/command.ts';
import { hour, idOf, type Name } from '../support/cast.ts';
import { type Decider, startDecider } from '../support/deciderProcess.ts';
import { reject, submit, withdraw, words } from '../support/given.ts';
import { type Replica, seenIn, TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let other: Replica;
beforeAll(async () => {
  world = await createWorld();
  other = world.replica();
});
afterAll(() => world.close());

/** Holds everybody back until `n` have arrived, once. */
function meeting(n: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return async () => {
    arrived += 1;
    if (arrived >= n) resolve();
    await promise;
  };
}

/** The same log, but its first reader waits for the others: all decide on what was there before any of them. */
const meetingAfterLoad = (log: EventLog, meet: () => Promise<void>): EventLog => ({
  ...log,
  load: async (query) => {
    const loaded = await log.load(query);
    await meet();
    return loaded;
  },
});

type Racer = { replica: Replica; who: Name; order: Parameters<Replica['order']>[1]; key?: string };

/** All racers have read before any of them writes. */
async function race(number: number | null, racers: Racer[]) {
  const meet = meeting(racers.length);
  return Promise.all(
    racers.map(({ replica, who, order, key = null }) =>
      handle(meetingAfterLoad(replica.log, meet), TEAM, { ...order, by: idOf(who), at: hour(1) } as never, {
        number,
        key: key ?? null,
      }),
    ),
  );
}
const whys = (outcomes: Awaited<ReturnType<typeof race>>) =>
  outcomes.map((outcome) => ('why' in outcome ? outcome.why : outcome.repeated ? 'repeated' : 'done')).sort();

const eventsOf = async (number: number) =>
  (
    await world.store.db
      .selectFrom('events')
      .select('type')
      .where('stream', '=', `request/${number}`)
      .orderBy('seq')
      .execute()
  ).map(({ type }) => type);

/** An approval of what is there now. */
async function approval(number: number) {
  const seen = seenIn(await world.read(number));
  return { type: 'approve' as const, seen, rationale: words('Judged.'), checks: [], conditions: [] };
}

describe('two sessions on two connections', () => {
  it('26: approving the same stage at once: exactly one does, the other is told who did', async () => {
    const number = await world.submit('ada');
    const order = await approval(number);
    const outcomes = await race(number, [
      { replica: world, who: 'olga', order },
      { replica: other, who: 'otto', order },
    ]);
    expect(whys(outcomes)).toEqual(['already_decided', 'done']);
    const [winner] = (await world.read(number)).approvals;
    expect(outcomes).toContainEqual({
      refused: true,
      why: 'already_decided',
      stage: 'validation',
      outcome: 'approved',
      by: winner?.by,
      at: hour(1),
    });
    expect(await eventsOf(number)).toEqual(['submitted', 'stage_approved']);
  });

  it('approving and rejecting the same stage at once: one of the two, never both', async () => {
    const number = await world.submit('ada');
    const state = await world.read(number);
    const outcomes = await race(number, [
      { replica: world, who: 'olga', order: await approval(number) },
      { replica: other, who: 'otto', order: reject()(state) },
    ]);
    expect(whys(outcomes)).toEqual(['already_decided', 'done']);
    expect(await eventsOf(number)).toHaveLength(2);
  });

  it('authorizing and withdrawing at once: one ends it, the other is told that it is over', async () => {
    const number = await world.submit('ada');
    await world.decide('approve', 'olga', number);
    const outcomes = await race(number, [
      { replica: world, who: 'lee', order: await approval(number) },
      { replica: other, who: 'ada', order: withdraw() },
    ]);
    expect(whys(outcomes)).toContain('done');
    expect(['already_decided', 'request_over']).toContain(whys(outcomes).find((why) => why !== 'done'));
    expect((await eventsOf(number)).slice(2)).toHaveLength(1);
  });

  it('15 · 26: a double click is handled once, and both clicks are told that it was done', async () => {
    const number = await world.submit('ada');
    const order = await approval(number);
    const key = `click-${number}`;
    const outcomes = await race(number, [
      { replica: world, who: 'olga', order, key },
      { replica: other, who: 'olga', order, key },
    ]);
    expect(whys(outcomes)).toEqual(['done', 'repeated']);
    expect(outcomes.map((outcome) => 'version' in outcome && outcome.version)).toEqual([2, 2]);
    expect(await eventsOf(number)).toEqual(['submitted', 'stage_approved']);
  });

  it('the same person in two windows is told of their own decision, not of somebody else’s right', async () => {
    const number = await world.submit('ada');
    const order = await approval(number);
    const outcomes = await race(number, [
      { replica: world, who: 'olga', order, key: `window-1-${number}` },
      { replica: other, who: 'olga', order, key: `window-2-${number}` },
    ]);
    expect(whys(outcomes)).toEqual(['already_decided', 'done']);
  });

  it('one person submitting twice at once gets two requests; the same submission delivered twice gives one', async () => {
    const twice = await race(null, [
      { replica: world, who: 'ada', order: submit() },
      { replica: other, who: 'ada', order: submit() },
    ]);
    expect(whys(twice)).toEqual(['done', 'done']);
    const once = await race(null, [
      { replica: world, who: 'ada', order: submit(), key: 'view-9' },
      { replica: other, who: 'ada', order: submit(), key: 'view-9' },
    ]);
    expect(whys(once)).toEqual(['done', 'repeated']);
    expect(new Set(once.map((done) => 'number' in done && done.number)).size).toBe(1);
  });

  it('a crowd of one group on one request: one decision, and everybody gets an answer', async () => {
    const number = await world.submit('ada');
    const order = await approval(number);
    const crowd = Array.from({ length: 8 }, (_, index) => ({
      replica: index % 2 ? world : other,
      who: (['olga', 'otto', 'dora'] as const)[index % 3] ?? 'olga',
      order,
    }));
    const outcomes = whys(await race(number, crowd));
    expect(outcomes).toEqual([...Array(7).fill('already_decided'), 'done']);
  });
});

describe('two processes', () => {
  let one: Decider;
  let two: Decider;
  beforeAll(async () => {
    [one, two] = await Promise.all([startDecider(world.url), startDecider(world.url)]);
  });
  afterAll(() => Promise.all([one.end(), two.end()]));

  it('22: the same person, who could do both stages, approves both at once: it never counts twice', async () => {
    const numbers = await Promise.all(Array.from({ length: 12 }, () => world.submit('ada')));
    for (const [index, number] of numbers.entries()) {
      const seen = seenIn(await world.read(number));
      const authorizing = { ...seen, stage: 'authorization' } as const;
      const outcomes = await Promise.all([
        one.approve({ who: 'dora', number, seen, key: null }),
        // Every other time both send the very same click, else one is already at the next stage.
        two.approve({ who: 'dora', number, seen: index % 2 ? seen : authorizing, key: null }),
      ]);
      expect(outcomes.filter((outcome) => !('refused' in outcome))).toHaveLength(1);
      const state = await world.read(number);
      expect(state).toMatchObject({ status: 'in_review', stage: 'authorization', approvals: [{ by: idOf('dora') }] });
      const next = { who: 'dora', number, seen: seenIn(state), key: null } as const;
      const again = await Promise.all([one.approve(next), two.approve(next)]);
      expect(whys(again)).toEqual(['same_person', 'same_person']);
    }
  });

  it('14 · 15: one click delivered to both is handled once', async () => {
    const numbers = await Promise.all(Array.from({ length: 8 }, () => world.submit('ada')));
    for (const number of numbers) {
      const line = { who: 'olga', number, seen: seenIn(await world.read(number)), key: `both-${number}` } as const;
      expect(whys(await Promise.all([one.approve(line), two.approve(line)]))).toEqual(['done', 'repeated']);
      expect(await eventsOf(number)).toEqual(['submitted', 'stage_approved']);
    }
  });
});

describe('the rule of two people holds in the database, even against a bug above it', () => {
  /** A log whose reader forgets everything that would make `decide` refuse. */
  const forgetful = (log: EventLog, number: number): EventLog => ({
    ...log,
    load: async (query) => {
      const loaded = await log.load(query);
      const state = await world.read(number);
      if (state.status !== 'in_review') return loaded;
      return { ...loaded, state: { ...state, approvals: [], requester: 'U0X', beneficiary: null, owner: 'U0X' } };
    },
  });
  const decideForgetfully = async (who: Name, number: number) => {
    const log = forgetful(world.log, number);
    const { state } = await log.load({ teamId: TEAM, number, actor: idOf(who), key: null, at: hour(1) });
    if (!state) throw new Error('no such request');
    const command = {
      type: 'approve',
      seen: seenIn(state),
      rationale: words('Judged.'),
      checks: [],
      conditions: [],
      by: idOf(who),
      at: hour(2),
    } satisfies Command;
    return handle(log, TEAM, command, { number, key: null });
  };

  it('the same person cannot authorize what they confirmed', async () => {
    const number = await world.submit('ada');
    await world.decide('approve', 'dora', number);
    expect(await decideForgetfully('dora', number)).toMatchObject({ refused: true, why: 'same_person' });
    expect(await eventsOf(number)).toEqual(['submitted', 'stage_approved']);
  });

  it.each([
    ['requester', { requester: 'dora', beneficiary: null }],
    ['beneficiary', { requester: 'ada', beneficiary: 'dora' }],
  ] as const)('the %s cannot decide', async (_role, { requester, beneficiary }) => {
    const number = await world.submit(requester, { beneficiary: beneficiary && idOf(beneficiary) });
    expect(await decideForgetfully('dora', number)).toMatchObject({ refused: true, why: 'same_person' });
    expect(await eventsOf(number)).toEqual(['submitted']);
  });

  const insert = (table: 'decisions' | 'decision_people', row: object) =>
    sql`insert into ${sql.table(table)} select * from json_populate_record(null::${sql.table(table)},
      ${JSON.stringify({ team_id: TEAM, round: 1, ...row })}::json)`.execute(world.store.db);

  it('nobody stands twice in a round, and no stage is decided twice, whatever is inserted', async () => {
    const number = await world.submit('ada', { beneficiary: idOf('ben') });
    await world.decide('approve', 'olga', number);
    const own = { request_number: number };
    for (const name of ['ada', 'ben', 'olga'] as const)
      await expect(insert('decision_people', { ...own, person: idOf(name), role: 'decider' })).rejects.toThrow(
        'decision_people_pkey',
      );
    const decision = { ...own, stage: 'validation', outcome: 'rejected', person: idOf('otto'), at: hour(2) };
    await expect(insert('decisions', decision)).rejects.toThrow('decisions_pkey');
    await expect(insert('decision_people', { ...own, person: 'U0NEW', role: 'friend' })).rejects.toThrow('role_check');
  });
});
