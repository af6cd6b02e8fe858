import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Intent } from '../../src/app/intents.ts';
import { Later } from '../../src/app/later.ts';
import { owe } from '../../src/store/outbox.ts';
import { waitFor } from '../support/wait.ts';
import { createWorkshop, TEAM, type Workshop } from './support.ts';

const story = (number: number, seq: number): Intent => ({ kind: 'story', number, seq });
const redraw = (number: number): Intent => ({ kind: 'redraw', number });

let shop: Workshop;
beforeEach(async () => {
  shop = await createWorkshop();
});
afterEach(() => shop.close());

/** Deliveries that wait until the test lets them go. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('what is owed', () => {
  it('is delivered right after the commit, not at the next look', async () => {
    const seen: Intent[] = [];
    const queue = shop.open(async (intent) => void seen.push(intent));
    await queue.start();
    await waitFor(() => seen.length === 0, { what: 'a quiet start' });
    const times: number[] = [];
    for (let seq = 1; seq <= 5; seq++) {
      const started = performance.now();
      await shop.owe(story(1, seq));
      queue.wake();
      await waitFor(() => seen.length === seq, { what: 'the delivery' });
      times.push(performance.now() - started);
    }
    // Looking alone would take three quarters of a second and more on average.
    expect(times.toSorted((a, b) => a - b)[2]).toBeLessThan(500);
  });

  it('is found without being woken, as after a crash between the commit and the wake-up', async () => {
    await shop.owe(story(1, 1), redraw(1));
    const seen: Intent[] = [];
    await shop.open(async (intent) => void seen.push(intent)).start();
    await waitFor(() => seen.length === 2, { what: 'both deliveries' });
    await shop.owe(story(1, 2));
    await waitFor(() => seen.length === 3, { what: 'what nobody announced' });
  });

  it('is not delivered where its transaction was rolled back', async () => {
    const seen: Intent[] = [];
    const queue = shop.open(async (intent) => void seen.push(intent));
    await queue.start();
    const undone = shop.db.transaction().execute(async (trx) => {
      await owe(trx, TEAM, [story(9, 9)]);
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    await shop.owe(story(1, 1));
    queue.wake();
    await waitFor(() => seen.length > 0, { what: 'the other delivery' });
    expect(seen).toEqual([story(1, 1)]);
  });

  it('is delivered once by five replicas that start at the same moment on an empty database', async () => {
    await shop.pool.query('drop schema pgboss cascade');
    const seen: Intent[] = [];
    await shop.owe(...Array.from({ length: 250 }, (_, i) => story(1, i + 1)));
    const replicas = Array.from({ length: 5 }, () => shop.open(async (intent) => void seen.push(intent)));
    await Promise.all(replicas.map((replica) => replica.start()));
    await waitFor(() => seen.length >= 250, { what: '250 deliveries', timeoutMs: 15_000 });
    await waitFor(async () => (await replicas[0]?.counts())?.waiting === 0, { what: 'an empty queue' });
    expect(new Set(seen.map((intent) => JSON.stringify(intent))).size).toBe(250);
    expect(seen).toHaveLength(250);
  });

  it('of another workspace on the same database is left to its own replica', async () => {
    const seen: Intent[] = [];
    const queue = shop.open(async (intent) => void seen.push(intent));
    await queue.start();
    await owe(shop.db, 'T0OTHER', [story(7, 7)]);
    await shop.owe(story(1, 1));
    queue.wake();
    await waitFor(() => seen.length > 0, { what: 'our own delivery' });
    expect(seen).toEqual([story(1, 1)]);
    expect(await shop.db.selectFrom('outbox').select('team_id').execute()).toEqual([{ team_id: 'T0OTHER' }]);
  });
});

describe('redraws of one card', () => {
  it('fold into one while they wait, and one that comes during a redraw gets its own', async () => {
    const first = gate();
    let runs = 0;
    const queue = shop.open(async () => {
      runs++;
      await first.opened;
    });
    await queue.start();
    await shop.owe(redraw(1));
    queue.wake();
    await waitFor(() => runs === 1, { what: 'the first redraw to begin' });
    await shop.owe(...Array.from({ length: 20 }, () => redraw(1)));
    queue.wake();
    await waitFor(async () => (await queue.counts()).owed === 0, { what: 'an empty outbox' });
    first.open();
    await waitFor(() => runs === 2, { what: 'the redraw that sees the last change' });
    await waitFor(async () => (await queue.counts()).waiting === 0, { what: 'an empty queue' });
    expect(runs).toBe(2);
  });

  it('that are slow hold up no other card', async () => {
    const slow = gate();
    const drawn: number[] = [];
    const queue = shop.open(async (intent) => {
      if (intent.kind !== 'redraw') return;
      if (intent.number === 1) await slow.opened;
      drawn.push(intent.number);
    });
    await queue.start();
    await shop.owe(redraw(1));
    queue.wake();
    await waitFor(async () => (await queue.counts()).owed === 0, { what: 'an empty outbox' });
    await shop.owe(redraw(1), redraw(2), redraw(3));
    queue.wake();
    await waitFor(() => drawn.includes(2) && drawn.includes(3), { what: 'the other cards' });
    expect(drawn).not.toContain(1);
    slow.open();
  });
});

describe('a delivery that must wait', () => {
  it('comes back as often as it takes and is never given up (fault 42)', async () => {
    let tries = 0;
    const queue = shop.open(async () => {
      tries++;
      if (tries <= 9) throw new Later('Slack is away', 10);
    });
    await queue.start();
    await shop.owe(story(1, 1));
    queue.wake();
    // One more than the tries after which a fault is given up.
    await waitFor(() => tries === 10, { what: 'the try that succeeds', timeoutMs: 25_000 });
    expect(await queue.counts()).toMatchObject({ owed: 0, dead: 0 });
  }, 30_000);
});

describe('a delivery that fails for a fault of ours', () => {
  it('is given up after its retries: logged with the request, counted, and the admins are told once', async () => {
    const alerts: Intent[] = [];
    const queue = shop.open(async (intent) => {
      if (intent.kind === 'alert') alerts.push(intent);
      else throw new Error('no such view');
    });
    await queue.start();
    // The same settings, without the quarter of an hour between first and last try.
    await shop.pool.query(`update pgboss.queue set retry_limit = 2, retry_delay = 0, retry_backoff = false`);
    await shop.owe(story(12, 3));
    queue.wake();
    await waitFor(() => alerts.length > 0, { what: 'the alert', timeoutMs: 15_000 });
    expect(alerts).toEqual([
      { kind: 'alert', problem: 'given-up/story/12', text: 'gave up story of EX-12', day: '2026-11-21' },
    ]);
    expect(shop.lines.filter(({ msg }) => msg === 'given up')).toMatchObject([{ request: 12, tries: 3 }]);
    expect(shop.lines.find(({ msg }) => msg === 'given up')).toMatchObject({ because: { message: 'no such view' } });
    expect((await queue.counts()).dead).toBe(1);
  });

  it('with an intent that nobody can read is kept among the dead letters and stops nothing', async () => {
    const seen: Intent[] = [];
    const queue = shop.open(async (intent) => void seen.push(intent));
    await queue.start();
    await shop.pool.query(`update pgboss.queue set retry_limit = 0`);
    await shop.pool.query(`insert into outbox (team_id, intents) values ($1, '[{"kind":"sing"}]')`, [TEAM]);
    await shop.owe(story(1, 1));
    queue.wake();
    await waitFor(() => seen.length === 1, { what: 'the delivery behind it' });
    await waitFor(async () => (await queue.counts()).dead === 1, { what: 'the dead letter', timeoutMs: 15_000 });
  });
});

describe('the queue', () => {
  it('goes on after the database dropped all its connections (fault 51)', async () => {
    const seen: Intent[] = [];
    const queue = shop.open(async (intent) => void seen.push(intent));
    await queue.start();
    await shop.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // The pool of the test was cut off, too, and learns of it only by using a connection.
    await waitFor(() => shop.owe(story(1, 1)).then(() => true), { what: 'a live connection' });
    await waitFor(() => seen.length === 1, { what: 'the delivery', timeoutMs: 10_000 });
  });

  it('lets the job under way end before it stops', async () => {
    const slow = gate();
    let ended = false;
    const queue = shop.open(async () => {
      await slow.opened;
      ended = true;
    });
    await queue.start();
    await shop.owe(story(1, 1));
    queue.wake();
    await waitFor(
      () =>
        shop.db
          .selectFrom('outbox')
          .select('id')
          .execute()
          .then((rows) => rows.length === 0),
      {
        what: 'the job to be taken',
      },
    );
    await waitFor(
      async () => (await shop.pool.query("select 1 from pgboss.job where state = 'active'")).rowCount === 1,
      { what: 'the job to run' },
    );
    const stopped = queue.stop();
    slow.open();
    await stopped;
    expect(ended).toBe(true);
  });
});
