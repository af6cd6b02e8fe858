import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { prepareDatabase } from '../../src/jobs/database.ts';
import { DatabaseSetupError } from '../../src/store/botRole.ts';
import { BOT_ROLE, GRANTS, READ_ONLY } from '../../src/store/grants.ts';
import { type BotUser, createBotUser } from '../support/botUser.ts';
import { databaseUrl, withClient } from '../support/database-url.ts';
import { createWorld, type World } from '../support/world.ts';

const adminUrl = inject('adminUrl');
let world: World;
let bot: BotUser;
let connection: pg.Client;
beforeAll(async () => {
  world = await createWorld();
  await world.submit('ada');
  bot = await createBotUser(world.url);
  await prepareDatabase({ adminUrl: world.url, databaseUrl: bot.url });
  connection = new pg.Client(bot.url);
  await connection.connect();
});
afterAll(async () => {
  await connection.end();
  await world.close();
  await bot.drop();
});

const asBot = (statement: string) => connection.query(statement);

describe("the bot's user", () => {
  const STAYS = [
    'events',
    'decisions',
    'decision_people',
    'policies',
    'leaves',
    'nodes',
    'checkpoints',
    'publications',
  ];
  const attempts = [
    ...STAYS.flatMap((table) => [`update ${table} set team_id = 'T0OTHER'`, `delete from ${table}`]),
    ...[...STAYS, 'contents', 'blobs', 'requests', 'outbox'].flatMap((table) => [
      `truncate ${table}`,
      `drop table ${table}`,
      `alter table ${table} add column more int`,
      `alter table ${table} disable trigger all`,
      `create trigger mine before insert on ${table} for each row execute function suppress_redundant_updates_trigger()`,
    ]),
    ...["update contents set id = 'x'", 'delete from contents', "update blobs set sha256 = 'x'", 'delete from blobs'],
    ...['delete from requests', 'delete from policy_reviews', 'delete from absences', 'delete from seals'],
    ...['delete from verifications', 'delete from workspaces'],
    'create or replace function refuse_change() returns trigger language plpgsql as $$ begin return null; end $$',
    'drop function refuse_change() cascade',
    'create table public.mine (id int)',
    'create schema mine',
    'drop schema pgboss cascade',
    'create table pgboss.mine (id int)',
    'set session_replication_role = replica',
    `alter role ${BOT_ROLE} superuser`,
    'alter table events owner to current_user',
    'delete from kysely_migration',
  ];

  it.each(attempts)('may not: %s', async (statement) => {
    // `must be owner of`, `permission denied`: refused by who they are, not by what they tried.
    await expect(asBot(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    ["update contents set bytes = 'other words'", 'can only be erased'],
    ["update contents set nonce = null, bytes = 'x'", 'can only be erased'],
    ["update blobs set bytes = 'other bytes'", 'can only be erased'],
  ])('can take words and bytes away, and not replace them: %s', async (statement, why) => {
    await asBot("insert into blobs values ('T0TEAM', 'feed', null) on conflict do nothing");
    await expect(asBot(statement)).rejects.toThrow(why);
  });

  it('cannot bring erased words back', async () => {
    await asBot("insert into contents values ('T0GONE', 'gone', 'n', 'I was ill.')");
    await asBot("update contents set nonce = null, bytes = null where team_id = 'T0GONE'");
    const back = asBot("update contents set nonce = 'n', bytes = 'I was ill.' where team_id = 'T0GONE'");
    await expect(back).rejects.toThrow('can only be erased');
  });

  it('can keep the bytes of a file again under their own hash alone', async () => {
    const hash = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae';
    await asBot(`insert into blobs values ('T0GONE', '${hash}', null)`);
    await expect(asBot(`update blobs set bytes = 'fooo' where sha256 = '${hash}'`)).rejects.toThrow('only be erased');
    await asBot(`update blobs set bytes = 'foo' where sha256 = '${hash}'`);
  });

  it('reads everything', async () => {
    for (const table of [...Object.keys(GRANTS), ...READ_ONLY]) await asBot(`select * from ${table} limit 1`);
  });
});

describe('the table of grants', () => {
  it('has every table there is, so that none is forgotten', async () => {
    const { rows } = await withClient(world.url, (client) =>
      client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'"),
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...Object.keys(GRANTS), ...READ_ONLY].sort());
  });
});

describe('preparing the database', () => {
  const others: string[] = [];
  const users: BotUser[] = [];
  afterAll(async () => {
    for (const name of others)
      await withClient(adminUrl, (client) => client.query(`drop database ${name} with (force)`));
    // Whoever granted a right cannot go before whoever has it.
    for (const user of users.toReversed()) await user.drop();
  });
  const emptyDatabase = async (owner?: string) => {
    const name = `prepared_${randomBytes(6).toString('hex')}`;
    await withClient(adminUrl, (client) => client.query(`create database ${name} ${owner ? `owner ${owner}` : ''}`));
    others.push(name);
    return databaseUrl(adminUrl, name);
  };
  const user = async (rights = '') => {
    const made = await createBotUser(adminUrl);
    users.push(made);
    if (rights) await withClient(adminUrl, (client) => client.query(`alter role ${made.name} ${rights}`));
    return made;
  };
  /** The database of the first address as this user. */
  const as = ({ url }: BotUser, place: string) => databaseUrl(url, place.match(/prepared_\w+/)?.[0] ?? '');
  const inserts = (client: pg.Client) => client.query("insert into pace values ('T0TEAM', 'x', now())");

  it('works for replicas and databases of one server that start at once', async () => {
    const one = await user();
    const places = [await emptyDatabase(), await emptyDatabase()];
    const all = [...places, ...places].map((place) =>
      prepareDatabase({ adminUrl: place, databaseUrl: as(one, place) }),
    );
    await Promise.all(all);
    for (const place of places) await withClient(as(one, place), inserts);
  });

  it('works with an owner who may make roles and is no superuser', async () => {
    const [owner, one] = [await user('createrole'), await user()];
    await withClient(adminUrl, (client) =>
      client.query(`grant ${BOT_ROLE} to ${owner.name} with admin option; grant ${one.name} to ${owner.name}`),
    );
    const place = await emptyDatabase(owner.name);
    await prepareDatabase({ adminUrl: as(owner, place), databaseUrl: as(one, place) });
    await withClient(as(one, place), inserts);
    await expect(withClient(as(one, place), (client) => client.query('delete from events'))).rejects.toThrow('denied');
  });

  it('says what a superuser has to do where the owner may not grant the role', async () => {
    const [owner, one] = [await user(), await user()];
    const place = await emptyDatabase(owner.name);
    const prepared = prepareDatabase({ adminUrl: as(owner, place), databaseUrl: as(one, place) });
    await expect(prepared).rejects.toThrow(`grant ${BOT_ROLE} to "${one.name}"`);
    await expect(prepared).rejects.toBeInstanceOf(DatabaseSetupError);
    await withClient(adminUrl, (client) => client.query(`grant ${BOT_ROLE} to ${one.name}`));
    await prepareDatabase({ adminUrl: as(owner, place), databaseUrl: as(one, place) });
    await withClient(as(one, place), inserts);
  });

  it('says which right is missing where the administrator does not own the database', async () => {
    const [stranger, one] = [await user(), await user()];
    const place = await emptyDatabase();
    const prepared = prepareDatabase({ adminUrl: as(stranger, place), databaseUrl: as(one, place) });
    await expect(prepared).rejects.toThrow(/DATABASE_ADMIN_URL: its user lacks a right \(permission denied/);
    await expect(prepared).rejects.toBeInstanceOf(DatabaseSetupError);
  });

  it('refuses two different databases before it changes either', async () => {
    const places = [await emptyDatabase(), await emptyDatabase()] as const;
    const prepared = prepareDatabase({ adminUrl: places[0], databaseUrl: places[1] });
    await expect(prepared).rejects.toThrow('name different databases');
    for (const place of places) {
      const { rows } = await withClient(place, (client) =>
        client.query("select 1 from pg_tables where schemaname = 'public'"),
      );
      expect(rows).toEqual([]);
    }
  });

  it('needs the administrator only while there is something to change', async () => {
    const one = await user();
    const place = await emptyDatabase();
    const early = prepareDatabase({ databaseUrl: as(one, place) });
    await expect(early).rejects.toThrow(/^DATABASE_URL: its user lacks a right/);
    expect(await prepareDatabase({ adminUrl: place, databaseUrl: as(one, place) })).toEqual({ owned: false });
    expect(await prepareDatabase({ databaseUrl: as(one, place) })).toEqual({ owned: false });
    expect(await prepareDatabase({ databaseUrl: place })).toEqual({ owned: true });
  });

  it('goes on without the role for one user for everything who may not make it', async () => {
    const owner = await user();
    const place = await emptyDatabase(owner.name);
    await prepareDatabase({ databaseUrl: as(owner, place) });
    await withClient(as(owner, place), inserts);
  });
});
