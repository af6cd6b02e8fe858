import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, Modal, Person } from '../../src/sandbox/index.ts';
import { ask, current, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ at: '2026-11-23T09:00:00.000Z' });
});
afterAll(() => office.close());

/** The request as this person opens it from the command. */
async function opened(person: Person, number: string): Promise<Modal> {
  const before = person.ephemerals().length;
  await person.command('/exception', `status ${number}`);
  const answer = await waitFor(() => person.ephemerals()[before], { what: 'the status' });
  await person.click('Open', { in: answer });
  return person.waitForModal((modal) => modal.title === number);
}

async function handOver(person: Person, number: string, to: string) {
  await opened(person, number);
  await person.click('Hand over', { in: 'modal' });
  const form = await person.waitForModal((modal) => modal.title === 'Hand over');
  await form.pickUser('To whom?', to);
  await form.fill('Reason', 'I am away until spring.');
  return { form, sent: await form.submit() };
}

describe('handing over', () => {
  it('changes who answers for a request, never who asked; the new owner is told and can withdraw', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    expect((await handOver(office.as('nina'), number, 'tom')).sent).toMatchObject({ closed: true });
    const tom = office.as('tom');
    expect(await toldPrivately(tom, `handed ${number} over to you`)).toContain('I am away until spring.');
    await reads(office, card, 'Tom answers for it now');
    expect(office.sandbox.read(current(office, card))).toContain('Nina');
    tom.openHome();
    const home = await tom.waitForHome((now) => now.row(number) !== undefined);
    expect(tom.buttons(home, { row: number })).toEqual(['Open', 'Change', 'Withdraw']);
    await tom.click('Withdraw', { in: 'home', row: number });
    await (await tom.waitForModal((modal) => modal.title === 'Withdraw request')).submit();
    await reads(office, card, /withdrawn by Tom/i);
  });

  it.each([
    ['a guest', 'gus', 'is a guest'],
    ['an app', 'deploybot', 'is an app'],
    ['whoever has left', 'rita', 'not an active member'],
    ['another company', 'sven', 'not an active member'],
    ['whoever has it', 'nina', 'answer for it already'],
  ])('goes not to %s', async (_who, to, why) => {
    const number = numberOn(office, await ask(office, office.as('nina')));
    const { form, sent } = await handOver(office.as('nina'), number, to);
    expect(JSON.stringify(sent)).toContain(why);
    await form.close({ everything: true });
  });

  it('is offered to the owner and the supervisors, and to nobody else', async () => {
    const number = numberOn(office, await ask(office, office.as('nina')));
    for (const [who, offered] of [
      ['nina', true],
      ['bea', true],
      ['olga', false],
    ] as const) {
      const modal = await opened(office.as(who), number);
      expect(office.as(who).buttons(modal).includes('Hand over'), who).toBe(offered);
      await modal.close({ everything: true });
    }
  });
});

describe('somebody who leaves', () => {
  it('leaves no request without an owner: a supervisor gets it, once, and is told', async () => {
    const card = await ask(office, office.as('elif'));
    const number = numberOn(office, card);
    office.sandbox.admin.deactivate('U0ELIF');
    await toldPrivately(office.as('bea'), `handed ${number} over to you`);
    await reads(office, card, 'Bea answers for it now');
    await office.restart();
    await office.sandbox.idle();
    const told = office
      .as('bea')
      .dms()
      .filter((message) => office.as('bea').read(message).includes(number));
    expect(told).toHaveLength(1);
  });
});

describe('a question that nobody answers', () => {
  let card: Message;
  let number: string;
  beforeAll(async () => {
    card = await ask(office, office.as('nina'));
    number = numberOn(office, card);
    await office.as('olga').click('Request info', { in: current(office, card) });
    const modal = await office.as('olga').waitForModal((open) => open.title === 'Request info');
    await modal.fill('Question', 'Since when?');
    await modal.submit();
    await toldPrivately(office.as('nina'), 'has a question');
  });

  it('cannot be closed within ten working days', async () => {
    const modal = await opened(office.as('omar'), number);
    expect(office.as('omar').buttons(modal)).not.toContain('Close question');
    await modal.close({ everything: true });
  });

  it('is closed by operations after them, a person’s act, and opened again with one press', async () => {
    await office.pass(14 * 24 + 1);
    await opened(office.as('omar'), number);
    await office.as('omar').click('Close question', { in: 'modal' });
    const done = await office.as('omar').waitForModal((modal) => modal.title === 'Question closed');
    await done.close({ everything: true });
    await reads(office, card, 'closed unanswered');
    await opened(office.as('nina'), number);
    await office.as('nina').click('Open question again', { in: 'modal' });
    const again = await office.as('nina').waitForModal((modal) => modal.title === 'Question opened again');
    await again.close({ everything: true });
    await reads(office, card, 'a question to the requester is not answered yet');
  });
});
