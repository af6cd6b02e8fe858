/** Being away, and somebody else deciding meanwhile, in the words that people see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, Modal, Person } from '../../src/sandbox/index.ts';
import { dmAbout } from '../support/approved.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const HOUR = 3_600_000;
const later = (hours: number): string => new Date(Date.parse(office.now()) + hours * HOUR).toISOString();

type Away = { who?: string; hours?: number; delegate?: string; why?: string };

async function formFor(person: Person, { who, hours = 24, delegate, why }: Away): Promise<Modal> {
  await person.command('/exception', 'away');
  const form = await person.waitForModal((open) => open.title === 'I am away');
  if (who) await form.pickUser('Who is away', who);
  await form.pickDate('Back on', later(hours));
  const label = form.text().includes('Who decides for you')
    ? 'Who decides for you meanwhile'
    : 'Who decides for them meanwhile';
  if (delegate) await form.pickUser(label, delegate);
  if (why) await form.fill('Why', why);
  return form;
}

/** Sets an absence, and hands back what the person who set it reads. */
async function setAway(person: Person, away: Away): Promise<string> {
  await (await formFor(person, away)).submit();
  const set = await person.waitForModal((open) => open.title === 'Away');
  const text = set.text();
  await set.close({ everything: true });
  return text;
}

async function back(person: Person): Promise<void> {
  await person.command('/exception', 'back');
  await toldPrivately(person, 'You are no longer away');
}

/** Presses Approve on the working card that the person got by direct message, and sends the modal. */
async function decideInDm(person: Person, card: Message, says = '') {
  await person.click('Approve', { in: await dmAbout(person, numberOn(office, card), 'Approve') });
  const modal = await person.waitForModal((open) => open.fields().some(({ label }) => label === 'Rationale'));
  expect(modal.text()).toContain(says);
  await modal.fill('Rationale', 'I checked it.');
  return modal.submit();
}

const threadOf = (card: Message): string =>
  office.sandbox
    .messages()
    .filter(({ thread_ts }) => thread_ts === card.ts)
    .map((message) => office.sandbox.read(message))
    .join('\n');

describe('somebody who is away', () => {
  it('is not called; their delegate is, decides for them, and the card and the record say for whom', async () => {
    const [olga, dave] = [office.as('olga'), office.as('dave')];
    const set = await setAway(olga, { delegate: 'Dave Novak', why: 'On the boat.' });
    expect(set).toMatch(/You are away from .* until .*; Dave decides for you/);
    await toldPrivately(dave, /You decide for Olga from .* in their roles/);
    await toldPrivately(dave, 'On the boat.');
    const card = await ask(office, office.as('nina'));
    const called = await waitFor(() => threadOf(card).includes(numberOn(office, card)) && threadOf(card), {
      what: 'the thread to call somebody',
    });
    expect(called).toContain('Dave');
    expect(called).not.toContain('Olga');
    expect(called).not.toContain('operations-team');
    expect(await decideInDm(dave, card, 'You decide for Olga, who is away.')).toMatchObject({ closed: true });
    await reads(office, card, 'confirmed by Dave for Olga');
    await waitFor(() => threadOf(card).includes('Dave for Olga confirmed the details'), {
      what: 'the thread to say so',
    });
    await dave.click('Open', { in: await dmAbout(dave, numberOn(office, card), 'Open') });
    const details = await dave.waitForModal((open) => open.text().includes('Dave for Olga'));
    await details.close({ everything: true });
    expect(
      olga
        .dms()
        .map((dm) => olga.read(dm))
        .join(),
    ).not.toContain(numberOn(office, card));
    await back(olga);
    await toldPrivately(dave, 'You no longer decide for Olga');
  });

  it('stands in the details of what waits for them, with until when', async () => {
    const [omar, cara] = [office.as('omar'), office.as('cara')];
    await setAway(omar, { hours: 48 });
    const card = await ask(office, office.as('nina'));
    await cara.command('/exception', `status ${numberOn(office, card)}`);
    const status = await waitFor(
      () => cara.ephemerals().find((said) => cara.read(said).includes(numberOn(office, card))),
      {
        what: 'the status',
      },
    );
    await cara.click('Open', { in: status });
    const details = await cara.waitForModal((open) => open.text().includes('Away: Omar until'));
    await details.close({ everything: true });
    await back(omar);
  });

  it('says so on Home, and is back by a button', async () => {
    const liam = office.as('liam');
    liam.openHome();
    await liam.waitForHome((home) => liam.buttons(home).includes("I'm away"), { timeout: 10_000 });
    await liam.click("I'm away", { in: 'home' });
    const form = await liam.waitForModal((open) => open.title === 'I am away');
    await form.pickDate('Back on', later(5));
    await form.submit();
    await (await liam.waitForModal((open) => open.title === 'Away')).close({ everything: true });
    await liam.waitForHome((home) => /You are away from .* nobody decides for you/.test(home.text()));
    await liam.click("I'm back", { in: 'home' });
    await (await liam.waitForModal((open) => open.title === 'Welcome back')).close({ everything: true });
    await liam.waitForHome((home) => !home.text().includes('You are away'));
  });
});

