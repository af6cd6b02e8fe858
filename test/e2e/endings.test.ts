import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/sandbox/index.ts';
import { approved, dayAfter, dmAbout, report } from '../support/approved.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  const policy = await readFile('policy.yaml', 'utf8');
  office = await openOffice({
    at: '2026-12-01T09:00:00.000Z',
    policy: policy.replace(/^rules:\n/m, 'rules:\n  validity: { max: 365d }\n  renewals: 1\n'),
  });
});
afterAll(() => office.close());

const shownDay = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(day),
  );
const nextYear = () => dayAfter(office, 365);
/** Lets the business clock come to nine in the morning, so many days before that day. */
const comeTo = (day: string, daysBefore: number) =>
  office.pass((Date.parse(`${day}T09:00:00.000Z`) - daysBefore * 86_400_000 - Date.parse(office.now())) / 3_600_000);
const goodUntil = (days: number) => {
  const day = dayAfter(office, days);
  return { day, shown: shownDay(day) };
};
const status = async (person: Person, number: string): Promise<string> => {
  await person.command('/exception', `status ${number}`);
  return waitFor(
    () =>
      person
        .ephemerals()
        .map((each) => person.read(each))
        .findLast((text) => text.includes(number)) ?? false,
    {
      what: `the status of ${number}`,
    },
  );
};

describe('an authorization', () => {
  it('says for how long it is good, within what the policy allows', async () => {
    const nina = office.as('nina');
    const card = await ask(office, nina);
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    const mara = office.as('mara');
    await mara.click('Approve', { in: current(office, card) });
    const modal = await mara.waitForModal((open) => open.title === 'Authorize exception');
    expect(modal.text()).toContain(`The policy allows ${shownDay(nextYear())} at the latest`);
    await modal.fill('Rationale', 'Worth it.');
    await modal.pickDate('Valid until', dayAfter(office, 366));
    expect(await modal.submit()).toMatchObject({
      errors: { 'Valid until': expect.stringContaining(`until ${shownDay(nextYear())} at the latest`) },
    });
    await modal.pickDate('Valid from', dayAfter(office, -1));
    await modal.pickDate('Valid until', dayAfter(office, 10));
    expect(await modal.submit()).toMatchObject({ errors: { 'Valid from': expect.stringContaining('before today') } });
    const { day, shown } = goodUntil(90);
    await modal.pickDate('Valid from', dayAfter(office, 1));
    await modal.pickDate('Valid until', day);
    expect(await modal.submit()).toMatchObject({ closed: true });
    const good = `good from ${shownDay(dayAfter(office, 1))} until ${shown}`;
    await reads(office, card, `Good from ${shownDay(dayAfter(office, 1))} until ${shown}`);
    const number = numberOn(office, card);
    expect(nina.read(await dmAbout(nina, number, 'is approved'))).toContain(shown);
    expect(await status(nina, number)).toContain(good);
  });

  it('is good for as long as the policy allows where nobody says how long', async () => {
    const { card } = await approved(office);
    await reads(office, card, `Good until ${shownDay(nextYear())}`);
  });
});

