import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Intent } from '../../src/app/intents.ts';
import { registerWorkspace } from '../../src/store/workspaces.ts';
import { createWorkshop, TEAM, type Workshop } from '../jobs/support.ts';
import { runCli, runCliProcess } from '../support/cli.ts';
import { createTestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';
import { waitFor } from '../support/wait.ts';

const OTHER = 'T0OTHER';
const story = (number: number, seq = 1): Intent => ({ kind: 'story', number, seq });
const redraw = (number: number): Intent => ({ kind: 'redraw', number });
const NOTHING = 'Nothing is given up: what was owed to somebody was delivered, or still will be.\n';
const NOBODY = '00000000-0000-4000-8000-000000000000';

let shop: Workshop;
beforeAll(async () => {
  shop = await createWorkshop();
  for (const teamId of [TEAM, OTHER])
    await registerWorkspace(shop.db, {
      ...{ teamId, name: `Company ${teamId}`, botUserId: 'U0BOT', since: '2026-01-01T00:00:00.000Z' },
    });
});
afterAll(() => shop.close());

/** As whoever runs the bot, who owns no table. */
const deliveries = (...args: string[]) => runCli(['deliveries', ...args], { DATABASE_URL: shop.botUrl });
const deadJobs = async (): Promise<{ id: string; intent: unknown; state: string }[]> => {
  const { rows } = await shop.pool.query(
    `select id, data -> 'intent' as intent, state from pgboss.job where name like '%/dead' order by created_on`,
  );
  return rows;
};
const owed = async (): Promise<unknown[]> => {
  const rows = await shop.db.selectFrom('outbox').select('intents').orderBy('id').execute();
  return rows.flatMap(({ intents }) => intents);
};

type GivingUp = {
  teamId?: string;
  /** Whether the bot runs until it has told the admins, which takes it some seconds. */
  told?: boolean;
};

/** A bot that fails at what is owed until it gives up, and is stopped. @returns the ids, in the order of the intents */
async function giveUp(intents: unknown[], { teamId = TEAM, told = false }: GivingUp = {}): Promise<string[]> {
  const before = (await deadJobs()).length;
  const queue = shop.open(
    async ({ kind }) => {
      if (kind !== 'alert') throw new Error('no such view');
    },
    { teamId },
  );
  await queue.start();
  // The same settings, without the quarter of an hour between first and last try.
  await shop.pool.query('update pgboss.queue set retry_limit = 1, retry_delay = 0, retry_backoff = false');
  for (const intent of intents)
    await shop.pool.query('insert into outbox (team_id, intents) values ($1, $2)', [teamId, JSON.stringify([intent])]);
  queue.wake();
  await waitFor(async () => (await deadJobs()).length === before + intents.length, { what: 'all to be given up' });
  if (told)
    await waitFor(async () => (await deadJobs()).every(({ state }) => state === 'completed'), {
      what: 'the admins to be told',
      timeoutMs: 20_000,
    });
  await queue.stop();
  const dead = await deadJobs();
  return intents.map((intent) => {
    const found = dead.find((one) => isDeepStrictEqual(one.intent, intent));
    if (!found) throw new Error(`not given up: ${JSON.stringify(intent)}`);
    return found.id;
  });
}

afterEach(async () => {
  await shop.pool.query('delete from pgboss.job; delete from outbox');
});

describe('deliveries dead', () => {
  it('says in a sentence that nothing is given up', async () => {
    await giveUp([]);
    expect(await deliveries('dead')).toEqual({ code: 0, out: NOTHING, err: '' });
  });

  it('says the same where no bot has ever run, and makes no tables', async () => {
    const fresh = await createTestDatabase();
    await withClient(fresh.url, async (client) => {
      await client.query('drop schema if exists pgboss cascade');
      expect(await runCli(['deliveries', 'dead'], { DATABASE_URL: fresh.url })).toEqual({
        code: 0,
        out: NOTHING,
        err: '',
      });
      const { rows } = await client.query(`select to_regnamespace('pgboss') as schema`);
      expect(rows).toEqual([{ schema: null }]);
    });
    await fresh.drop();
  });

  it('asks for a bot of this version where the queue is of another', async () => {
    await shop.pool.query('update pgboss.version set version = version - 1');
    const { code, out, err } = await deliveries('dead');
    await shop.pool.query('update pgboss.version set version = version + 1');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /^The queue cannot be read \(.*migrations\): start the bot once, which brings it up to date\.\n$/,
    );
  });

  it('says when what was given up, of which request, how often it was tried and why', async () => {
    const [id = ''] = await giveUp([story(12, 3)]);
    const { code, out } = await runCliProcess(['deliveries', 'dead'], { DATABASE_URL: shop.botUrl });
    const [first, second, last] = out.split('\n');
    expect(first).toMatch(/^[\da-f-]{36} {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}EX-12, a line in the thread$/);
    expect(first).toContain(id);
    expect([second, last]).toEqual([
      '    tried 2 times; no such view',
      '1 delivery given up. Mend the cause, then: npx node src/cli.ts deliveries retry --all, or the ids of some.',
    ]);
    expect(code).toBe(1);
  });

  it('gives programs the same as JSON', async () => {
    const [id = ''] = await giveUp([redraw(7)]);
    const { code, out } = await deliveries('dead', '--json');
    expect(JSON.parse(out)).toEqual([
      {
        ...{ id, team: TEAM, givenUpAt: expect.stringMatching(/^\d{4}-.*Z$/), request: 7 },
        ...{ what: 'EX-7, the card and messages, as they are now', tries: 2, because: 'no such view' },
        intent: redraw(7),
      },
    ]);
    expect(code).toBe(1);
    expect(JSON.parse((await deliveries('dead', '--json', '--team', OTHER)).out)).toEqual([]);
  });

  it('keeps several workspaces apart', async () => {
    await giveUp([story(1)]);
    await giveUp([story(2)], { teamId: OTHER });
    const { out } = await deliveries('dead');
    expect(out).toMatch(/^Company T0JOBS \(T0JOBS\):\n.*EX-1,.*\n.*\nCompany T0OTHER \(T0OTHER\):\n.*EX-2,.*\n/);
    expect((await deliveries('dead', '--team', OTHER)).out).not.toContain('EX-1,');
    const unknown = await deliveries('dead', '--team', 'T0NOBODY');
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('There is no workspace T0NOBODY')]);
  });
});

