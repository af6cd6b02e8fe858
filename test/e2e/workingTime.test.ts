/** A request asked for late on a Friday, under a calendar, as its readers in three zones see its deadline. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { ask, current, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { messageTo } from '../support/sourced.ts';

/** Managers have eight working hours, in Berlin from nine to five. */
const POLICY = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8')
  .replace('sla: 48h', 'sla: 8h')
  .replace(
    'rules:\n',
    'rules:\n  calendars: { office: { zone: Europe/Berlin } }\n  calendar: office\n  holds_pause: [regulatory]\n',
  );

let office: Office;
beforeAll(async () => {
  office = await openOffice({ policy: POLICY, at: '2026-11-20T22:59:00.000Z' });
});
afterAll(() => office.close());

/** Lets the business clock come to `iso`, or a little before: it runs on, and what is left is said to the minute. */
const waitUntil = (iso: string) => office.pass((Date.parse(iso) - 15_000 - Date.parse(office.now())) / 3_600_000);

/** What the modal says that the button opens. */
async function opened(who: string, button: 'Details' | 'Approve', card: Message): Promise<string> {
  const person = office.as(who);
  await person.click(button, { in: current(office, card) });
  const modal = await person.waitForModal(
    (open) => open.text().includes('The deadline') || /left to/.test(open.text()),
  );
  const text = modal.text();
  await modal.close();
  return text;
}

it('counts working hours, stands still during a hold, and is shown to each in their own zone', async () => {
  const card = await ask(office, office.as('nina'));
  const number = numberOn(office, card);
  const dueFor = (who: string) => office.as(who).read(current(office, card));
  expect(dueFor('olga')).toContain('Nov 23, 2026 17:00');
  expect(dueFor('omar')).toContain('Nov 23, 2026 16:00');
  expect(dueFor('matt')).toContain('Nov 24, 2026 01:00');
  expect(await opened('olga', 'Details', card)).toContain(
    '8 working hours left to decide, from Nov 23, 2026 09:00 on.',
  );

  await waitUntil('2026-11-23T09:00:00.000Z');
  expect(await opened('olga', 'Approve', card)).toContain('7 working hours left to decide.');

  await office.as('olga').click('Place hold', { in: current(office, card) });
  const placing = await office.as('olga').waitForModal((open) => open.title === 'Place a hold');
  await placing.choose('Why must it wait?', 'A regulation may apply');
  await placing.fill('What is wrong?', 'Personal data of minors?');
  await placing.submit();
  await reads(office, card, 'stands still until the hold is cleared up');

  await waitUntil('2026-11-24T08:30:00.000Z');
  expect(await opened('olga', 'Details', card)).toContain(
    'The deadline stands still, since a regulation may apply. Once that is cleared up, 7 working hours will be left to decide.',
  );
  const chased = () =>
    office
      .as('bea')
      .dms()
      .filter((message) => office.as('bea').read(message).includes(`${number} must be decided by`));
  expect(chased()).toEqual([]);

  await office.as('cara').click('Release hold', { in: await messageTo(office.as('cara'), /Release hold/) });
  const releasing = await office.as('cara').waitForModal((open) => open.title === 'Release a hold');
  await releasing.choose('Your guidance', 'Proceed');
  await releasing.fill('Which rule, and what it asks for', 'Article 8 does not apply.');
  await releasing.submit();
  await reads(office, card, /^(?!.*stands still)/s);
  // Seven and a half working hours after it was, less or more what the clicks took.
  expect(dueFor('olga')).toMatch(/Nov 24, 2026 16:(29|30)/);

  await waitUntil('2026-11-24T14:00:00.000Z');
  await toldPrivately(office.as('bea'), `${number} must be decided by`);
  expect(await opened('olga', 'Details', card)).toContain('1 working hour and 30 minutes left to decide.');
});
