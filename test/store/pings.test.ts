/** What waits for people, and who is told when: on a real database, by one replica or by several at once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../src/jobs/sweep.ts';
import { tellWith } from '../../src/jobs/tell.ts';
import { sweepOut } from '../../src/store/housekeeping.ts';
import { markTold, type NewPing, notePings, pingsIn, putOff } from '../../src/store/pings.ts';
import { chooseReminders, remindersOf } from '../../src/store/quiet.ts';
import { snooze } from '../../src/store/snoozes.ts';
import { recordedLog } from '../jobs/support.ts';
import { hour, idOf, type Name } from '../support/cast.ts';
import { withdraw } from '../support/given.ts';
import { type Replica, TEAM } from '../support/replica.ts';
import { owedIn } from '../support/store.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** Monday, nine in the morning in UTC, ten in Berlin, plus so many hours and minutes. */
const at = (hours: number, minutes = 0) => hour(hours + minutes / 60);
const note = (who: Name[], number: number, dueAt: string, over: Partial<NewPing> = {}, seen = dueAt) =>
  notePings(
    world.store.db,
    TEAM,
    who.map(idOf),
    { number, key: '1/validation/50', percent: 50, urgent: false, dueAt, ...over },
    seen,
  );
const tell = (now: string, replica: Replica = world) =>
  tellWith({ ...replica, db: replica.store.db, clock: { now: () => now }, log: recordedLog().log })();

/** Takes out what is owed: `U0OLGA: 1, 2` of each message. */
async function told(): Promise<string[]> {
  const owed = await owedIn(world.store, TEAM);
  await world.store.db.deleteFrom('outbox').execute();
  const pings = owed.filter((intent) => intent.kind === 'ping');
  return Promise.all(
    pings.map(async ({ person, ping }) => {
      const what = await pingsIn(world.store.db, TEAM, person, ping);
      return `${person}: ${what.map(({ number }) => number).join(', ')}`;
    }),
  );
}

describe('what is noted', () => {
  it('is told in one message once its time has come, and never again', async () => {
    await note(['olga'], 1, at(0));
    await note(['olga'], 2, at(0));
    await tell(at(0));
    expect(await told()).toEqual([]);
    await tell(at(0, 1));
    expect(await told()).toEqual(['U0OLGA: 1, 2']);
    for (const hours of [1, 4, 5, 24]) await tell(at(hours));
    expect(await told()).toEqual([]);
  });

  it('counts once under its key, however often it is noted', async () => {
    for (let n = 0; n < 3; n++) await note(['olga', 'otto'], 1, at(0));
    await tell(at(0, 1));
    expect((await told()).toSorted()).toEqual(['U0OLGA: 1', 'U0OTTO: 1']);
    await note(['olga'], 1, at(0));
    await tell(at(6));
    expect(await told()).toEqual([]);
  });

  it('waits for four hours after a message, and what is urgent does not', async () => {
    await note(['olga'], 1, at(0));
    await tell(at(0, 1));
    await note(['olga'], 2, at(1));
    await note(['olga'], 3, at(1), { urgent: true });
    await tell(at(1, 1));
    await tell(at(4));
    expect(await told()).toEqual(['U0OLGA: 1', 'U0OLGA: 3']);
    await tell(at(4, 1));
    expect(await told()).toEqual(['U0OLGA: 2']);
  });

  it('waits for the morning, also where the sweep looks at night', async () => {
    await note(['olga'], 1, at(10));
    for (const hours of [10, 12, 20, 22.9]) await tell(at(hours));
    expect(await told()).toEqual([]);
    await tell(at(23));
    expect(await told()).toEqual(['U0OLGA: 1']);
  });

  it('waits while the person is away, and until what they put off comes back', async () => {
    await world.store.db
      .insertInto('absences')
      .values({
        team_id: TEAM,
        person: idOf('otto'),
        absence: 1,
        from: at(-1),
        until: at(3),
        delegate: null,
        set_by: idOf('otto'),
        set_at: at(-1),
      })
      .execute();
    await note(['olga', 'otto'], 1, at(0));
    await snooze(world.store.db, TEAM, idOf('olga'), [1], { now: at(0), until: at(2) });
    await tell(at(1));
    expect(await told()).toEqual([]);
    await tell(at(2));
    expect(await told()).toEqual(['U0OLGA: 1']);
    await tell(at(3));
    expect(await told()).toEqual(['U0OTTO: 1']);
  });
});

