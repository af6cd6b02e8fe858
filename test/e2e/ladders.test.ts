/** An escalation that nobody takes charge of climbs, and says so to whoever it comes to. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, Person } from '../../src/sandbox/index.ts';
import { ask, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ at: '2026-11-16T08:00:00.000Z' });
});
afterAll(() => office.close());

const about = (person: Person, number: string, text: RegExp | string): Message[] =>
  person.dms().filter((message) => {
    const said = person.read(message);
    return said.includes(number) && (typeof text === 'string' ? said.includes(text) : text.test(said));
  });
const saying = (person: Person, number: string, text: RegExp | string): Promise<Message> =>
  waitFor(() => about(person, number, text)[0], { what: `${number}: ${text}` });
const onIt = (person: Person, message: Message): string =>
  person.buttons(message).find((text) => text.startsWith("I'm on it until")) ?? '';

describe('a deadline near', () => {
  it('goes on to the next tier where no supervisor acknowledges it within the hour', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await office.pass(46.5);
    const toBea = await saying(office.as('bea'), number, `High: ${number} must be decided by`);
    expect(office.as('bea').read(toBea)).toMatch(/If nobody acknowledges it by .* it goes on to the next/);
    expect(about(office.as('erin'), number, 'must be decided by')).toEqual([]);
    await office.pass(1);
    const toErin = await saying(office.as('erin'), number, 'must be decided by');
    expect(office.as('erin').read(toErin)).toContain('Nobody who was told before has taken charge of it');
    expect(office.as('erin').buttons(toErin)).toEqual([
      'Acknowledge',
      onIt(office.as('erin'), toErin),
      'Nudge',
      'Open',
    ]);
    // Whoever it came to can take charge, and everybody sees it.
    await office.as('erin').click('Acknowledge', { in: toErin });
    await toldPrivately(office.as('bea'), 'Erin is handling it');
  });

  it('waits for somebody who is on it, and climbs when their time is over', async () => {
    // Asked at half past, so that the full hour lies before the deadline.
    await office.pass(1);
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await office.pass(46.1);
    const toBea = await saying(office.as('bea'), number, 'must be decided by');
    await office.as('bea').click(onIt(office.as('bea'), toBea), { in: toBea });
    await saying(office.as('bea'), number, /You are on it until/);
    await saying(office.as('evan'), number, /Bea is on it until/);
    await office.pass(1);
    expect(about(office.as('erin'), number, 'must be decided by')).toEqual([]);
    await office.pass(0.5);
    await office.bot.catchUp();
    await saying(office.as('erin'), number, 'must be decided by');
  });
});

describe('what was approved and not carried out', () => {
  it('is said to operations, and then to the supervisors', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    await decide(office, office.as('mara'), 'Approve', card);
    await reads(office, card, 'Approved');
    await office.pass(72.2);
    const toOlga = await saying(office.as('olga'), number, 'is approved and not carried out');
    expect(office.as('olga').buttons(toOlga)).toEqual(['Acknowledge', onIt(office.as('olga'), toOlga), 'Open']);
    await office.pass(4.1);
    await saying(office.as('evan'), number, 'is approved and not carried out');
    await office.as('evan').click('Acknowledge', {
      in: await saying(office.as('evan'), number, 'is approved and not carried out'),
    });
    await saying(office.as('olga'), number, 'Evan is handling it');
  });
});
