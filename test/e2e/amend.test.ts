import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/core/refusal.ts';
import { type Message, type Modal, type Person, seededCompany } from '../../src/sandbox/index.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { words } from '../support/orders.ts';
import { policyWith } from '../support/policy.ts';
import { createReplica, type Replica } from '../support/replica.ts';
import { waitFor } from '../support/wait.ts';

const POLICY = policyWith(
  '  default_category: customer\n',
  `    - { id: claim, name: Claim, inputs: [contract, photo] }
  default_category: customer
  inputs:
    - { id: contract, name: Contract, why: It says what was promised., example: Frame contract 7. }
    - { id: photo, name: Photo, why: It shows the damage., example: A picture of the box., field: evidence }
`,
);

let office: Office;
let replica: Replica;
beforeAll(async () => {
  office = await openOffice({ policy: POLICY });
  replica = createReplica(office.database.url, 1, seededCompany().team.id);
});
afterAll(async () => {
  await replica.close();
  await office.close();
});

/** Olga sets the deviation right, while somebody else has the request's form open. */
async function corrected(number: string, deviation: string) {
  const order = { type: 'correct', corrections: { deviation }, reason: words('The offer says so.') } as const;
  const done = await replica.order('olga', order, { number: Number(number.slice(3)), at: office.now() });
  if (isRefusal(done)) throw new Error(JSON.stringify(done));
}

const asked = (customer: string) => ask(office, office.as('nina'), { Policy: 'Goodwill', Customer: customer });

/** The live direct message about a request that has this button. */
const messageWith = (person: Person, number: string, button: string): Promise<Message> =>
  waitFor(
    () => person.dms().findLast((m) => person.read(m).includes(number) && person.buttons(m).includes(button)) ?? false,
    { what: `${person.user.real_name} to have ${button} for ${number}`, timeoutMs: 10_000 },
  );

async function opened(person: Person, number: string, button: string, title: string): Promise<Modal> {
  await person.click(button, { in: await messageWith(person, number, button) });
  return person.waitForModal((modal) => modal.title === title);
}

