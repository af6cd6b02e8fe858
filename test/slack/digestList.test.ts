import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/app/policyFile.ts';
import { decisionList } from '../../src/slack/digestList.ts';
import type { Decided } from '../../src/store/figures/decisions.ts';

const parsed = parsePolicy(readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8'), 'policy.yaml');
if (!('ok' in parsed)) throw new Error('the default policy is not one');
const naming = { rules: parsed.ok.rules, names: { U0OLGA: 'Olga', U0LEE: '@Lee' } };

const decided = (known: Partial<Decided> = {}): Decided => ({
  ...{ number: 12, tier: 'manager', outcome: 'approved', late: false },
  ...{ submittedAt: '2026-11-17T09:00:00.000Z', dueAt: '2026-11-19T09:00:00.000Z', overAt: '2026-11-17T14:05:00.000Z' },
  told: {
    ...{ rule: 'refund-window', category: 'customer-retention', customer: 'ACME', deviation: '25', value: '900' },
    ...{ currency: 'USD', alreadyHappened: false },
  },
  decisions: [
    { stage: 'validation', outcome: 'approved', by: 'U0OLGA', at: '2026-11-17T10:42:00.000Z' },
    { stage: 'authorization', outcome: 'approved', by: 'U0LEE', at: '2026-11-17T14:05:00.000Z' },
  ],
  ...known,
});
const told = (known: object): Partial<Decided> => ({ told: { ...decided().told, ...known } as Decided['told'] });
const rowsOf = (list: Decided[]): Record<string, string>[] =>
  parse(decisionList(naming, list), { columns: true, bom: true });

describe('the list of decisions', () => {
  it('has who decided what and when, in the words of the report, and numbers that can be added', () => {
    const [row] = rowsOf([decided()]);
    expect(row).toMatchObject({
      ...{ Request: 'EX-12', Tier: 'Manager', Outcome: 'approved', Policy: 'Refund window', Customer: 'ACME' },
      ...{ 'Deviation (%)': '25', Value: '900', Currency: 'USD', Late: 'no', 'Already happened': 'no' },
      ...{ 'Decided at (UTC)': '2026-11-17T14:05:00.000Z', 'Details by': 'Olga' },
    });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1+1'])(
    'lets no spreadsheet take %j for a formula',
    (customer) => {
      const [row] = rowsOf([decided(told({ customer }))]);
      expect(row?.Customer).toBe(`'${customer}`);
      expect(row?.['Authorization by']).toBe("'@Lee");
    },
  );

  it('keeps what was typed in one cell, whatever it is', () => {
    const customer = 'A "B", C;\r\nD\nnew line';
    const rows = rowsOf([decided(told({ customer })), decided({ number: 13 })]);
    expect(rows.map(({ Request, Customer }) => [Request, Customer])).toEqual([
      ['EX-12', customer],
      ['EX-13', 'ACME'],
    ]);
  });

  it('of a confidential request tells number, tier, times and who decided, and nothing else', () => {
    const text = decisionList(naming, [decided({ told: null })]).toString();
    const [row] = rowsOf([decided({ told: null })]);
    expect(row).toMatchObject({ Request: 'EX-12', Confidential: 'yes', Policy: 'confidential', Value: 'confidential' });
    expect(text).not.toMatch(/ACME|Refund|900|USD/);
    expect(row?.['Details by']).toBe('Olga');
  });

  it('of nothing is its first line alone', () => {
    expect(rowsOf([])).toEqual([]);
    expect(decisionList(naming, []).length).toBeGreaterThan(100);
  });
});
