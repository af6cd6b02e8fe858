import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

function first(messages: Message[]): Message {
  const [message] = messages;
  if (!message) throw new Error('there is no such message');
  return message;
}

/** Of the executives' tier: 72 hours. */
const EXECUTIVE = { 'Deviation from policy (%)': '60' };

describe('deadlines', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice({ at: '2026-11-18T10:00:00.000Z' });
  });
  afterAll(() => office.close());

  const reminders = (who: string, number: string): Message[] => {
    const person = office.as(who);
    return person.dms().filter((message) => new RegExp(`High: ${number} `).test(person.read(message)));
  };

  it('tells the supervisors once two hours before the deadline, and one acknowledging tells all', async () => {
    const card = await ask(office, office.as('nina'), EXECUTIVE, 'executive');
    const number = numberOn(office, card);
    await office.pass(69.5);
    expect(reminders('bea', number)).toEqual([]);
    await office.pass(1);
    await office.bot.catchUp();
    const said = await toldPrivately(office.as('bea'), `High: ${number} must be decided by`);
    expect(said).toContain('Nobody has confirmed the details');
    await toldPrivately(office.as('evan'), `High: ${number} must be decided by`);
    // The top tier has none above it to reroute to.
    expect(office.as('bea').buttons(current(office, first(reminders('bea', number))))).toEqual([
      'Acknowledge',
      expect.stringMatching(/^I'm on it until \d\d:00$/),
      ...['Nudge', 'Set cover', 'Open'],
    ]);

    await office.as('bea').click('Acknowledge', { in: first(reminders('bea', number)) });
    await toldPrivately(office.as('evan'), 'Bea is handling it');
    await waitFor(
      () =>
        office
          .as('evan')
          .buttons(first(reminders('evan', number)))
          .join() === 'Open',
      { what: 'the buttons to go' },
    );
    expect(reminders('bea', number)).toHaveLength(1);
  });

  it('fault 48, 49: each is told once, over restarts, and after a downtime past the deadline only the breach', async () => {
    const card = await ask(office, office.as('nina'), EXECUTIVE, 'executive');
    const number = numberOn(office, card);
    await office.bot.stop();
    await office.pass(80).catch(() => undefined);
    await office.restart();
    await toldPrivately(office.as('bea'), `${number} is overdue`);
    await reads(office, card, /[Oo]verdue/);
    await office.restart();
    await office.pass(1);
    const all = office
      .as('bea')
      .dms()
      .map((message) => office.as('bea').read(message));
    expect(all.filter((text) => text.includes(`High: ${number} `))).toHaveLength(1);
    expect(office.sandbox.read(current(office, card))).toContain('Waiting for operations');
  });

  it('nudges everyone whose turn it is, and not again at once', async () => {
    const card = await ask(office, office.as('nina'), EXECUTIVE, 'executive');
    const number = numberOn(office, card);
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    await office.pass(71);
    await toldPrivately(office.as('bea'), `High: ${number} must be decided by`);
    await office.as('bea').click('Nudge', { in: first(reminders('bea', number)) });
    await toldPrivately(office.as('erin'), new RegExp(`Bea asks you to look at ${number}`));
    await office.as('evan').click('Nudge', { in: first(reminders('evan', number)) });
    await toldPrivately(office.as('evan'), /just now|no second one/);
  });
});

describe('the week', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice({ at: '2026-11-18T10:00:00.000Z' });
  });
  afterAll(() => office.close());

  const digests = () =>
    office.sandbox
      .messages()
      .filter(({ channel, thread_ts, text }) => channel === 'C0AUDIT' && !thread_ts && text?.startsWith('Exceptions'));

  it('is reported on Monday at nine, once, with who decided what in its thread', async () => {
    const card = await ask(office, office.as('nina'), { Customer: 'Habicht' });
    const number = numberOn(office, card);
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    await decide(office, office.as('mara'), 'Approve', card);
    await reads(office, card, 'Approved');
    await office.pass(24 * 5 - 1.5); // Monday 23 November, 08:30
    expect(digests()).toEqual([]);
    await office.pass(1);
    await waitFor(() => digests().length === 1, { what: 'the report', timeoutMs: 10_000 });
    const [digest] = digests();
    if (!digest) throw new Error('no report');
    const text = office.sandbox.read(digest);
    expect(text).toMatch(/1 asked, 1 approved/);
    expect(text).toMatch(/[Cc]hain/);
    await waitFor(
      () =>
        office
          .as('cara')
          .thread(digest)
          .some((message) => office.sandbox.read(message).includes(number)),
      {
        what: 'the decisions in the thread',
      },
    );
    const thread = office
      .as('cara')
      .thread(digest)
      .map((message) => office.sandbox.read(message))
      .join('\n');
    expect(thread).toContain('Olga');
    expect(thread).toContain('Mara');
  });

  it('fault 45: a Monday missed while the bot was down is caught up, and no week is reported twice', async () => {
    await office.bot.stop();
    await office.pass(24 * 14).catch(() => undefined);
    await office.restart();
    await waitFor(() => digests().length === 3, { what: 'both missed reports', timeoutMs: 15_000 });
    await office.restart();
    await office.pass(1);
    await office.sandbox.idle();
    expect(digests()).toHaveLength(3);
  });
});
