/** A confidential request from asking to its closed record, in a channel that another company reads. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { dayAfter, dmAbout, report } from '../support/approved.ts';
import {
  current,
  decide,
  fillForm,
  numberOn,
  type Office,
  openOffice,
  reads,
  toldPrivately,
} from '../support/office.ts';
import { messageTo } from '../support/sourced.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  const channel = office.sandbox.workspace.channels.get('C0MANAGE');
  if (!channel) throw new Error('the channel is gone');
  channel.shared = true;
  office.sandbox.admin.addToChannel('exceptions-manager', 'U0SVEN');
  await office.restart();
});
afterAll(() => office.close());

/** Stands in everything that people type about it. */
const SECRET = 'Zugvogel';
/** Every message that the bot has posted anywhere, as it stands: what is shown, and what a push notification says. */
const everything = () =>
  office.sandbox
    .messages()
    .map((message) => `${message.text} ${JSON.stringify(message.blocks)}`)
    .join('\n');

async function asked(): Promise<Message> {
  const form = await fillForm(office.as('nina'), {
    ...{ Customer: `${SECRET} GmbH`, Rationale: `${SECRET}: why`, 'Impact analysis': `${SECRET}: what` },
    ...{ Evidence: `https://files.test/${SECRET}`, 'Decision value': '31415' },
  });
  await form.tick('Show what it says only to those who may read it');
  expect(await form.submit()).toMatchObject({ closed: true });
  return office.sandbox.waitForMessage(
    (message) =>
      message.channel === 'C0MANAGE' && !message.thread_ts && office.sandbox.read(message).includes('Confidential'),
    { timeout: 10_000 },
  );
}

it('a channel shared with another company is reported to the admins, with what to do about it', async () => {
  const told = await toldPrivately(office.as('wanda'), '#exceptions-manager is shared with another organization');
  expect(told).toContain('name a channel of your own in the policy');
});

it('shows number, tier and deadline in every message, and what it says only in windows of those who may read it', async () => {
  const card = await asked();
  const number = numberOn(office, card);
  const nina = office.as('nina');
  const olga = office.as('olga');
  const mara = office.as('mara');
  const sven = office.as('sven');
  expect(sven.read(card)).toMatch(/Manager/);
  expect(sven.read(card)).toMatch(/Decide by/);

  await olga.click('Request info', { in: current(office, card) });
  const question = await olga.waitForModal((open) => open.title === 'Request info');
  await question.fill('Question', `${SECRET}: since when?`);
  await question.submit();
  await nina.click('Answer', { in: await dmAbout(nina, number, 'has a question') });
  const answer = await nina.waitForModal((open) => open.fields().some(({ label }) => label === 'Answer'));
  expect(answer.text()).toContain(`${SECRET}: since when?`);
  await answer.fill('Answer', `${SECRET}: since May`);
  await answer.submit();
  await dmAbout(olga, number, 'answered');

  await nina.command('/exception', `complaint ${number}`);
  const complaint = await nina.waitForModal((open) => open.title === 'Customer complaint');
  await complaint.fill('What did the customer say?', `${SECRET}: they shouted`);
  await complaint.submit();
  await messageTo(office.as('liam'), `a customer complained about ${number}`);

  await olga.click('Place hold', { in: current(office, card) });
  const hold = await olga.waitForModal((open) => open.title === 'Place a hold');
  await hold.choose('Why must it wait?', 'A regulation may apply');
  await hold.fill('What is wrong?', `${SECRET}: a minor?`);
  await hold.submit();
  const cara = office.as('cara');
  await cara.click('Release hold', { in: await messageTo(cara, new RegExp(`${number}.*Release hold`, 's')) });
  const release = await cara.waitForModal((open) => open.title === 'Release a hold');
  expect(release.text()).toContain(`${SECRET}: a minor?`);
  await release.choose('Your guidance', 'Proceed');
  await release.fill('Which rule, and what it asks for', `${SECRET}: of age`);
  await release.submit();
  await reads(office, card, /^(?!.*On hold)/s);

  await decide(office, olga, 'Approve', card, `${SECRET}: checked`);
  await reads(office, card, 'confirmed by Olga');
  await mara.click('Approve', { in: current(office, card) });
  const authorizing = await mara.waitForModal((open) => open.title === 'Authorize exception');
  expect(authorizing.text()).toContain(`${SECRET} GmbH`);
  await authorizing.fill('Rationale', `${SECRET}: worth it`);
  await authorizing.fill('Condition', `${SECRET}: deposit`);
  await authorizing.pickUser('Owner', 'Tom Okafor');
  await authorizing.pickDate('Due', dayAfter(office, 7));
  expect(await authorizing.submit()).toMatchObject({ closed: true });
  const tom = office.as('tom');
  await tom.click('Condition met', { in: await dmAbout(tom, number, 'condition') });
  const met = await tom.waitForModal((open) => open.title === 'Condition met');
  expect(met.text()).toContain(`${SECRET}: deposit`);
  await met.submit();
  await report(olga, number, 'Done', `${SECRET}: done`);
  await olga.click('Close record', { in: await dmAbout(olga, number, 'please close the record') });
  const closing = await olga.waitForModal((open) => open.title === 'Close the record');
  await closing.choose('Cause', 'A mistake of ours');
  await closing.fill('What happened', `${SECRET}: happened`);
  await closing.fill('How it was fixed', `${SECRET}: fixed`);
  expect(await closing.submit()).toMatchObject({ closed: true });
  await reads(office, card, 'Closed, read-only');
  await dmAbout(nina, number, 'read-only');
  await office.sandbox.idle();
  expect(everything()).toContain(number);
  expect(everything()).not.toMatch(/Zugvogel|31415|31,415/);

  await sven.click('Details', { in: current(office, card) });
  const refused = await waitFor(() => sven.ephemerals().at(-1) && sven.read(sven.ephemerals().at(-1) as Message), {
    what: 'Sven to be told',
  });
  expect(refused).not.toContain(SECRET);
  expect(sven.modal()).toBeUndefined();
  await mara.click('Details', { in: current(office, card) });
  const details = await mara.waitForModal((open) => open.title === number);
  expect(details.text()).toContain(`${SECRET}: since May`);
});
