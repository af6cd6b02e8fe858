import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import type { Message, Person } from '../../src/sandbox/index.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { connect } from '../../src/store/connect.ts';
import { type Asked, current, fillForm, numberOn, type Office, openOffice, reads } from '../support/office.ts';
import { policyWith } from '../support/policy.ts';
import { waitFor } from '../support/wait.ts';

/** The same rule for the same customer three times within ninety days is looked at by Cara and Dave. */
const POLICY = policyWith(
  'wiring:\n',
  'wiring:\n  policy_owners: [U0CARA, U0DAVE]\n',
  policyWith(
    '  default_category: customer\n',
    `    - { id: health, name: Health, confidential: true }
  default_category: customer
  recurrence: { same: [rule, customer], count: 3, within: 90d }
  splitting: { within: 30d }
`,
    policyWith('compliance: [U0CLEO]', 'compliance: "@compliance"'),
  ),
);

let office: Office;
beforeAll(async () => {
  office = await openOffice({ policy: POLICY });
});
afterAll(() => office.close());

const cards = () =>
  office.sandbox
    .messages()
    .filter((message) => /^C/.test(message.channel) && !message.thread_ts && message.channel !== 'C0AUDIT');

/** Asks for the same as before but for what is given, and waits for the card of this very request: its number. */
async function asks(customer: string, more: Asked = {}, category?: string): Promise<Message> {
  const before = new Set(cards().map(({ channel, ts }) => channel + ts));
  const usual = { Policy: 'Goodwill', 'Deviation from policy (%)': '25' };
  const form = await fillForm(office.as('nina'), { ...usual, Customer: customer, ...more });
  if (category) await form.choose('Category', category);
  expect(await form.submit()).toMatchObject({ closed: true });
  return waitFor(() => cards().find(({ channel, ts }) => !before.has(channel + ts)) ?? false, {
    what: `a card about ${customer}`,
  });
}

/** The card of a review as this person has it, waited for. */
const reviewOf = (person: Person, text: string | RegExp): Promise<Message> =>
  waitFor(
    () =>
      person.dms().findLast((message) => {
        const said = person.read(message);
        return said.includes('Policy review') && (typeof text === 'string' ? said.includes(text) : text.test(said));
      }) ?? false,
    { what: `${person.user.real_name} to have the review ${text}`, timeoutMs: 10_000 },
  );
const toldNow = (person: Person, text: RegExp) =>
  person.ephemerals().some((message) => text.test(person.read(message)));
const reviewsAbout = (person: Person, text: string) =>
  person.dms().filter((message) => /Policy review/.test(person.read(message)) && person.read(message).includes(text));

async function closes(person: Person, card: Message, outcome: string | null, words: string) {
  await person.click('Close review', { in: current(office, card) });
  const modal = await person.waitForModal((open) => open.title === 'Close policy review');
  if (outcome !== null) await modal.choose('Outcome', outcome);
  if (words !== '') await modal.fill('What was decided, and why', words);
  return { modal, sent: await modal.submit() };
}

