import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { connect } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';
import { waitFor } from '../support/wait.ts';

it('survives a connection that drops in the middle of a transaction, and goes on with the next (fault 51)', async () => {
  const database = await createTestDatabase();
  const store = connect(database.url, createLogger({ level: 'silent' }), 4);
  const interrupted = store.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await store.pool.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
    await sql`select 1`.execute(trx);
  });
  await expect(interrupted).rejects.toThrow(/connection/);
  const { rows } = await sql<{ answer: number }>`select 42 as answer`.execute(store.db);
  expect(rows).toEqual([{ answer: 42 }]);
  await store.close();
  await database.drop();
});

it('51: an idle connection that drops is logged and does not end the process; the next query works', async () => {
  const database = await createTestDatabase();
  const lines: string[] = [];
  const store = connect(
    database.url,
    createLogger({ level: 'warn', destination: { write: (line) => lines.push(line) } }),
  );
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(store.db);
  await withClient(database.url, (client) => client.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]));
  await waitFor(() => lines.length > 0, { what: 'the loss to be noticed' });
  expect(lines.join()).toContain('an idle database connection was lost');
  expect((await sql<{ answer: number }>`select 42 as answer`.execute(store.db)).rows).toEqual([{ answer: 42 }]);
  await store.close();
  await database.drop();
});
