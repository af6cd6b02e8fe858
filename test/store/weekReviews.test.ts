import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleWeek } from '../../src/app/weekReview.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import type { Instant } from '../../src/core/values.ts';
import type { WeekCommand } from '../../src/core/weekReview.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import type { Store } from '../../src/store/connect.ts';
import { reviewOf } from '../../src/store/due.ts';
import { createWeekLog, loadWeek, unsignedOf } from '../../src/store/weekReviews.ts';
import { hour, idOf, type Name, standingFor } from '../support/cast.ts';
import { words } from '../support/orders.ts';
import { type Replica, TEAM } from '../support/replica.ts';
import { owedIn } from '../support/store.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let other: Replica;
beforeAll(async () => {
  world = await createWorld();
  other = world.replica();
});
afterAll(() => world.close());

const report = (week: string) =>
  world.log.append({
    ...{
      teamId: TEAM,
      stream: reviewOf(week),
      expectedVersion: 0,
      head: null,
      request: null,
      key: null,
      handled: null,
    },
    events: [{ type: 'week_reported', week, dueAt: hour(0), by: 'system', at: hour(0) }],
    intents: [],
  });
const sign = (store: Store, week: string, name: Name, key: string, at: Instant = hour(1)) =>
  handleWeek(
    createWeekLog(store),
    TEAM,
    week,
    { type: 'sign_off', by: idOf(name), at, remarks: words(`Read by ${name}.`), standing: standingFor(name) },
    key,
  );
const owed = async () =>
  (await owedIn(world.store, TEAM)).flatMap((intent) => ('week' in intent ? [`${intent.kind} ${intent.week}`] : []));

describe('signing a week off', () => {
  it('is done by one of two who do it at the same moment; the other is told who was first', async () => {
    await report('2026-W10');
    const outcomes = await Promise.all([
      sign(world.store, '2026-W10', 'cleo', 'a'),
      sign(other.store, '2026-W10', 'carl', 'b'),
    ]);
    const refused = outcomes.filter((outcome) => isRefusal(outcome));
    expect(refused).toMatchObject([{ why: 'already_signed_off' }]);
    const { state } = await loadWeek(world.store.db, TEAM, '2026-W10');
    expect(refused).toMatchObject([{ by: state?.signedOff?.by }]);
    expect(await owed()).toEqual(['redraw_digest 2026-W10']);
    expect((await verifyChains(world.store.db, TEAM)).faults).toEqual([]);
  });

  it('is done once for a window that Slack delivers twice, and the second is answered like the first', async () => {
    await report('2026-W11');
    await sign(world.store, '2026-W11', 'cleo', 'same');
    expect(await sign(other.store, '2026-W11', 'cleo', 'same')).toEqual({ recorded: false });
    const { state, version } = await loadWeek(world.store.db, TEAM, '2026-W11');
    expect(version).toBe(2);
    expect(state?.signedOff?.remarks?.text).toBe('Read by cleo.');
  });

  it('leaves those that nobody signed', async () => {
    await report('2026-W12');
    const found = await unsignedOf(world.store.db, TEAM, '2026-03-24T12:00:00.000Z', 'UTC');
    expect(found.map(({ week }) => week)).toEqual(['2026-W12']);
  });
});

describe('chasing', () => {
  it('is recorded once, however many replicas look at once', async () => {
    await report('2026-W13');
    const command: WeekCommand = { type: 'chase', by: 'system', at: hour(80), within: 72 * 3_600_000 };
    const logs = [world.store, other.store, world.store, other.store].map((store) => createWeekLog(store));
    const outcomes = await Promise.all(logs.map((log) => handleWeek(log, TEAM, '2026-W13', command)));
    expect(outcomes.filter((outcome) => 'recorded' in outcome && outcome.recorded)).toHaveLength(1);
    expect((await owed()).filter((each) => each.endsWith('W13'))).toEqual(['sign_off_due 2026-W13']);
  });
});
