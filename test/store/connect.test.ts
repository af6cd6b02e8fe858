import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { connect } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';

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