describe('a person', () => {
  it('chooses how often they are reminded, and what waits already is told in the new way', async () => {
    const { db } = world.store;
    expect(await remindersOf(db, TEAM, idOf('olga'))).toBe('each');
    await chooseReminders(db, TEAM, idOf('olga'), 'urgent', at(0));
    await note(['olga'], 1, at(0));
    await note(['olga'], 2, at(0), { urgent: true });
    await tell(at(1));
    expect(await told()).toEqual(['U0OLGA: 2']);
    await tell(at(6));
    expect(await told()).toEqual([]);
    await chooseReminders(db, TEAM, idOf('olga'), 'hourly', at(24, 10));
    expect(await remindersOf(db, TEAM, idOf('olga'))).toBe('hourly');
    await tell(at(24, 10));
    expect(await told()).toEqual([]);
    await tell(at(25));
    expect(await told()).toEqual(['U0OLGA: 1']);
  });

  it('puts a message off until tomorrow, and is told of the same again, once', async () => {
    const { db } = world.store;
    await note(['olga'], 1, at(0));
    await note(['olga'], 2, at(0));
    await tell(at(0, 1));
    await markTold(db, TEAM, { person: idOf('olga'), ping: 1 }, [1, 2], at(0, 1));
    const until = at(23);
    for (let presses = 0; presses < 2; presses++)
      expect(await putOff(db, TEAM, { person: idOf('olga'), ping: 1 }, { now: at(1), until })).toEqual([1, 2]);
    await told();
    await tell(at(20));
    expect(await told()).toEqual([]);
    await tell(until);
    expect(await told()).toEqual(['U0OLGA: 1, 2']);
    await tell(at(30));
    expect(await told()).toEqual([]);
  });
});

describe('the record', () => {
  const rows = () =>
    world.store.db
      .selectFrom('pings')
      .select(['request_number', 'due_at', 'told_at', 'stale', 'left_out'])
      .orderBy('request_number')
      .execute();

  it('shows when each was due and when it was sent, and what was left out', async () => {
    await note(['olga'], 1, at(0));
    await note(['olga'], 2, at(0));
    await tell(at(0, 1));
    await markTold(world.store.db, TEAM, { person: idOf('olga'), ping: 1 }, [1], at(0, 2));
    expect(await rows()).toMatchObject([
      { request_number: 1, due_at: new Date(at(0)), told_at: new Date(at(0, 2)), left_out: false },
      { request_number: 2, due_at: new Date(at(0)), told_at: null, left_out: true },
    ]);
  });

  it('says what was told so late that it is history', async () => {
    await note(['olga'], 1, at(0), {}, at(72));
    await note(['olga'], 2, at(71, 59), {}, at(72));
    await tell(at(72, 1));
    expect(await told()).toEqual(['U0OLGA: 1, 2']);
    expect((await rows()).map(({ stale }) => stale)).toEqual([true, false]);
  });

  it('does not count a message that was not sent: the next one need not wait for it', async () => {
    await note(['olga'], 1, at(0));
    await tell(at(0, 1));
    await markTold(world.store.db, TEAM, { person: idOf('olga'), ping: 1 }, [], at(0, 2));
    await note(['olga'], 2, at(1));
    await tell(at(1, 1));
    expect(await told()).toEqual(['U0OLGA: 1', 'U0OLGA: 2']);
  });
});

it('what waits about a request that is decided is swept out, and nothing else', async () => {
  const { db } = world.store;
  const [open, over] = [await world.submit('ada'), await world.submit('ada')];
  await chooseReminders(db, TEAM, idOf('olga'), 'urgent', at(0));
  for (const number of [open, over]) await note(['olga', 'otto'], number, at(0));
  await tell(at(0, 1));
  await world.order('ada', withdraw(), { number: over });
  expect(await sweepOut(db, TEAM, at(24))).toMatchObject({ pings: 1 });
  await sweep({ ...world, db, events: world.log, clock: { now: () => at(24) }, log: recordedLog().log });
  await told();
  await chooseReminders(db, TEAM, idOf('olga'), 'each', at(24));
  await tell(at(24));
  expect(await told()).toEqual([`U0OLGA: ${open}`]);
});

it('three replicas that tell at the same moment tell each person once', async () => {
  const replicas = [world, world.replica(), world.replica()];
  const who: Name[] = ['olga', 'otto', 'lee', 'lia', 'mia', 'eve', 'dora', 'sam', 'sue', 'cleo', 'carl', 'quinn'];
  for (let number = 1; number <= 4; number++) await note(who, number, at(0));
  const looks = await Promise.all(replicas.flatMap((replica) => [tell(at(0, 1), replica), tell(at(0, 1), replica)]));
  expect((await told()).toSorted()).toEqual(who.map((name) => `${idOf(name)}: 1, 2, 3, 4`).toSorted());
  expect(looks.reduce((all, { told }) => all + told, 0)).toBe(who.length);
  expect(looks.every(({ failed }) => failed === 0)).toBe(true);
});

it('what is noted while a person is being told is told, too', async () => {
  const other = world.replica();
  for (let number = 1; number <= 20; number++)
    await Promise.all([note(['olga'], number, at(0), { urgent: true }), tell(at(0, 1), other), tell(at(0, 2))]);
  await tell(at(0, 3));
  const numbers = (await told()).flatMap((line) => line.slice('U0OLGA: '.length).split(', ').map(Number));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
});