describe('the same asked for again and again', () => {
  const numbers: string[] = [];
  let card: Message;
  let first: Message;

  it('opens a policy review with those who look after the policy, linking the requests', async () => {
    first = await asks('Again & Sons');
    numbers.push(numberOn(office, first), numberOn(office, await asks('Again & Sons')));
    expect(reviewsAbout(office.as('cara'), 'Again & Sons')).toEqual([]);
    numbers.push(numberOn(office, await asks('again & SONS')));
    card = await reviewOf(office.as('cara'), 'Again & Sons');
    const said = office.as('cara').read(card);
    expect(said).toContain('the same exception was asked for 3 times within 90 days.');
    expect(said).toContain('Goodwill');
    for (const number of numbers) expect(said).toContain(number);
    await reviewOf(office.as('dave'), 'Again & Sons');
  });

  it('takes further ones of the same in while it is open, and stays one card', async () => {
    const fourth = await asks('Again & Sons');
    await reads(office, card, `${numberOn(office, fourth)} (in review)`);
    expect(office.as('cara').read(current(office, card))).toContain('4 times');
    expect(reviewsAbout(office.as('cara'), 'Again & Sons')).toHaveLength(1);
  });

  it('says in the details of a request that a review is open', async () => {
    const olga = office.as('olga');
    await olga.click('Details', { in: current(office, first) });
    const modal = await olga.waitForModal((open) => open.title === numbers[0]);
    await waitFor(() => modal.text().includes('Policy review 1: opened'), { what: 'the review in the details' });
    await modal.close({ everything: true });
  });

  it('does not close without an outcome and words', async () => {
    const cara = office.as('cara');
    const noOutcome = await closes(cara, card, null, 'We looked at it.');
    expect(noOutcome.sent).toMatchObject({ errors: { Outcome: expect.any(String) } });
    await noOutcome.modal.close({ everything: true });
    const noWords = await closes(cara, card, 'The policy stays as it is', '   ');
    expect(noWords.sent).toMatchObject({ errors: { 'What was decided, and why': expect.any(String) } });
    await noWords.modal.close({ everything: true });
  });

  it('closed by one, it says so to everyone and loses its button', async () => {
    const [cara, dave] = [office.as('cara'), office.as('dave')];
    const late = await reviewOf(dave, 'Again & Sons');
    await dave.click('Close review', { in: late });
    const stale = await dave.waitForModal((open) => open.title === 'Close policy review');
    const { sent } = await closes(cara, card, 'The policy is clarified', 'Goodwill covers spoilt goods now.');
    expect(sent).toMatchObject({ closed: true });
    await reads(office, card, 'Policy review 1 is closed: the policy is clarified.');
    const ended = await reads(office, late, /Cara.* closed it/);
    expect(ended).toContain('Goodwill covers spoilt goods now.');
    expect(ended).not.toContain('Close review');
    await stale.choose('Outcome', 'The policy is changed');
    await stale.fill('What was decided, and why', 'Too late.');
    await stale.submit();
    const top = await dave.waitForModal((open) => open.text().includes('closed this policy review already'));
    await top.close({ everything: true });
    expect(office.sandbox.read(current(office, card))).toContain('the policy is clarified');
  });

  it('begins to count anew after it', async () => {
    for (let i = 0; i < 2; i++) await asks('Again & Sons');
    const last = await asks('Again & Sons');
    const second = await reviewOf(office.as('cara'), `${numberOn(office, last)} (in review)`);
    const said = office.as('cara').read(second);
    expect(said).toContain('Policy review 2');
    expect(said).toContain('3 times');
    for (const number of numbers) expect(said).not.toContain(`${number} `);
  });

  it('counts neither what was withdrawn nor another rule, customer by customer', async () => {
    const gone = await asks('Once Ltd');
    const nina = office.as('nina');
    await nina.click('Details', { in: gone });
    await nina.waitForModal((open) => open.title === numberOn(office, gone));
    await nina.click('Withdraw', { in: 'modal' });
    const modal = await nina.waitForModal((open) => open.title === 'Withdraw request');
    await modal.submit();
    await reads(office, gone, 'Withdrawn');
    await asks('Once Ltd', { Policy: 'Discount' });
    await asks('Once Ltd');
    const third = await asks('Once Ltd');
    // What is owed goes out in order, so a review would be there by the time of the next one.
    await asks('Last of all');
    expect(reviewsAbout(office.as('cara'), 'Once Ltd')).toEqual([]);
    await asks('Once Ltd');
    const card = await reviewOf(office.as('cara'), 'Once Ltd');
    const said = office.as('cara').read(card);
    expect(said).toContain('3 times');
    expect(said).toContain(numberOn(office, third));
    expect(said).not.toContain(numberOn(office, gone));
  });

  it('tells nothing of what is confidential outside the window of the button', async () => {
    for (let i = 0; i < 3; i++) await asks('Secret Clinic', { Policy: 'Refund window' }, 'Health');
    const card = await reviewOf(office.as('cara'), 'One of the requests is confidential');
    for (const surface of [office.as('cara').read(card), card.text]) {
      expect(surface).not.toContain('Secret Clinic');
      expect(surface).not.toContain('Refund window');
    }
    expect(office.as('cara').read(card)).toMatch(/EX-\d+ \(confidential\)/);
    await office.as('cara').click('Close review', { in: card });
    const modal = await office.as('cara').waitForModal((open) => open.title === 'Close policy review');
    expect(modal.text()).toContain('Secret Clinic');
    await modal.close();
    // Dave looks after the policy too, but may not read the requests themselves.
    const his = await reviewOf(office.as('dave'), 'One of the requests is confidential');
    await office.as('dave').click('Close review', { in: his });
    const less = await office.as('dave').waitForModal((open) => open.title === 'Close policy review');
    expect(less.text()).toContain('Refund window');
    expect(less.text()).not.toContain('Secret Clinic');
    await less.close();
  });

  it('is closed by nobody else', async () => {
    const his = await reviewOf(office.as('dave'), /One of the requests is confidential/);
    office.sandbox.admin.makeGuest('U0DAVE');
    await waitFor(
      async () => {
        await office.as('dave').modal()?.close({ everything: true });
        await office.as('dave').click('Close review', { in: current(office, his) });
        return toldNow(office.as('dave'), /Only Cara.* can close this policy review/);
      },
      { what: 'Dave to be refused', timeoutMs: 10_000 },
    );
  });
});

