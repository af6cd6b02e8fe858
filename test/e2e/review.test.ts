import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, Modal } from '../../src/sandbox/index.ts';
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
import { policyWith } from '../support/policy.ts';
import { waitFor } from '../support/wait.ts';

const POLICY = policyWith(
  '  default_category: customer\n',
  `  default_category: customer
  checklist:
    - { id: identity, text: The customer is who they say, required: true }
    - { id: figures, text: The figures are right }
  standard_reasons: [Details checked against the contract.]
`,
);

let office: Office;
beforeAll(async () => {
  // A Monday morning in Berlin.
  office = await openOffice({ policy: POLICY, at: '2026-11-23T08:00:00.000Z' });
});
afterAll(() => office.close());

const asked = (over: Parameters<typeof ask>[2] = {}, tier?: Parameters<typeof ask>[3]) =>
  ask(office, office.as('nina'), { Policy: 'Goodwill', ...over }, tier);

/** Presses a button of the card and gives the modal that opens. */
async function press(who: string, button: string, card: Message, title?: string): Promise<Modal> {
  const person = office.as(who);
  await person.modal()?.close({ everything: true });
  await person.click(button, { in: current(office, card) });
  return person.waitForModal((modal) => title === undefined || modal.title === title);
}

/** Confirms the details as the policy wants them confirmed. */
async function confirm(who: string, card: Message): Promise<void> {
  const modal = await press(who, 'Approve', card, 'Confirm details');
  await modal.tick('The customer is who they say');
  await modal.choose('Standard reason', 'Details checked against the contract.');
  expect(await modal.submit()).toMatchObject({ closed: true });
  await reads(office, card, 'Authorization: waiting');
}

/** The form in which whoever asked changes it, from their own message. */
async function changed(who: string, card: Message): Promise<Modal> {
  const person = office.as(who);
  const mine = await waitFor(
    () =>
      person
        .dms()
        .findLast((dm) => person.read(dm).includes(numberOn(office, card)) && person.buttons(dm).includes('Change')),
    { what: `${who} to have a button to change it` },
  );
  await person.click('Change', { in: mine });
  return person.waitForModal((open) => open.title === 'Change request');
}

