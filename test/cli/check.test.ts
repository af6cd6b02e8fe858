import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, type Company, createSandbox, seededApp, seededCompany } from '../../src/sandbox/index.ts';
import { BOT_SCOPES } from '../../src/slack/scopes.ts';
import { runCli } from '../support/cli.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const POLICY = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'carveout-check-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

type World = {
  company?: (company: Company) => void;
  app?: Partial<App>;
  env?: Record<string, string>;
  policy?: string;
};

/** The check's lines by their sign, in a company that is right but for what is said. */
async function check({ company = () => undefined, app, env = {}, policy }: World = {}) {
  const seeded = seededCompany();
  company(seeded);
  const slackApp = seededApp({ scopes: [...BOT_SCOPES], ...app });
  const slack = await createSandbox({ company: seeded, app: slackApp, rateLimits: 'off' });
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, policy ?? POLICY);
  try {
    const { code, out, err } = await runCli(['check'], {
      ...{ DATABASE_URL: database.url, SLACK_API_URL: slack.apiUrl, CARVEOUT_POLICY: file },
      ...{ SLACK_BOT_TOKEN: slackApp.botToken, SLACK_APP_TOKEN: slackApp.appToken },
      ...env,
    });
    expect(err).toBe('');
    const lines = out.trimEnd().split('\n');
    const told = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(8));
    return { code, failed: told('✗ FAIL'), warned: told('! warn'), fine: told('✓ ok'), last: lines.at(-1) };
  } finally {
    await slack.stop();
  }
}

const channel = (company: Company, name: string) => {
  const found = company.channels.find((one) => one.name === name);
  if (!found) throw new Error(`no channel ${name}`);
  return found;
};
const group = (company: Company, handle: string) => {
  const found = company.groups.find((one) => one.handle === handle);
  if (!found) throw new Error(`no group ${handle}`);
  return found;
};

