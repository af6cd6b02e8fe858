import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { type Message, type Person, seededCompany } from '../../src/sandbox/index.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { connect } from '../../src/store/connect.ts';
import { current, type Office, openOffice } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

const AUDIT = 'C0AUDIT';
const HOUR = 3_600_000;

let office: Office;
beforeAll(async () => {
  office = await openOffice({ at: '2027-01-06T12:00:00.000Z' });
});
afterAll(() => office.close());

const comeTo = (instant: string) => office.pass((Date.parse(instant) - Date.parse(office.now())) / HOUR);
const said = (message: Message): string => office.sandbox.read(message);

/** The report of a week as it stands now, waited for. */
const reportOf = (days: string): Promise<Message> =>
  waitFor(
    () =>
      office.sandbox
        .messages()
        .find(({ channel, thread_ts, text }) => channel === AUDIT && !thread_ts && text.includes(days)) ?? false,
    { what: `the report of ${days}` },
  );
const lineBelow = (report: Message, text: string): Promise<Message> =>
  waitFor(
    () => office.sandbox.messages().find((each) => each.thread_ts === report.ts && said(each).includes(text)) ?? false,
    { what: `“${text}” below the report` },
  );
const askedOf = (person: Person, days: string): Message[] =>
  person.dms().filter((message) => person.read(message).includes(`report of ${days}`));

async function signs(person: Person, message: Message, remarks?: string) {
  await person.click('Sign off', { in: current(office, message) });
  const modal = await person.waitForModal(({ title }) => title === 'Sign off the week');
  if (remarks !== undefined) await modal.fill('Remarks', remarks);
  return modal.submit();
}

describe("a week's report", () => {
  const DAYS = '4–10 Jan 2027';
  let report: Message;

  it('is signed off by nobody outside of compliance, who are told so privately', async () => {
    await comeTo('2027-01-11T09:00:00.000Z');
    report = await reportOf(DAYS);
    expect(said(report)).toContain('Not signed off yet: members of @compliance do it by 14 Jan 2027');
    const evan = office.as('evan');
    await evan.click('Sign off', { in: report });
    await waitFor(
      () => evan.ephemerals().some((each) => evan.read(each).includes('Only members of @compliance sign')),
      {
        what: 'the refusal',
      },
    );
    expect(office.sandbox.messages().some((each) => said(each).includes('signed the report'))).toBe(false);
  });

  it('is signed off by one of compliance with remarks, which its thread tells, while the figures stay as posted', async () => {
    const before = said(report);
    const cara = office.as('cara');
    expect(await signs(cara, report, 'Asked <@U0EVAN> about the two late ones. *Fine* now.')).toMatchObject({
      closed: true,
    });
    const line = await lineBelow(report, 'Cara');
    expect(said(line)).toContain('Asked <@U0EVAN> about the two late ones. *Fine* now.');
    expect(line.pings).toEqual([]);
    const signed = await waitFor(
      () => {
        const now = current(office, report);
        return said(now).includes('Signed off by Cara') && now;
      },
      { what: 'the report to show who signed' },
    );
    expect(said(signed)).not.toContain('Not signed off yet');
    // Between the figures and the seal stands who signed instead of the button.
    const [above, below] = [/[\s\S]*(?=Not signed off yet)/, /Chain[\s\S]*/].map(
      (part) => part.exec(before)?.[0] ?? '-',
    );
    expect(said(signed)).toContain(above);
    expect(said(signed)).toContain(below);
  });

  it('then shows no button, and nobody is asked for it', async () => {
    const wanda = office.as('wanda');
    await expect(wanda.click('Sign off', { in: current(office, report) })).rejects.toThrow();
    await comeTo('2027-01-18T08:00:00.000Z');
    expect(askedOf(wanda, DAYS)).toEqual([]);
  });
});

describe('a report that nobody signs', () => {
  const DAYS = '11–17 Jan 2027';

  it('is asked for when its time is over, of each who signs, once over restarts', async () => {
    await comeTo('2027-01-18T09:00:00.000Z');
    await reportOf(DAYS);
    await comeTo('2027-01-21T08:59:00.000Z');
    expect(askedOf(office.as('cara'), DAYS)).toEqual([]);
    await comeTo('2027-01-21T09:01:00.000Z');
    for (const name of ['cara', 'wanda'])
      await waitFor(() => askedOf(office.as(name), DAYS).length === 1, { what: `${name} to be asked` });
    await office.restart();
    await comeTo('2027-01-22T12:00:00.000Z');
    expect(askedOf(office.as('cara'), DAYS)).toHaveLength(1);
    expect(askedOf(office.as('nina'), DAYS)).toEqual([]);
  });

  it('is asked for again a week later; the next report says that it is not signed', async () => {
    await comeTo('2027-01-28T10:00:00.000Z');
    const cara = office.as('cara');
    await waitFor(() => askedOf(cara, DAYS).some((each) => cara.read(each).includes('this is reminder 2')), {
      what: 'the second time',
    });
    expect(said(await reportOf('18–24 Jan 2027'))).toContain(`The report of ${DAYS} has not been signed off`);
  });

  it('is signed from the message that asks for it, and then nobody is asked any more', async () => {
    const cara = office.as('cara');
    const [asked] = askedOf(cara, DAYS).slice(-1);
    if (!asked) throw new Error('nobody was asked');
    expect(await signs(cara, asked)).toMatchObject({ closed: true });
    await lineBelow(await reportOf(DAYS), 'without remarks');
    const wanda = office.as('wanda');
    await waitFor(() => askedOf(wanda, DAYS).every((each) => wanda.read(each).includes('You need do nothing')), {
      what: 'what asked for it to say that it is done',
    });
    expect(askedOf(cara, DAYS)).toHaveLength(2);
  });

  it('is told to the admins at last, and nobody is asked any more about it', async () => {
    const next = '18–24 Jan 2027';
    for (const day of ['02-05T12', '02-12T13', '02-19T14', '02-26T15']) await comeTo(`2027-${day}:00:00.000Z`);
    const admin = office.as('wanda');
    const told = () => admin.dms().filter((each) => /not asked again/.test(admin.read(each)));
    await waitFor(() => told().some((each) => admin.read(each).includes(next)), { what: 'the admins to hear of it' });
    const cara = office.as('cara');
    await waitFor(() => askedOf(cara, '1–7 Feb 2027').length > 0, { what: 'what is asked later' });
    const reminders = askedOf(cara, next).flatMap((each) => /reminder (\d)/.exec(cara.read(each))?.[1] ?? []);
    expect(reminders).toEqual(['2', '3']);
    expect(askedOf(cara, DAYS)).toHaveLength(2);
  });

  it('and all of that is on the record', async () => {
    const store = connect(office.database.url, createLogger({ level: 'silent' }));
    expect((await verifyChains(store.db, seededCompany().team.id)).faults).toEqual([]);
    await store.close();
  });
});