describe('deliveries retry', () => {
  it('has a running bot deliver each once, and what was put back is given up no longer', async () => {
    await giveUp([story(12, 3), redraw(12), redraw(13)], { told: true });
    const seen: Intent[] = [];
    const queue = shop.open(async (intent) => void seen.push(intent));
    await queue.start();
    expect((await queue.counts()).dead).toBe(3);
    const { code, out } = await deliveries('retry', '--all');
    expect(out).toMatch(/^[\da-f-]{36} {2}put back: EX-12, a line in the thread$/m);
    expect(out).toContain(
      '3 deliveries put back: a bot that runs tries them within seconds, another when it starts.\n',
    );
    expect(code).toBe(0);
    await waitFor(() => seen.length >= 3, { what: 'all to be delivered' });
    // What `carveout_dead_letters` says.
    await waitFor(async () => (await queue.counts()).dead === 0, { what: 'none to be counted' });
    await waitFor(async () => (await queue.counts()).waiting === 0, { what: 'an empty queue' });
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(expect.arrayContaining([story(12, 3), redraw(12), redraw(13)]));
    await queue.stop();
    expect((await deliveries('dead')).code).toBe(0);
    const again = await deliveries('retry', '--all');
    expect([again.code, again.out]).toEqual([0, 'There is nothing to put back.\n']);
  });

  it('puts each back once, however many operators do it at the same time', async () => {
    const intents = Array.from({ length: 8 }, (_, i) => story(i + 1));
    await giveUp(intents);
    const answers = await Promise.all(Array.from({ length: 4 }, () => deliveries('retry', '--all')));
    const back = answers.flatMap(({ out }) => out.match(/(?<= put back: ).*thread$/gm) ?? []);
    expect(back.toSorted()).toEqual(intents.map((_, i) => `EX-${i + 1}, a line in the thread`));
    expect(await owed()).toHaveLength(8);
    expect(answers.map(({ code, err }) => [code, err])).toEqual(answers.map(() => [0, '']));
  });

  it('takes the ids of some, and says which are none; the others stay', async () => {
    const [first = '', second = ''] = await giveUp([story(1), story(2)]);
    const { code, out } = await deliveries('retry', second.toUpperCase(), NOBODY);
    expect(out).toContain(`${NOBODY}  is not given up, or is not any longer.\n`);
    expect(out).toContain(`${second}  put back: EX-2, a line in the thread\n1 delivery put back`);
    expect(code).toBe(1);
    expect(await owed()).toEqual([story(2)]);
    expect((await deadJobs()).map(({ id }) => id)).toEqual([first]);
  });

  it('takes all of a request, of the workspace that is named', async () => {
    await giveUp([story(12), redraw(12), story(13)]);
    await giveUp([story(12, 9)], { teamId: OTHER });
    const unclear = await deliveries('retry', '--request', 'EX-12');
    expect([unclear.code, unclear.err]).toEqual([2, expect.stringContaining('Say which workspace with --team')]);
    expect((await deliveries('retry', '--all', '--request', 'EX-12', '--team', TEAM)).code).toBe(0);
    expect(await owed()).toHaveLength(2);
    expect((await deadJobs()).map(({ intent }) => intent)).toEqual([story(13), story(12, 9)]);
  });

  it('leaves what it cannot read where it is, and says so', async () => {
    const [id = ''] = await giveUp([{ kind: 'sing', number: 12 }, story(1)]);
    const { code, out } = await deliveries('retry', '--all');
    expect(out).toContain(`${id}  stays given up: something that this version of Carveout cannot read: {"kind":"sing"`);
    expect(out).toContain('1 delivery put back');
    expect(code).toBe(1);
    expect((await deadJobs()).map((one) => one.id)).toEqual([id]);
    expect(await owed()).toEqual([story(1)]);
    expect((await deliveries('dead')).out).toContain('cannot read: {"kind":"sing"');
  });
});