describe('changing a request', () => {
  it('voids what was approved, shows what changed, and tells whoever had approved it', async () => {
    const [nina, olga] = [office.as('nina'), office.as('olga')];
    const card = await asked('Amended Ltd');
    const number = numberOn(office, card);
    await decide(office, olga, 'Approve', card);
    await reads(office, card, 'confirmed by Olga');

    const form = await opened(nina, number, 'Change', 'Change request');
    expect(form.submitText).toBe('Send changes');
    expect(form.text()).toContain('Olga approved it as it is. Once you change it, that no longer counts');
    expect(form.value('Customer')).toBe('Amended Ltd');
    expect(form.fields().map(({ label }) => label)).not.toContain('On behalf of');
    await form.fill('Decision value', '1,200');
    await form.attach('Files', 'offer.pdf', Buffer.from('%PDF-1.7'));
    expect(await form.submit()).toMatchObject({ closed: true });
    await reads(office, card, /\$1,200/);
    await reads(office, card, /Waiting for operations/);
    await toldPrivately(olga, /900[\s\S]*1,200/);

    const again = await opened(nina, number, 'Change', 'Change request');
    expect(again.value('Files that are attached')).toEqual(['offer.pdf']);
    expect(again.text()).not.toContain('no longer counts');
    await again.close();
  });

  it('sends nothing where nothing is different, and says so at a field', async () => {
    const nina = office.as('nina');
    const number = numberOn(office, await asked('Same Ltd'));
    const form = await opened(nina, number, 'Change', 'Change request');
    await form.fill('Rationale', ' They renew in January. ');
    expect(await form.submit()).toEqual({ errors: { Policy: expect.stringContaining('Nothing is different') } });
    await form.fill('Decision value', 'much');
    expect(await form.submit()).toEqual({ errors: { 'Decision value': expect.stringContaining('amount') } });
    await form.close();
  });

  it('says what others changed meanwhile, keeps what was typed, and takes over what was left alone', async () => {
    const nina = office.as('nina');
    const card = await asked('Stale Ltd');
    const number = numberOn(office, card);
    const form = await opened(nina, number, 'Change', 'Change request');
    await form.fill('Decision value', '1,200');
    await corrected(number, '30');
    expect(await form.submit()).toMatchObject({ updated: true });
    expect(form.text()).toContain(`${number} was changed while you were editing, so nothing was sent yet`);
    expect(form.text()).toContain('Deviation from policy (%): 25 → 30');
    expect([form.value('Deviation from policy (%)'), form.value('Decision value')]).toEqual(['30', '1,200']);
    expect(await form.submit()).toMatchObject({ closed: true });
    await reads(office, card, /30 %[\s\S]*\$1,200/);
  });

  it('gives back an input of a category that is left and chosen again', async () => {
    const nina = office.as('nina');
    const number = numberOn(office, await asked('Undecided Ltd'));
    const form = await opened(nina, number, 'Change', 'Change request');
    const has = (label: string) => form.fields().some((field) => field.label === label);
    await form.choose('Category', 'Claim');
    await waitFor(() => has('Contract'), { what: 'the field' });
    await form.fill('Contract', 'Frame contract 12');
    await form.fill('Evidence', 'A picture of the box');
    expect(await form.submit()).toMatchObject({ closed: true });

    const again = await opened(nina, number, 'Change', 'Change request');
    expect(again.value('Contract')).toBe('Frame contract 12');
    await again.choose('Category', 'Customer request');
    await waitFor(() => !again.fields().some(({ label }) => label === 'Contract'), { what: 'the field to go' });
    await again.choose('Category', 'Claim');
    await waitFor(() => again.fields().some(({ label }) => label === 'Contract'), { what: 'the field' });
    expect(again.value('Contract')).toBe('Frame contract 12');
    expect(await again.submit()).toEqual({ errors: { Policy: expect.stringContaining('Nothing is different') } });
    await again.close();
  });

  it('says that it was decided meanwhile', async () => {
    const nina = office.as('nina');
    const card = await asked('Decided Ltd');
    const form = await opened(nina, numberOn(office, card), 'Change', 'Change request');
    await decide(office, office.as('olga'), 'Reject', card, 'The figures are wrong.');
    await form.fill('Decision value', '1,200');
    expect(await form.submit()).toMatchObject({ updated: true });
    expect(nina.modal()?.text()).toContain('was rejected by Olga');
    await nina.modal()?.close();
  });
});

