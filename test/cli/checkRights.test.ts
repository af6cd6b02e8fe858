import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../src/cli/checkDatabase.ts';
import { readStoreConfig } from '../../src/config.ts';
import { prepareDatabase } from '../../src/jobs/database.ts';
import { type BotUser, createBotUser } from '../support/botUser.ts';
import { runCliProcess } from '../support/cli.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';

let database: TestDatabase;
let bot: BotUser;
beforeAll(async () => {
  database = await createTestDatabase();
  bot = await createBotUser(database.url);
  await prepareDatabase({ adminUrl: database.url, databaseUrl: bot.url });
});
afterAll(async () => {
  await database.drop();
  await bot.drop();
});

const admin = (statement: string) => withClient(database.url, (client) => client.query(statement));
const check = async (databaseUrl: string, databaseAdminUrl?: string) => {
  const config = { databaseUrl, databaseAdminUrl, dataDir: '', policyFile: '', logLevel: 'info' as const };
  return (await checkDatabase(config))
    .filter(({ what }) => what === 'rights' || what === 'administrator')
    .map(({ verdict, text }) => `${verdict} ${text}`);
};

describe('the check of who could change the record', () => {
  it('says that one address for both lets whoever runs the bot change it, and the remedy', async () => {
    const [line, ...more] = await check(database.url);
    expect(line).toMatch(
      /^warn one user owns the tables and runs the bot, .* could change the record: set DATABASE_ADMIN_URL/,
    );
    expect(more).toEqual([]);
  });

  it('is content with a user of the bot who owns nothing and has the role', async () => {
    expect(await check(bot.url, database.url)).toEqual([
      expect.stringMatching(/^ok \w+ makes the tables$/),
      `ok ${bot.name} runs the bot, adds to the record and cannot change it`,
    ]);
  });

  it('is content without the address of the administrator, who need not leave it where the bot runs', async () => {
    expect(await check(bot.url)).toEqual([`ok ${bot.name} runs the bot, adds to the record and cannot change it`]);
  });

  it('names the same user in both, and a superuser that runs the bot', async () => {
    expect(await check(database.url, database.url)).toEqual([
      expect.stringMatching(/^FAIL DATABASE_ADMIN_URL and DATABASE_URL have the same user/),
      expect.stringMatching(/^warn \w+ of DATABASE_URL is a superuser and could change the record/),
    ]);
  });

  it('fails where the two lead to different databases', async () => {
    const other = await createTestDatabase();
    const [line] = await check(bot.url, other.url);
    expect(line).toMatch(/^FAIL DATABASE_ADMIN_URL and DATABASE_URL name different databases/);
    await other.drop();
  });

  it.each([
    [`grant delete, truncate on events to carveout_bot`, /revoke delete on events; truncate on events$/],
    [`grant update (hash) on events to public`, /revoke update \(hash\) on events$/],
    [`grant update on contents to carveout_bot`, /revoke update on contents$/],
    [`grant create on schema public to public`, /revoke create in schema public$/],
  ])('finds what is too much: %s', async (statement, expected) => {
    await admin(statement);
    expect((await check(bot.url, database.url))[1]).toMatch(expected);
    await admin(statement.replace('grant', 'revoke').replace(' to ', ' from '));
    if (statement.includes('contents')) await prepareDatabase({ adminUrl: database.url, databaseUrl: bot.url });
    expect((await check(bot.url, database.url))[1]).toMatch(/^ok/);
  });

  it('finds what is missing, and the next start mends it', async () => {
    await admin('revoke insert on events from carveout_bot; revoke select on requests from carveout_bot');
    expect((await check(bot.url, database.url))[1]).toMatch(
      /^warn \w+ may not insert on events; select on requests: the bot sets this right when it starts/,
    );
    await prepareDatabase({ adminUrl: database.url, databaseUrl: bot.url });
    expect((await check(bot.url, database.url))[1]).toMatch(/^ok/);
  });

  it('knows a user who has no rights yet from a server that is not there', async () => {
    const stranger = await createBotUser(database.url);
    const config = { databaseUrl: stranger.url, dataDir: '', policyFile: '', logLevel: 'info' as const };
    const lines = await checkDatabase(config);
    expect(lines).toMatchObject([
      { verdict: 'FAIL', text: expect.stringMatching(/permission denied.*: run .* migrate/) },
    ]);
    await stranger.drop();
  });

  it('finds a table that the user of the bot owns', async () => {
    await admin(`alter table events owner to ${bot.name}`);
    expect((await check(bot.url, database.url))[1]).toMatch(/^warn \w+ of DATABASE_URL owns events, and could change/);
    await admin('alter table events owner to current_user');
  });

  it('asks for the address of the bot where only that of the administrator is set', () => {
    expect(() => readStoreConfig({ DATABASE_ADMIN_URL: 'postgresql://a@b/c' })).toThrow(
      /^DATABASE_URL is missing, though DATABASE_ADMIN_URL is set: it is the Postgres server/,
    );
  });
});

describe('migrate', () => {
  it('says in one line whose address does not work', async () => {
    const nobody = bot.url.replace(bot.name, 'nobody_here');
    const env = { DATABASE_URL: bot.url, DATABASE_ADMIN_URL: nobody };
    const { code, err } = await runCliProcess(['migrate'], env);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^The database of DATABASE_ADMIN_URL cannot be reached \(.*\): start it, or correct .*\n$/),
    ]);
  });
});