describe('what ends', () => {
  it('is told to its owner 30, 7 and 1 days before, lapses, and is then no longer carried out', async () => {
    const { day, shown } = goodUntil(60);
    const { card, number } = await approved(office, undefined, {}, day);
    const nina = office.as('nina');
    const near = () => nina.dms().filter((each) => nina.read(each).includes(`${number} is good until ${shown}`));
    for (const days of [30, 7, 1]) {
      const before = nina.dms().length;
      await comeTo(day, days);
      await waitFor(() => nina.dms().length > before && near().length === 1, {
        what: `the message ${days} days before`,
      });
    }
    expect(nina.read(near()[0] as never)).toContain('Renew');
    const undone = await dmAbout(office.as('olga'), number, 'please carry it out');
    await comeTo(day, -1);
    const told = nina.read(await dmAbout(nina, number, `${number} has lapsed`));
    expect(told).toContain(`it was good until ${shown}`);
    expect(told).toContain('not allowed any more');
    for (const name of ['olga', 'omar']) {
      const task = office.as(name).read(await dmAbout(office.as(name), number, `${number} has lapsed`));
      expect(task).toContain('see to it that nothing of it goes on');
      expect(task).toContain('Close record');
    }
    await reads(office, card, `Lapsed: it was good until ${shown}`);
    expect(await status(nina, number)).toContain('lapsed since its time is over');
    expect(office.as('olga').read(current(office, undone))).not.toContain('Could not be done');
  });

  it('is summed up after a downtime: it has lapsed, and nothing that is untrue by now', async () => {
    const { day } = goodUntil(60);
    const { number } = await approved(office, undefined, {}, day);
    await report(office.as('olga'), number, 'Done', 'Set up.');
    const nina = office.as('nina');
    await comeTo(day, -40);
    await dmAbout(nina, number, `${number} has lapsed`);
    const all = nina.dms().map((each) => nina.read(each));
    expect(all.filter((text) => text.includes(`${number} is good until`))).toEqual([]);
    expect(all.filter((text) => text.includes(`${number} has lapsed`))).toHaveLength(1);
  });

  it('leaves its record to be closed, without asking what was done', async () => {
    const { day } = goodUntil(3);
    const { card, number } = await approved(office, undefined, {}, day);
    await comeTo(day, -1);
    const olga = office.as('olga');
    await olga.click('Close record', { in: await dmAbout(olga, number, `${number} has lapsed`) });
    const modal = await olga.waitForModal((open) => open.title === 'Close the record');
    await modal.choose('Cause', 'Something else');
    await modal.fill('What happened', 'It was not needed.');
    await modal.fill('How it was fixed', 'Nothing to fix.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    await reads(office, card, 'Closed, read-only');
  });
});

describe('renewing', () => {
  const renewFrom = async (person: Person, number: string, text: string) => {
    await person.click('Renew', { in: await dmAbout(person, number, text) });
    return person.waitForModal((open) => open.text().includes(`This renews ${number}`));
  };

  it('opens the form with everything, is decided anew, and the two know of each other', async () => {
    const { day, shown } = goodUntil(40);
    const { card, number } = await approved(office, undefined, { Rationale: 'They build until spring.' }, day);
    await comeTo(day, 30);
    const nina = office.as('nina');
    const form = await renewFrom(nina, number, `is good until ${shown}`);
    expect(form.fields().find(({ label }) => label === 'Rationale')).toMatchObject({
      value: 'They build until spring.',
    });
    expect(await form.submit()).toMatchObject({ closed: true });
    const renewing = await waitFor(
      () =>
        office.sandbox.messages().find((each) => office.sandbox.read(each).includes(`renews ${number} (1st time)`)) ??
        false,
      { what: `a card that renews ${number}` },
    );
    const next = numberOn(office, renewing);
    expect(next).not.toBe(number);
    await reads(office, renewing, 'Waiting for operations');
    await reads(office, card, `${next} asks to renew it`);

    await nina.click('Details', { in: current(office, card) });
    const details = await nina.waitForModal((open) => open.title === number);
    expect(details.text()).not.toMatch(/^Renew$/m);
    await details.close({ everything: true });

    await decide(office, office.as('olga'), 'Approve', renewing);
    await reads(office, renewing, 'confirmed by Olga');
    await decide(office, office.as('mara'), 'Approve', renewing);
    await reads(office, renewing, `Renews ${number} (1st time)`);
    await reads(office, card, `Renewed by ${next}`);

    await comeTo(dayAfter(office, 365), 30);
    const last = await dmAbout(nina, next, `${next} is good until`);
    expect(nina.read(last)).toContain('It was renewed once, and the policy allows no more');
    expect(nina.read(last)).not.toMatch(/^Renew$/m);
  });

  it('is refused with words where somebody else was first', async () => {
    const { day } = goodUntil(5);
    const { number } = await approved(office, undefined, {}, day);
    await comeTo(day, -1);
    const nina = office.as('nina');
    const omar = office.as('omar');
    const late = await renewFrom(omar, number, 'has lapsed');
    const first = await renewFrom(nina, number, 'has lapsed');
    expect(await first.submit()).toMatchObject({ closed: true });
    const refused = await late.submit();
    expect(JSON.stringify(refused)).toMatch(new RegExp(`${number} is renewed by EX-\\d+ already`));
  });
});

describe('revoking', () => {
  it('ends it at once with a reason that everyone involved reads, and is for those who may', async () => {
    const { card, number } = await approved(office, undefined, {}, goodUntil(60).day);
    const nina = office.as('nina');
    await nina.click('Details', { in: current(office, card) });
    const own = await nina.waitForModal((open) => open.title === number);
    expect(own.text()).not.toContain('Revoke');
    await own.close({ everything: true });
    const mara = office.as('mara');
    await mara.click('Details', { in: current(office, card) });
    await mara.waitForModal((open) => open.title === number);
    await mara.click('Revoke', { in: 'modal' });
    const modal = await mara.waitForModal((open) => open.title === 'Revoke an exception');
    expect(await modal.submit()).toMatchObject({ errors: { Reason: expect.any(String) } });
    await modal.fill('Reason', 'They cancelled <!here>.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    for (const name of ['nina', 'olga', 'omar']) {
      const told = await dmAbout(office.as(name), number, `revoked ${number}`);
      expect(office.as(name).read(told)).toContain('They cancelled <!here>.');
      expect(office.as(name).read(told)).toContain('not allowed any more');
    }
    expect(nina.read(await dmAbout(nina, number, `revoked ${number}`))).not.toMatch(/^Renew$/m);
    await reads(office, card, 'Revoked by Mara');
    await nina.click('Details', { in: current(office, card) });
    const record = await nina.waitForModal((open) => open.title === number);
    expect(record.text()).toContain('They cancelled <!here>.');
    await record.close({ everything: true });
  });
});

describe('a condition that is overdue', () => {
  it('is told to its owner with the day on which it ends the approval, and does', async () => {
    const due = dayAfter(office, 2);
    const { card, number } = await approved(office, { text: 'After the audit.', owner: 'Tom Okafor', due });
    await report(office.as('olga'), number, 'Done', 'Set up.');
    const tom = office.as('tom');
    await comeTo(due, -1);
    const warned = tom.read(await dmAbout(tom, number, 'that is yours is overdue'));
    expect(warned).toContain('the approval ends');
    expect(warned).toContain('Condition met');
    await comeTo(due, -9);
    for (const name of ['tom', 'nina', 'olga']) await dmAbout(office.as(name), number, 'a condition of it was not met');
    await reads(office, card, 'a condition was not met in time');
  });
});
