import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  changesBetween,
  conflictsIn,
  customerKey,
  factsFrom,
  factsText,
  type Reading,
  reconcile,
  sourceWiring,
} from '../../src/core/sources.ts';

const HTTP = { url: 'https://crm.example.com/customers/{customer}' };
const FIELDS = { tier: { label: 'Tier', path: '$.tier' } };
const source = (over: object = {}) => ({ name: 'CRM', fields: FIELDS, http: HTTP, ...over });
const problems = (schema: z.ZodType, value: unknown) =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');

describe('a source of the policy', () => {
  it('has defaults for what most APIs do', () => {
    const read = sourceWiring.parse(source({ max_age: '4h', http: { ...HTTP, auth: { env: 'CRM_TOKEN' } } }));
    expect(read.http).toEqual({
      ...HTTP,
      auth: { env: 'CRM_TOKEN', header: 'Authorization', prefix: 'Bearer ' },
      not_found_status: 404,
    });
    expect(read.max_age).toBe(4 * 3_600_000);
  });

  it.each([
    ['none', { http: undefined }],
    ['two', { csv: { file: 'a.csv', key: 'customer' } }],
  ])('is read in exactly one way, not %s', (_, over) =>
    expect(problems(sourceWiring, source(over))).toContain('expected exactly one of http, postgres, csv'),
  );

  it.each([
    ['names no customer', 'https://crm.example.com/customers'],
    ['names it only after a #, which is never sent', 'https://crm.example.com/#{customer}'],
    ['lets the customer pick the server', 'https://{customer}.example.com/'],
    ['lets the customer pick the port', 'https://crm.example.com:{customer}/'],
    ['holds a password', 'https://user:secret@crm.example.com/{customer}'],
    ['is no web address', 'file:///etc/{customer}'],
    ['is no address', 'crm/{customer}'],
  ])('is refused where its address %s', (_, url) =>
    expect(problems(sourceWiring, source({ http: { url } }))).toMatch(/^http\.url: expected an http or https address/),
  );

  it.each([
    [
      'a query that does not ask for the customer',
      { http: undefined, postgres: { url_env: 'X', query: 'select $10' } },
      '$1',
    ],
    ['no field', { fields: {} }, 'at least one field'],
    ['an unknown key', { htttp: HTTP }, 'Unrecognized key'],
    [
      'a secret where its name belongs',
      { http: { ...HTTP, auth: { env: 'Bearer x' } } },
      'name of an environment variable',
    ],
  ])('is refused with %s', (_, over, message) => expect(problems(sourceWiring, source(over))).toContain(message));

  it.each([
    ['one source', ['crm']],
    ['the same source twice', ['crm', 'crm']],
  ])('cannot be reconciled as %s', (_, sources) =>
    expect(problems(reconcile, [{ field: 'tier', label: 'Tier', sources }])).toContain('expected'),
  );
});

const CRM = { source: 'crm', name: 'CRM' };
const BILLING = { source: 'billing', name: 'Billing' };
const said = (from: { source: string; name: string }, facts: Record<string, string>): Reading => ({
  ...from,
  outcome: 'ok',
  facts: Object.entries(facts).map(([field, value]) => ({ field, label: field.toUpperCase(), value })),
});
const silent = (from: typeof CRM): Reading => ({ ...from, outcome: 'not_found' });
const failed = (from: typeof CRM): Reading => ({ ...from, outcome: 'failed', because: 'It is down.' });
const AGREE = [{ field: 'tier', label: 'Tier', sources: ['crm', 'billing'] }];

describe('a conflict', () => {
  it('shows side by side what sources that must agree say', () => {
    expect(conflictsIn([said(CRM, { tier: 'Gold' }), said(BILLING, { tier: 'Silver' })], AGREE)).toEqual([
      {
        field: 'tier',
        label: 'Tier',
        values: [
          { ...CRM, value: 'Gold' },
          { ...BILLING, value: 'Silver' },
        ],
      },
    ]);
  });

  it.each([
    ['1000', '1000.00'],
    ['+5', '5'],
    ['1e+21', '1000000000000000000000'],
    ['-0', '0'],
    ['Gold', ' gOLD'],
    ['Ｇｏｌｄ', 'gold'],
    ['Zoe\u0308  Ltd', 'zoë ltd'],
  ])('is none between %j and %j', (one, other) =>
    expect(conflictsIn([said(CRM, { tier: one }), said(BILLING, { tier: other })], AGREE)).toEqual([]),
  );

  it.each([
    ['0.1', '0.10000000000000001'],
    ['10', '1O'],
    ['1,000', '1000'],
    ['1e999999999', '1'],
  ])('is one between %j and %j', (one, other) =>
    expect(conflictsIn([said(CRM, { tier: one }), said(BILLING, { tier: other })], AGREE)).toHaveLength(1),
  );

  it.each([
    ['says nothing on the field', said(BILLING, { plan: 'x' })],
    ['does not know the customer', silent(BILLING)],
    ['failed', failed(BILLING)],
    ['need not agree', said({ source: 'history', name: 'History' }, { tier: 'Silver' })],
  ])('is none with a source that %s', (_, other) =>
    expect(conflictsIn([said(CRM, { tier: 'Gold' }), other], AGREE)).toEqual([]),
  );
});