describe('confirming the details', () => {
  it('needs the checks that the policy requires; a standard reason suffices, and the authorizer reads both', async () => {
    const card = await asked();
    const modal = await press('olga', 'Approve', card, 'Confirm details');
    expect(await modal.submit()).toMatchObject({ errors: { Rationale: expect.stringContaining('standard reason') } });
    await modal.choose('Standard reason', 'Details checked against the contract.');
    expect(await modal.submit()).toMatchObject({
      errors: { Checked: expect.stringContaining('The customer is who they say') },
    });
    await modal.tick('The customer is who they say');
    await modal.fill('Rationale', 'Called them, too.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    await reads(office, card, 'confirmed by Olga');
    const authorizing = await press('mara', 'Approve', card, 'Authorize exception');
    expect(authorizing.text()).toContain('Details checked against the contract.\nCalled them, too.');
    expect(authorizing.text()).toContain('Checked: The customer is who they say');
  });

  it('by a standard reason is not how one rejects or authorizes', async () => {
    const card = await asked();
    const rejecting = await press('olga', 'Reject', card, 'Reject request');
    expect(rejecting.fields().map(({ label }) => label)).toEqual(['Rationale']);
    expect(rejecting.fields()[0]?.required).toBe(true);
    await confirm('olga', card);
    const authorizing = await press('mara', 'Approve', card, 'Authorize exception');
    expect(authorizing.fields().map(({ label }) => label)).not.toContain('Standard reason');
    expect(authorizing.fields().find(({ label }) => label === 'Rationale')?.required).toBe(true);
  });
});

describe('conditions', () => {
  it('need a text, an owner of this workspace and a day to come; a further one keeps what was typed', async () => {
    const card = await asked();
    await confirm('olga', card);
    const modal = await press('mara', 'Approve', card, 'Authorize exception');
    await modal.fill('Rationale', 'They are worth it.');
    await modal.fill('Condition', 'Refund only after the device is returned');
    expect(await modal.submit()).toMatchObject({ errors: { Owner: 'Say who sees to it.', Due: 'Say by when.' } });
    await modal.pickUser('Owner', 'Gus Alvarez');
    await modal.pickDate('Due', '2026-11-20');
    expect(await modal.submit()).toMatchObject({
      errors: { Owner: expect.stringContaining('guests'), Due: expect.stringContaining('has passed') },
    });
    await modal.pickUser('Owner', 'Omar Haddad');
    await modal.pickDate('Due', '2026-11-27');
    await office.as('mara').click('Add another condition', { in: 'modal' });
    const wider = await office.as('mara').waitForModal((now) => now.text().includes('Condition 2'));
    expect(wider.value('Rationale')).toBe('They are worth it.');
    expect(wider.value('Condition 1')).toBe('Refund only after the device is returned');
    await wider.fill('Condition 2', 'No second time');
    await wider.pickUser('Owner of condition 2', 'Olga Petrova');
    await wider.pickDate('Due date of condition 2', '2026-11-30');
    expect(await wider.submit()).toMatchObject({ closed: true });
    await reads(office, card, /Approved/);
    await toldPrivately(office.as('omar'), 'Refund only after the device is returned');
    const details = await press('olga', 'Details', card);
    expect(details.text()).toContain('No second time');
  });
});

describe('what changes under the reader', () => {
  it('is said in the same modal, with everything that was filled in still there', async () => {
    const card = await asked({ Customer: 'Moving Ltd' });
    const modal = await press('olga', 'Approve', card, 'Confirm details');
    await modal.tick('The customer is who they say');
    await modal.fill('Rationale', 'As in the contract.');
    await modal.fill('Condition', 'Only once');
    await modal.pickUser('Owner', 'Omar Haddad');
    await modal.pickDate('Due', '2026-11-27');
    const form = await changed('nina', card);
    await form.fill('Decision value', '1,200');
    expect(await form.submit()).toMatchObject({ closed: true });
    expect(await modal.submit()).toMatchObject({ updated: true });
    const again = await office.as('olga').waitForModal((open) => open.text().includes('Changed while you read'));
    expect(again.text()).toContain('Changed while you read: value $900 → $1,200.');
    expect(again.value('Rationale')).toBe('As in the contract.');
    expect(again.value('Checked')).toEqual(['The customer is who they say']);
    expect(again.value('Condition')).toBe('Only once');
    expect(await again.submit()).toMatchObject({ closed: true });
  });

  it('a hold is told when Approve is pressed; and to whoever was already writing, who loses nothing', async () => {
    const card = await asked();
    const writing = await press('olga', 'Approve', card, 'Confirm details');
    await writing.tick('The customer is who they say');
    await writing.fill('Rationale', 'As in the contract.');
    const placing = await press('bea', 'Place hold', card, 'Place a hold');
    await placing.choose('Why must it wait?', 'A regulation may apply');
    await placing.fill('What is wrong?', 'Export control.');
    expect(await placing.submit()).toMatchObject({ closed: true });
    expect(await writing.submit()).toMatchObject({ errors: { Rationale: /cannot be approved yet/ } });
    expect(writing.value('Rationale')).toBe('As in the contract.');
    await writing.close();
    await reads(office, card, /On hold/);
    await office.as('olga').click('Approve', { in: current(office, card) });
    await toldPrivately(office.as('olga'), /cannot be approved yet: a regulation may apply/);
    expect(office.as('olga').modal()).toBeUndefined();
    expect((await press('olga', 'Reject', card)).title).toBe('Reject request');
  });
});

describe('before deciding', () => {
  it('taking a request shows who looks at it, and bars nobody', async () => {
    const card = await asked();
    await office.as('olga').modal()?.close({ everything: true });
    await office.as('olga').click('Take', { in: current(office, card) });
    await reads(office, card, /Olga.*(looks|looking|looked) at/);
    await confirm('bea', card);
  });

  it('a request is given only to somebody who may decide it', async () => {
    const card = await asked();
    const number = numberOn(office, card);
    await press('olga', 'Details', card);
    await office.as('olga').click('Assign', { in: 'modal' });
    const assigning = await office.as('olga').waitForModal((open) => open.title === 'Assign a request');
    await assigning.pickUser('Assign to', 'Tom Okafor');
    expect(await assigning.submit()).toMatchObject({
      errors: { 'Assign to': expect.stringContaining('Tom cannot decide') },
    });
    await assigning.pickUser('Assign to', 'Nina Hartwig');
    expect(await assigning.submit()).toMatchObject({
      errors: { 'Assign to': expect.stringContaining('their own request') },
    });
    await assigning.pickUser('Assign to', 'Omar Haddad');
    expect(await assigning.submit()).toMatchObject({ closed: true });
    await toldPrivately(office.as('omar'), number);
    await reads(office, card, 'Omar');
  });

  it('figures are corrected with a reason, after seeing what that changes; the card moves to the tier that decides then', async () => {
    const card = await asked({ Customer: 'Corrected Ltd' });
    const number = numberOn(office, card);
    const form = await press('olga', 'Correct', card, 'Correct a request');
    expect(form.text()).toContain('Nothing is changed yet.');
    await form.fill('Deviation from policy (%)', '60');
    const seen = await office.as('olga').waitForModal((open) => open.text().includes('25 % → 60 %'));
    expect(seen.text()).toContain('Then an executive decides it, not a manager.');
    await seen.fill('Reason', 'The offer says 60 %.');
    expect(await seen.submit()).toMatchObject({ closed: true });
    await toldPrivately(office.as('nina'), /25 % → 60 %/);
    await office.sandbox.waitForMessage(
      (message) => message.channel === 'C0EXECUT' && office.sandbox.read(message).includes(number),
      { timeout: 10_000 },
    );
  });

  it('what was asked for is corrected by itself, and the deviation is worked out from it', async () => {
    const form = await fillForm(office.as('nina'), {
      ...{ Policy: 'Refund window', Customer: 'Miscounted Ltd', 'Deviation from policy (%)': '' },
    });
    await form.fill('You ask for', '45');
    expect(await form.submit()).toMatchObject({ closed: true });
    const card = await office.sandbox.waitForMessage(
      (message) => message.channel === 'C0EXECUT' && office.sandbox.read(message).includes('Miscounted Ltd'),
      { timeout: 10_000 },
    );
    const correcting = await press('olga', 'Correct', card, 'Correct a request');
    const says = (text: string) => office.as('olga').waitForModal((open) => open.text().includes(text));
    await correcting.fill('Asked for, in days', 'five weeks');
    await says('once the figures can be read and agree');
    await correcting.fill('Asked for, in days', '36');
    await says('50 % → 20 %');
    await says('Then a manager decides it, not an executive.');
    await correcting.fill('Reason', 'The delivery note says day 36.');
    expect(await correcting.submit()).toMatchObject({ closed: true });
    await toldPrivately(office.as('nina'), /50 % → 20 %/);
    // The card it had says where it went, and decides nothing any more.
    await reads(office, card, 'has moved to another channel');
    expect(office.as('olga').buttons(current(office, card))).toEqual([]);
  });

  it('a request that cannot be measured waits for operations to pick its tier', async () => {
    const form = await fillForm(office.as('nina'), { Policy: 'Goodwill', Customer: 'Unmeasured Ltd' });
    await form.tick('The deviation cannot be computed');
    await form.fill('Deviation from policy (%)', '');
    await waitFor(() => form.fields().some(({ label, required }) => label.startsWith('Deviation') && !required), {
      what: 'the deviation to be optional',
    });
    expect(await form.submit()).toMatchObject({ closed: true });
    const card = await office.sandbox.waitForMessage(
      (message) =>
        !message.thread_ts &&
        message.channel.startsWith('C') &&
        office.sandbox.read(message).includes('Unmeasured Ltd'),
      { timeout: 10_000 },
    );
    await office.as('olga').modal()?.close({ everything: true });
    await office.as('olga').click('Approve', { in: current(office, card) });
    await toldPrivately(office.as('olga'), /Pick the tier first/);
    const call = `please pick who decides ${numberOn(office, card)}`;
    await office.sandbox.waitForMessage((message) => office.sandbox.read(message).includes(call));
    const picking = await press('olga', 'Pick tier', card, 'Pick the tier');
    await picking.choose('Who decides?', 'Team lead');
    await picking.fill('Reason', 'Such gifts are theirs.');
    expect(await picking.submit()).toMatchObject({ closed: true });
    await reads(office, card, 'Team lead, picked by operations');
    await confirm('olga', card);
    const authorizing = await press('lena', 'Approve', card, 'Authorize exception');
    expect(authorizing.text()).toContain('Such gifts are theirs.');
    const changing = await changed('nina', card);
    expect(changing.text()).toContain('then to one of @team-leads');
    await changing.close();
  });

  it('a request is sent back with what is missing, and cannot be approved until it is completed', async () => {
    const card = await asked();
    const form = await press('olga', 'Send back', card, 'Send back');
    expect(await form.submit()).toMatchObject({
      errors: { 'What else is to be added?': expect.stringContaining('Tick what is missing') },
    });
    await form.tick('Evidence');
    await form.fill('What else is to be added?', 'The signed offer.');
    expect(await form.submit()).toMatchObject({ closed: true });
    await reads(office, card, /Sent back to the requester[\s\S]*Evidence\s+The signed offer\./);
    await toldPrivately(office.as('nina'), /Evidence[\s\S]*The signed offer\.|The signed offer\.[\s\S]*Evidence/);
    await office.as('olga').click('Approve', { in: current(office, card) });
    await toldPrivately(office.as('olga'), /was sent back to be completed/);
  });

  it('whoever confirmed takes it back until it is authorized; then the stages begin anew', async () => {
    const card = await asked();
    await confirm('olga', card);
    await press('olga', 'Details', card);
    await office.as('olga').click('Take back', { in: 'modal' });
    const form = await office.as('olga').waitForModal((open) => open.title === 'Take confirmation back');
    await form.fill('Reason', 'It was the wrong contract.');
    expect(await form.submit()).toMatchObject({ closed: true });
    await reads(office, card, 'Waiting for operations');
    const details = await press('bea', 'Details', card);
    expect(details.text()).toContain('It was the wrong contract.');
    expect(details.text()).toContain('This approval counts no more');
    await confirm('bea', card);
    await decide(office, office.as('mara'), 'Approve', card, 'Worth it.');
    await reads(office, card, /Approved/);
    await press('bea', 'Details', card);
    expect(office.as('bea').buttons(office.as('bea').modal() as Modal)).not.toContain('Take back');
  });
});

describe('details', () => {
  it('offer everything that its reader can do now, and nothing that would be refused', async () => {
    const card = await asked();
    const offered = async (who: string) => {
      const modal = await press(who, 'Details', card);
      return office.as(who).buttons(modal);
    };
    expect(await offered('olga')).toEqual(
      expect.arrayContaining([
        'Approve',
        'Reject',
        'Request info',
        'Take',
        'Assign',
        'Correct',
        'Send back',
        'Place hold',
      ]),
    );
    expect(await offered('nina')).toEqual(expect.arrayContaining(['Change', 'Withdraw']));
    expect(await offered('nina')).not.toContain('Approve');
  });

  it('tell of earlier decisions about the same customer, as context', async () => {
    const before = await asked({ Customer: 'Twice Ltd' });
    await decide(office, office.as('olga'), 'Reject', before, 'Not this time.');
    await reads(office, before, 'Rejected');
    const again = { Customer: 'Twice Ltd', Policy: 'Discount', 'Deviation from policy (%)': '12' };
    const details = await press('olga', 'Details', await asked(again, 'team_lead'));
    expect(details.text()).toContain('Context, not precedent');
    const number = numberOn(office, before);
    expect(details.text()).toContain(`${number}: Twice Ltd, Goodwill, 25 %, $900; rejected 23 Nov 2026`);
  });
});
