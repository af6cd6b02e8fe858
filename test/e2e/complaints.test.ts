/** What makes a request more pressing: a customer complains, a manager expedites. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, Person } from '../../src/sandbox/index.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { messageTo } from '../support/sourced.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

async function complain(person: Person, number: string, words: string) {
  await person.command('/exception', `complaint ${number}`);
  const form = await person.waitForModal((open) => open.title === 'Customer complaint');
  await form.fill('What did the customer say?', words);
  return { text: form.text(), sent: await form.submit() };
}
const urgentTo = (who: string, number: string) =>
  messageTo(office.as(who), new RegExp(`Urgent: a customer complained about ${number}`));

describe('a customer complaint', () => {
  it('reaches customer success at once, who take charge of it within the hour', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    const { text, sent } = await complain(office.as('nina'), number, 'They shouted at me on the phone.');
    expect(text).toContain('Told at once: @customer-success, who have 1 hour to take charge of it.');
    expect(sent).toMatchObject({ closed: true });
    await reads(office, card, 'Customer complaint');
    const liam = office.as('liam');
    const dm = await urgentTo('liam', number);
    await urgentTo('tom', number);
    expect(liam.buttons(dm)).toContain('Acknowledge');
    await liam.click('Acknowledge', { in: dm });
    await reads(office, dm, 'You are handling it');
    await office.pass(1.1);
    await office.sandbox.idle();
    expect(
      office
        .as('bea')
        .dms()
        .map((message) => office.as('bea').read(message))
        .join('\n'),
    ).not.toContain(`nobody took charge of the complaint about ${number}`);
  });

  it('that nobody takes charge of goes up to the supervisors', async () => {
    const number = numberOn(office, await ask(office, office.as('nina')));
    await complain(office.as('nina'), number, 'They want to speak to the boss.');
    await urgentTo('liam', number);
    await office.pass(1.1);
    const bea = office.as('bea');
    const dm = await messageTo(bea, `nobody took charge of the complaint about ${number}`);
    await bea.click('Acknowledge', { in: dm });
    await reads(office, dm, 'You are handling it');
  });

  it('is taken also when the request is approved already, by the button in the message about it', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    await decide(office, office.as('mara'), 'Approve', card);
    await reads(office, card, 'Approved');
    const nina = office.as('nina');
    await nina.click('Customer complaint', { in: await messageTo(nina, `${number} is approved.`) });
    const form = await nina.waitForModal((open) => open.title === 'Customer complaint');
    await form.fill('What did the customer say?', 'The refund has not come yet.');
    expect(await form.submit()).toMatchObject({ closed: true });
    const dm = await urgentTo('liam', number);
    expect(office.as('liam').buttons(dm)).toContain('Acknowledge');
  });

  it('is reported from any message that names the request, too', async () => {
    const card = await ask(office, office.as('nina'));
    const nina = office.as('nina');
    await nina.shortcut('Customer complaint', card);
    const form = await nina.waitForModal((open) => open.title === 'Customer complaint');
    await form.fill('What did the customer say?', 'The parcel was open.');
    expect(await form.submit()).toMatchObject({ closed: true });
    await urgentTo('liam', numberOn(office, card));
    nina.say('random', 'Lunch?');
    await nina.shortcut('Customer complaint', 'Lunch?');
    await nina.waitForModal((open) => open.text().includes('This message names no request.'));
  });

  it('says how to name the request, and tells nobody that there is one they may not see', async () => {
    await office.as('nina').command('/exception', 'complaint');
    await toldPrivately(
      office.as('nina'),
      'Which request? Write its number after it, such as /exception complaint EX-12.',
    );
    const number = numberOn(office, await ask(office, office.as('nina')));
    await office.as('elif').command('/exception', `complaint ${number}`);
    await toldPrivately(office.as('elif'), `There is no ${number} that you can see.`);
  });
});

describe('a value above the authority of the tier', () => {
  it('goes to the next tier, also after an edit: those who decide there are told why', async () => {
    const card = await ask(office, office.as('nina'), { 'Deviation from policy (%)': '5' }, 'team_lead');
    const number = numberOn(office, card);
    const nina = office.as('nina');
    nina.openHome();
    await nina.waitForHome((home) => home.row(number) !== undefined);
    await nina.click('Change', { in: 'home', row: number });
    const form = await nina.waitForModal((open) => open.title === 'Change request');
    await form.fill('Decision value', '10000.01');
    expect(await form.submit()).toMatchObject({ closed: true });
    const dm = await messageTo(office.as('mara'), `${number} comes to your tier`);
    expect(office.as('mara').read(dm)).toContain('since the value is above the team lead’s $10,000');
    await reads(office, card, `${number} has moved to another channel`);
    const moved = await office.sandbox.waitForMessage(
      (message) =>
        message.channel === 'C0MANAGE' && !message.thread_ts && office.sandbox.read(message).includes(number),
      { timeout: 10_000 },
    );
    expect(office.sandbox.read(moved)).toContain('Manager, since the value is above the team lead’s $10,000');
  });
});

describe('expediting', () => {
  const expedite = async (who: string, dm: Message) => {
    const person = office.as(who);
    await person.click('Expedite', { in: dm });
    return person.waitForModal((open) => open.title === 'Expedite a request');
  };

  it('makes the deadline shorter and marks the card; still two different people decide', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    const mara = office.as('mara');
    await mara.click('Details', { in: current(office, card) });
    await mara.waitForModal((open) => open.title.includes(number));
    await mara.click('Expedite', { in: 'modal' });
    const form = await mara.waitForModal((open) => open.title === 'Expedite a request');
    expect(form.text()).toContain('within 4 hours from now');
    expect(form.text()).toContain('Still two different people decide');
    await form.fill('Justification', 'Their ship leaves at six.');
    expect('errors' in (await form.submit())).toBe(false);
    await reads(office, card, 'Expedited');
    const soon = (Date.parse(office.now()) + 4.1 * 3_600_000) / 1000;
    const due = Number(/<!date\^(\d+)\^/.exec(JSON.stringify(current(office, card).blocks))?.[1]);
    expect(due).toBeLessThan(soon);
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    await decide(office, mara, 'Approve', card);
    await reads(office, card, 'Approved');
  });

  it('is no matter of whoever only confirms details', async () => {
    const card = await ask(office, office.as('nina'));
    const olga = office.as('olga');
    await olga.click('Details', { in: current(office, card) });
    await olga.waitForModal((open) => open.title.includes(numberOn(office, card)));
    await expect(expedite('olga', current(office, card))).rejects.toThrow('sees no button "Expedite"');
  });
});
