import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import { many, orNull, readMany } from '../../src/store/audit/many.ts';
import { snapshotsWith } from '../../src/store/audit/reader.ts';
import { withClient } from '../support/database-url.ts';

/** What stands between values, or for none, is typed as well. */
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', '-', '+', '+-', '\u001f', 'a\u001fb', '\u001e', '\n', '\\', "'", '{"a": [1]}'),
);
const ROWS = many(['a', 'b?'], `from jsonb_to_recordset($1::jsonb) as r (n int, a text, b text) order by n`);

const read = (rows: unknown[]) =>
  withClient(inject('adminUrl'), (client) =>
    snapshotsWith(client)((reader) => readMany(reader, ROWS, [JSON.stringify(rows)])),
  );

it('rows that are read as one are the rows that there are, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, fc.option(text)), { maxLength: 20 }), async (rows) => {
      const found = await read(rows.map(([a, b], n) => ({ n, a, b })));
      expect(found.map(([a, b]) => [a, orNull(b)])).toEqual(rows);
    }),
  );
});

it('a value that is missing where none may be does not move those after it into its place', async () => {
  const found = await read([
    { n: 1, a: 'first\u001fsecond', b: null },
    { n: 2, a: null, b: null },
  ]);
  expect(found.map(([a]) => a)).toEqual(['first\u001fsecond', null]);
});