describe('deliveries dismiss', () => {
  it('takes off the list what is named, also what nobody can read; nobody is told of it, and the others stay', async () => {
    const [song = '', told = '', kept = ''] = await giveUp([{ kind: 'sing', number: 12 }, story(1), story(2)]);
    const { code, out } = await deliveries('dismiss', song, told, NOBODY);
    expect(out).toContain(`${NOBODY}  is not given up, or is not any longer.\n`);
    expect(out).toContain(`${song}  dismissed: something that this version of Carveout cannot read: {"kind":"sing"`);
    expect(out).toContain(`${told}  dismissed: EX-1, a line in the thread\n`);
    expect(out).toContain('2 deliveries dismissed: nobody will be told of them.\n');
    expect(code).toBe(1);
    expect(await owed()).toEqual([]);
    expect((await deadJobs()).map(({ id }) => id)).toEqual([kept]);
    expect((await deliveries('dismiss', '--request', 'EX-2', '--team', TEAM)).code).toBe(0);
    expect(await deliveries('dead')).toEqual({ code: 0, out: NOTHING, err: '' });
    expect((await deliveries('dismiss', '--all')).out).toBe('There is nothing to dismiss.\n');
  });
});

describe('what is wrong with an order', () => {
  it.each([
    [['dismiss'], 'Say which: ids of deliveries dead, --request EX-12 or --all.'],
    [['retry'], 'Say which: ids of deliveries dead, --request EX-12 or --all.'],
    [['retry', 'EX-12'], 'ex-12 is no id of a delivery: deliveries dead lists them.'],
    [['retry', NOBODY, '--all'], 'Name ids, or say --all or --request, not both.'],
    [['retry', '--request', 'twelve'], 'twelve is no request: write it like EX-12.'],
    [['dead', '--csv'], "Unknown option '--csv'"],
    [['dead', 'EX-12'], 'Unexpected argument'],
    [['bury'], 'There is no command deliveries bury; there is: dead, retry, dismiss.'],
  ])('is said: %j', async (args, why) => {
    const { code, out, err } = await deliveries(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')[0]).toContain(why);
  });
});
