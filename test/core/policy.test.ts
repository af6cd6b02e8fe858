import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deviationOf, placeOf, policyDocument, roleOf, tierByDeviation } from '../../src/core/policy.ts';
import { POLICY_TEXT, policyWith, RULES, readPolicy, WIRING } from '../support/policy.ts';

const HOUR = 3_600_000;

describe('the tier', () => {
  it.each([
    ['0.1', 'team_lead'],
    ['19.99', 'team_lead'],
    ['20', 'manager'],
    ['49.5', 'manager'],
    ['49.99', 'manager'],
    ['50', 'executive'],
    ['1000', 'executive'],
  ])('of a deviation of %s percent is %s', (deviation, tier) => expect(tierByDeviation(RULES, deviation)).toBe(tier));

  it.each([
    ['5', '10000', 'team_lead'],
    ['5', '10000.01', 'manager'],
    ['5', '100000', 'manager'],
    ['5', '100000.01', 'executive'],
    ['20', '9000', 'manager'],
    ['20', '100000.01', 'executive'],
    ['50', '1', 'executive'],
    ['50', '1000000000', 'executive'],
  ])(
    'of %s percent and %s dollars is %s: it climbs until its authority covers the value, never down',
    (deviation, value, tier) => expect(placeOf(RULES, { deviation, value }).tier).toBe(tier),
  );

  it('compares decimals, not floating-point numbers', () => {
    const rules = readPolicy(policyWith('authority: 10000 ', 'authority: 0.3 ')).rules;
    expect(placeOf(rules, { deviation: '5', value: '0.3' }).tier).toBe('team_lead');
    expect(placeOf(rules, { deviation: '5', value: '0.30000000000000001' }).tier).toBe('manager');
  });

  it('says whose turn each stage is', () => {
    expect(roleOf('validation', 'executive')).toBe('operations');
    expect(roleOf('authorization', 'team_lead')).toBe('team_leads');
    expect(roleOf('authorization', 'manager')).toBe('managers');
    expect(roleOf('authorization', 'executive')).toBe('executives');
  });
});

describe('the deviation from a standard', () => {
  it.each([
    ['15', '10', '50'],
    ['45', '30', '50'],
    ['5', '10', '50'],
    ['40', '30', '33.33'],
    ['10', '10', '0'],
    ['10.1', '10', '1'],
    ['35', '30', '16.67'],
  ])('of %s instead of %s is %s percent', (asked, standard, deviation) =>
    expect(deviationOf(asked, standard)).toBe(deviation),
  );
});

describe('the policy file', () => {
  it('reads durations as milliseconds and figures as text', () => {
    expect(RULES.tiers).toEqual({
      team_lead: { from: '0', sla: 24 * HOUR, authority: '10000' },
      manager: { from: '20', sla: 48 * HOUR, authority: '100000' },
      executive: { from: '50', sla: 72 * HOUR, authority: null },
    });
    expect(RULES.escalate_before).toBe(2 * HOUR);
    expect(readPolicy(policyWith('sla: 24h', 'sla: 30m')).rules.tiers.team_lead.sla).toBe(HOUR / 2);
    expect(readPolicy(policyWith('sla: 24h', 'sla: 2d')).rules.tiers.team_lead.sla).toBe(48 * HOUR);
  });

  it('warns two hours before the deadline and insists on a customer where it does not say', () => {
    const { rules } = readPolicy(policyWith('  escalate_before: 2h\n', ''));
    expect(rules.escalate_before).toBe(2 * HOUR);
    expect(rules.categories[0]?.customer).toBe('required');
  });

  it('takes ids for channels and groups, and lists of people for groups', () => {
    expect(WIRING.groups.compliance).toEqual(['U0CLEO']);
    const wired = readPolicy(
      policyWith('"@operations"', 'S012ABCDEF', policyWith('"#exceptions-audit"', 'C012ABCDEF')),
    ).wiring;
    expect(wired.groups.operations).toBe('S012ABCDEF');
    expect(wired.channels.audit).toBe('C012ABCDEF');
  });

  it.each([
    ['currency: USD', 'currency: dollars', 'rules.currency', 'ISO 4217'],
    ['sla: 24h', 'sla: 1 day', 'rules.tiers.team_lead.sla', 'duration'],
    ['sla: 24h', 'sla: 0h', 'rules.tiers.team_lead.sla', 'longer than nothing'],
    ['authority: none', 'authority: 5', 'rules.tiers.executive.authority', 'expected none'],
    ['from: 0,', 'from: 1,', 'rules.tiers.team_lead.from', 'expected 0'],
    ['from: 20', 'from: 0', 'rules.tiers.manager.from', 'more than team_lead'],
    ['from: 50', 'from: 20', 'rules.tiers.executive.from', 'more than manager'],
    ['from: 50', 'form: 50', 'rules.tiers.executive', '"form"'],
    ['from: 50', 'from: -5', 'rules.tiers.executive.from', '>=0'],
    ['default_category: customer', 'default_category: none', 'rules.default_category', 'customer, internal'],
    ['id: discount', 'id: goodwill', 'rules.policies', 'goodwill stands twice'],
    ['id: internal', 'id: customer', 'rules.categories', 'customer stands twice'],
    ['id: discount', 'id: Dis count', 'rules.policies.1.id', 'small letters'],
    ['Europe/Berlin', 'Europe/Berlyn', 'wiring.zone', 'IANA'],
    ['"#exceptions-audit"', 'exceptions audit', 'wiring.channels.audit', 'channel such as'],
    ['"@operations"', 'operations', 'wiring.groups.operations', 'user group such as'],
    ['[U0CLEO]', '[]', 'wiring.groups.compliance', 'expected'],
    ['[U0CLEO]', '[cleo]', 'wiring.groups.compliance.0', 'Slack user id such as'],
    ['    data_quality: "@data-quality"\n', '', 'wiring.groups.data_quality', 'expected'],
  ])('names the place when %j becomes %j', (from, to, place, expected) => {
    const result = policyDocument.safeParse(parse(policyWith(from, to)));
    const issues = result.success ? [] : result.error.issues;
    expect(issues.map(({ path }) => path.join('.'))).toContain(place);
    expect(JSON.stringify(issues)).toContain(JSON.stringify(expected).slice(1, -1));
  });

  it.each(['', 'rules', '[]', '- 1', 'rules: {}\nwiring: {}'])('is not %j', (text) =>
    expect(policyDocument.safeParse(parse(text)).success).toBe(false),
  );

  it('is read the same by every reader: parsing twice gives the same document', () =>
    expect(readPolicy(POLICY_TEXT)).toEqual(readPolicy(POLICY_TEXT)));
});