describe('whoever stands in and whom they stand in for count as one', () => {
  it('what one confirmed, the other cannot authorize, also once they are back', async () => {
    const [bea, mara, matt] = [office.as('bea'), office.as('mara'), office.as('matt')];
    const card = await ask(office, office.as('nina'));
    await decide(office, bea, 'Approve', card);
    await reads(office, card, 'confirmed by Bea');
    await setAway(bea, { delegate: 'Mara Conti' });
    await mara.click('Approve', { in: current(office, card) });
    await toldPrivately(
      mara,
      /Bea confirmed the details of EX-\d+, and two different people must agree\. With Bea you count as one/,
    );
    await back(bea);
    await mara.click('Approve', { in: current(office, card) });
    await toldPrivately(mara, /One of .*@managers.* has to authorize it/);
    expect(await decideInDm(matt, card)).toMatchObject({ closed: true });
    await reads(office, card, 'given by Matt');
  });

  it('and the other way round', async () => {
    const [bea, mara] = [office.as('bea'), office.as('mara')];
    const card = await ask(office, office.as('nina'));
    await setAway(bea, { delegate: 'Mara Conti' });
    await decide(office, mara, 'Approve', card);
    await reads(office, card, 'confirmed by Mara for Bea');
    await back(bea);
    await bea.click('Approve', { in: current(office, card) });
    await toldPrivately(bea, /Mara confirmed the details of EX-\d+, .* With Mara you count as one/);
  });

  it('nobody decides what whoever they stand in for has asked for', async () => {
    const [nina, omar] = [office.as('nina'), office.as('omar')];
    await setAway(nina, { delegate: 'Omar Haddad' });
    const card = await ask(office, nina);
    await omar.command('/exception', `status ${numberOn(office, card)}`);
    const status = await waitFor(
      () => omar.ephemerals().find((said) => omar.read(said).includes(numberOn(office, card))),
      {
        what: 'the status',
      },
    );
    await omar.click('Open', { in: status });
    const details = await omar.waitForModal((open) => open.title.includes(numberOn(office, card)));
    expect(omar.buttons(details)).not.toContain('Approve');
    await details.close({ everything: true });
    await back(nina);
  });
});

describe('an absence is refused at the field', () => {
  it('where it would go round in a circle', async () => {
    const [lena, liam] = [office.as('lena'), office.as('liam')];
    await setAway(lena, { delegate: 'Liam Byrne' });
    const form = await formFor(liam, { delegate: 'Lena Fischer' });
    expect(await form.submit()).toEqual({
      errors: { 'Who decides for you meanwhile': expect.stringContaining('it would come back to whoever is away') },
    });
    await form.pickUser('Who decides for you meanwhile', 'Liam Byrne');
    expect(await form.submit()).toEqual({
      errors: { 'Who decides for you meanwhile': expect.stringContaining('Nobody decides for themselves') },
    });
    await form.pickUser('Who decides for you meanwhile', 'Gus Alvarez');
    expect(await form.submit()).toEqual({
      errors: { 'Who decides for you meanwhile': expect.stringContaining('guest') },
    });
    await form.pickUser('Who decides for you meanwhile', 'Tom Okafor');
    await form.pickDate('Back on', later(-1));
    expect(await form.submit()).toEqual({ errors: { 'Back on': expect.any(String) } });
    await form.close({ everything: true });
    await back(lena);
  });
});

