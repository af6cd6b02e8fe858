import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/app/policyFile.ts';

const DEFAULT = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');

/** Line and column, counted from 1, at which `text` begins. */
function placeOf(text: string, needle: string): string {
  const before = text.slice(0, text.indexOf(needle)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** The problems after one replacement, and the place of `mark` in what came out. */
function edited(from: string, to: string, mark = to) {
  expect(DEFAULT).toContain(from);
  const text = DEFAULT.replace(from, to);
  const parsed = parsePolicy(text, 'policy.yaml');
  return { problems: 'ok' in parsed ? [] : parsed.problems, place: `policy.yaml:${placeOf(text, mark)}` };
}

describe('the default policy', () => {
  it('is one', () => {
    const parsed = parsePolicy(DEFAULT, 'policy.yaml');
    expect('ok' in parsed && Object.keys(parsed.ok.rules.tiers)).toEqual(['team_lead', 'manager', 'executive']);
  });

  it('stays one with every example in it taken into use', () => {
    const examples = DEFAULT.replace(/^( *)#(?! [^ ])/gm, '$1');
    const parsed = parsePolicy(examples, 'policy.yaml');
    expect(parsed).toMatchObject({
      ok: {
        rules: {
          inputs: [{ id: 'order' }, { id: 'crm-data' }],
          splitting: {},
          recurrence: {},
          reconcile: [{}],
          calendars: { office: { hours: ['09:00-12:30', '13:00-17:30'], holidays: ['2026-12-25', '2026-12-26'] } },
          calendar: 'office',
          escalate_in: 'working_time',
          holds_pause: ['regulatory'],
          ladders: { sla_breached: [{}, { within: 'same_day' }, { to: 'executives' }] },
          validity: { default: 90 * 86_400_000 },
        },
        wiring: {
          sources: { crm: {}, contracts: {}, history: {} },
          ownership: [{}, {}],
          policy_owners: '@policy-owners',
          policy_review: { due: '2027-06-30' },
        },
      },
    });
  });

  it('has the deadlines and limits that are promised', () => {
    const parsed = parsePolicy(DEFAULT, 'policy.yaml');
    const tiers = 'ok' in parsed ? Object.values(parsed.ok.rules.tiers) : [];
    expect(tiers.map(({ sla, authority }) => [sla / 3_600_000, authority])).toEqual([
      [24, '10000'],
      [48, '100000'],
      [72, null],
    ]);
  });
});

describe('a mistake in the policy file is named with line, column and what was expected', () => {
  it.each([
    [
      'a number written out',
      'from: 20',
      'from: twenty',
      'twenty',
      'rules.tiers.manager.from: expected a number, found "twenty"',
    ],
    [
      'no such limit',
      'authority: 10000',
      'authority: nobody',
      'nobody',
      'rules.tiers.team_lead.authority: expected a number, or none, found "nobody"',
    ],
    [
      'a limit at the top',
      'authority: none',
      'authority: 5\n',
      '5\n',
      'rules.tiers.executive.authority: expected none: nobody stands above the top tier to take more, found 5',
    ],
    [
      'a duration of nothing',
      'sla: 24h',
      'sla: 0h',
      '0h',
      'rules.tiers.team_lead.sla: expected a duration longer than nothing, found "0h"',
    ],
    [
      'a duration beyond all calendars',
      'sla: 24h',
      'sla: 99999999999d',
      '99999999999d',
      'rules.tiers.team_lead.sla: expected a duration of at most 3660d, found "99999999999d"',
    ],
    [
      'no such zone',
      'zone: UTC',
      'zone: Mars/Phobos',
      'Mars',
      'wiring.zone: expected an IANA time zone such as Europe/Berlin, found "Mars/Phobos"',
    ],
    [
      'a group without @',
      "'@operations'",
      "'operations'",
      "'operations'",
      'wiring.groups.operations: expected a user group such as @operations, its id, or a list of user ids, found "operations"',
    ],
    [
      'a person by name',
      "'@operations'",
      '[bob]',
      'bob',
      'wiring.groups.operations[1]: expected a Slack user id such as U012ABCDEF, found "bob"',
    ],
    [
      'no such default',
      'default_category: customer-retention',
      'default_category: other',
      'other',
      'rules.default_category: expected one of the categories: customer-retention, service-failure, new-business, legal-obligation, internal, found "other"',
    ],
    ['a block where a value belongs', 'rules:', 'rules: 5\nx:', '5\nx', 'rules: expected a block of keys, found 5'],
  ])('%s', (_name, from, to, mark, expected) => {
    const { problems, place } = edited(from, to, mark);
    expect(problems[0]).toBe(`${place}: ${expected}`);
  });

  it('a misspelt key, with the key that was meant', () => {
    const { problems, place } = edited('sla: 24h', 'slaa: 24h', 'slaa');
    expect(problems).toContain(`${place}: rules.tiers.team_lead.slaa: unknown key, did you mean sla?`);
  });

  it('an unknown key, with the keys there are', () => {
    const { problems, place } = edited('unit: days }', 'unit: days, per: order }', 'per:');
    expect(problems).toEqual([`${place}: rules.policies[1].standard.per: unknown key, expected one of value, unit`]);
  });

  it('a missing key, at the block that should have it', () => {
    const { problems, place } = edited("    audit: '#exceptions-audit'\n", '', 'channels:');
    expect(problems).toEqual([expect.stringMatching(`^${place}: wiring.channels.audit: is missing, expected `)]);
  });

  it('an id that stands twice', () => {
    const { problems } = edited('id: discount', 'id: refund-window');
    expect(problems).toEqual([
      expect.stringMatching(/: rules\.policies: expected each id once, but refund-window stands twice$/),
    ]);
  });

  it.each([
    ['a misspelt key', 'crm: { nam: CRM }', 'nam: CRM', 'crm.nam: unknown key, did you mean name?'],
    [
      'a misspelt key further in',
      'crm: { fields: { tier: { pth: $.tier } } }',
      'pth',
      'crm.fields.tier.pth: unknown key, did you mean path?',
    ],
    [
      'a name that is no id',
      'My CRM: { name: CRM }',
      '{ name',
      'My CRM: expected an id of small letters, digits, - and _',
    ],
  ])('%s in a source, whose own name is up to the author', (_name, source, mark, problem) => {
    const { problems, place } = edited('  zone: UTC', `  sources: { ${source} }\n  zone: UTC`, mark);
    expect(problems).toContain(`${place}: wiring.sources.${problem}`);
  });

  it.each([
    [
      'an offset for a zone, since it knows no summer',
      "{ zone: '+01:00' }",
      "'+01:00'",
      'zone: expected an IANA time zone such as Europe/Berlin, found "+01:00"',
    ],
    [
      'a day by its whole name',
      '{ zone: UTC, days: [monday] }',
      'monday',
      'days[1]: expected one of mon, tue, wed, thu, fri, sat, sun, found "monday"',
    ],
    ['no day at all', '{ zone: UTC, days: [] }', '[]', 'days: expected at least 1 entry, found a list'],
    [
      'hours as people say them',
      '{ zone: UTC, hours: [9am-5pm] }',
      '9am',
      'hours[1]: expected hours such as 09:00-17:30, found "9am-5pm"',
    ],
    [
      'hours past midnight',
      '{ zone: UTC, hours: [22:00-06:00] }',
      '22:00',
      'hours[1]: expected hours that end after they begin; a night is two: 22:00-24:00 and 00:00-06:00, found "22:00-06:00"',
    ],
    [
      'hours that overlap',
      '{ zone: UTC, hours: [08:00-12:00, 11:30-17:00] }',
      '11:30',
      'hours[2]: expected hours that begin when those before them are over (08:00-12:00) or later, found "11:30-17:00"',
    ],
    [
      'a holiday that no year has',
      '{ zone: UTC, holidays: [2026-02-29] }',
      '2026-02-29',
      'holidays[1]: expected a day such as 2026-12-25, found "2026-02-29"',
    ],
  ])('a calendar with %s', (_name, calendar, mark, problem) => {
    const { problems, place } = edited('rules:', `rules:\n  calendars: { office: ${calendar} }`, mark);
    expect(problems).toEqual([`${place}: rules.calendars.office.${problem}`]);
  });

  it('a calendar whose holidays leave no working day in a year', () => {
    const mondays = Array.from({ length: 54 }, (_, week) =>
      new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 10),
    );
    const calendar = `{ zone: UTC, days: [mon], holidays: [${mondays.join(', ')}] }`;
    const { problems, place } = edited('rules:', `rules:\n  calendars: { office: ${calendar} }`, '[2026');
    expect(problems).toEqual([
      `${place}: rules.calendars.office.holidays: expected a working day at least once a year, but from 2026-01-05 on there is none`,
    ]);
  });

  it('a calendar that is not there', () => {
    const { problems, place } = edited('sla: 24h', 'sla: 24h\n      calendar: ofice', 'ofice');
    expect(problems).toEqual([
      `${place}: rules.tiers.team_lead.calendar: expected one of rules.calendars (none is there), but ofice is none, found "ofice"`,
    ]);
  });

  it('what is no YAML, once', () => {
    const { problems, place } = edited('text: No offer', 'text: No: offer', 'No: offer');
    expect(problems).toEqual([`${place}: not valid YAML: Nested mappings are not allowed in compact mappings`]);
  });

  it('several mistakes in the order of the file', () => {
    const text = DEFAULT.replace('zone: UTC', 'zone: Nowhere').replace('from: 20', 'from: low');
    const parsed = parsePolicy(text, 'p');
    expect('problems' in parsed && parsed.problems.map((line) => line.split(': ')[1])).toEqual([
      'rules.tiers.manager.from',
      'wiring.zone',
    ]);
  });

  it.each([
    ['', 'p:1:1: the file: is missing, expected a block of keys'],
    ['hello', 'p:1:1: the file: expected a block of keys, found "hello"'],
    ['- 1', 'p:1:1: the file: expected a block of keys, found a list'],
    ['{', 'p:1:2: not valid YAML: Flow map must end with a }'],
  ])('a file that is no policy at all: %j', (text, problem) => {
    expect(parsePolicy(text, 'p')).toEqual({ problems: [problem] });
  });
});
