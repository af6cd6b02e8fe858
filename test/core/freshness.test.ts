import { expect, it } from 'vitest';
import type { Recorded } from '../../src/core/events.ts';
import { needsFreshSources } from '../../src/core/freshness.ts';
import { hour } from '../support/cast.ts';
import { confirmed, requestOf, submitted, withdrawn } from '../support/given.ts';
import { reading } from '../support/orders.ts';
import { policyWith, readPolicy } from '../support/policy.ts';

const fields = '{ segment: { label: Segment, path: segment } }';
const { wiring } = readPolicy(
  policyWith(
    'wiring:\n',
    `wiring:
  sources:
    crm: { name: CRM, max_age: 1h, fields: ${fields}, csv: { file: crm.csv, key: customer } }
    archive: { name: Archive, fields: ${fields}, csv: { file: archive.csv, key: customer } }
`,
  ),
);
const read = (hours: number, source: string, value: string | null): Recorded => ({
  ...{ type: 'sources_read', by: 'system', at: hour(hours), moment: 'submission' },
  readings: [reading(source, value)],
});
const needs = (hours: number, ...events: Recorded[]) =>
  needsFreshSources(requestOf(submitted(), ...events), wiring, hour(hours));

it('sources are asked again once what they said is older than they allow', () => {
  expect(needs(2, read(1, 'crm', 'Gold'))).toBe(false);
  expect(needs(2.01, read(1, 'crm', 'Gold'))).toBe(true);
  expect(needs(2.01, read(1, 'crm', 'Gold'), read(1.5, 'crm', 'Gold'))).toBe(false);
});

it('a source that was never asked is asked; one that allows any age is not asked again', () => {
  expect(needs(1)).toBe(true);
  expect(needs(1, read(0.5, 'archive', 'Gold'))).toBe(true);
  expect(needs(1, read(0.5, 'crm', 'Gold'))).toBe(false);
});

it('one that gave no answer is not waited for again any sooner', () => {
  expect(needs(1.5, read(1, 'crm', null))).toBe(false);
  expect(needs(2.5, read(1, 'crm', null))).toBe(true);
});

it('nothing is asked about what is over, or where there is no customer', () => {
  expect(needs(9, read(1, 'crm', 'Gold'), withdrawn(hour(2)))).toBe(false);
  expect(needs(9, read(1, 'crm', 'Gold'), confirmed())).toBe(true);
  expect(needsFreshSources(requestOf(submitted({ customer: null })), wiring, hour(9))).toBe(false);
});
