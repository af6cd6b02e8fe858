/** Who is told when, while what fell due is still being found: one replica looks for it, another tells. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Intent } from '../../src/app/intents.ts';
import { createCourtesy } from '../../src/jobs/courtesy.ts';
import { createQueue, type Queue } from '../../src/jobs/queue.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { tellWith } from '../../src/jobs/tell.ts';
import { notePings, pingsIn } from '../../src/store/pings.ts';
import { createOffice, type Office, WHO } from '../slack/deliver/office.ts';
import { withClient } from '../support/database-url.ts';
import { createReplica, type Replica } from '../support/replica.ts';
import { waitFor } from '../support/wait.ts';

const MINUTE = 60_000;
/** Requests are asked for on Monday at 10:00. Of their 48 hours half has passed now, in the working hours of everybody here. */
const HALF = Date.parse('2026-11-24T10:00:00.000Z');

let office: Office;
let other: Replica;
let queue: Queue | null;
let now: number;
beforeEach(async () => {
  office = await createOffice();
  other = createReplica(office.url, 4, office.teamId);
  queue = null;
  now = HALF + 5 * MINUTE;
});
afterEach(async () => {
  await queue?.stop();
  await other.close();
  await office.close();
});

const clock = { now: () => new Date(now).toISOString() };
const look = () => sweep({ ...office, clock });
const teller = (elapsed?: () => number) =>
  tellWith({
    ...{ db: other.store.db, policies: other.policies, clock, teamId: office.teamId, log: office.log },
    ...(elapsed && { elapsed }),
  });

/** Asks for so many, and has everybody told of them that they are there. @returns their numbers, in the order they fall due */
async function asked(count: number): Promise<number[]> {
  const numbers: number[] = [];
  for (let n = 0; n < count; n++) numbers.push(await office.ask({ deviation: '25' }));
  await office.owed();
  return numbers;
}

/** Reminders in the outbox. */
const found = async () =>
  (await office.db.selectFrom('outbox').select('intents').execute())
    .flatMap(({ intents }) => intents)
    .filter(({ kind }) => kind === 'remind');
const deliver = (intent: Intent) => office.deliverer({ clock }).deliver(intent);
const deliverAll = async () => {
  for (const intent of await office.owed()) await deliver(intent);
};

/** Which requests each message is about that Olga is to get; takes what is owed out of the outbox. */
async function toldToOlga(): Promise<number[][]> {
  const pings = (await office.owed()).filter((intent) => intent.kind === 'ping' && intent.person === WHO.olga);
  return Promise.all(
    pings.map(async (intent) => {
      const ping = intent.kind === 'ping' ? intent.ping : 0;
      return (await pingsIn(office.db, office.teamId, WHO.olga, ping)).map(({ number }) => number);
    }),
  );
}

describe('nobody is told of a part of what fell due', () => {
  it('while another replica has not looked at all of it', async () => {
    const numbers = await asked(5);
    await withClient(office.url, async (busy) => {
      await busy.query('begin');
      await busy.query('select from requests where number = $1 for update', [numbers.at(-1)]);
      const looking = look();
      await waitFor(async () => (await found()).length === 4, { what: 'four of five to be found' });
      await deliverAll();
      now += 2 * MINUTE;
      const tell = teller();
      expect(await tell()).toEqual({ seen: 0, told: 0, failed: 0, held: true });
      expect(await toldToOlga()).toEqual([]);
      await busy.query('commit');
      expect(await looking).toEqual({ seen: 5, failed: 0 });
      await deliverAll();
      now += 2 * MINUTE;
      expect(await tell()).toMatchObject({ held: false, failed: 0 });
    });
    expect(await toldToOlga()).toEqual([numbers]);
  });

  it('while some of it lies in the outbox, waits in the queue, or is being noted', async () => {
    const numbers = await asked(2);
    await look();
    const [first, second] = await office.owed();
    if (!first || !second) throw new Error('they were not found');
    await deliver(first);
    now += 2 * MINUTE;
    const tell = teller();
    const heldWhile = async (where: string) =>
      expect(await tell(), where).toEqual({ seen: 0, told: 0, failed: 0, held: true });

    await office.owe({ kind: 'look_at_staffing' }, second);
    await heldWhile('in the outbox');

    const gates = { look_at_staffing: gate(), remind: gate() };
    queue = openQueue(async (intent) => {
      if (intent.kind === 'look_at_staffing' || intent.kind === 'remind') await gates[intent.kind].opened;
      await deliver(intent);
    });
    await queue.start();
    await waitFor(() => isReminder('created'), { what: 'it to wait behind another job' });
    await heldWhile('in the queue');

    gates.look_at_staffing.open();
    await waitFor(() => isReminder('active'), { what: 'a worker to begin' });
    await heldWhile('being noted');

    gates.remind.open();
    await waitFor(() => isReminder('completed'), { what: 'it to be noted' });
    await queue.stop();
    now += 2 * MINUTE;
    expect(await tell()).toMatchObject({ held: false, failed: 0 });
    expect(await toldToOlga()).toEqual([numbers]);
  });
});

describe('what is stuck', () => {
  const attention = (number: number, at: string | null) =>
    office.db.updateTable('requests').set({ attention_at: at }).where('number', '=', number).execute();

  it('silences nobody for more than ten minutes, nor again while it stays so', async () => {
    const [well = 0, broken = 0] = await asked(2);
    await office.store.pool.query(`update requests set state = '{}' where number = $1`, [broken]);
    expect(await look()).toEqual({ seen: 2, failed: 1 });
    await deliverAll();
    now += 2 * MINUTE;
    let passed = 0;
    const tell = teller(() => passed);
    expect((await tell()).held).toBe(true);
    passed = 10 * MINUTE - 1;
    expect((await tell()).held).toBe(true);
    passed = 10 * MINUTE;
    expect((await tell()).held).toBe(false);
    expect(await toldToOlga()).toEqual([[well]]);

    await noteUrgent('first');
    now += 2 * MINUTE;
    expect((await tell()).held).toBe(false);
    expect(await toldToOlga()).toEqual([[well]]);

    await attention(broken, null);
    await tell();
    await attention(broken, clock.now());
    await noteUrgent('second');
    now += 2 * MINUTE;
    expect(await tell(), 'what gets stuck anew is waited for anew').toMatchObject({ held: true, told: 0 });
  });

  const noteUrgent = (key: string) =>
    notePings(
      office.db,
      office.teamId,
      [WHO.olga],
      { number: 1, key, percent: 50, urgent: true, dueAt: clock.now() },
      clock.now(),
    );
});

/** What waits until the test lets it go on. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** A queue that does one thing after the other. */
const openQueue = (deliver: (intent: Intent) => Promise<void>): Queue =>
  createQueue({
    ...{ db: office.db, connectionString: office.url, teamId: office.teamId, clock, log: office.log, deliver },
    givenUpText: () => 'given up',
    courtesy: createCourtesy(),
    workers: { messages: 1, redraws: 1 },
  });

/** Whether the queue has a reminder in this state. */
async function isReminder(state: string): Promise<boolean> {
  const text = `select from pgboss.job where state::text = $1 and data -> 'intent' ->> 'kind' = 'remind'`;
  return (await office.store.pool.query(text, [state])).rowCount === 1;
}
