import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { many, orNull, readMany } from '../../src/store/audit/many.ts';
import { snapshotsOf } from '../../src/store/audit/reader.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = connect(database.url, createLogger({ level: 'silent' }), 1);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** What stands between values, or for none, is typed as well. */
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', '-', '+', '+-', '\u001f', 'a\u001fb', '\u001e', '\n', '\\', "'", '{"a": [1]}'),
);
const ROWS = many(['a', 'b?'], `from jsonb_to_recordset($1::jsonb) as r (n int, a text, b text) order by n`);

it('rows that are read as one are the rows that there are, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, fc.option(text)), { maxLength: 20 }), async (rows) => {
      const stored = JSON.stringify(rows.map(([a, b], n) => ({ n, a, b })));
      const read = await snapshotsOf(store.db)((reader) => readMany(reader, ROWS, [stored]));
      expect(read.map(([a, b]) => [a, orNull(b)])).toEqual(rows);
    }),
  );
});
