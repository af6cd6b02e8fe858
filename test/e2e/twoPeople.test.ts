import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { withClient } from '../support/database-url.ts';
import { ask, current, decide, numberOn, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const press = (who: string, button: string, card: Message) =>
  office.as(who).click(button, { in: current(office, card) });

/** Presses Approve until it is refused with these words: what Slack said of its own accord takes a moment to arrive. */
const refusedSoon = (who: string, card: Message, text: RegExp) =>
  waitFor(
    async () => {
      await office.as(who).modal()?.close({ everything: true });
      await press(who, 'Approve', card);
      return office
        .as(who)
        .ephemerals()
        .some((message) => text.test(office.as(who).read(message)));
    },
    { what: `${who} to be refused`, timeoutMs: 10_000 },
  );

/** A request whose details Olga has confirmed. */
async function confirmed(): Promise<Message> {
  const card = await ask(office, office.as('nina'));
  await decide(office, office.as('olga'), 'Approve', card);
  await reads(office, card, 'confirmed by Olga');
  return card;
}

describe('who may not decide is told privately why, and who may', () => {
  it('the requester', async () => {
    const card = await ask(office, office.as('nina'));
    await press('nina', 'Approve', card);
    await toldPrivately(office.as('nina'), /You asked for EX-\d+, so somebody else must decide it.*@operations/);
  });

  it('somebody outside the group whose turn it is', async () => {
    const card = await ask(office, office.as('nina'));
    await press('mara', 'Approve', card);
    await toldPrivately(office.as('mara'), /Only .*@operations.* can confirm the details/);
    await press('mara', 'Reject', card);
    await press('mara', 'Request info', card);
    expect(office.sandbox.read(current(office, card))).toContain('Waiting for operations');
  });

  it('fault 22: whoever confirmed the details and is in both groups; and they are told before confirming', async () => {
    const card = await ask(office, office.as('nina'));
    const bea = office.as('bea');
    await press('bea', 'Approve', card);
    const modal = await bea.waitForModal();
    expect(modal.text()).toContain('If you confirm, you cannot authorize it.');
    await modal.fill('Rationale', 'Checked.');
    await modal.submit();
    await reads(office, card, 'confirmed by Bea');
    await press('bea', 'Approve', card);
    await toldPrivately(bea, /You confirmed the details of EX-\d+, and two different people must agree/);
    expect(bea.modal()).toBeUndefined();
  });

  it('fault 27: somebody who left the group, and somebody who is a guest now, as soon as Slack has said so', async () => {
    const card = await confirmed();
    office.sandbox.admin.removeFromGroup('managers', 'U0MARA');
    await refusedSoon('mara', card, /Only .*@managers.* can authorize/);
    office.sandbox.admin.addToGroup('managers', 'U0MARA');
    office.sandbox.admin.makeGuest('U0MARA');
    await refusedSoon('mara', card, /guests do not decide/);
    office.sandbox.admin.changeUser('U0MARA', { is_restricted: false });
  });

  it('fault 24: a person of another company who sees the card in a shared channel', async () => {
    const card = await ask(office, office.as('nina'));
    const channel = office.sandbox.workspace.channels.get(card.channel);
    if (!channel) throw new Error('the channel is gone');
    channel.shared = true;
    office.sandbox.admin.addToChannel('exceptions-manager', 'U0SVEN');
    await press('sven', 'Approve', card);
    await toldPrivately(office.as('sven'), 'only people of this one decide');
  });

  it('whoever declared a personal interest', async () => {
    const card = await ask(office, office.as('nina'));
    await press('olga', 'Approve', card);
    await office.as('olga').waitForModal();
    await office.as('olga').click('I have a conflict', { in: 'modal' });
    await office.as('olga').waitForModal((top) => top.text().includes('You declared a personal interest'));
    await office.as('olga').modal()?.close({ everything: true });
    await press('olga', 'Approve', card);
    await toldPrivately(office.as('olga'), 'You declared a personal interest');
    expect(await decide(office, office.as('bea'), 'Approve', card)).toMatchObject({ closed: true });
  });
});

describe('deciding', () => {
  it('needs a rationale, and keeps the modal open until there is one', async () => {
    const card = await ask(office, office.as('nina'));
    await press('olga', 'Approve', card);
    const modal = await office.as('olga').waitForModal();
    expect(modal.title).toBe('Confirm details');
    expect(modal.submitText).toBe('Confirm');
    await modal.fill('Rationale', '   ');
    expect(await modal.submit()).toMatchObject({ errors: { Rationale: expect.any(String) } });
    await modal.close();
  });

  it('puts on the record how long it was open, and counts on where the modal is drawn anew', async () => {
    const card = await confirmed();
    const number = Number(numberOn(office, card).slice('EX-'.length));
    const began = Date.now();
    await press('mara', 'Approve', card);
    await office.as('mara').waitForModal();
    const shown = Date.now();
    for (const condition of ['Condition 2', 'Condition 3']) {
      await office.as('mara').click('Add another condition', { in: 'modal' });
      await office.as('mara').waitForModal((top) => top.text().includes(condition));
    }
    const modal = await office.as('mara').waitForModal();
    await modal.fill('Rationale', 'Allowed.');
    const sent = Date.now();
    expect(await modal.submit()).toMatchObject({ closed: true });
    const took = Date.now() - began;
    const { rows } = await withClient(office.database.url, (client) =>
      client.query('select stage, read_ms from decisions where request_number = $1 order by at', [number]),
    );
    expect(rows.map(({ stage }) => stage)).toEqual(['validation', 'authorization']);
    const [confirmation, authorization] = rows.map(({ read_ms }) => read_ms);
    expect(confirmation).toBeGreaterThanOrEqual(0);
    expect(authorization).toBeGreaterThanOrEqual(sent - shown);
    expect(authorization).toBeLessThanOrEqual(took);
  });

  it('shows the authorizer everything, with the words of whoever confirmed', async () => {
    const card = await ask(office, office.as('nina'), {
      Rationale: 'Ihr Lager ist <!channel> *leer*',
      Evidence: 'https://example.com/contract',
    });
    await decide(office, office.as('olga'), 'Approve', card, 'Looked it up in the contract.');
    await reads(office, card, 'confirmed by Olga');
    await press('mara', 'Approve', card);
    const modal = await office.as('mara').waitForModal();
    expect(modal.title).toBe('Authorize exception');
    for (const text of [
      'Ihr Lager ist <!channel> *leer*',
      'https://example.com/contract',
      'Looked it up in the contract.',
      'Without it they leave.',
    ])
      expect(modal.text()).toContain(text);
    await modal.close();
  });

  it('fault 25: what people typed pings nobody, on any surface', () => {
    const typed = office.sandbox.messages().filter((message) => office.sandbox.read(message).includes('Ihr Lager'));
    expect(typed.length).toBeGreaterThan(0);
    for (const message of typed) expect(message.pings.filter((ping) => !ping.startsWith('S'))).toEqual([]);
  });

  it('fault 21, 23: an old modal and an old card say by whom and when it was decided', async () => {
    const card = await ask(office, office.as('nina'));
    await press('olga', 'Approve', card);
    const late = await office.as('olga').waitForModal();
    const direct = await toldPrivately(office.as('omar'), numberOn(office, card)).then(() =>
      office
        .as('omar')
        .dms()
        .findLast((message) => office.as('omar').read(message).includes(numberOn(office, card))),
    );
    if (!direct) throw new Error('Omar has no card');
    await decide(office, office.as('omar'), 'Reject', direct, 'It is not ours to give.');
    await reads(office, card, 'Rejected');
    await late.fill('Rationale', 'Fine.');
    expect(await late.submit()).toMatchObject({ updated: true });
    expect(office.as('olga').modal()?.text()).toMatch(/Omar already rejected|was rejected by Omar/);
    await office.as('olga').modal()?.close();
  });

  it('fault 15, 26: of two who confirm at once exactly one counts, and the other is told', async () => {
    const card = await ask(office, office.as('nina'));
    await toldPrivately(office.as('omar'), numberOn(office, card));
    const direct = office
      .as('omar')
      .dms()
      .findLast((message) => office.as('omar').read(message).includes(numberOn(office, card)));
    if (!direct) throw new Error('Omar has no card');
    await Promise.all([press('olga', 'Approve', card), office.as('omar').click('Approve', { in: direct })]);
    const [one, two] = [await office.as('olga').waitForModal(), await office.as('omar').waitForModal()];
    await one.fill('Rationale', 'Mine.');
    await two.fill('Rationale', 'Mine too.');
    const outcomes = await Promise.all([one.submit(), two.submit()]);
    expect(outcomes.filter((outcome) => 'closed' in outcome)).toHaveLength(1);
    expect(outcomes.filter((outcome) => 'updated' in outcome)).toHaveLength(1);
    for (const who of ['olga', 'omar']) await office.as(who).modal()?.close();
    const thread = await waitFor(
      () => {
        const told = office
          .as('olga')
          .thread(card)
          .filter((message) => office.sandbox.read(message).includes('confirmed the details'));
        return told.length > 0 && told;
      },
      { what: 'the thread to tell it' },
    );
    expect(thread).toHaveLength(1);
  });

  it('fault 15: a submission that Slack delivers twice counts once and shows no failure', async () => {
    const card = await ask(office, office.as('nina'));
    await press('olga', 'Approve', card);
    const modal = await office.as('olga').waitForModal();
    await modal.fill('Rationale', 'Once.');
    office.sandbox.faults.deliverTwice(1);
    expect(await modal.submit()).toMatchObject({ closed: true });
    await reads(office, card, 'confirmed by Olga');
    expect(office.as('olga').toasts()).toEqual([]);
  });

  it('fault 16, 17: a decision on one card leaves every other as it was', async () => {
    const [a, b] = [await ask(office, office.as('nina')), await ask(office, office.as('nina'))];
    await decide(office, office.as('olga'), 'Reject', a);
    await reads(office, a, 'Rejected');
    expect(office.sandbox.read(current(office, b))).toContain('Waiting for operations');
  });
});

describe('talking', () => {
  it('a question goes to the requester, the answer to whoever asked, and the stage stays', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await press('olga', 'Request info', card);
    const question = await office.as('olga').waitForModal();
    await question.fill('Question', 'Which contract?');
    expect(await question.submit()).toMatchObject({ closed: true });
    await toldPrivately(office.as('nina'), 'Which contract?');
    await office.as('nina').click('Answer');
    const answer = await office.as('nina').waitForModal();
    await answer.fill('Answer', 'Number 4711.');
    expect(await answer.submit()).toMatchObject({ closed: true });
    await toldPrivately(office.as('olga'), 'Number 4711.');
    expect(office.sandbox.read(current(office, card))).toContain('Waiting for operations');
    await waitFor(
      () =>
        office
          .as('olga')
          .thread(card)
          .some((message) => office.sandbox.read(message).includes('Number 4711.')),
      {
        what: `the answer in the thread of ${number}`,
      },
    );
  });

  it('the requester can withdraw until it is decided, and nobody else can', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    await toldPrivately(office.as('nina'), `Your request ${number} is on its way`);
    await office.as('nina').click('Withdraw');
    const modal = await office.as('nina').waitForModal();
    expect(modal.text()).toContain(number);
    expect(await modal.submit()).toMatchObject({ closed: true });
    await reads(office, card, 'Withdrawn');
    await press('olga', 'Details', card);
    expect((await office.as('olga').waitForModal()).text()).toContain('Withdrawn');
    await office.as('olga').modal()?.close();
  });

  it('each person has one live message a request; an earlier one points to it', async () => {
    const card = await confirmed();
    const number = numberOn(office, card);
    await decide(office, office.as('mara'), 'Approve', card);
    const nina = office.as('nina');
    await toldPrivately(nina, `${number} is approved`);
    const about = () => nina.dms().filter((message) => nina.read(message).includes(number));
    await waitFor(() => about().filter((message) => nina.read(message).includes('newer message')).length === 1, {
      what: 'the pointer',
    });
    expect(about()).toHaveLength(2);
  });

  it('the group of each stage is called once', async () => {
    const card = await ask(office, office.as('nina'));
    // A call that comes after its stage is over is not made.
    await waitFor(() => calls(card).length === 1, { what: 'the first call', timeoutMs: 15_000 });
    await decide(office, office.as('olga'), 'Approve', card);
    await waitFor(() => calls(card).length === 2, { what: 'both calls', timeoutMs: 15_000 });
    expect(calls(card)).toEqual([['S0OPERAT'], ['S0MANAGE']]);
  });
});

const calls = (card: Message) =>
  office.sandbox
    .messages()
    .filter((message) => message.thread_ts === card.ts && message.pings.length > 0)
    .map((message) => message.pings);
