/** What the sources say, where people read it, and what happens where they do not answer or contradict each other. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { ask, current, decide, numberOn, reads, toldPrivately } from '../support/office.ts';
import { messageTo, openSourcedOffice, type SourcedOffice } from '../support/sourced.ts';

let office: SourcedOffice;
beforeAll(async () => {
  office = await openSourcedOffice();
});
beforeEach(() => {
  Object.assign(office.crm, { mood: 'well', facts: { segment: 'Gold', manager: 'Nina Hartwig' } });
});
afterAll(() => office.close());

let customers = 0;
/** Asked by Nina for a customer of its own, whom every source knows. */
async function asked(): Promise<Message> {
  const Customer = `Nordlicht ${++customers}`;
  await office.know(Customer);
  return ask(office, office.as('nina'), { Customer });
}
const dueOn = (card: Message): number => {
  const all = JSON.stringify(current(office, card).blocks).match(/<!date\^(\d+)\^/g) ?? [];
  return Math.max(...all.map((mark) => Number(/\d+/.exec(mark)?.[0])));
};
/** The message by which operations hear of the hold, and clear it up. */
const holdOf = (who: string, card: Message) =>
  messageTo(office.as(who), new RegExp(`${numberOn(office, card)}.*Ask the source again`, 's'));
const release = async (who: string, message: Message, choice: string | null, label: string, why: string) => {
  const person = office.as(who);
  await person.click('Release hold', { in: current(office, message) });
  const form = await person.waitForModal((open) => open.title === 'Release a hold');
  const text = form.text();
  if (choice) await form.choose(form.fields()[0]?.label ?? '', choice);
  await form.fill(label, why);
  expect(await form.submit()).toMatchObject({ closed: true });
  return text;
};

describe('what the sources say', () => {
  it('stands on the card as a few named facts, by source', async () => {
    const card = await asked();
    await reads(office, card, 'CRM: Segment Gold, Account manager Nina Hartwig');
    await reads(office, card, 'Contract records: Segment Gold');
    await reads(office, card, 'Customer history: Orders in 12 months 12');
  });

  it('that changed since it was asked for is shown to whoever authorizes, before they decide', async () => {
    const card = await asked();
    await reads(office, card, 'Customer history');
    office.crm.facts = { segment: 'Gold', manager: 'Tom Okafor' };
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'Account manager Tom Okafor');
    const mara = office.as('mara');
    await mara.click('Approve', { in: current(office, card) });
    const modal = await mara.waitForModal((open) => open.title === 'Authorize exception');
    expect(modal.text()).toMatch(/Account manager.*Nina Hartwig.*Tom Okafor/s);
    await modal.close();
  });

  it('is asked for again where it is too old when somebody sets about deciding', async () => {
    const card = await asked();
    await reads(office, card, 'Account manager Nina Hartwig');
    await office.pass(2);
    office.crm.facts = { segment: 'Gold', manager: 'Elif Demir' };
    const olga = office.as('olga');
    await olga.click('Approve', { in: current(office, card) });
    const modal = await olga.waitForModal((open) => open.title === 'Confirm details');
    expect(modal.text()).toContain('Elif Demir');
    await modal.close();
  });

  it('is not waited for in vain: the modal is filled all the same, and says which source gave no answer', async () => {
    const card = await asked();
    await reads(office, card, 'Account manager Nina Hartwig');
    await office.pass(2);
    office.crm.mood = 'broken';
    const olga = office.as('olga');
    await olga.click('Reject', { in: current(office, card) });
    const modal = await olga.waitForModal((open) => open.title === 'Reject request');
    expect(modal.text()).toMatch(
      /CRM, .*: it gave no answer\.\s+It answered with status 500: see what its operators say\./,
    );
    await modal.close();
  });
});

describe('a source that the category needs and that gives no answer', () => {
  it('moves the deadline by 24 hours, once, and makes approvals wait until operations name other documents', async () => {
    office.crm.mood = 'broken';
    const before = Math.floor(Date.parse(office.now()) / 1000);
    const card = await asked();
    const number = numberOn(office, card);
    await reads(office, card, 'On hold');
    await reads(office, card, 'data is unavailable (CRM)');
    // 48 hours for a manager's request, and 24 more.
    expect((dueOn(card) - before) / 3600).toBeGreaterThan(71.9);
    expect((dueOn(card) - before) / 3600).toBeLessThan(72.1);

    await office.as('olga').click('Approve', { in: current(office, card) });
    await toldPrivately(office.as('olga'), `${number} cannot be approved yet: data is unavailable`);

    const dm = await holdOf('omar', card);
    const due = dueOn(card);
    await office.as('omar').click('Ask the source again', { in: dm });
    await toldPrivately(office.as('omar'), 'are being asked');
    const text = await release(
      'omar',
      await holdOf('omar', card),
      'Other documents show it',
      'Which documents, or why it is waived',
      'The signed frame contract of May shows the segment.',
    );
    expect(text).toContain(`${number} waits because data is unavailable: CRM.`);
    await toldPrivately(office.as('nina'), 'The signed frame contract of May shows the segment.');
    await reads(office, card, /^(?!.*On hold)/s);
    expect(dueOn(card)).toBe(due);
    expect(await decide(office, office.as('olga'), 'Approve', card)).toMatchObject({ closed: true });
  });

  it('can be waived by name', async () => {
    office.crm.facts = null;
    const card = await asked();
    await reads(office, card, 'On hold');
    const dm = await holdOf('olga', card);
    await release('olga', dm, 'It goes on without', 'Which documents, or why it is waived', 'New customer, I vouch.');
    await toldPrivately(office.as('nina'), 'Olga');
    await reads(office, card, /^(?!.*On hold)/s);
  });

  it('ends the hold by itself once it answers after all', async () => {
    office.crm.mood = 'broken';
    const card = await asked();
    await reads(office, card, 'On hold');
    office.crm.mood = 'well';
    const dm = await holdOf('omar', card);
    await office.as('omar').click('Ask the source again', { in: dm });
    await reads(office, card, /^(?!.*On hold).*CRM: Segment Gold/s);
    await toldPrivately(office.as('nina'), 'the source has answered');
  });
});

describe('sources that contradict each other', () => {
  it('make a hold that shows both side by side; data quality says what is right, and it is not asked again', async () => {
    const customer = `Nordlicht ${++customers}`;
    await office.know(customer);
    await office.contractsSay('Silver');
    const card = await ask(office, office.as('nina'), { Customer: customer });
    await reads(office, card, 'sources contradict each other');
    await reads(office, card, 'Segment: CRM says Gold, Contract records says Silver');
    const dave = office.as('dave');
    const dm = await messageTo(dave, numberOn(office, card));
    const text = await release('dave', dm, null, 'What is right, and why', 'Gold since June; the records lag behind.');
    expect(text).toMatch(/Segment, as each source has it:.*CRM\s+Gold.*Contract records\s+Silver/s);
    await reads(office, card, /^(?!.*On hold)/s);
    // The sources are asked again when authorization begins, and still say the same.
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    await office.sandbox.idle();
    expect(await decide(office, office.as('mara'), 'Approve', card)).toMatchObject({ closed: true });
    await reads(office, card, 'Approved');
  });
});
