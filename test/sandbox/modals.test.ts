import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Listener, refusal, type Started, startListener, startSandbox } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const view = (title: string, more: object = {}): never =>
  ({ type: 'modal', callback_id: title, title: plain(title), blocks: [{ type: 'divider' }], ...more }) as never;
const field = (label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: label,
  label: plain(label),
  element,
  ...more,
});

let started: Started;
let app: Listener;
let now: number;
beforeEach(async () => {
  now = Date.now();
  started = await startSandbox({ machineNow: () => now });
  app = await startListener(started.sandbox);
});
afterEach(async () => {
  await app.stop();
  await started.stop();
});

const trigger = (): string => String(app.received.at(-1)?.payload.trigger_id);
const nina = () => started.sandbox.as('nina');
const open = async (more: object = {}, title = 'One') => {
  await nina().command('/exception');
  await started.client.views.open({ trigger_id: trigger(), view: view(title, more) });
  return nina().waitForModal();
};
const submitButton = { submit: plain('Send') };

describe('trigger_ids', () => {
  it('are good once, for three seconds, and only as they were given', async () => {
    const { client } = started;
    await nina().command('/exception');
    const trigger_id = trigger();
    now += 3000;
    expect(await refusal(client.views.open({ trigger_id, view: view('In time') }))).toBe('ok');
    expect(await refusal(client.views.open({ trigger_id, view: view('Again') }))).toBe('exchanged_trigger_id');
    await nina().command('/exception');
    now += 3001;
    expect(await refusal(client.views.open({ trigger_id: trigger(), view: view('Late') }))).toBe('expired_trigger_id');
    expect(await refusal(client.views.open({ trigger_id: '1.2.3', view: view('Made up') }))).toBe('invalid_trigger_id');
    expect(await refusal(client.apiCall('views.open', { view: view('None') }))).toBe('invalid_arguments');
  });
});

describe('views', () => {
  it('are updated by id and hash while open, and not found once closed', async () => {
    const { client } = started;
    const modal = await open();
    const { id, hash } = modal.view;
    expect(await refusal(client.views.update({ view_id: id, hash, view: view('Two') }))).toBe('ok');
    expect(modal.title).toBe('Two');
    expect(await refusal(client.views.update({ view_id: id, hash, view: view('Three') }))).toBe('hash_conflict');
    await modal.close();
    expect(await refusal(client.views.update({ view_id: id, view: view('Three') }))).toBe('not_found');
  });

  it('stack up to three, pushed from the one in front', async () => {
    const { client, sandbox } = started;
    const button = {
      blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'more', text: plain('More') }] }],
    };
    await open(button);
    for (const title of ['Two', 'Three']) {
      await nina().click('More');
      await client.views.push({ trigger_id: trigger(), view: view(title, button) });
    }
    await nina().click('More');
    expect(await refusal(client.views.push({ trigger_id: trigger(), view: view('Four') }))).toBe('push_limit_reached');
    const [one, , three] = sandbox.workspace.stack('U0NINA');
    expect(three).toMatchObject({ root_view_id: one?.id });
    await nina().modal()?.close();
    expect(nina().modal()?.title).toBe('Two');
    await nina().modal()?.close({ everything: true });
    expect(nina().modal()).toBeUndefined();
  });

  it('must not be too large nor share an external_id', async () => {
    const { client } = started;
    await open({ external_id: 'mine' });
    expect(
      await refusal(
        client.views.publish({ user_id: 'U0TOM', view: { type: 'home', external_id: 'mine', blocks: [] } }),
      ),
    ).toBe('duplicate_external_id');
    const blocks = Array.from({ length: 100 }, () => ({ type: 'section', text: plain('x'.repeat(2900)) }));
    expect(await refusal(client.views.publish({ user_id: 'U0TOM', view: { type: 'home', blocks } as never }))).toBe(
      'view_too_large',
    );
    await nina().command('/exception');
    expect(await refusal(client.views.open({ trigger_id: trigger(), view: view('x'.repeat(25)) }))).toBe(
      'invalid_arguments',
    );
  });

  it('publishes Home, and tells the app when it is opened', async () => {
    const { client, sandbox } = started;
    nina().openHome();
    await sandbox.idle();
    expect(app.received.at(-1)?.payload.event).toMatchObject({ type: 'app_home_opened', user: 'U0NINA', tab: 'home' });
    await client.views.publish({
      user_id: 'U0NINA',
      view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*Yours*' } }] },
    });
    expect((await nina().waitForHome()).text()).toBe('*Yours*');
  });
});

