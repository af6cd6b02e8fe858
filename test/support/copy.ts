import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { TestDatabase } from './database.ts';
import { databaseUrl, withClient } from './database-url.ts';

/** A copy of a test database with all that is in it. Nobody may be connected to the original meanwhile. */
export async function copyDatabase({ url }: Pick<TestDatabase, 'url'>): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl');
  const original = /^[a-z]+:\/\/[^/?]*\/([^?]+)/.exec(url)?.[1];
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(adminUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${original} STRATEGY file_copy`),
  );
  return {
    url: databaseUrl(adminUrl, name),
    botUrl: databaseUrl(inject('botUrl'), name),
    drop: async () => {
      await withClient(adminUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}