describe('check', () => {
  it('finds nothing to complain of in a company that is set up right, and exits with 0', async () => {
    const { code, failed, fine, last } = await check();
    expect([code, failed]).toEqual([0, []]);
    for (const what of ['environment', 'policy', 'zone', 'database', 'schema', 'token', 'scopes', 'Socket Mode'])
      expect(fine.some((line) => line.startsWith(`${what}: `))).toBe(true);
    expect(fine.filter((line) => line.startsWith('channel '))).toHaveLength(4);
    expect(fine.filter((line) => line.startsWith('group '))).toHaveLength(9);
    expect(last).toMatch(/^\d+ things ok, \d+ warnings?, 0 failed\.$/);
  });

  it('tries each source of the policy, with a line for each and the remedy where one cannot be used', async () => {
    writeFileSync(join(folder, 'history.csv'), 'customer,orders\nACME,12\n');
    const sources = `  sources:
    contracts:
      name: Contract records
      postgres: { url_env: CONTRACTS_URL, query: select $1 as segment }
      fields: { segment: { label: Segment, path: segment } }
    history:
      name: Customer history
      csv: { file: history.csv, key: customer }
      fields: { orders: { label: Orders, path: orders } }
    crm:
      name: CRM
      http: { url: "https://crm.example.com/{customer}", auth: { env: CRM_TOKEN } }
      fields: { segment: { label: Segment, path: $.segment } }
`;
    const policy = POLICY.replace('\nwiring:\n', `\nwiring:\n${sources}`);
    const { code, fine, failed } = await check({ policy, env: { CONTRACTS_URL: database.url } });
    expect(fine).toContain(
      'source contracts: Contract records is set up right, as far as that shows without a customer',
    );
    expect(fine.filter((line) => line.startsWith('source '))).toHaveLength(2);
    expect(failed).toEqual([
      'source crm: CRM: The environment variable CRM_TOKEN is not set; set it where the bot runs, and start the bot again',
    ]);
    expect(code).toBe(1);
  });

  it('tells each thing that is wrong in the workspace with its remedy, and exits with 1', async () => {
    const { code, failed } = await check({
      app: { scopes: BOT_SCOPES.filter((scope) => scope !== 'im:history') },
      env: { SLACK_APP_TOKEN: 'xapp-wrong' },
      company: (company) => {
        channel(company, 'exceptions-manager').name = 'managers';
        channel(company, 'exceptions-audit').members = ['U0CARA'];
        channel(company, 'exceptions-team-lead').archived = true;
        channel(company, 'exceptions-executive').shared = true;
        group(company, 'operations').handle = 'ops';
        group(company, 'executives').users = ['U0ERIN'];
        group(company, 'team-leads').users = [];
        // Who left, a guest, an outsider and a bot cannot act.
        group(company, 'managers').users = ['U0RITA', 'U0GUS', 'U0SVEN', 'U0ROBOT', 'U0MARA'];
      },
    });
    expect(code).toBe(1);
    expect(failed).toEqual([
      expect.stringMatching(/^scopes: .*lacks the scope im:history: add it/),
      expect.stringMatching(/^Socket Mode: Slack opens no connection \(\w+\): check SLACK_APP_TOKEN/),
      expect.stringMatching(/^channel #exceptions-team-lead: .* is archived: unarchive it/),
      expect.stringMatching(/^channel #exceptions-manager: .*create it or correct wiring\.channels\.manager/),
      expect.stringMatching(/^channel #exceptions-executive: .* is shared with another organization/),
      expect.stringMatching(/^channel #exceptions-audit: The bot is not in .*\/invite @carveout/),
      expect.stringMatching(/^group @operations: .* does not exist in Slack: create the user group/),
      expect.stringMatching(/^group @team-leads: .* has nobody who may act/),
      expect.stringMatching(/^group @managers: .* has only one person who may act/),
      expect.stringMatching(/^group @executives: .* has only one person who may act/),
    ]);
  });

  it.each<[string, World, RegExp[]]>([
    [
      'a wrong token and no policy',
      { env: { SLACK_BOT_TOKEN: 'xoxb-wrong', CARVEOUT_POLICY: '/nonexistent.yaml' } },
      [
        /^policy: \/nonexistent\.yaml: there is no such file; set CARVEOUT_POLICY/,
        /^token: Slack refuses it \(invalid_auth\): copy/,
      ],
    ],
    [
      'that neither Slack nor the database is there, and a typo in the policy',
      {
        env: { SLACK_API_URL: 'http://127.0.0.1:1/api/', DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/x' },
        policy: POLICY.replace('  text: Invoices', '  txet: Invoices').replace('zone: UTC', 'zone: Mars'),
      },
      [
        /^policy: .*policy\.yaml:\d+:\d+: rules\.policies\[3\]\.text: is missing/,
        /^policy: .*policy\.yaml:\d+:\d+: rules\.policies\[3\]\.txet: unknown key, did you mean text\?/,
        /^policy: .*policy\.yaml:\d+:\d+: wiring\.zone: expected an IANA time zone/,
        /^database: .*cannot be reached \(connect ECONNREFUSED 127\.0\.0\.1:1\): start Postgres/,
        /^Slack: http:\/\/127\.0\.0\.1:1\/api\/ does not answer: check the network/,
      ],
    ],
    ['a missing variable', { env: { SLACK_BOT_TOKEN: '' } }, [/^environment: SLACK_BOT_TOKEN is missing: it is the/]],
  ])('tells %s with the remedy, and exits with 1', async (_name, world, expected) => {
    const { code, failed } = await check(world);
    expect(code).toBe(1);
    expect(failed).toEqual(expected.map((line) => expect.stringMatching(line)));
  });

  it('only warns of a group without which nothing stands still', async () => {
    const { code, warned } = await check({
      company: (c) => {
        group(c, 'carveout-admins').handle = 'admins';
      },
    });
    expect(code).toBe(0);
    expect(warned).toContainEqual(expect.stringMatching(/^group @carveout-admins: .*the workspace's owners are told/));
  });

  it('counts people whom the policy lists by id', async () => {
    const policy = POLICY.replace("'@operations'", '[U0OLGA, U0OMAR]').replace("'@managers'", '[U0MARA, U0NOBODY]');
    const { fine, failed } = await check({ policy });
    expect(fine).toContainEqual(expect.stringMatching(/^role operations: 2 people/));
    expect(failed).toEqual([expect.stringMatching(/^role managers: .* has only one person who may act/)]);
  });

  it('tries everything that does not depend on what is broken', async () => {
    const { failed, fine } = await check({ policy: 'nonsense', env: { DATABASE_URL: 'postgresql://127.0.0.1:1/x' } });
    expect(failed.map((line) => line.split(':')[0])).toEqual(['policy', 'database']);
    expect(fine.map((line) => line.split(':')[0])).toEqual(['environment', 'token', 'scopes', 'Socket Mode']);
  });

  it('never shows a token or a password', async () => {
    const world = { env: { DATABASE_URL: 'postgresql://a:hunter2@127.0.0.1:1/x', SLACK_BOT_TOKEN: 'xoxb-secret-1' } };
    expect(JSON.stringify(await check(world))).not.toMatch(/hunter2|xoxb-secret/);
  });
});
