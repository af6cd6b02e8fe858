import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handleAbsence } from '../../src/app/absences.ts';
import { handle } from '../../src/app/handle.ts';
import type { EventLog } from '../../src/app/ports.ts';
import type { Command } from '../../src/core/command.ts';
import { absencesAround, assistedBy, awayNow, presentMembers } from '../../src/store/absences.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { membersOf } from '../../src/store/people.ts';
import { createPersonLog, loadPerson } from '../../src/store/personStreams.ts';
import { hour, idOf, type Name } from '../support/cast.ts';
import { words } from '../support/given.ts';
import { WIRING } from '../support/policy.ts';
import { type Replica, seenIn, TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let other: Replica;
beforeAll(async () => {
  world = await createWorld();
  other = world.replica();
});
afterAll(() => world.close());

let clicks = 0;
const NOBODY = { supervisor: false, executive: false };
type Away = { delegate?: Name | null; from?: number; until?: number; at?: number; key?: string };
const away = (who: Name, { delegate = null, from = 0, until = 10, at = -1, key = `click/${++clicks}` }: Away = {}) =>
  handleAbsence(
    createPersonLog(world.store),
    TEAM,
    {
      ...{ type: 'set', person: idOf(who), by: idOf(who), at: hour(at), rights: NOBODY, fit: true },
      ...{ from: hour(from), until: hour(until), delegate: delegate && idOf(delegate), why: words('Skiing.') },
    },
    key,
  );

beforeEach(async () => {
  // Everybody is back: what a test sets is its own.
  for (const { person, id } of await absencesAround(world.store.db, TEAM, hour(-100), hour(1000)))
    await handleAbsence(
      createPersonLog(world.store),
      TEAM,
      { type: 'end', person, absence: id, by: person, at: hour(-50), rights: NOBODY },
      `back/${++clicks}`,
    );
});

const rolesIn = async (number: number, round = 1) => {
  const rows = await world.store.db
    .selectFrom('decision_people')
    .select(['person', 'role'])
    .where('request_number', '=', number)
    .where('round', '=', round)
    .orderBy('person')
    .execute();
  return Object.fromEntries(rows.map(({ person, role }) => [person, role]));
};

describe('absences', () => {
  it('are found by the time they are in force, and say who decides meanwhile', async () => {
    await away('olga', { delegate: 'zoe', from: 1, until: 5 });
    await away('zoe', { delegate: 'ben', from: 3, until: 4 });
    const around = async (from: number, to: number) =>
      (await absencesAround(world.store.db, TEAM, hour(from), hour(to))).map(({ person }) => person).sort();
    expect(await around(-1, 0)).toEqual([]);
    expect(await around(0, 1)).toEqual([idOf('olga')]);
    expect(await around(0, 9)).toEqual([idOf('olga'), idOf('zoe')]);
    expect(await around(5, 9)).toEqual([]);
    expect(await awayNow(world.store.db, TEAM, hour(2))).toEqual([
      { person: idOf('olga'), until: hour(5), standIn: idOf('zoe') },
    ]);
    expect((await awayNow(world.store.db, TEAM, hour(3))).map(({ standIn }) => standIn)).toEqual([
      idOf('ben'),
      idOf('ben'),
    ]);
  });

  it('are kept as events, with the words, and their chains hold', async () => {
    await away('lee', { delegate: 'lia' });
    const { state, version } = await loadPerson(world.store.db, TEAM, idOf('lee'));
    expect(state.absences.at(-1)).toMatchObject({ delegate: idOf('lia'), why: { text: 'Skiing.' } });
    expect(version).toBeGreaterThan(0);
    expect((await verifyChains(world.store.db, TEAM)).faults).toEqual([]);
    await sql`update absences set delegate = 'U0X' where person = ${idOf('lee')}`.execute(world.store.db);
    expect((await verifyChains(world.store.db, TEAM)).faults).toMatchObject([
      { stream: `person/${idOf('lee')}`, what: 'row_changed', columns: ['absences'] },
    ]);
    await sql`update absences set delegate = ${idOf('lia')} where person = ${idOf('lee')}`.execute(world.store.db);
  });

  it('are set once however often Slack delivers it, and by two at once one after the other', async () => {
    await away('mia', { key: 'twice' });
    await away('mia', { key: 'twice' });
    await Promise.all([away('eve', { from: 1, until: 3 }), away('eve', { from: 2, until: 6 })]);
    const { state } = await loadPerson(world.store.db, TEAM, idOf('mia'));
    expect(state.absences).toHaveLength(1);
    const people = (await awayNow(world.store.db, TEAM, hour(2))).map(({ person }) => person);
    expect(people.sort()).toEqual([idOf('eve'), idOf('mia')]);
  });

  it('know whom an assistant may say it for', async () => {
    const executive = { supervisor: false, executive: true };
    const [person, log] = [idOf('eve'), createPersonLog(world.store)];
    const own = { person, by: person, at: hour(0), rights: executive } as const;
    await handleAbsence(log, TEAM, { ...own, type: 'name_assistant', assistant: idOf('zoe') }, 'name');
    expect(await assistedBy(world.store.db, TEAM, idOf('zoe'))).toEqual([person]);
    await handleAbsence(log, TEAM, { ...own, type: 'dismiss_assistant' }, 'dismiss');
    expect(await assistedBy(world.store.db, TEAM, idOf('zoe'))).toEqual([]);
  });

  it('leave out of a role who is away, take in who decides for them, and mention the group no more', async () => {
    const operations = await membersOf(world.store.db, TEAM, WIRING, 'operations');
    expect(await presentMembers(world.store.db, TEAM, WIRING, operations, hour(1))).toMatchObject(operations);
    await away('olga', { delegate: 'zoe' });
    const there = await presentMembers(world.store.db, TEAM, WIRING, operations, hour(1));
    expect(there.people).toContain(idOf('zoe'));
    expect(there.people).not.toContain(idOf('olga'));
    expect(there).toMatchObject({ groupId: null, away: [{ person: idOf('olga'), standIn: idOf('zoe') }] });
  });
});

describe('deciding for somebody who is away', () => {
  it('is recorded with for whom, and bars both from the other stage, in the table too', async () => {
    const number = await world.submit('ada');
    await away('olga', { delegate: 'lee' });
    expect(await world.decide('approve', 'lee', number)).not.toHaveProperty('refused');
    const { approvals } = await world.read(number);
    expect(approvals).toMatchObject([{ by: idOf('lee'), authority: { role: 'operations', onBehalfOf: idOf('olga') } }]);
    expect(await rolesIn(number)).toEqual({
      [idOf('ada')]: 'requester',
      [idOf('lee')]: 'decider',
      [idOf('olga')]: 'cover',
    });
    const later = { at: hour(20) };
    expect(await world.decide('approve', 'lee', number, later)).toMatchObject({ why: 'same_person' });
    expect(await world.decide('approve', 'lia', number, later)).not.toHaveProperty('refused');
  });

  it('whoever stands in for those who ask stands in the table from the opening of each round, once', async () => {
    await away('ada', { delegate: 'otto' });
    await away('ben', { delegate: 'otto' });
    const number = await world.submit('ada', { beneficiary: idOf('ben') });
    const asking = { [idOf('ada')]: 'requester', [idOf('ben')]: 'beneficiary', [idOf('otto')]: 'cover' };
    expect(await rolesIn(number)).toEqual(asking);
    expect(await world.decide('approve', 'otto', number)).toMatchObject({
      why: 'self_approval',
      as: 'requester',
      through: idOf('ada'),
    });
  });

  it('needs the absent person in the role: who left the group passes nothing on', async () => {
    const number = await world.submit('ada');
    await away('quinn', { delegate: 'zoe' });
    expect(await world.decide('approve', 'zoe', number)).toMatchObject({ why: 'not_in_role' });
  });

  it('the same request again and again in one round is no collision for those who have nothing to do with it', async () => {
    await away('olga', { delegate: 'zoe' });
    await away('lia', { delegate: 'ben' });
    const number = await world.submit('cora');
    expect(await world.decide('approve', 'zoe', number)).not.toHaveProperty('refused');
    expect(await world.decide('approve', 'ben', number)).not.toHaveProperty('refused');
    expect((await world.read(number)).status).toBe('approved');
  });
});

describe('the delegate and the absent person at the same moment, on two replicas', () => {
  /** Nobody writes before all have read. */
  function together(n: number): (log: EventLog) => EventLog {
    const { promise, resolve } = Promise.withResolvers<void>();
    let arrived = 0;
    return (log) => ({
      ...log,
      load: async (query) => {
        const loaded = await log.load(query);
        arrived += 1;
        if (arrived >= n) resolve();
        await promise;
        return loaded;
      },
    });
  }
  const approve = async (log: EventLog, who: Name, number: number) => {
    const command = {
      ...{ type: 'approve', seen: seenIn(await world.read(number)), rationale: words('Judged.'), checks: [] },
      ...{ conditions: [], by: idOf(who), at: hour(2) },
    } as Command;
    return handle(log, TEAM, command, { number, key: null });
  };

  it('one of them counts', async () => {
    await away('olga', { delegate: 'lee' });
    for (let round = 0; round < 5; round++) {
      const number = await world.submit('ada');
      const meet = together(2);
      const outcomes = await Promise.all([
        approve(meet(world.log), 'lee', number),
        approve(meet(other.log), 'olga', number),
      ]);
      expect(outcomes.filter((outcome) => 'refused' in outcome)).toMatchObject([{ why: 'already_decided' }]);
      expect((await world.read(number)).approvals).toHaveLength(1);
    }
  });

  it('the database keeps it even where nobody above it sees that they are one', async () => {
    await away('olga', { delegate: 'lee' });
    const number = await world.submit('ada');
    await world.decide('approve', 'olga', number, { at: hour(2) });
    // A program that has forgotten who stands in for whom when it decides, but writes down what it was told.
    const forgetful: EventLog = {
      ...world.log,
      load: async (query) => {
        const loaded = await world.log.load(query);
        const { cover, ...standing } = loaded.standing;
        return cover ? { ...loaded, standing: { ...standing, cover: { ...cover, circle: [] } } } : loaded;
      },
    };
    expect(await approve(forgetful, 'lee', number)).toMatchObject({ why: 'same_person' });
    expect((await world.read(number)).status).toBe('in_review');
  });
});
