/** A Slack that lacks something, or does not let the bot use it: what can be done without it goes on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, current, decide, fillForm, type Office, openOffice, reads, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const refuses = (method: string, error: string) => office.sandbox.faults.add({ method, kind: 'error', error });

/** A request from asking to its approval, and the requester told. */
async function wholeWay(): Promise<void> {
  const card = await ask(office, office.as('nina'));
  await decide(office, office.as('olga'), 'Approve', card);
  await reads(office, card, 'confirmed by Olga');
  await decide(office, office.as('mara'), 'Approve', card);
  await toldPrivately(office.as('nina'), /is approved/);
}

describe('a method that Slack does not let the bot use', () => {
  it.each([
    ['conversations.open', 'missing_scope'],
    ['conversations.open', 'unknown_method'],
    ['conversations.members', 'missing_scope'],
    ['conversations.members', 'unknown_method'],
    ['chat.getPermalink', 'unknown_method'],
    ['chat.postEphemeral', 'unknown_method'],
    ['users.info', 'unknown_method'],
  ])('does not stop a request: %s answers %s', async (method, error) => {
    refuses(method, error);
    await wholeWay();
  });

  it('does not lose a message whose answer was lost: where history may not be read, it is posted again', async () => {
    refuses('conversations.history', 'unknown_method');
    const direct = ({ channel }: { channel?: unknown }) => String(channel).startsWith('D');
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'lost', times: 2, when: direct });
    await wholeWay();
  });

  it.each([
    ['conversations.list', 'unknown_method'],
    ['users.list', 'missing_scope'],
  ])('does not keep the bot from starting: %s answers %s', async (method, error) => {
    refuses(method, error);
    await office.restart();
    expect(office.bot.readiness().ready).toBe(true);
    await wholeWay();
  });

  it('is not asked about private channels again where only public ones may be listed', async () => {
    office.sandbox.faults.add({
      ...{ method: 'conversations.list', kind: 'error', error: 'missing_scope' },
      when: ({ types }) => String(types).includes('private_channel'),
    });
    await office.restart();
    expect(office.bot.readiness().warnings).toEqual([]);
    await wholeWay();
  });

  it.each(['plan_upgrade_required', 'missing_scope'])(
    'leaves nobody a role where it is the user groups: %s',
    async (error) => {
      refuses('usergroups.list', error);
      await office.restart();
      expect(office.bot.readiness()).toMatchObject({
        ready: true,
        warnings: expect.arrayContaining([expect.stringMatching(/^@operations does not exist in Slack/)]),
      });
      const card = await ask(office, office.as('nina'));
      await office.as('olga').click('Approve', { in: current(office, card) });
      await toldPrivately(office.as('olga'), /Slack does not know @operations/);
      expect(office.as('olga').modal()).toBeUndefined();
    },
  );
});

describe('an answer to a press', () => {
  it('comes another way where an ephemeral takes too long', async () => {
    const card = await ask(office, office.as('nina'));
    office.sandbox.faults.add({ method: 'chat.postEphemeral', kind: 'slow', ms: 20_000 });
    const pressed = performance.now();
    await office.as('nina').click('Approve', { in: current(office, card) });
    const said = () => office.as('nina').ephemerals().length;
    await waitFor(() => said() === 2, { what: 'the refusal by the address of the click', timeoutMs: 3_000 });
    expect(performance.now() - pressed).toBeLessThan(3_000);
  });

  it('says that a button of another version did nothing, and takes any choice in a form silently', async () => {
    const card = await ask(office, office.as('nina'));
    const action = (type: string, action_id: string) => ({
      ...{ type: 'block_actions', trigger_id: '1.2.x', team: { id: office.sandbox.workspace.team.id } },
      ...{ user: { id: office.as('olga').id }, channel: { id: card.channel } },
      actions: [{ type, action_id, block_id: 'b', action_ts: '1.2' }],
    });
    const send = (body: object) =>
      office.sandbox.deliverRaw({ body: new URLSearchParams({ payload: JSON.stringify(body) }).toString(), sign: {} });
    expect(await send(action('static_select', 'severity'))).toMatchObject({ status: 200 });
    expect(await send(action('button', 'approve_all'))).toMatchObject({ status: 200 });
    await toldPrivately(office.as('olga'), /made by another version of Carveout/);
    expect(office.as('olga').ephemerals()).toHaveLength(1);
  });
});

describe('many requests for one channel at once', () => {
  it('are all shown there, at the pace that Slack allows', async () => {
    const customers = ['Ada', 'Bo', 'Cy', 'Dot', 'Eve', 'Flo'];
    for (const Customer of customers) await (await fillForm(office.as('nina'), { Customer })).submit();
    const shown = () => office.sandbox.messages().filter(({ channel }) => channel === 'C0MANAGE');
    const calls = () => shown().filter(({ text }) => /please check the details/.test(text));
    await waitFor(() => shown().length === 2 * customers.length, { what: 'every card and call', timeoutMs: 30_000 });
    expect(calls()).toHaveLength(customers.length);
  }, 60_000);
});
