import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShortStage } from '../../src/core/events/timing.ts';
import { checkStaffingWith, lookAtStaffing, type StaffingDeps } from '../../src/jobs/staffing.ts';
import { saveGroup, savePeople } from '../../src/store/people.ts';
import { hour, idOf, type Name } from '../support/cast.ts';
import { owedIn } from '../support/store.ts';
import { createWorld, slackPerson, type World } from '../support/world.ts';
import { recordedLog } from './support.ts';

const NO_MANAGER: ShortStage = { stage: 'authorization', role: 'managers', until: null, away: [], left: [] };

let world: World;
let now: string;
beforeEach(async () => {
  world = await createWorld();
  now = hour(1);
});
afterEach(() => world.close());

/** One replica of the job, which knows nothing of the others. */
const replica = (over: Partial<StaffingDeps> = {}): StaffingDeps => ({
  ...{ db: world.store.db, events: world.log, policies: world.policies, clock: { now: () => now } },
  ...{ teamId: world.teamId, log: recordedLog().log, wake: () => undefined },
  ...over,
});
const look = (deps = replica()) => lookAtStaffing(deps);
/** Looks, and checks what that found. */
async function lookAndCheck(): Promise<number> {
  const found = await look();
  for (const number of await owedChecks()) await checkStaffingWith(replica())({ number });
  return found;
}
async function owedChecks(): Promise<number[]> {
  const owed = await owedIn(world.store, world.teamId);
  await world.store.db.deleteFrom('outbox').execute();
  return owed.flatMap((intent) => (intent.kind === 'check_staffing' ? [intent.number] : []));
}
const managers = (...names: Name[]) =>
  saveGroup(world.store.db, world.teamId, { id: 'S0MANAGERS', handle: 'managers', name: 'managers' }, names.map(idOf));
async function away(person: Name, from: string, until: string, delegate: Name | null = null): Promise<void> {
  const absence = { team_id: world.teamId, person: idOf(person), absence: 1, from, until };
  const set = { delegate: delegate && idOf(delegate), set_by: idOf(person), set_at: from };
  await world.store.db
    .insertInto('absences')
    .values({ ...absence, ...set })
    .execute();
}
/** Asks for something that managers decide; nothing is owed for it any more. */
async function ask(): Promise<number> {
  const number = await world.submit('ada', { deviation: '25' });
  await owedChecks();
  return number;
}
const staffingFound = async () =>
  (await world.store.db.selectFrom('events').select('stream').where('type', '=', 'staffing_found').execute()).length;

describe('a look at who is there', () => {
  it('finds nothing where everybody is, and nothing more before people change', async () => {
    await ask();
    expect(await look()).toBe(0);
    await managers();
    expect(await look()).toBe(1);
    expect(await look()).toBe(0);
  });

  it('has the requests checked that wait for the role, and no others', async () => {
    const [mine, , decided] = [await ask(), await world.submit('ada', { deviation: '5' }), await ask()];
    await world.order('ada', { type: 'withdraw', reason: null }, { number: decided });
    await lookAndCheck();
    await managers();
    expect(await look()).toBe(1);
    expect(await owedChecks()).toEqual([mine]);
  });

  it('records what has changed, and that it is over', async () => {
    const number = await ask();
    await managers();
    await lookAndCheck();
    expect((await world.read(number)).staffing).toMatchObject({ short: [NO_MANAGER], late: true, since: hour(1) });
    await managers('mia');
    now = hour(2);
    await lookAndCheck();
    expect((await world.read(number)).staffing).toMatchObject({ short: [], late: false, since: hour(1) });
    expect(await staffingFound()).toBe(2);
    await managers();
    now = hour(3);
    await lookAndCheck();
    expect((await world.read(number)).staffing).toMatchObject({ since: hour(3) });
  });

  it('sees that an account is closed, and that an absence begins and ends', async () => {
    const number = await ask();
    await managers('mia');
    await lookAndCheck();
    const short = async () => (await world.read(number)).staffing?.short.length ?? 0;
    await away('mia', hour(5), hour(9));
    await lookAndCheck();
    expect(await short()).toBe(0);
    now = hour(5);
    await lookAndCheck();
    expect((await world.read(number)).staffing?.short).toMatchObject([{ until: hour(9), away: [idOf('mia')] }]);
    now = hour(9);
    await lookAndCheck();
    expect(await short()).toBe(0);
    await savePeople(world.store.db, world.teamId, [slackPerson(idOf('mia'), { deleted: true })]);
    await lookAndCheck();
    expect(await short()).toBe(1);
  });

  it('takes whoever stands in as there, and not once their own account is closed', async () => {
    const number = await ask();
    await managers('mia');
    await away('mia', hour(1), hour(90), 'zoe');
    await lookAndCheck();
    expect((await world.read(number)).staffing).toBeNull();
    await savePeople(world.store.db, world.teamId, [slackPerson(idOf('zoe'), { deleted: true })]);
    await lookAndCheck();
    expect((await world.read(number)).staffing).toMatchObject({ short: [{ away: [idOf('mia')] }], late: true });
  });

  it('passes over requests of a group so large that none of them can be short of somebody', async () => {
    const number = await ask();
    const many = Array.from({ length: 12 }, (_, i) => `U0MANY${i}`);
    await savePeople(
      world.store.db,
      world.teamId,
      many.map((id) => slackPerson(id)),
    );
    const save = (id: string, handle: string, people: string[]) =>
      saveGroup(world.store.db, world.teamId, { id, handle, name: handle }, people);
    await save('S0OPERATIONS', 'operations', many);
    await save('S0MANAGERS', 'managers', many);
    expect(await look()).toBe(0);
    // Short before, and therefore looked at whatever the size of the group.
    await world.order('system', { type: 'find_staffing', short: [NO_MANAGER], late: true }, { number });
    await owedChecks();
    await save('S0MANAGERS', 'managers', many.slice(1));
    await lookAndCheck();
    expect((await world.read(number)).staffing?.short).toEqual([]);
  });

  it('by several replicas at once records each change once', async () => {
    const numbers = [await ask(), await ask(), await ask()];
    await managers();
    const found = await Promise.all(Array.from({ length: 3 }, () => look()));
    expect(Math.max(...found)).toBe(3);
    const owed = await owedChecks();
    expect(new Set(owed)).toEqual(new Set(numbers));
    await Promise.all(owed.map((number) => checkStaffingWith(replica())({ number })));
    expect(await staffingFound()).toBe(3);
  });

  it('that ended half way is done again', async () => {
    await ask();
    await managers();
    const policies = { ...world.policies, rules: () => Promise.reject(new Error('the database is away')) };
    await expect(look(replica({ policies }))).rejects.toThrow('away');
    expect(await look()).toBe(1);
  });
});

describe('a check', () => {
  it('that was overtaken by a change looks again, so that what is recorded is what is so', async () => {
    const number = await ask();
    await managers();
    // Mia is back between the look and the record of it.
    const events: World['log'] = {
      ...world.log,
      append: async (append) => {
        await managers('mia');
        return world.log.append(append);
      },
    };
    await checkStaffingWith(replica({ events }))({ number });
    expect((await world.read(number)).staffing).toMatchObject({ short: [], late: false });
  });

  it('of a request that is over records nothing', async () => {
    const number = await ask();
    await world.order('ada', { type: 'withdraw', reason: null }, { number });
    await managers();
    await checkStaffingWith(replica())({ number });
    expect(await staffingFound()).toBe(0);
  });
});
