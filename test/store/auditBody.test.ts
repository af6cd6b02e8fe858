import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBody, hashOf, storedText } from '../../src/store/audit/body.ts';
import { eventHash } from '../../src/store/hash.ts';
import { contentIds, joinWords } from '../../src/store/words.ts';
import { createTestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';

// What a database can hold: no NUL and no half of a pair.
const text = fc.string({ unit: 'binary' }).filter((value) => !/[\0\p{Surrogate}]/u.test(value));
const words = fc.record({ content: text });
const jsonWith = (key: fc.Arbitrary<string>) =>
  fc.letrec((tie) => ({
    value: fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), words, tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  })).object as fc.Arbitrary<Record<string, never>>;
const data = jsonWith(text);

describe('what the audit makes of an event', () => {
  it('is the same text as the library makes of it, with the words’ ids and fields', () => {
    fc.assert(
      fc.property(data, (value) => {
        const parsed = JSON.parse(JSON.stringify(value));
        const ids: string[] = [];
        expect(canonicalBody(parsed, ids)).toBe(canonicalize(value));
        expect(ids.toSorted()).toEqual(contentIds(value).toSorted());
        expect(parsed).toEqual(joinWords(value, new Map()));
      }),
    );
  });

  it('has the same hash as the event was given', () => {
    fc.assert(
      fc.property(data, text, fc.option(text), (value, actor, prev) => {
        const envelope = { stream: 'request/1', seq: 3, type: 'nudged', actor, at: '2026-11-16T09:00:00.000Z' };
        const stored = { ...envelope, team_id: 'T1', schema_version: 2, data: value, prev_hash: prev };
        const body = canonicalBody(JSON.parse(JSON.stringify(value)), []);
        expect(hashOf({ ...envelope, teamId: 'T1', version: 2, prevHash: prev }, body)).toBe(eventHash(stored));
      }),
    );
  });

  it('is written as Postgres writes what it has stored', async () => {
    const database = await createTestDatabase();
    // Fields of a state have plain names.
    const values = fc.sample(jsonWith(fc.string({ unit: 'grapheme-ascii' })), 200);
    await withClient(database.url, async (client) => {
      for (const value of values) {
        const { rows } = await client.query('select $1::jsonb::text as text', [JSON.stringify(value)]);
        expect(storedText(JSON.parse(JSON.stringify(value)))).toBe(rows[0].text);
      }
    });
    await database.drop();
  });
});
