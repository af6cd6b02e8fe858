import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { databaseUrl, withClient } from '../support/database-url.ts';

const run = promisify(execFile);
const MIGRATOR = new URL('../support/migrator.ts', import.meta.url).pathname;

const adminUrl = inject('adminUrl');
const name = `empty_${randomBytes(6).toString('hex')}`;
const url = databaseUrl(adminUrl, name);

beforeAll(() => withClient(adminUrl, (client) => client.query(`create database ${name}`)));
afterAll(() => withClient(adminUrl, (client) => client.query(`drop database ${name} with (force)`)));

const tablesOf = (connection: string) =>
  withClient(connection, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
    );
    return rows.map((row) => row.name);
  });
const appliedIn = (connection: string) =>
  withClient(connection, async (client) => (await client.query('select name from kysely_migration')).rows);

describe('migrating', () => {
  it('three processes starting at once on an empty database all succeed, and it is done once', async () => {
    expect(await tablesOf(url)).toEqual([]);
    await Promise.all([1, 2, 3].map(() => run(process.execPath, [MIGRATOR, url])));
    expect(await tablesOf(url)).toEqual(
      expect.arrayContaining(['contents', 'decision_people', 'decisions', 'events', 'inbox', 'outbox', 'requests']),
    );
    const applied = await appliedIn(url);
    expect(applied.length).toBeGreaterThan(0);
    expect(new Set(applied.map((row) => row.name)).size).toBe(applied.length);
  });

  it('again changes nothing', async () => {
    const before = { tables: await tablesOf(url), applied: await appliedIn(url) };
    await migrate({ connectionString: url });
    expect({ tables: await tablesOf(url), applied: await appliedIn(url) }).toEqual(before);
  });

  it('says why it failed, and leaves no half of a migration', async () => {
    const broken = `broken_${randomBytes(6).toString('hex')}`;
    await withClient(adminUrl, (client) => client.query(`create database ${broken}`));
    try {
      const brokenUrl = databaseUrl(adminUrl, broken);
      await withClient(brokenUrl, (client) => client.query('create table requests (somebody_elses int)'));
      await expect(migrate({ connectionString: brokenUrl })).rejects.toThrow('0001_foundation failed');
      expect(await tablesOf(brokenUrl)).not.toContain('events');
    } finally {
      await withClient(adminUrl, (client) => client.query(`drop database ${broken} with (force)`));
    }
  });

  it('59: no function looks names up along a search path that its caller chooses', async () => {
    const loose = await withClient(url, async (client) => {
      const { rows } = await client.query<{ name: string }>(`
        select proname as name from pg_proc join pg_namespace n on n.oid = pronamespace
        where n.nspname = 'public' and not coalesce(array_to_string(proconfig, ' '), '') like '%search_path%'`);
      return rows;
    });
    expect(loose).toEqual([]);
  });
});
