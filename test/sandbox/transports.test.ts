import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Started, startBolt, startSandbox } from './support.ts';

const form = (title: string) => ({
  type: 'modal' as const,
  callback_id: 'ask',
  notify_on_close: true,
  title: { type: 'plain_text' as const, text: title },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'why',
      label: { type: 'plain_text' as const, text: 'Why' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
    {
      type: 'input' as const,
      block_id: 'kind',
      optional: true,
      dispatch_action: true,
      label: { type: 'plain_text' as const, text: 'Kind' },
      element: {
        type: 'static_select' as const,
        action_id: 'pick',
        options: ['Refund', 'Discount'].map((text) => ({ text: { type: 'plain_text' as const, text }, value: text })),
      },
    },
  ],
});

function lunchBot(app: App): void {
  app.command('/exception', async ({ ack, client, command, respond }) => {
    await ack();
    if (command.text === 'help') await respond('Ask for <@U0NINA> anything');
    else await client.views.open({ trigger_id: command.trigger_id, view: form('Ask') });
  });
  app.action('pick', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || body.view === undefined) return;
    await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: form('Kind chosen') });
  });
  app.view('ask', async ({ ack, view, body, client }) => {
    const why = view.state.values.why?.text?.value ?? '';
    if (why === 'no') return ack({ response_action: 'errors', errors: { why: 'Say more' } });
    await ack();
    await client.chat.postMessage({
      channel: 'C0MANAGE',
      text: `${body.user.id} asks`,
      blocks: [
        { type: 'section', text: { type: 'plain_text', text: why } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'yes', text: { type: 'plain_text', text: 'Approve' }, value: 'v1' }],
        },
      ],
    });
  });
  app.view({ callback_id: 'ask', type: 'view_closed' }, async ({ ack, client, body }) => {
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: 'You closed it' });
  });
  app.action('yes', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    await client.chat.update({
      channel: 'C0MANAGE',
      ts: body.message?.ts ?? '',
      text: `Approved by <@${body.user.id}>`,
    });
  });
  app.message('ping', async ({ say }) => {
    await say('pong');
  });
}

describe.each(['http', 'socket'] as const)('a Bolt app over %s', (over) => {
  let started: Started;
  let stopApp: () => Promise<void>;
  beforeEach(async () => {
    started = await startSandbox();
    stopApp = await startBolt(started.sandbox, over, lunchBot);
  });
  afterEach(async () => {
    await stopApp();
    await started.stop();
  });

  it('is asked by a command, fills in a modal, posts a message, and redraws it at a click', async () => {
    const { sandbox } = started;
    const nina = sandbox.as('nina');
    expect(await nina.command('/exception')).toEqual({ ok: true });
    const modal = await nina.waitForModal((each) => each.title === 'Ask');
    expect(modal.fields().map(({ label, required }) => [label, required])).toEqual([
      ['Why', true],
      ['Kind', false],
    ]);
    expect(await modal.submit()).toEqual({ errors: { Why: 'Please complete this required field.' } });
    await modal.fill('Why', 'no');
    expect(await modal.submit()).toEqual({ errors: { Why: 'Say more' } });
    await modal.fill('Why', 'because <@U0MARA>');
    expect(await modal.submit()).toEqual({ closed: true });
    expect(nina.modal()).toBeUndefined();

    const mara = sandbox.as('mara');
    const card = await sandbox.waitForMessage((message) => message.text === 'U0NINA asks');
    expect(card.pings).toEqual([]);
    expect(mara.read(card)).toBe('because <@U0MARA>\nApprove');
    await mara.click('Approve', { in: card });
    await sandbox.waitForMessage((message) => message.text === 'Approved by <@U0MARA>');
    expect(mara.read(card)).toBe('Approved by @Mara');
    expect(card.blocks).toEqual([]);
  });

  it('hears of a choice at once and keeps what was typed when it updates the modal', async () => {
    const nina = started.sandbox.as('nina');
    await nina.command('/exception');
    const modal = await nina.waitForModal();
    await modal.fill('Why', 'typed before');
    await modal.choose('Kind', 'Refund');
    await nina.waitForModal((each) => each.title === 'Kind chosen');
    expect(modal.value('Why')).toBe('typed before');
    expect(modal.value('Kind')).toBe('Refund');
  });

  it('is told when a modal is closed', async () => {
    const nina = started.sandbox.as('nina');
    await nina.command('/exception');
    await (await nina.waitForModal()).close();
    await started.sandbox.waitForMessage((message) => message.text === 'You closed it');
    expect(nina.dms().map((message) => nina.read(message))).toEqual(['You closed it']);
  });

  it('answers privately through the response_url', async () => {
    const nina = started.sandbox.as('nina');
    await nina.command('/exception', 'help');
    const answer = await started.sandbox.waitForMessage((message) => message.onlyFor === 'U0NINA');
    expect(nina.read(answer)).toBe('Ask for @Nina anything');
    expect(started.sandbox.as('mara').ephemerals()).toEqual([]);
  });

  it('hears what is said in a channel it is in, and nothing from elsewhere', async () => {
    const { sandbox } = started;
    sandbox.as('nina').say('random', 'ping');
    sandbox.as('nina').say('exceptions-manager', 'ping');
    const pong = await sandbox.waitForMessage((message) => message.text === 'pong');
    expect(pong.channel).toBe('C0MANAGE');
    await sandbox.idle();
    expect(sandbox.traffic.deliveries('event message').map((entry) => entry.args.event)).toMatchObject([
      { channel: 'C0MANAGE', user: 'U0NINA', text: 'ping', channel_type: 'channel' },
      { channel: 'C0MANAGE', text: 'pong' },
    ]);
  });
});