describe('a request that lacks what its category needs', () => {
  it('comes back with what is missing, why and an example, and goes on once it is complete', async () => {
    const nina = office.as('nina');
    await nina.command('/exception');
    const form = await nina.waitForModal((modal) => modal.title === 'Request an exception');
    await form.choose('Policy', 'Goodwill');
    await form.choose('Category', 'Claim');
    await form.fill('Deviation from policy (%)', '25');
    await form.fill('Customer', 'Incomplete Ltd');
    await form.fill('Decision value', '900');
    await form.fill('Rationale', 'They renew in January.');
    await form.fill('Impact analysis', 'Without it they leave.');
    expect(await form.submit()).toMatchObject({ closed: true });
    const told = await toldPrivately(nina, /Contract[\s\S]*It says what was promised[\s\S]*Frame contract 7/);
    const number = /EX-\d+/.exec(told)?.[0] ?? '';

    const returned = await office.sandbox.waitForMessage(
      (message) => message.channel === 'C0MANAGE' && office.sandbox.read(message).includes('Incomplete Ltd'),
    );
    await reads(office, returned, /Contract\nIt says what was promised\.\nFor example: Frame contract 7\./);
    await reads(office, returned, /Photo\nIt shows the damage\.\nFor example: A picture of the box\./);
    await reads(office, returned, '1 Details: waiting for Nina to complete the request');
    await office.as('olga').click('Complete', { in: current(office, returned) });
    await toldPrivately(office.as('olga'), /Only the person who asked for .* can do this/);
    await nina.click('Complete', { in: current(office, returned) });
    const fromCard = await nina.waitForModal((modal) => modal.title === 'Complete request');
    expect(fromCard.value('Customer')).toBe('Incomplete Ltd');
    await fromCard.close();
    nina.openHome();
    const row = (home: Modal) => nina.buttons(home, { row: number });
    await nina.waitForHome((home) => home.row(number) !== undefined && row(home).includes('Complete'));

    const complete = await opened(nina, number, 'Complete', 'Complete request');
    expect(complete.text()).toContain('Contract: It says what was promised. For example: Frame contract 7.');
    expect(complete.text()).toContain('Photo: It shows the damage. For example: A picture of the box.');
    expect(complete.value('Customer')).toBe('Incomplete Ltd');
    await complete.fill('Contract', 'Frame contract 12');
    expect(await complete.submit()).toMatchObject({ closed: true });

    await waitFor(
      async () => {
        const half = await messageWith(nina, number, 'Complete');
        return nina.read(half).includes('Photo') && !nina.read(half).includes('Frame contract 7');
      },
      { what: 'only the photo to be missing' },
    );
    const rest = await opened(nina, number, 'Complete', 'Complete request');
    expect(rest.text()).not.toContain('It says what was promised. For example: Frame contract 7.\n');
    expect(rest.value('Contract')).toBe('Frame contract 12');
    await rest.attach('Files', 'box.png', Buffer.from('png'));
    expect(await rest.submit()).toMatchObject({ closed: true });
    const card = await office.sandbox.waitForMessage(
      (message) => message.channel === 'C0MANAGE' && office.sandbox.read(message).includes(number),
    );
    await reads(office, card, 'Waiting for operations');
    expect(await decide(office, office.as('olga'), 'Approve', card)).toMatchObject({ closed: true });
    await reads(office, card, 'confirmed by Olga');
  });
});

describe('a correction', () => {
  it('can be objected to by whoever owns the request, and those who authorize read it', async () => {
    const nina = office.as('nina');
    const card = await asked('Objecting Ltd');
    const number = numberOn(office, card);
    await corrected(number, '35');
    const form = await opened(nina, number, 'Object', 'Object to a correction');
    expect(form.text()).toMatch(/Olga set this right[\s\S]*25 % → 35 %[\s\S]*The offer says so\./);
    await form.fill('Your objection', 'The offer is of last year.');
    expect(await form.submit()).toMatchObject({ closed: true });
    await waitFor(
      () => office.sandbox.messages().some((m) => office.sandbox.read(m).includes('The offer is of last year.')),
      { what: 'the objection to be told', timeoutMs: 10_000 },
    );
  });
});

describe('asking again', () => {
  it('copies what was rejected, says so in the form, and the new request names the old one', async () => {
    const nina = office.as('nina');
    const card = await asked('Rejected Ltd');
    const number = numberOn(office, card);
    await decide(office, office.as('olga'), 'Reject', card, 'Show me the contract.');
    await reads(office, card, 'Rejected');
    const form = await opened(nina, number, 'Ask again', 'Request an exception');
    expect(form.text()).toContain(`This asks again for what was rejected as ${number}`);
    expect([form.value('Customer'), form.value('Rationale')]).toEqual(['Rejected Ltd', 'They renew in January.']);
    await form.fill('Evidence', 'Frame contract 7, page 3');
    expect(await form.submit()).toMatchObject({ closed: true });
    const next = await office.sandbox.waitForMessage(
      (message) =>
        message.channel === 'C0MANAGE' &&
        !message.thread_ts &&
        office.sandbox.read(message).includes('Rejected Ltd') &&
        numberOn(office, message) !== number,
    );
    await reads(office, next, new RegExp(`[Rr]ejected before[^\\n]*${number}`));
    expect(current(office, next).ts).not.toBe(card.ts);
  });
});