describe('one large exception in small ones', () => {
  const bit = () => asks('Bit by Bit', { 'Deviation from policy (%)': '19', 'Decision value': '900' });

  it('three times 19 % for the same customer and rule is not a team lead’s matter three times, and the card says so', async () => {
    const [one, two] = [await bit(), await bit()];
    expect(office.sandbox.read(one)).toContain('Team lead');
    expect(office.sandbox.read(two)).toContain('Manager');
    expect(two.channel).not.toBe(one.channel);
    const three = await bit();
    const said = office.sandbox.read(three);
    expect(said).toContain('Executive');
    expect(said).toContain('57 %');
    for (const earlier of [one, two]) expect(said).toContain(numberOn(office, earlier));
  });

  it('values count together as well: what no team lead may allow at once, none allows in pieces', async () => {
    const piece = { 'Deviation from policy (%)': '5', 'Decision value': '6,000' };
    expect(office.sandbox.read(await asks('Piece by Piece', piece))).toContain('Team lead');
    expect(office.sandbox.read(await asks('Piece by Piece', piece))).toContain('Manager');
  });

  it('another customer, and another rule, count by themselves', async () => {
    expect(office.sandbox.read(await asks('Bit by Somebody', { 'Deviation from policy (%)': '19' }))).toContain(
      'Team lead',
    );
    const other = { 'Deviation from policy (%)': '19', Policy: 'Discount' };
    expect(office.sandbox.read(await asks('Bit by Bit', other))).toContain('Team lead');
  });

  it('what two people send at the same moment counts together too', async () => {
    const people = ['nina', 'tom'];
    const forms = [];
    for (const name of people)
      forms.push(
        await fillForm(office.as(name), {
          ...{ Policy: 'Goodwill', Customer: 'Both at once', 'Deviation from policy (%)': '19' },
          Rationale: `Asked by ${name}.`,
        }),
      );
    await Promise.all(forms.map((form) => form.submit()));
    const tiers = await waitFor(
      () => {
        const about = cards().filter((card) => office.sandbox.read(card).includes('Both at once'));
        return (
          about.length === 2 && about.map((card) => /Team lead|Manager/.exec(office.sandbox.read(card))?.[0]).sort()
        );
      },
      { what: 'both cards', timeoutMs: 10_000 },
    );
    expect(tiers).toEqual(['Manager', 'Team lead']);
  });
});

describe('the record', () => {
  it('holds what policy reviews said, and can be verified', async () => {
    const store = connect(office.database.url, createLogger({ level: 'silent' }), 1);
    const verdict = await verifyChains(store.db, 'T0HARBOUR1');
    await store.close();
    expect(verdict.faults).toEqual([]);
  });
});
