import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

/** Decided by managers, of whom there are Mara, Matt and Bea. Olga, Omar and Bea confirm; Wanda and Cara are admins. */
const OTHERS = ['U0MATT', 'U0BEA'];
const ABOUT = /waits for somebody who is not there|can decide EX-\d+ again|Nobody is missing for it any more/;

let office: Office;
beforeAll(async () => {
  office = await openOffice({ at: '2026-11-18T10:00:00.000Z' });
});
afterAll(() => office.close());

/** Messages about one request on who is missing, as this person has them. */
const toldAbout = (who: string, number: string): string[] =>
  messagesTo(who, number).map((message) => office.as(who).read(message));
const messagesTo = (who: string, number: string): Message[] => {
  const person = office.as(who);
  return person.dms().filter((message) => {
    const text = person.read(message);
    return ABOUT.test(text) && text.includes(number);
  });
};
/** How many requests this person reads of as having nobody now. */
const missingNow = (who: string): number => {
  const person = office.as(who);
  return person.dms().filter((message) => person.read(message).includes('waits for somebody who is not there')).length;
};
const isTold = (who: string, number: string, text: string | RegExp): Promise<string> =>
  waitFor(
    () => toldAbout(who, number).find((said) => (typeof text === 'string' ? said.includes(text) : text.test(said))),
    { what: `${who} to be told of ${number}: ${text}` },
  );
const leave = (...people: string[]) => {
  for (const person of people) office.sandbox.admin.removeFromGroup('managers', person);
};
const comeBack = (...people: string[]) => {
  for (const person of people) office.sandbox.admin.addToGroup('managers', person);
};

/** Says by command that somebody is away. */
async function away(who: string, until: string): Promise<void> {
  const person = office.as(who);
  await person.command('/exception', 'away');
  const form = await person.waitForModal((modal) => modal.fields().some(({ label }) => label === 'Back on'));
  await form.pickDate('Back on', until);
  await form.submit();
}

describe('a group of which nobody is left', () => {
  afterEach(() => comeBack('U0MARA', ...OTHERS));

  it('is told to the owner and the admins with a remedy, and drawn anew once somebody is back', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await office.sandbox.idle();
    expect(toldAbout('nina', number)).toEqual([]);

    leave('U0MARA', ...OTHERS);
    const said = await isTold(
      'nina',
      number,
      `Nobody can authorize ${number} now: there is nobody in @managers who may`,
    );
    expect(said).toContain(`So ${number} will miss its deadline`);
    expect(said).toMatch(
      /You need do nothing: the administrators know.*@ops-supervisors can give it to the next tier/s,
    );
    expect(await isTold('wanda', number, 'Nobody can authorize')).toContain('Add somebody to @managers in Slack');
    await reads(office, card, 'Nobody can authorize this now: there is nobody in @managers who may.');

    comeBack('U0MARA');
    await isTold('nina', number, `Two different people can decide ${number} again`);
    await isTold('wanda', number, `Two different people can decide ${number} again`);
    await waitFor(() => !office.sandbox.read(current(office, card)).includes('Nobody can'), {
      what: 'the card to follow',
    });
    expect(toldAbout('nina', number)).toHaveLength(1);
    expect(toldAbout('wanda', number)).toHaveLength(1);
  });

  it('is told at once where it was so when it was asked for, and to the admins with the first request alone', async () => {
    leave('U0MARA', ...OTHERS);
    const first = numberOn(office, await ask(office, office.as('nina')));
    await isTold('nina', first, 'Nobody can authorize');
    await waitFor(() => missingNow('cara') === 1, { what: 'an admin to be told' });
    const second = numberOn(office, await ask(office, office.as('nina')));
    await isTold('nina', second, 'Nobody can authorize');
    await office.sandbox.idle();
    expect(missingNow('cara')).toBe(1);
  });

  it('of many requests at once tells each owner of theirs, and an admin once', async () => {
    const askers = ['nina', 'tom', 'dave'];
    const numbers: string[] = [];
    for (const who of askers) numbers.push(numberOn(office, await ask(office, office.as(who))));
    leave('U0MARA', ...OTHERS);
    for (const [at, who] of askers.entries()) await isTold(who, numbers[at] ?? '', 'Nobody can authorize');
    await waitFor(() => missingNow('wanda') > 0, { what: 'an admin to be told' });
    await office.sandbox.idle();
    expect(missingNow('wanda')).toBe(1);
  });

  it('says to an admin nothing of what is asked for', async () => {
    leave('U0MARA', ...OTHERS);
    const card = await ask(office, office.as('nina'), { Customer: 'Zephyr & Co' });
    const number = numberOn(office, card);
    await isTold('nina', number, 'Zephyr & Co');
    for (const admin of ['wanda', 'cara']) expect(toldAbout(admin, number).join()).not.toContain('Zephyr');
  });

  it('tells of whoever confirmed alone, since another must authorize', async () => {
    leave('U0MARA', 'U0MATT');
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await office.sandbox.idle();
    expect(toldAbout('nina', number)).toEqual([]);
    await decide(office, office.as('bea'), 'Approve', card);
    await reads(office, card, 'confirmed by Bea');
    await isTold('nina', number, `Nobody can authorize ${number} now`);
  });
});

