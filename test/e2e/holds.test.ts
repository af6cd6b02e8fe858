/** Holds that people place, and how whoever clears them up lets a request go on or ends it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { messageTo } from '../support/sourced.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const NOT_HELD = /^(?!.*On hold)/s;

async function place(who: string, card: Message, why: string, words: string) {
  const person = office.as(who);
  await person.click('Place hold', { in: current(office, card) });
  const form = await person.waitForModal((open) => open.title === 'Place a hold');
  await form.choose('Why must it wait?', why);
  await form.fill('What is wrong?', words);
  expect(await form.submit()).toMatchObject({ closed: true });
  await reads(office, card, 'On hold');
}

async function guide(card: Message, guidance: string, words: string) {
  const cara = office.as('cara');
  const dm = await messageTo(cara, new RegExp(`${numberOn(office, card)}.*Release hold`, 's'));
  await cara.click('Release hold', { in: dm });
  const form = await cara.waitForModal((open) => open.title === 'Release a hold');
  await form.choose('Your guidance', guidance);
  await form.fill('Which rule, and what it asks for', words);
  return { text: form.text(), sent: await form.submit() };
}

describe('a regulation that may apply', () => {
  it('makes approvals wait until compliance says to proceed; the deadline stays', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await place('olga', card, 'A regulation may apply', 'Personal data of minors?');
    await reads(office, card, 'a regulation may apply');
    await reads(office, card, 'Personal data of minors?');
    await toldPrivately(office.as('nina'), number);
    await office.as('omar').click('Approve', { in: await messageTo(office.as('omar'), number) });
    await toldPrivately(office.as('omar'), `${number} cannot be approved yet: a regulation may apply`);

    const { text, sent } = await guide(card, 'Proceed', 'Article 8 does not apply: the pupils are of age.');
    expect(text).toContain(`${number} waits because a regulation may apply.`);
    expect(text).toMatch(/Olga.* placed the hold .* and wrote:\s+Personal data of minors\?/s);
    expect(sent).toMatchObject({ closed: true });
    await reads(office, card, NOT_HELD);
    await toldPrivately(office.as('nina'), 'Article 8 does not apply');
    expect(await decide(office, office.as('olga'), 'Approve', card)).toMatchObject({ closed: true });
  });

  it('may be allowed with conditions, which whoever authorizes reads first', async () => {
    const card = await ask(office, office.as('nina'));
    await place('olga', card, 'A regulation may apply', 'Export of encryption?');
    await guide(card, 'Proceed with conditions', 'Only within the EU, and note the end user.');
    await reads(office, card, NOT_HELD);
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    const mara = office.as('mara');
    await mara.click('Approve', { in: current(office, card) });
    const modal = await mara.waitForModal((open) => open.title === 'Authorize exception');
    expect(modal.text()).toContain('Only within the EU, and note the end user.');
    await modal.fill('Rationale', 'With those conditions it is worth it.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    await reads(office, card, 'Approved');
  });

  it('ends the request where compliance says that it must not be done', async () => {
    const card = await ask(office, office.as('nina'));
    await place('olga', card, 'A regulation may apply', 'Sanctions list?');
    const { text } = await guide(card, 'Must not', 'The owner is on the EU list of 12 May.');
    expect(text).toContain('“Must not” ends the request: it is rejected by compliance');
    await reads(office, card, `${numberOn(office, card)} · Rejected`);
    await reads(office, card, 'Cara');
    await toldPrivately(office.as('nina'), 'The owner is on the EU list of 12 May.');
  });
});

describe('a hold', () => {
  it('asks for the reason, and keeps what was typed where one is missing', async () => {
    const card = await ask(office, office.as('nina'));
    const olga = office.as('olga');
    await olga.click('Place hold', { in: current(office, card) });
    const form = await olga.waitForModal((open) => open.title === 'Place a hold');
    await form.fill('What is wrong?', 'The order cannot be found.');
    const sent = await form.submit();
    expect(sent).toHaveProperty('errors');
    expect(JSON.stringify(sent)).toContain('Why must it wait?');
    expect(form.value('What is wrong?')).toBe('The order cannot be found.');
    await form.close();
  });

  it('that a person places for missing data moves the deadline, and says what operations released it with', async () => {
    const card = await ask(office, office.as('nina'));
    await place('olga', card, 'Data is unavailable', 'The archive of 2019 is being moved.');
    await reads(office, card, 'The archive of 2019 is being moved.');
    const omar = office.as('omar');
    const dm = await messageTo(omar, new RegExp(`${numberOn(office, card)}.*Release hold`, 's'));
    await omar.click('Release hold', { in: dm });
    const form = await omar.waitForModal((open) => open.title === 'Release a hold');
    await form.choose('What takes the place of the data?', 'Other documents show it');
    await form.fill('Which documents, or why it is waived', 'The tax adviser has the invoice.');
    expect(await form.submit()).toMatchObject({ closed: true });
    await reads(office, card, NOT_HELD);
    await toldPrivately(office.as('nina'), 'The tax adviser has the invoice.');
  });

  it('is released by those it belongs to, and by nobody else', async () => {
    const card = await ask(office, office.as('nina'));
    await place('olga', card, 'A regulation may apply', 'Is a licence needed?');
    await office.as('olga').click('Release hold', { in: current(office, card) });
    await toldPrivately(office.as('olga'), /Only members of @compliance can do this/);
    await reads(office, card, 'On hold');
  });
});
