import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Modal, Person } from '../../src/sandbox/index.ts';
import { numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { policyWith } from '../support/policy.ts';
import { waitFor } from '../support/wait.ts';

/** A policy that asks for more in some categories. */
const POLICY = policyWith(
  '  default_category: customer\n',
  `    - { id: claim, name: Claim, inputs: [contract, photo] }
    - { id: health, name: Health, confidential: true }
  default_category: customer
  inputs:
    - { id: contract, name: Contract, why: It says what was promised., example: Frame contract 7. }
    - { id: photo, name: Photo, why: It shows the damage., example: A picture of the box., field: evidence }
  splitting: { within: 30d }
`,
);

let office: Office;
beforeAll(async () => {
  office = await openOffice({ policy: POLICY });
});
afterAll(() => office.close());

const theForm = (person: Person): Promise<Modal> =>
  person.waitForModal((modal) => modal.title === 'Request an exception' && modal.fields().length > 0);
const labelsOf = (form: Modal) => form.fields().map(({ label }) => label);
const shows = (form: Modal, label: string) =>
  waitFor(() => labelsOf(form).includes(label), { what: `the field ${label}` });

/** Fills what every request needs. */
async function fillRest(form: Modal, customer: string, { policy = 'Goodwill', deviation = '25' } = {}) {
  await form.choose('Policy', policy);
  if (deviation) await form.fill('Deviation from policy (%)', deviation);
  await form.fill('Customer', customer);
  await form.fill('Decision value', '900');
  await form.fill('Rationale', 'They renew in January.');
  await form.fill('Impact analysis', 'Without it they leave.');
}
const TIERS = ['C0TEAMLD', 'C0MANAGE', 'C0EXECUT'];
const cardOf = (customer: string) =>
  office.sandbox.waitForMessage(
    (message) =>
      TIERS.includes(message.channel) && !message.thread_ts && office.sandbox.read(message).includes(customer),
    { timeout: 10_000 },
  );

describe('the doors', () => {
  it('a shortcut opens the form from anywhere', async () => {
    const nina = office.as('nina');
    await nina.shortcut('Request an exception');
    const form = await theForm(nina);
    await fillRest(form, 'Shortcut & Sons');
    expect(await form.submit()).toMatchObject({ closed: true });
    await cardOf('Shortcut & Sons');
  });

  it('a shortcut on a message makes its words, its address and its files evidence, which can be changed first', async () => {
    const [nina, tom] = [office.as('nina'), office.as('tom')];
    const files = [
      { name: 'offer.pdf', bytes: Buffer.from('%PDF-1.7') },
      { name: 'mail.txt', bytes: Buffer.from('Dear all') },
    ];
    const message = tom.say('general', 'Nordlicht & Co want 45 days, see https://crm.test/7 @nina', { files });
    await nina.shortcut('Request an exception', message);
    const form = await theForm(nina);
    expect(form.value('Evidence')).toMatch(
      /^Tom wrote:\nNordlicht & Co want 45 days, see https:\/\/crm\.test\/7 @Nina\n\nhttps:\/\/harbour\.slack\.com\/archives\/C0GENERAL\/p\d+$/,
    );
    expect(form.text()).toContain('everyone who reads the request reads it too');
    expect(form.value('Files that are attached')).toEqual(['offer.pdf', 'mail.txt']);
    await form.fill('Evidence', 'Nordlicht want 45 days.');
    await form.tick('mail.txt', { on: false });
    await form.attach('Files', 'photo.png', Buffer.from('png'));
    await fillRest(form, 'Nordlicht');
    expect(await form.submit()).toMatchObject({ closed: true });
    await cardOf('Nordlicht');
    const received = await waitFor(
      () => nina.dms().find((m) => nina.read(m).includes('Nordlicht') && nina.buttons(m).includes('Change')) ?? false,
      { what: 'the request to be received' },
    );
    await nina.click('Change', { in: received });
    const asked = await nina.waitForModal((modal) => modal.title === 'Change request');
    expect(asked.value('Evidence')).toBe('Nordlicht want 45 days.');
    expect(asked.value('Files that are attached')).toEqual(['offer.pdf', 'photo.png']);
    await asked.close();
  });

  it('the button in Home opens it', async () => {
    const tom = office.as('tom');
    tom.openHome();
    await waitFor(() => tom.home()?.text().includes('Your requests'), { what: 'Home to be drawn' });
    await tom.click('Request an exception', { in: 'home' });
    const form = await theForm(tom);
    await fillRest(form, 'Homeward');
    expect(await form.submit()).toMatchObject({ closed: true });
    await cardOf('Homeward');
  });

  it('the text of the command stands under Rationale', async () => {
    const nina = office.as('nina');
    await nina.command('/exception', 'Brightwater need longer');
    const form = await theForm(nina);
    expect(form.value('Rationale')).toBe('Brightwater need longer');
    await form.close();
  });
});

it('a guest may ask, too', async () => {
  const gus = office.as('gus');
  await gus.shortcut('Request an exception');
  const form = await theForm(gus);
  await fillRest(form, 'Guesthouse');
  expect(await form.submit()).toMatchObject({ closed: true });
  await cardOf('Guesthouse');
});

describe('the form', () => {
  const opened = async (person: Person): Promise<Modal> => {
    await person.shortcut('Request an exception');
    const form = await theForm(person);
    if (form.text().includes('Continued from')) {
      await person.click('Start afresh', { in: 'modal' });
      await waitFor(() => !form.text().includes('Continued from'), { what: 'an empty form' });
    }
    return form;
  };

  it('asks which rule it is where none that is listed fits, and operations then picks who decides', async () => {
    const nina = office.as('nina');
    const form = await opened(nina);
    await form.choose('Policy', 'Other (not in the list)');
    await shows(form, 'Which rule?');
    await fillRest(form, 'Elsewhere', { policy: 'Other (not in the list)', deviation: '' });
    await waitFor(() => form.text().includes('Operations picks who decides'), { what: 'the form to say who decides' });
    expect(await form.submit()).toEqual({ errors: { 'Which rule?': expect.stringMatching(/required/) } });
    await form.fill('Which rule?', 'Parking in the yard');
    expect(await form.submit()).toMatchObject({ closed: true });
    const card = await cardOf('Elsewhere');
    await reads(office, card, /[Pp]ick/);
  });

  it('shows what every change implies, however fast one follows the other', async () => {
    const nina = office.as('nina');
    const form = await opened(nina);
    await form.choose('Policy', 'Refund window');
    await shows(form, 'You ask for');
    for (const typed of ['4', '45']) void form.fill('You ask for', typed);
    void form.choose('Category', 'Claim');
    await shows(form, 'Contract');
    await waitFor(() => form.text().includes('45 days instead of 30 is a deviation of 50 %.'), {
      what: 'the deviation of what was typed last',
    });
    expect(form.value('You ask for')).toBe('45');
    await form.close();
  });

  it('takes a request whose deviation cannot be computed, and no figure beside that', async () => {
    const nina = office.as('nina');
    const form = await opened(nina);
    await fillRest(form, 'Immeasurable');
    await form.tick('The deviation cannot be computed');
    expect(await form.submit()).toEqual({ errors: { 'No percentage': expect.stringContaining('Take back one') } });
    await form.fill('Deviation from policy (%)', '');
    await waitFor(() => form.fields().some((f) => f.label === 'Deviation from policy (%)' && !f.required), {
      what: 'the deviation to be optional',
    });
    expect(await form.submit()).toMatchObject({ closed: true });
    await reads(office, await cardOf('Immeasurable'), /[Pp]ick/);
  });

  it('has a field for what the category needs, says why, and goes without it', async () => {
    const nina = office.as('nina');
    const form = await opened(nina);
    await form.choose('Category', 'Claim');
    await shows(form, 'Contract');
    const hint = (label: string) => form.fields().find((field) => field.label === label)?.hint;
    expect(hint('Contract')).toContain('It says what was promised. For example: Frame contract 7.');
    expect(hint('Evidence')).toContain('It shows the damage. For example: A picture of the box.');
    await form.fill('Contract', 'Frame contract 12');
    await form.choose('Category', 'Customer request');
    await waitFor(() => !labelsOf(form).includes('Contract'), { what: 'the field to go' });
    await form.choose('Category', 'Claim');
    await shows(form, 'Contract');
    expect(form.value('Contract')).toBe('Frame contract 12');
    await form.close();
  });

  it('says that a category is confidential, and shows what was asked to nobody in the channel', async () => {
    const nina = office.as('nina');
    const form = await opened(nina);
    await form.choose('Category', 'Health');
    await waitFor(() => form.text().includes('Health is confidential'), { what: 'the form to say so' });
    expect(labelsOf(form)).not.toContain('Confidential');
    await fillRest(form, 'Patient 7');
    expect(await form.submit()).toMatchObject({ closed: true });
    const told = await toldPrivately(nina, /on its way/);
    const number = /EX-\d+/.exec(told)?.[0] ?? '';
    const card = await cardOf(number);
    expect(office.sandbox.read(card)).not.toContain('Patient 7');
    expect(numberOn(office, card)).toBe(number);
  });

  it('says what counts together with it, and that this can raise the tier', async () => {
    const nina = office.as('nina');
    for (const text of ['Splitter', 'Splitter']) {
      const form = await opened(nina);
      await fillRest(form, text, { deviation: '19' });
      if (form.text().includes('#exceptions-manager')) {
        expect(form.text()).toContain('It counts together with another request for this customer under this rule');
        await form.close();
        return;
      }
      expect(await form.submit()).toMatchObject({ closed: true });
      await cardOf(text);
    }
    throw new Error('the second request did not say that it counts together with the first');
  });
});
