import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../../src/embedded/launcher.ts';
import { createSandbox, type Sandbox, seededApp, seededCompany } from '../../src/sandbox/index.ts';
import { migrate } from '../../src/store/migrate.ts';
import { runCli, runCliProcess } from '../support/cli.ts';
import { copyDatabase } from '../support/copy.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';
import { createHistory } from '../support/history.ts';

const TEAM = seededCompany().team.id;
const AUDIT = 'C0AUDIT';
const APP = seededApp();
const at = (day: number, hour: number) => new Date(Date.UTC(2026, 0, day, hour)).toISOString();

let database: TestDatabase;
let slack: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  slack = await createSandbox({ company: seededCompany(), app: APP, rateLimits: 'off' });
  database = await createTestDatabase();
  env = {
    ...{ DATABASE_URL: database.url, SLACK_API_URL: slack.apiUrl },
    ...{ SLACK_BOT_TOKEN: APP.botToken, SLACK_APP_TOKEN: APP.appToken },
  };
  const history = await createHistory(database.url, TEAM);
  const number = await history.ask(at(5, 9), { customer: 'ACME\u001b[2J GmbH' });
  await history.confirm(at(5, 10), number);
  await history.approve(at(5, 12), number);
  await history.close();
});
afterAll(async () => {
  await slack.stop();
  await database.drop();
});

const posted = () => slack.messages().filter(({ channel }) => channel === AUDIT);

describe('digest', () => {
  it('prints a week, without needing Slack, and nothing that moves the cursor', async () => {
    const { code, out, err } = await runCli(['digest', '--week', '2026-W02'], { DATABASE_URL: database.url });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Exceptions, 5–11 Jan 2026\n1 asked, 1 approved, none late.\n');
    expect(out).toContain('EX-1 approved: ACME [2J GmbH, Refund window, 10 %, $500');
    expect(out).toMatch(/details confirmed by Olga Operator, Mon,? 5 Jan,? 10:00 UTC; authorized by Lee Lead/);
    expect(out).toMatch(/Chain not verified yet: .*Run audit verify.*\nNot sealed yet\.\n$/);
  });

  it('prints any other period', async () => {
    const { code, out } = await runCli(['digest', '--period', '2026-Q1'], env);
    expect(code).toBe(0);
    expect(out).toContain('Exceptions, 1 Jan – 31 Mar 2026\n1 asked, 1 approved, none late.\n');
  });

  it('prints an empty week honestly', async () => {
    const { code, out } = await runCli(['digest', '--week', '2025-W40'], env);
    expect(code).toBe(0);
    expect(out).toContain('Nobody asked for an exception, nothing was decided, and nothing is open.');
  });

  it('posts a week once, with the decisions in its thread, and says where it is', async () => {
    const first = await runCliProcess(['digest', '--week', '2026-W02', '--post'], env);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^The report of 2026-W02 is posted: \S+\n$/);
    const again = await runCli(['digest', '--week', '2026-W02', '--post'], env);
    expect(again.out).toMatch(/^The report of 2026-W02 was posted before, and is not posted again: \S+\n$/);
    const [report, ...thread] = posted();
    expect(report?.text).toBe('Exceptions, 5–11 Jan 2026: 1 asked, 1 approved, none late.');
    expect(report?.blocks.map(({ type }) => type)).toContain('image');
    expect(report && slack.read(report)).toMatch(
      /Chain verified .*: 4 events, nothing changed or missing\.\nSealed .*: 4 events/,
    );
    expect(thread.map((message) => message.thread_ts)).toEqual(thread.map(() => report?.ts));
    const [figures = '', decisions = '', list = '', ...rest] = thread.map((message) => slack.read(message));
    expect(figures).toContain('By policy');
    expect(decisions).toContain('authorized by Lee Lead');
    expect(list).toContain('1 decision as a list for a spreadsheet.');
    expect([rest, posted().flatMap(({ pings }) => pings)]).toEqual([[], []]);
  });

  it('draws the picture of a week into a file, and says what it shows', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carveout-picture-'));
    const file = join(folder, 'week.png');
    const { code, out } = await runCli(['digest', '--week', '2026-W02', '--picture', file], env);
    const bytes = readFileSync(file);
    rmSync(folder, { recursive: true });
    expect([code, bytes.subarray(1, 4).toString()]).toEqual([0, 'PNG']);
    expect(out).toMatch(/It shows: 1 asked, 1 approved, none late\..*By policy: Refund window 1/);
  });

  it('says what Slack refuses', async () => {
    const { code, out, err } = await runCli(['digest', '--week', '2026-W02', '--post'], {
      ...env,
      SLACK_BOT_TOKEN: 'xoxb-wrong',
    });
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe('Slack does not take it (invalid_auth): npx node src/cli.ts check says what is wrong.\n');
  });

  it.each([
    [
      ['--week', '2026-W99'],
      /^2026-W99 is no week: write it like 20\d\d-W\d\d\.\nUsage: npx node src\/cli\.ts digest /,
    ],
    [['--week', '2999-W01'], /^2999-W01 has not begun: it is 20\d\d-W\d\d\.\nUsage: /],
    [['--period', 'last month'], /^“last month” is no period that I can read\. Write it like 90d, .*\nUsage: /],
    [['--period', '2026-Q1', '--week', '2026-W02'], /^Give --week or --period, not both\.\nUsage: /],
    [['--period', '2026-Q1', '--post'], /^Only the report of a week is posted: name it with --week\.\nUsage: /],
    [['--weak', '2026-W02'], /^Unknown option '--weak'.*\nUsage: /],
    [
      ['--week', '2026-W02', '--team', 'T0NOBODY'],
      /^There is no workspace T0NOBODY here; there are T0HARBOUR1 .*\nUsage: /,
    ],
  ])('answers %j with a sentence, the usage and exit code 2', async (args, sentence) => {
    const { code, out, err } = await runCli(['digest', ...args], env);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });
});

