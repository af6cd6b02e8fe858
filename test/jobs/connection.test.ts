import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { watchConnectionWith } from '../../src/jobs/connection.ts';
import { createTestStore, owedIn, type TestStore } from '../support/store.ts';

const MINUTE = 60_000;
let store: TestStore;
let team = '';
let tests = 0;

beforeAll(async () => {
  store = await createTestStore(2);
});
afterAll(() => store.close());
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

const owed = () => owedIn(store, team);

describe('a connection over Socket Mode that is lost', () => {
  it('is told to the admins after three minutes, not before', async () => {
    const bot = watching();
    for (bot.lostMs of [0, MINUTE, 3 * MINUTE - 1]) await bot.look();
    expect(await owed()).toEqual([]);
    bot.lostMs = 3 * MINUTE;
    await bot.look();
    expect(await owed()).toEqual([
      { kind: 'alert', problem: 'connection', text: 'lost for 3 minutes', day: '2026-11-16' },
    ]);
    expect(bot.woken).toBe(1);
  });

  it('is told once a day as long as it lasts', async () => {
    const bot = watching();
    for (bot.lostMs of [5 * MINUTE, 6 * MINUTE, 7 * MINUTE]) await bot.look();
    expect(await owed()).toHaveLength(1);
    bot.now = '2026-11-17T00:00:30.000Z';
    await bot.look();
    expect(await owed()).toMatchObject([{ day: '2026-11-16' }, { day: '2026-11-17' }]);
  });
});
