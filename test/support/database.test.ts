import { expect, it } from 'vitest';
import { createTestDatabase } from './database.ts';
import { databaseUrl, withClient } from './database-url.ts';

it('gives migrated databases to several at once, and what one writes no other sees', async () => {
  const databases = await Promise.all(Array.from({ length: 6 }, () => createTestDatabase()));
  const tables = (url: string) =>
    withClient(url, async (client) => {
      const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
      return rows.map(({ tablename }) => tablename);
    });
  const urls = databases.map(({ url }) => url);
  await withClient(urls[0] ?? '', (client) => client.query('CREATE TABLE mine ()'));
  const found = await Promise.all(urls.map(tables));
  expect(found.every((names) => names.includes('events'))).toBe(true);
  expect(found.map((names) => names.includes('mine'))).toEqual([true, false, false, false, false, false]);
  await Promise.all(databases.map((database) => database.drop()));
});

it('can be dropped while somebody is still connected, and is gone then', async () => {
  const database = await createTestDatabase();
  const ended = withClient(database.url, async (client) => {
    const lost = new Promise<Error>((resolve) => client.on('error', resolve));
    await database.drop();
    return lost;
  });
  expect((await ended).message).toMatch(/terminat/);
  await expect(withClient(database.url, (client) => client.query('SELECT 1'))).rejects.toThrow('does not exist');
});

it.each([
  ['postgresql://user@/postgres?host=%2Ftmp%2Fx&port=5432', 'postgresql://user@/mine?host=%2Ftmp%2Fx&port=5432'],
  ['postgres://u:p@db:5432/postgres', 'postgres://u:p@db:5432/mine'],
  ['postgres://u:p@db:5432', 'postgres://u:p@db:5432/mine'],
])('finds another database of the server at %s', (url, other) => {
  expect(databaseUrl(url, 'mine')).toBe(other);
});
