import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { type Message, seededCompany } from '../../src/sandbox/index.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { connect } from '../../src/store/connect.ts';
import { dmAbout } from '../support/approved.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  const policy = await readFile('policy.yaml', 'utf8');
  office = await openOffice({ policy: `${policy}  retention: { customer: 30d, words: 30d, reasons: 30d }\n` });
});
afterAll(() => office.close());

const SAID = ['Jane Roe', 'John Doe', 'They are ill.', 'We would lose them.', 'They pay late.'];
/** What only one person saw, once, Slack itself forgets. */
const OWN = ({ bot_id, onlyFor }: Message) => bot_id !== undefined && onlyFor === undefined;
/** Whatever the bot has posted to anybody, with what notifications show of it. */
const quoted = () => {
  const posted = office.sandbox
    .messages()
    .filter(OWN)
    .map((message) => JSON.stringify(message));
  return posted.filter((message) => SAID.some((words) => message.includes(words)));
};

const takenBack = () =>
  waitFor(() => quoted().length === 0, { what: 'the bot to have taken back its quotes', timeoutMs: 20_000 }).catch(() =>
    expect(quoted()).toEqual([]),
  );

/** Asked for by Nina, and rejected by Olga. */
async function rejected(Customer: string): Promise<{ card: Message; number: string }> {
  const nina = office.as('nina');
  const asked = { Customer, Rationale: 'They are ill.', 'Impact analysis': 'We would lose them.' };
  const card = await ask(office, nina, asked);
  const number = numberOn(office, card);
  await decide(office, office.as('olga'), 'Reject', card, 'They pay late.');
  await reads(office, card, 'Rejected');
  await dmAbout(nina, number, 'They pay late.');
  await waitFor(
    () =>
      office.sandbox
        .messages()
        .some(({ thread_ts, ...m }) => thread_ts === card.ts && JSON.stringify(m).includes('pay late')),
    { what: 'the thread to tell why', timeoutMs: 10_000 },
  );
  return { card, number };
}

async function openDetails(who: string, number: string) {
  const person = office.as(who);
  const before = person.ephemerals().length;
  await person.command('/exception', `status ${number}`);
  const told = await waitFor(
    () =>
      person
        .ephemerals()
        .slice(before)
        .find((m) => person.read(m).includes(number)),
    { what: `the status of ${number}` },
  );
  await person.click('Open', { in: told });
  return person.waitForModal((modal) => modal.title === number);
}

describe('erasing personal data', () => {
  it('is offered to compliance once a request is over, asks for a reason, and says that it is for good', async () => {
    const { card, number } = await rejected('Jane Roe');
    expect((await openDetails('mara', number)).text()).not.toContain('Erase personal data');
    const cara = office.as('cara');
    await openDetails('cara', number);
    await cara.click('Erase personal data', { in: 'modal' });
    const form = await cara.waitForModal((modal) => modal.title === 'Erase personal data');
    expect(form.text()).toContain('This cannot be undone');
    expect(form.text()).toContain('auditors can no longer read why it was decided like this');
    await form.fill('Reason', 'She asked to be forgotten.');
    // Slack itself insists on a tick.
    expect(await form.submit()).toMatchObject({ errors: { Erase: 'Please complete this required field.' } });
    for (const part of ["The customer's name", 'What people wrote', 'Reasons of decisions']) await form.tick(part);
    expect(await form.submit()).toMatchObject({ closed: true });

    await reads(office, card, '(removed)');
    await reads(office, card, /[Ee]rased from the record/);
    await takenBack();
    expect(office.sandbox.read(current(office, card))).toContain('Rejected');
    const inThread = () => office.sandbox.messages().filter(({ thread_ts }) => thread_ts === card.ts);
    const told = () => inThread().map((message) => office.sandbox.read(message));
    await waitFor(() => told().some((text) => /Cara.* erased the customer's name/.test(text)), {
      ...{ what: 'the thread to tell who erased it', timeoutMs: 10_000 },
    });
    expect(told().join()).not.toContain('She asked to be forgotten.');
  });

  it('leaves a record that shows who did it and why, to those who may read it', async () => {
    const details = (await openDetails('mara', 'EX-1')).text();
    expect(details).toContain("erased the customer's name, what people wrote and why people decided as they did");
    expect(details).toContain('She asked to be forgotten.');
    expect(details).toContain('(removed)');
    for (const words of SAID) expect(details).not.toContain(words);
    const mara = office.as('mara');
    expect(
      mara
        .ephemerals()
        .map((message) => mara.read(message))
        .at(-1),
    ).toContain('Erased from the record');
  });

  it('is not offered while a request is open', async () => {
    const card = await ask(office, office.as('nina'), { Customer: 'Open Ltd' });
    expect((await openDetails('cara', numberOn(office, card))).text()).not.toContain('Erase personal data');
  });

  it('happens by itself when the time of the policy has passed', async () => {
    const { card } = await rejected('John Doe');
    await office.pass(29 * 24);
    expect(quoted()).not.toEqual([]);
    await office.pass(2 * 24);
    await reads(office, card, '(removed)');
    await takenBack();
    const details = (await openDetails('mara', numberOn(office, card))).text();
    expect(details).toContain('The time for which the policy keeps it is over');
  });

  it('leaves a record that stands the audit', async () => {
    const log = createLogger({ level: 'silent' });
    const { db, close } = connect(office.database.url, log);
    const { faults, events } = await verifyChains(db, seededCompany().team.id);
    expect([faults, events > 10]).toEqual([[], true]);
    await close();
  });
});
