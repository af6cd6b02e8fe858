import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message, Modal, Person } from '../../src/sandbox/index.ts';
import { type Office, openOffice } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const KEPT = 'You closed the form without sending it. What you typed is kept for 14 days';

async function opened(person: Person, text = ''): Promise<Modal> {
  await person.command('/exception', text);
  return person.waitForModal((modal) => modal.title === 'Request an exception');
}

/** The messages that say a draft is kept, and still offer it. */
const offers = (person: Person): Message[] =>
  person.dms().filter((message) => person.read(message).includes(KEPT) && person.buttons(message).length > 0);

/** Closes the form and waits to be told that what was typed is kept. */
async function closed(person: Person, form: Modal): Promise<Message> {
  const before = offers(person).length;
  await form.close();
  return waitFor(() => offers(person)[before] ?? false, { what: 'to be told that it is kept' });
}

it('what was typed outlives closing the form and a restart of the bot, and /exception offers it', async () => {
  const nina = office.as('nina');
  const form = await opened(nina);
  await form.choose('Policy', 'Refund window');
  await waitFor(() => form.fields().some(({ label }) => label === 'You ask for'), { what: 'the field' });
  await form.fill('You ask for', '45 days');
  await form.fill('Rationale', 'They renew\nin January. <!channel> *bold*');
  await form.choose('Severity', 'Major');
  await form.tick('It cannot wait its normal turn');
  await form.pickDate('Needed by', '2099-12-04');
  await form.pickUser('On behalf of', 'tom');
  await form.fill('Component', 'Billing');
  const message = await closed(nina, form);
  expect(nina.buttons(message)).toEqual(['Continue', 'Discard']);

  await office.restart();
  const again = await opened(nina);
  expect(again.text()).toContain('Continued from what you typed on');
  const value = (label: string) => again.value(label);
  expect([value('Policy'), value('You ask for'), value('Severity')]).toEqual(['Refund window', '45 days', 'Major']);
  expect(value('Rationale')).toBe('They renew\nin January. <!channel> *bold*');
  expect([value('Urgent'), value('Needed by'), value('On behalf of'), value('Component')]).toEqual([
    ...[['It cannot wait its normal turn'], '2099-12-04', expect.stringContaining('Tom'), 'Billing'],
  ]);
  await again.close();
});

it('the message has it continued or discarded, and says so', async () => {
  const elif = office.as('elif');
  const form = await opened(elif);
  await form.fill('Customer', 'Nordlicht');
  const message = await closed(elif, form);
  await elif.click('Continue', { in: message });
  const again = await elif.waitForModal((modal) => modal.title === 'Request an exception');
  expect(again.value('Customer')).toBe('Nordlicht');
  await again.close();
  await elif.click('Discard', { in: message, confirm: false });
  expect(offers(elif)).toHaveLength(1);
  await elif.click('Discard', { in: message });
  await waitFor(() => elif.dms().some((m) => elif.read(m).includes('What you had typed is discarded')), {
    what: 'to read that it is discarded',
  });
  expect(offers(elif)).toEqual([]);
  const empty = await opened(elif);
  expect(empty.value('Customer')).toBeFalsy();
  await empty.close();
});

it('keeps a file that was attached', async () => {
  const omar = office.as('omar');
  const form = await opened(omar);
  await form.attach('Files', 'offer.pdf', Buffer.from('%PDF-1.7'));
  await form.fill('Customer', 'Filed Ltd');
  await closed(omar, form);
  const again = await opened(omar);
  expect(again.value('Files that are attached')).toEqual(['offer.pdf']);
  await again.fill('Component', 'Billing');
  await again.close();
  const third = await opened(omar);
  expect(third.value('Files that are attached')).toEqual(['offer.pdf']);
  await third.close();
});

it('is said to be gone where it was sent meanwhile', async () => {
  const lena = office.as('lena');
  const form = await opened(lena);
  await form.choose('Policy', 'Data retention');
  await form.fill('Deviation from policy (%)', '5');
  const message = await closed(lena, form);
  const again = await opened(lena);
  await again.fill('Customer', 'Sent Off');
  await again.fill('Decision value', '900');
  await again.fill('Rationale', 'They renew.');
  await again.fill('Impact analysis', 'They leave.');
  expect(await again.submit()).toMatchObject({ closed: true });
  await waitFor(() => lena.dms().some((m) => lena.read(m).includes('Sent Off')), {
    what: 'the request to be received',
  });
  await lena.click('Continue', { in: message });
  await waitFor(() => lena.dms().some((m) => lena.read(m).includes('Nothing of it is kept any more')), {
    what: 'to read that it is gone',
  });
  const empty = await opened(lena);
  expect(empty.text()).not.toContain('Continued from');
  await empty.close();
});

it('begins anew in the same form, and forgets what was typed before', async () => {
  const liam = office.as('liam');
  const form = await opened(liam);
  await form.fill('Customer', 'Old Ltd');
  await form.fill('Rationale', 'Old reasons');
  await closed(liam, form);
  const again = await opened(liam);
  expect(again.value('Customer')).toBe('Old Ltd');
  await liam.click('Start afresh', { in: 'modal' });
  await waitFor(() => !again.text().includes('Continued from'), { what: 'an empty form' });
  expect([again.value('Customer'), again.value('Rationale')]).toEqual([undefined, undefined]);
  await again.fill('Customer', 'New Ltd');
  const { errors } = (await again.submit()) as { errors: Record<string, string> };
  expect(errors).toHaveProperty('Rationale');
  await again.close();
  const third = await opened(liam);
  expect([third.value('Customer'), third.value('Rationale')]).toEqual(['New Ltd', undefined]);
  await third.close();
});

it('waits beside a form that was opened with a text, until something is typed there', async () => {
  const mara = office.as('mara');
  const form = await opened(mara);
  await form.fill('Customer', 'First Ltd');
  await closed(mara, form);
  const other = await opened(mara, 'something else');
  expect(other.value('Rationale')).toBe('something else');
  expect(other.text()).toContain('You began another request on');
  await mara.click('Continue that one', { in: 'modal' });
  await waitFor(() => other.text().includes('Continued from'), { what: 'the one before' });
  expect([other.value('Customer'), other.value('Rationale')]).toEqual(['First Ltd', undefined]);
  await other.close();
});

it('is offered to nobody else, and nothing is said of a form in which nothing was typed', async () => {
  const [matt, tom] = [office.as('matt'), office.as('tom')];
  const form = await opened(matt);
  await form.fill('Customer', 'Secret Ltd');
  await closed(matt, form);
  const other = await opened(tom);
  expect(other.text()).not.toContain('Continued from');
  expect(other.value('Customer')).toBeFalsy();
  await other.close();
  const again = await opened(tom);
  await again.fill('Customer', 'Mine');
  await closed(tom, again);
  expect(offers(tom)).toHaveLength(1);
  const everything = office.sandbox.messages().map((message) => office.sandbox.read(message));
  expect(everything.join('\n')).not.toContain('Secret Ltd');
});

it('is kept for 14 days and no longer', async () => {
  const erin = office.as('erin');
  const form = await opened(erin);
  await form.fill('Customer', 'Ages Ago');
  await closed(erin, form);
  await office.pass(13 * 24);
  const young = await opened(erin);
  expect(young.value('Customer')).toBe('Ages Ago');
  await young.close();
  await office.pass(2 * 24);
  const old = await opened(erin);
  expect(old.value('Customer')).toBeFalsy();
  await old.close();
});
