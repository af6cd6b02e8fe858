import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody, wordsIn } from '../../src/store/audit/body.ts';
import { bodyOf, contentId, eventHash } from '../../src/store/hash.ts';
import { contentIds, joinWords } from '../../src/store/words.ts';
import { createTestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';

// What a database can hold: no NUL and no half of a pair.
const text = fc.string({ unit: 'binary' }).filter((value) => !/[\0\p{Surrogate}]/u.test(value));
const words = fc.record({ content: text.map((typed) => contentId('nonce', typed)) });
// Some of what is typed looks like what is stored.
const typed = fc.oneof(text, words.map(bodyOf));
// Fields are named by schemas and policies.
const field = text.filter((name) => name !== '__proto__');
const data = fc.letrec((tie) => ({
  value: fc.oneof(typed, fc.integer(), fc.boolean(), fc.constant(null), words, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(field, tie('value'), { maxKeys: 5 }),
})).object as fc.Arbitrary<Record<string, never>>;

describe('what an event says, as text', () => {
  it('is hashed as the library would put the whole event', () => {
    fc.assert(
      fc.property(data, text, fc.option(text), (value, actor, prev_hash) => {
        const frame = { team_id: 'T1', stream: 'request/1', seq: 3, type: 'nudged', schema_version: 2, actor };
        const event = { ...frame, at: '2026-11-16T09:00:00.000Z', prev_hash, data: value };
        expect(eventHash(event)).toBe(contentId('', canonicalize(event) ?? ''));
      }),
    );
  });

  it('names its words, and nothing that was typed', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(wordsIn(bodyOf(value)).toSorted()).toEqual(contentIds(value).toSorted());
      }),
    );
  });

  it('reads as the same with the words’ other fields', () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(readBody(bodyOf(value))).toEqual(joinWords(JSON.parse(JSON.stringify(value)), new Map()));
      }),
    );
  });

  it('is the same as Postgres once wrote it, but for blanks and order', async () => {
    const database = await createTestDatabase();
    await withClient(database.url, async (client) => {
      for (const value of fc.sample(data, 200)) {
        const { rows } = await client.query('select $1::jsonb::text as text', [JSON.stringify(value)]);
        const stored: string = rows[0].text;
        expect(bodyOf(JSON.parse(stored))).toBe(bodyOf(value));
      }
    });
    await database.drop();
  });
});