describe('somebody away', () => {
  it('the only manager who is back too late is forecast, and one press of a supervisor gives it to the executives', async () => {
    leave(...OTHERS);
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    // Due on Friday; back on Tuesday.
    await away('mara', '2026-11-24T09:00:00.000Z');
    const said = await isTold('evan', number, /Mara, the only one of @managers who could, is away until/);
    expect(said).toContain(`So ${number} will miss its deadline`);
    expect(said).toContain('You can give it to the next tier with one press: an executive decides it then');
    expect(said).toContain('is away until Nov 24, 2026');
    await reads(
      office,
      card,
      /Nobody can authorize this now: Mara, the only one of @managers who could, is away until/,
    );
    // Bea supervises as well; either may press, and the other's press does not send it further.
    const [message] = messagesTo('evan', number);
    const [other] = messagesTo('bea', number);
    if (!message || !other) throw new Error('a supervisor was not told');
    expect(office.as('evan').buttons(message)).toEqual(['Reroute to executives', 'Open']);
    await office.as('evan').click('Reroute to executives', { in: message });

    const moved = await waitFor(
      () =>
        office.sandbox
          .messages()
          .find(
            (each) =>
              each.channel === 'C0EXECUT' && !each.thread_ts && office.sandbox.read(each).includes(`${number} `),
          ),
      { what: 'the card among the executives' },
    );
    await reads(office, card, 'has moved to another channel');
    await reads(office, moved, 'waiting for');
    const told = await waitFor(
      () =>
        office
          .as('nina')
          .dms()
          .map((each) => office.as('nina').read(each))
          .find((text) => text.includes(`gave ${number} to the next tier`)),
      { what: 'the requester to be told' },
    );
    expect(told).toContain('an executive decides it');
    expect(told).toContain(
      `Nobody can authorize ${number} now: Mara, the only one of @managers who could, is away until`,
    );
    await waitFor(
      () =>
        office
          .as('evan')
          .thread(moved)
          .some((each) => office.sandbox.read(each).includes('gave it to the next tier: an executive decides')),
      { what: 'the story in the thread' },
    );
    // Somebody can decide it now, and what was told says so.
    await isTold('bea', number, `Two different people can decide ${number} again`);
    expect(office.as('bea').buttons(current(office, other))).toEqual(['Open']);
    comeBack(...OTHERS);
  });

  it('is forgotten when they are back in time', async () => {
    leave(...OTHERS);
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    const said = await isTold('nina', number, 'Nobody can authorize');
    expect(said).toMatch(/Mara, the only one of @managers/);
    await office.pass(24 * 6);
    await isTold('nina', number, `Two different people can decide ${number} again`);
    comeBack(...OTHERS);
  });
});

describe('rerouting by hand', () => {
  it('is a supervisor’s, from the details, for a reason of their own', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await office.as('mara').click('Details', { in: current(office, card) });
    await office.as('mara').waitForModal((modal) => modal.title === number);
    await expect(office.as('mara').click('Reroute', { in: 'modal' })).rejects.toThrow('Reroute');

    await office.as('evan').click('Details', { in: current(office, card) });
    await office.as('evan').waitForModal((modal) => modal.title === number);
    await office.as('evan').click('Reroute', { in: 'modal' });
    const form = await office.as('evan').waitForModal((modal) => modal.title === 'Reroute a request');
    expect(form.text()).toContain('an executive decides it, within 72 hours from now');
    await form.fill('Reason', 'The managers are at their yearly meeting.');
    await form.submit();
    await reads(office, card, 'has moved to another channel');
    await waitFor(
      () =>
        office
          .as('nina')
          .dms()
          .some((each) => office.as('nina').read(each).includes('The managers are at their yearly meeting.')),
      { what: 'the requester to read the reason' },
    );
  });

  it('is offered with an escalation, and pressed where somebody else was first goes no further up', async () => {
    const card = await ask(office, office.as('nina'), { 'Deviation from policy (%)': '5' }, 'team_lead');
    const number = numberOn(office, card);
    await office.pass(22.5);
    const warning = (who: string) =>
      waitFor(
        () =>
          office
            .as(who)
            .dms()
            .find((each) => office.as(who).read(each).includes(`High: ${number} must be decided by`)),
        { what: `${who} to be warned` },
      );
    const [first, second] = [await warning('evan'), await warning('bea')];
    await office.as('evan').click('Reroute', { in: first });
    const form = await office.as('evan').waitForModal((modal) => modal.title === 'Reroute a request');
    await office.as('bea').click('Reroute', { in: second });
    const late = await office.as('bea').waitForModal((modal) => modal.title === 'Reroute a request');
    await form.fill('Reason', 'The team leads are busy.');
    await form.submit();
    await reads(office, card, 'has moved to another channel');
    await late.fill('Reason', 'They are too slow.');
    await late.submit();
    expect(office.as('bea').modal()?.text()).toContain(`${number} changed while you were reading`);
    await office.sandbox.idle();
    const up = office.sandbox
      .messages()
      .filter(
        (each) => each.channel === 'C0EXECUT' && !each.thread_ts && office.sandbox.read(each).includes(`${number} `),
      );
    expect(up).toEqual([]);
  });
});