describe('audit verify', () => {
  it('says what it checked', async () => {
    const { code, out } = await runCli(['audit', 'verify'], { DATABASE_URL: database.url });
    expect(code).toBe(0);
    expect(out).toContain(`${TEAM} (${TEAM}): 4 events in 2 streams checked, nothing changed or missing.\n`);
  });

  it('names the event in which one byte was changed, and exits with 1', async () => {
    const copy = await copyDatabase(database);
    await withClient(copy.url, async (client) => {
      await client.query('set session_replication_role = replica');
      await client.query(
        `update events set data = jsonb_set(data::jsonb, '{value}', '"501"') where type = 'submitted'`,
      );
    });
    const { code, out } = await runCli(['audit', 'verify'], { DATABASE_URL: copy.url });
    await copy.drop();
    expect(code).toBe(1);
    expect(out).toContain(`${TEAM} (${TEAM}): BROKEN, 1 fault; 4 events in 2 streams checked.\n`);
    expect(out).toContain('First: request/1, event 1: it was changed after it was written: its content does not give');
  });

  it('says which database cannot be reached, without a stack', async () => {
    const { code, out, err } = await runCliProcess(['audit', 'verify'], {
      DATABASE_URL: 'postgresql://a:secret@127.0.0.1:1/x',
    });
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'The database cannot be reached (connect ECONNREFUSED 127.0.0.1:1): start it, or correct DATABASE_URL.\n',
    );
  });
});

describe('the embedded database', () => {
  it('is read while the bot runs on it, and started where nobody does', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'carveout-cli-'));
    const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
    await migrate({ connectionString: postgres.url });
    const whileRunning = await runCliProcess(['audit', 'verify'], { CARVEOUT_DATA: dataDir });
    await postgres.stop();
    const stopped = await runCliProcess(['audit', 'verify'], { CARVEOUT_DATA: dataDir });
    rmSync(dataDir, { recursive: true, force: true });
    const empty = { code: 0, out: 'The record is empty: there is nothing to check.\n', err: '' };
    expect([whileRunning, stopped]).toEqual([empty, empty]);
  });

  it('is not made by looking for a record', async () => {
    const { code, err } = await runCli(['audit', 'verify'], { CARVEOUT_DATA: '/nonexistent' });
    expect(code).toBe(1);
    expect(err).toMatch(/^There is no record under \/nonexistent yet: start the bot once, or set /);
  });
});

describe('the commands', () => {
  it.each([[[]], [['help']], [['--help']], [['-h']]])('%j lists them', async (args) => {
    const { code, out } = await runCli(args);
    expect(code).toBe(0);
    for (const usage of ['  check\n', '  digest ', '  audit verify ']) expect(out).toContain(usage);
  });

  it.each([
    [['chek'], /^There is no command chek\.\nUsage: npx node src\/cli\.ts help\n$/],
    [['audit'], /^audit needs one of: verify.*\.\nUsage: npx node src\/cli\.ts help\n$/],
    [['audit', 'destroy'], /^There is no command audit destroy; there is: verify.*\.\nUsage: /],
    [['check', 'everything'], /^Unexpected argument 'everything'.*\nUsage: npx node src\/cli\.ts check\n$/],
  ])('%j is answered with a sentence and exit code 2', async (args, sentence) => {
    const { code, err } = await runCli(args);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });

  it('end the process with their exit code, and what is wrong is not written where answers are', async () => {
    const { code, out, err } = await runCliProcess(['chek']);
    expect([code, out, err]).toEqual([2, '', 'There is no command chek.\nUsage: npx node src/cli.ts help\n']);
  });
});
