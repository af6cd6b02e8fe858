import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { watchConnectionWith } from '../../src/jobs/connection.ts';
import { createLogger } from '../../src/log.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const MINUTE = 60_000;
let database: TestDatabase;
let store: Store;
let team = '';
let tests = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  store = connect(database.url, createLogger({ level: 'silent' }), 2);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(() => {
  team = `T0CONNECTION${++tests}`;
});

/** A bot whose connection was lost so long ago. */
function watching() {
  const bot = { lostMs: 0, now: '2026-11-16T09:00:00.000Z', woken: 0 };
  const look = watchConnectionWith({
    ...{ db: store.db, teamId: team, clock: { now: () => bot.now }, lostMs: () => bot.lostMs },
    text: (minutes) => `lost for ${minutes} minutes`,
    wake: () => bot.woken++,
  });
  return Object.assign(bot, { look });
}

const alerts = async () =>
  (await store.db.selectFrom('outbox').select('intent').where('team_id', '=', team).orderBy('id').execute()).map(
    ({ intent }) => intent,
  );

describe('a connection over Socket Mode that is lost', () => {
  it('is told to the admins after three minutes, not before', async () => {
    const bot = watching();
    for (bot.lostMs of [0, MINUTE, 3 * MINUTE - 1]) await bot.look();
    expect(await alerts()).toEqual([]);
    bot.lostMs = 3 * MINUTE;
    await bot.look();
    expect(await alerts()).toEqual([
      { kind: 'alert', problem: 'connection', text: 'lost for 3 minutes', day: '2026-11-16' },
    ]);
    expect(bot.woken).toBe(1);
  });

  it('is told once a day as long as it lasts', async () => {
    const bot = watching();
    for (bot.lostMs of [5 * MINUTE, 6 * MINUTE, 7 * MINUTE]) await bot.look();
    expect(await alerts()).toHaveLength(1);
    bot.now = '2026-11-17T00:00:30.000Z';
    await bot.look();
    expect(await alerts()).toMatchObject([{ day: '2026-11-16' }, { day: '2026-11-17' }]);
  });
});