describe('submissions', () => {
  const why = { ...submitButton, blocks: [field('Why', { type: 'plain_text_input', action_id: 't', min_length: 3 })] };

  it('are held back by the client until the fields are right', async () => {
    const number = { type: 'number_input', action_id: 'n', is_decimal_allowed: false, min_value: '1' };
    const modal = await open({
      ...submitButton,
      blocks: [
        ...why.blocks,
        field('Days', number),
        field('Note', { type: 'plain_text_input', action_id: 'o' }, { optional: true }),
      ],
    });
    const before = app.received.length;
    await modal.fill('Why', 'ab');
    await modal.fill('Days', '1.5');
    expect(await modal.submit()).toEqual({
      errors: { Why: 'Must be at least 3 characters.', Days: 'Enter a whole number.' },
    });
    expect(app.received).toHaveLength(before);
    await modal.fill('Why', 'abc');
    await modal.fill('Days', '2');
    expect(await modal.submit()).toEqual({ closed: true });
    expect(app.received.at(-1)?.payload.view).toMatchObject({
      state: {
        values: {
          Why: { t: { type: 'plain_text_input', value: 'abc' } },
          Days: { n: { value: '2' } },
          Note: { o: { value: null } },
        },
      },
    });
  });

  it('obey errors, update, push and clear', async () => {
    const modal = await open(why);
    await modal.fill('Why', 'because');
    app.answer = () => ({ body: { response_action: 'errors', errors: { Why: 'Not enough' } } });
    expect(await modal.submit()).toEqual({ errors: { Why: 'Not enough' } });
    app.answer = () => ({ body: { response_action: 'update', view: view('Sure?', why) } });
    expect(await modal.submit()).toEqual({ updated: true });
    expect([modal.title, modal.value('Why')]).toEqual(['Sure?', 'because']);
    app.answer = () => ({ body: { response_action: 'push', view: view('On top', submitButton) } });
    expect(await modal.submit()).toEqual({ pushed: true });
    app.answer = () => ({ body: { response_action: 'clear' } });
    expect(await nina().modal()?.submit()).toEqual({ closed: true });
    expect(nina().modal()).toBeUndefined();
  });

  it.each([
    ['an error at a field that is not there', { response_action: 'errors', errors: { Who: 'x' } }],
    ['no errors at all', { response_action: 'errors', errors: {} }],
    ['an unknown action', { response_action: 'explode' }],
    ['a broken view', { response_action: 'update', view: { type: 'modal' } }],
    ['words', 'thanks'],
  ])('show trouble when the app answers with %s', async (_name, body) => {
    const modal = await open(why);
    await modal.fill('Why', 'because');
    app.answer = () => ({ body });
    expect(await modal.submit()).toHaveProperty('failed');
    expect(nina().toasts().at(-1)?.text).toBe('We had some trouble connecting. Try again?');
    expect(modal.isOpen).toBe(true);
  });

  it('tell the app of a closed modal only when it asked, and whether all were cleared', async () => {
    await (await open()).close();
    expect(app.received.at(-1)?.payload.type).not.toBe('view_closed');
    await (await open({ notify_on_close: true })).close({ everything: true });
    expect(app.received.at(-1)?.payload).toMatchObject({
      type: 'view_closed',
      is_cleared: true,
      view: { callback_id: 'One' },
    });
  });

  it('carry choices of people, channels, dates, options from the app, and files', async () => {
    const modal = await open({
      ...submitButton,
      blocks: [
        field('For', { type: 'users_select', action_id: 'e' }),
        field('Where', { type: 'multi_conversations_select', action_id: 'e' }),
        field('By', { type: 'datepicker', action_id: 'e' }),
        field('Contract', { type: 'external_select', action_id: 'e' }),
        field('Proof', { type: 'file_input', action_id: 'e' }),
      ],
    });
    await modal.pickUser('For', 'Tom Okafor');
    await modal.choose('Where', ['general', 'exceptions-audit']);
    await modal.pickDate('By', '2026-12-04');
    app.answer = ({ payload }) =>
      payload.type === 'block_suggestion' ? { body: { options: [{ text: plain('C-17'), value: '17' }] } } : {};
    await modal.choose('Contract', 'C-17');
    await modal.attach('Proof', 'mail.pdf', Buffer.from('pdf'));
    expect(modal.fields().map(({ value }) => value)).toEqual([
      'Tom',
      ['general', 'exceptions-audit'],
      '2026-12-04',
      'C-17',
      ['mail.pdf'],
    ]);
    expect(await modal.submit()).toEqual({ closed: true });
    expect(app.received.at(-1)?.payload.view).toMatchObject({
      state: {
        values: {
          For: { e: { selected_user: 'U0TOM' } },
          Where: { e: { selected_conversations: ['C0GENERAL', 'C0AUDIT'] } },
          Contract: { e: { selected_option: { value: '17' } } },
          Proof: { e: { files: [{ name: 'mail.pdf' }] } },
        },
      },
    });
    await expect(async () => modal.fill('Whom', 'x')).rejects.toThrow('is not the modal in front');
  });
});
