import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ask,
  current,
  decide,
  fillForm,
  numberOn,
  type Office,
  openOffice,
  reads,
  toldPrivately,
} from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

describe.each(['http', 'socket'] as const)('one request from ask to approval, over %s', (over) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice({ over });
  });
  afterAll(() => office.close());

  it('is asked for, confirmed by operations, authorized by a manager, and the requester is told', async () => {
    const nina = office.as('nina');
    const card = await ask(office, nina, { Customer: 'Nordlicht' });
    const number = numberOn(office, card);
    expect(office.sandbox.read(card)).toContain('Waiting for operations');
    await toldPrivately(nina, `Your request ${number} is on its way`);

    expect(await decide(office, office.as('olga'), 'Approve', card, 'The contract says so.')).toMatchObject({
      closed: true,
    });
    await reads(office, card, 'confirmed by Olga');
    expect(await decide(office, office.as('mara'), 'Approve', card, 'Worth keeping them.')).toMatchObject({
      closed: true,
    });
    await reads(office, card, `${number} · Approved`);
    await toldPrivately(nina, `${number} is approved`);
    expect(office.as('mara').buttons(current(office, card))).toEqual(['Details']);
  });

  it('says among its figures whether Slack reaches it, where it connects to Slack itself', async () => {
    const figures = async () => (await fetch(`http://127.0.0.1:${office.bot.port}/metrics`)).text();
    const connected = async () => /^carveout_connected (\d)$/m.exec(await figures())?.[1] ?? null;
    const expected = over === 'socket' ? '1' : null;
    expect(await connected()).toBe(expected);
    office.sandbox.down();
    await waitFor(async () => (await connected()) !== '1', { what: 'the loss to be noticed' });
    expect(await connected()).toBe(over === 'socket' ? '0' : null);
    office.sandbox.up();
    await waitFor(async () => (await connected()) === expected, { what: 'Slack to reach it again' });
  });

  it('ends with one rejection', async () => {
    const card = await ask(office, office.as('nina'));
    await decide(office, office.as('olga'), 'Reject', card, 'The figures are wrong.');
    await reads(office, card, `${numberOn(office, card)} · Rejected`);
    await toldPrivately(office.as('nina'), 'The figures are wrong.');
  });
});

describe('asking', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  it('shows the rule and its limit once the policy is chosen, and computes the deviation from what is asked for', async () => {
    const nina = office.as('nina');
    await nina.command('/exception');
    const form = await nina.waitForModal();
    expect(form.fields().map(({ label }) => label)).not.toContain('You ask for');
    await form.choose('Policy', 'Refund window');
    await waitFor(() => form.text().includes('Policy allows 30 days'), { what: 'the rule to be shown' });
    await form.fill('You ask for', '45 days');
    await waitFor(() => form.text().includes('45 days instead of 30 is a deviation of 50 %'), {
      what: 'the deviation',
    });
    await waitFor(() => /#exceptions-executive/.test(form.text()), { what: 'the form to say where it goes' });
    expect(form.text()).toMatch(/Readable by \d+ people in #exceptions-executive/);
    await form.close();
  });

  it('says at the field what is wrong, in words that help, and keeps what was typed', async () => {
    const form = await fillForm(office.as('nina'), {
      'Deviation from policy (%)': '12000',
      'Decision value': '12.500',
    });
    const sent = await form.submit();
    expect(sent).toEqual({
      errors: {
        'Deviation from policy (%)': 'Deviation must be between 0.1 and 1000, e.g. 35 or 12.5',
        'Decision value': expect.stringContaining('could mean 12.5 or 12500'),
      },
    });
    await form.fill('Deviation from policy (%)', '12,5 %');
    await form.fill('Decision value', '$12,500');
    expect(await form.submit()).toMatchObject({ closed: true });
    await toldPrivately(office.as('nina'), /12\.5 %[\s\S]*\$12,500/);
  });

  it('asks when the typed deviation and what is asked for disagree', async () => {
    const nina = office.as('nina');
    const form = await fillForm(nina, { Policy: 'Refund window', 'Deviation from policy (%)': '40' });
    await waitFor(() => form.fields().some(({ label }) => label === 'You ask for'), { what: 'the field' });
    await form.fill('You ask for', '45');
    expect(await form.submit()).toEqual({
      errors: { 'Deviation from policy (%)': expect.stringMatching(/50 %.*40 %/) },
    });
    await form.close();
  });

  it('takes the text of the command for the rationale and never for the deviation', async () => {
    const nina = office.as('nina');
    await nina.command('/exception', '50 % more for ACME');
    const form = await nina.waitForModal();
    expect(form.value('Rationale')).toBe('50 % more for ACME');
    expect(form.value('Deviation from policy (%)')).toBeFalsy();
    await form.close();
  });

  it('answers help, status and list privately, and about nothing that the person may not see', async () => {
    const [nina, tom] = [office.as('nina'), office.as('tom')];
    const card = await ask(office, nina, { Customer: 'Quietsch' });
    const number = numberOn(office, card);
    await nina.command('/exception', 'help');
    await toldPrivately(nina, '/exception status EX-12');
    await nina.command('/exception', `status ${number}`);
    await toldPrivately(nina, /Quietsch[\s\S]*Only you can see this/);
    await nina.command('/exception', 'list');
    await toldPrivately(nina, /Your requests \(\d+\)/);
    await tom.command('/exception', `status ${number}`);
    expect(await toldPrivately(tom, `There is no ${number} that you can see`)).not.toContain('Quietsch');
    await tom.command('/exception', 'status EX-99999');
    await toldPrivately(tom, 'There is no EX-99999 that you can see');
    await tom.command('/exception', 'list');
    await toldPrivately(tom, 'Nothing is waiting for you');
  });

  it('climbs to the tier whose authority covers the value, and says so', async () => {
    const card = await ask(
      office,
      office.as('nina'),
      { 'Deviation from policy (%)': '5', 'Decision value': '250,000' },
      'executive',
    );
    expect(office.sandbox.read(card)).toMatch(/Executive/);
    expect(office.sandbox.read(card)).toMatch(/100,000/);
  });

  it('brings the working card by direct message to those of the role who are not in the channel', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    // Omar is in operations and not in #exceptions-manager.
    const omar = office.as('omar');
    await toldPrivately(omar, `Please check the details of ${number}`);
    const direct = omar.dms().find((message) => omar.read(message).includes(number));
    if (!direct) throw new Error('no direct message');
    expect(await decide(office, omar, 'Approve', direct)).toMatchObject({ closed: true });
    await reads(office, card, 'confirmed by Omar');
    await reads(office, direct, 'Nothing is left for you to do');
    expect(omar.buttons(current(office, direct))).toEqual(['Open']);
  });
});