describe('what changed', () => {
  it('is what is said otherwise, for the first time, or no longer; in the words of each time', () => {
    const before = said(CRM, { tier: 'Gold', credit: '1000', contact: 'Ann' });
    const after = said(CRM, { tier: 'Silver', credit: '1000.00', region: 'EU' });
    const change = (field: string, was: string | null, is: string | null) => ({
      ...CRM,
      field,
      label: field.toUpperCase(),
      before: was,
      after: is,
    });
    expect(changesBetween([before], [after])).toEqual([
      change('tier', 'Gold', 'Silver'),
      change('region', null, 'EU'),
      change('contact', 'Ann', null),
    ]);
  });

  it('is everything where the source no longer knows the customer, or does now', () => {
    const known = said(CRM, { tier: 'Gold' });
    expect(changesBetween([known], [silent(CRM)])).toMatchObject([{ before: 'Gold', after: null }]);
    expect(changesBetween([silent(CRM)], [known])).toMatchObject([{ before: null, after: 'Gold' }]);
  });

  it('is not told by a source that failed, was not read before, or is not read now', () => {
    const known = said(CRM, { tier: 'Gold' });
    expect(changesBetween([known], [failed(CRM)])).toEqual([]);
    expect(changesBetween([failed(CRM)], [known])).toEqual([]);
    expect(changesBetween([], [known])).toEqual([]);
    expect(changesBetween([known], [])).toEqual([]);
  });
});

const fields = fc.dictionary(
  fc.constantFrom('tier', 'credit', 'region'),
  fc.oneof(fc.string(), fc.integer().map(String)),
);
const reading = (from: typeof CRM) =>
  fc.oneof(
    fields.map((facts) => said(from, facts)),
    fc.constant(silent(from)),
    fc.constant(failed(from)),
  );

describe('whatever sources say', () => {
  it('nothing changed from a reading to itself', () => {
    fc.assert(
      fc.property(reading(CRM), (one) => {
        expect(changesBetween([one], [one])).toEqual([]);
      }),
    );
  });

  it('a change reads the same backwards, with before and after exchanged', () => {
    const inOrder = (changes: ReturnType<typeof changesBetween>) =>
      changes.toSorted((a, b) => a.field.localeCompare(b.field));
    fc.assert(
      fc.property(reading(CRM), reading(CRM), (one, other) => {
        const back = changesBetween([other], [one]).map((change) => ({
          ...change,
          before: change.after,
          after: change.before,
        }));
        expect(inOrder(back)).toEqual(inOrder(changesBetween([one], [other])));
      }),
    );
  });

  it('two sources conflict on a field exactly where one would have changed by saying what the other says', () => {
    fc.assert(
      fc.property(fields, fields, (one, other) => {
        const conflicts = conflictsIn([said(CRM, one), said(BILLING, other)], AGREE);
        const changes = changesBetween([said(CRM, one)], [said(CRM, other)]);
        const changed = changes.filter(
          ({ field, before, after }) => field === 'tier' && before !== null && after !== null,
        );
        expect(conflicts).toHaveLength(changed.length);
      }),
    );
  });

  it('comes back from the text that is kept', () => {
    fc.assert(
      fc.property(reading(CRM), ({ source: _source, name: _name, ...words }) => {
        expect(factsFrom(factsText(words))).toEqual(words);
      }),
    );
  });
});

it('keeps what is the same as the same text, in the order of RFC 8785', () => {
  expect(factsText({ facts: [{ value: 'Gold', label: 'Tier', field: 'tier' }], outcome: 'ok' })).toBe(
    '{"facts":[{"field":"tier","label":"Tier","value":"Gold"}],"outcome":"ok"}',
  );
});

it.each(['', '{}', '{"outcome":"ok"}', '{"outcome":"maybe"}'])('takes %j for no text of a reading', (text) => {
  expect(() => factsFrom(text)).toThrow();
});

it.each([
  [' ACME  GmbH', 'acme gmbh'],
  ['Ａｃｍｅ GmbH', 'acme gmbh'],
  ['Zoe\u0308', 'zoë'],
])('knows %j by %j', (name, key) => expect(customerKey(name)).toBe(key));
