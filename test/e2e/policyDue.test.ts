import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

const DUE = '2026-12-31';
let office: Office;
beforeAll(async () => {
  const policy = await readFile('policy.yaml', 'utf8');
  office = await openOffice({
    at: '2026-11-30T12:00:00.000Z',
    policy: policy.replace(/^wiring:\n/m, `wiring:\n  policy_review: { due: ${DUE}, owner: '@compliance' }\n`),
  });
});
afterAll(() => office.close());

const comeTo = (instant: string) => office.pass((Date.parse(instant) - Date.parse(office.now())) / 3_600_000);
/** What the people of compliance were told about it. */
const told = (name: string): string[] => {
  const person = office.as(name);
  return person
    .dms()
    .map((message) => person.read(message))
    .filter((text) => text.includes('The exception policy'));
};

describe('the day on which the policy is to be looked at again', () => {
  it('is told to those who see to it 30, 7 and 1 days before and on the day, once each, whoever restarts', async () => {
    expect(told('cara')).toEqual([]);
    const reminders = ['2026-12-01', '2026-12-24', '2026-12-30', '2026-12-31'];
    for (const [i, day] of reminders.entries()) {
      await comeTo(`${day}T09:00:00.000Z`);
      await waitFor(() => told('cara').length === i + 1, { what: `the reminder of ${day}` });
      await office.restart();
      await comeTo(`${day}T12:00:00.000Z`);
    }
    expect(told('cara')).toHaveLength(reminders.length);
    expect(told('cara').at(0)).toContain('by 31 Dec 2026');
    expect(told('cara').at(-1)).toContain('today');
    expect(told('nina')).toEqual([]);
  });

  it('is listed for operators once it has passed', async () => {
    const warnings = async () => {
      const answer = await fetch(`http://127.0.0.1:${office.bot.port}/readyz`);
      return ((await answer.json()) as { warnings: string[] }).warnings.join();
    };
    expect(await warnings()).not.toContain('policy was to be looked at again');
    await comeTo('2027-01-01T09:00:00.000Z');
    await office.restart();
    await waitFor(async () => (await warnings()).includes('The policy was to be looked at again by 31 Dec 2026'), {
      what: 'the policy to be listed as overdue',
    });
  });

  it('stands overdue in the weekly report', async () => {
    await comeTo('2027-01-04T12:00:00.000Z');
    await waitFor(
      () =>
        office.sandbox
          .messages()
          .some((each) =>
            office.sandbox
              .read(each)
              .includes('The policy was to be looked at again by 31 Dec 2026, and that was not done'),
          ),
      { what: 'the report to say so' },
    );
  });
});