describe('for somebody else', () => {
  it('a supervisor sets it; whoever it is about is told, and can say that they are back', async () => {
    const [evan, matt, mara] = [office.as('evan'), office.as('matt'), office.as('mara')];
    expect(await setAway(evan, { who: 'Matt Sato', delegate: 'Mara Conti' })).toMatch(
      /Matt is away from .* Mara decides for them/,
    );
    await toldPrivately(matt, /Evan set that you are away from .* Mara decides for you meanwhile/);
    await toldPrivately(mara, /You decide for Matt from/);
    const dm = matt.dms().findLast((message) => matt.read(message).includes('Evan set that you are away'));
    if (!dm) throw new Error('Matt was told nothing');
    await matt.click("I'm back", { in: dm });
    await toldPrivately(matt, 'You are no longer away');
  });

  it('a supervisor cannot make themselves the one who decides', async () => {
    const form = await formFor(office.as('evan'), { who: 'Erin Wallace', delegate: 'Evan Moreau' });
    expect(await form.submit()).toEqual({
      errors: { 'Who decides for them meanwhile': expect.stringContaining('you cannot be the one who decides') },
    });
    await form.close({ everything: true });
  });

  it('anybody else sets only their own', async () => {
    const form = await formFor(office.as('tom'), {});
    expect(form.text()).not.toContain('Who is away');
    await form.close({ everything: true });
  });

  it("an executive's assistant sets it, and never decides by that", async () => {
    const [erin, elif, evan] = [office.as('erin'), office.as('elif'), office.as('evan')];
    erin.openHome();
    await erin.waitForHome((home) => erin.buttons(home).includes('Assistant'), { timeout: 10_000 });
    await erin.click('Assistant', { in: 'home' });
    const naming = await erin.waitForModal((open) => open.title === 'Your assistant');
    await naming.pickUser('Who', 'Elif Demir');
    await naming.submit();
    await erin.waitForModal((open) => open.text().includes('Elif may set your absences'));
    await toldPrivately(elif, /Erin named you as their assistant/);
    const form = await formFor(elif, { who: 'Erin Wallace', delegate: 'Elif Demir' });
    expect(await form.submit()).toEqual({
      errors: { 'Who decides for them meanwhile': expect.stringContaining('cannot be the one who decides') },
    });
    await form.pickUser('Who decides for them meanwhile', 'Evan Moreau');
    await form.submit();
    await (await elif.waitForModal((open) => open.title === 'Away')).close({ everything: true });
    await toldPrivately(erin, /Elif set that you are away from .* Evan decides for you/);
    await toldPrivately(evan, /You decide for Erin from/);
    const other = await formFor(elif, { who: 'Matt Sato' });
    expect(await other.submit()).toEqual({
      errors: { 'Who is away': expect.stringContaining('only your own absence') },
    });
    await other.close({ everything: true });
    const card = await ask(office, office.as('nina'), { 'Deviation from policy (%)': '60' }, 'executive');
    await decide(office, office.as('olga'), 'Approve', card);
    await reads(office, card, 'confirmed by Olga');
    await elif.command('/exception', `status ${numberOn(office, card)}`);
    await toldPrivately(elif, /There is no EX-\d+ that you can see/);
  });
});

describe('a supervisor whom an escalation reaches', () => {
  it('sets cover from it', async () => {
    const card = await ask(office, office.as('nina'));
    const bea = office.as('bea');
    await office.pass(46);
    const dm = await dmAbout(bea, numberOn(office, card), 'Set cover');
    await bea.click('Set cover', { in: dm });
    const form = await bea.waitForModal((open) => open.title === 'Set cover');
    expect(form.text()).toContain(`${numberOn(office, card)} waits for`);
    await form.pickUser('Who is away', 'Olga Petrova');
    await form.pickDate('Back on', later(24));
    await form.pickUser('Who decides for them meanwhile', 'Omar Haddad');
    await form.submit();
    await bea.waitForModal((open) => /Olga is away from .* Omar decides for them/.test(open.text()));
  });
});
