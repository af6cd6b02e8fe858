import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Listener, refusal, type Started, startListener, startSandbox } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const option = (text: string) => ({ text: plain(text), value: text });
const button = (text: string, value: string) => ({ type: 'button', action_id: 'open', text: plain(text), value });

let started: Started;
let app: Listener;
beforeEach(async () => {
  started = await startSandbox();
  app = await startListener(started.sandbox);
});
afterEach(async () => {
  await app.stop();
  await started.stop();
});

const nina = () => started.sandbox.as('nina');
const heard = (type: string) => app.received.map(({ payload }) => payload).filter((payload) => payload.type === type);
const events = async () => {
  await started.sandbox.idle();
  return heard('event_callback').map(({ event }) => event as Record<string, unknown>);
};
const publish = (blocks: object[], more: object = {}) =>
  started.client.apiCall('views.publish', { user_id: 'U0NINA', view: { type: 'home', blocks }, ...more });

/** A list as an app draws it: a section and its buttons, twice over with the same texts. */
const list = [
  { type: 'header', text: plain('Waiting for you') },
  ...['EX-12', 'EX-120'].flatMap((number) => [
    { type: 'section', text: mrkdwn(`*${number}* for ACME`), accessory: { ...button('Open', number), action_id: 'o' } },
    { type: 'context', elements: [mrkdwn('by Friday')] },
    {
      type: 'actions',
      elements: [button('Take', number), button('Snooze', `later ${number}`)].map((each, index) => ({
        ...each,
        action_id: `a${index}`,
      })),
    },
  ]),
  { type: 'divider' },
  { type: 'actions', elements: [button('Next', '2')] },
];

describe('Home', () => {
  it('tells the app each time a tab is opened, and what Home shows', async () => {
    nina().openHome();
    await publish([{ type: 'section', text: plain('Yours') }]);
    nina().openHome();
    nina().openMessages();
    const { id } = started.sandbox.workspace.im('U0NINA');
    const opened = await events();
    expect(opened).toMatchObject([
      { type: 'app_home_opened', user: 'U0NINA', channel: id, tab: 'home' },
      { tab: 'home', view: { type: 'home', blocks: [{ type: 'section' }], state: { values: {} } } },
      { tab: 'messages', channel: id },
    ]);
    expect(opened.map((event) => 'view' in event)).toEqual([false, true, false]);
  });

  it('is published over what the app saw, or not at all', async () => {
    const first = (await publish(list)) as unknown as { view: { hash: string } };
    const { hash } = first.view;
    expect(await refusal(publish(list, { hash }))).toBe('ok');
    expect(await refusal(publish(list, { hash }))).toBe('hash_conflict');
    started.sandbox.workspace.app.home = { homeTab: false };
    expect(await refusal(publish(list))).toBe('not_enabled');
    expect(() => nina().openHome()).toThrow('no Home tab');
  });

  it('is read by rows, and pressed in the row that names what is meant', async () => {
    await publish(list);
    const home = await nina().waitForHome();
    expect(home.rows()).toEqual([
      'Waiting for you',
      '*EX-12* for ACME\nOpen\nby Friday\nTake\nSnooze',
      '*EX-120* for ACME\nOpen\nby Friday\nTake\nSnooze',
      'Next',
    ]);
    expect(home.row('EX-120')).toContain('EX-120');
    expect(home.row('EX-1')).toBeUndefined();
    expect(nina().buttons(home, { row: 'EX-12' })).toEqual(['Open', 'Take', 'Snooze']);
    await nina().click('Take', { in: 'home', row: 'EX-120' });
    await nina().click('Open', { row: 'EX-12' });
    expect(heard('block_actions').map(({ actions }) => (actions as { value: string }[])[0]?.value)).toEqual([
      'EX-120',
      'EX-12',
    ]);
    await expect(nina().click('Next', { row: 'EX-12' })).rejects.toThrow('there are "Open", "Take", "Snooze"');
  });

  it('tells what is chosen, ticked and typed there, with all that stands in it', async () => {
    const boxes = { type: 'checkboxes', action_id: 'b', options: ['EX-12', 'EX-13'].map(option) };
    const mine = {
      type: 'static_select',
      action_id: 's',
      placeholder: plain('Show'),
      options: ['Mine', 'All'].map(option),
    };
    const more = { type: 'overflow', action_id: 'v', options: ['Archive', 'Copy'].map(option) };
    const word = { type: 'plain_text_input', action_id: 'w' };
    await publish([
      { type: 'actions', block_id: 'bulk', elements: [boxes, mine, more] },
      { type: 'input', block_id: 'find', label: plain('Find'), element: word, dispatch_action: true },
    ]);
    const home = await nina().waitForHome();
    await home.tick('EX-13');
    await home.tick('EX-12');
    await home.tick('EX-13', { on: false });
    await home.choose('Show', 'All');
    await home.fill('Find', 'acme');
    await nina().click('Archive', { in: 'home' });
    const pressed = heard('block_actions');
    expect(pressed.map(({ actions }) => (actions as object[])[0])).toMatchObject([
      { type: 'checkboxes', selected_options: [{ value: 'EX-13' }] },
      { type: 'checkboxes', selected_options: [{ value: 'EX-12' }, { value: 'EX-13' }] },
      { type: 'checkboxes', selected_options: [{ value: 'EX-12' }] },
      { type: 'static_select', selected_option: { value: 'All' } },
      { type: 'plain_text_input', value: 'acme' },
      { type: 'overflow', selected_option: { value: 'Archive' } },
    ]);
    expect(pressed.at(-1)).toMatchObject({
      container: { type: 'view', view_id: home.view.id },
      view: {
        type: 'home',
        state: {
          values: {
            bulk: { b: { selected_options: [{ value: 'EX-12' }] }, s: { selected_option: { value: 'All' } } },
            find: { w: { value: 'acme' } },
          },
        },
      },
    });
    expect(pressed.at(-1)).not.toHaveProperty('channel');
    expect(pressed.at(-1)).not.toHaveProperty('response_url');
  });
});

describe('a form that tells as it is filled in', () => {
  const typed = (block_id: string, on?: string[], multiline = false) => ({
    ...{ type: 'input', block_id, label: plain(block_id), optional: true, dispatch_action: on !== undefined },
    element: {
      ...{ type: 'plain_text_input', action_id: 't', multiline },
      ...(on === undefined || on.length === 0 ? {} : { dispatch_action_config: { trigger_actions_on: on } }),
    },
  });
  const field = (block_id: string, element: object) => ({
    ...{ type: 'input', block_id, label: plain(block_id), optional: true, dispatch_action: true },
    element: { action_id: 'e', ...element },
  });
  const open = async (blocks: object[], more: object = {}) => {
    await nina().command('/exception');
    const trigger_id = String(app.received.at(-1)?.payload.trigger_id);
    const view = { type: 'modal', callback_id: 'f', title: plain('Form'), submit: plain('Send'), blocks, ...more };
    await started.client.apiCall('views.open', { trigger_id, view });
    return nina().waitForModal();
  };
  const dispatched = () =>
    heard('block_actions').map(({ actions }) => (actions as { block_id: string }[])[0]?.block_id);

  it('tells of typing as the field asks: with Enter, with each character, or not at all', async () => {
    const character = ['on_character_entered'];
    const modal = await open([
      ...[typed('silent'), typed('unsaid', []), typed('enter', ['on_enter_pressed'])],
      ...[typed('long', ['on_enter_pressed'], true), typed('live', character, true)],
    ]);
    for (const label of ['silent', 'unsaid', 'enter', 'long', 'live']) await modal.fill(label, `${label} text`);
    expect(dispatched()).toEqual(['unsaid', 'enter', 'live']);
    expect(heard('block_actions').at(-1)).toMatchObject({
      actions: [{ type: 'plain_text_input', value: 'live text' }],
      view: { state: { values: { silent: { t: { value: 'silent text' } }, long: { t: { value: 'long text' } } } } },
    });
  });

  it('tells of choices at once, with the rest of the form', async () => {
    const modal = await open([
      field('who', { type: 'users_select' }),
      field('cc', { type: 'multi_users_select' }),
      field('when', { type: 'datepicker' }),
      field('which', { type: 'checkboxes', options: ['one', 'two'].map(option) }),
    ]);
    await modal.pickUser('who', 'tom');
    await modal.pickUser('cc', ['olga', 'bea']);
    await modal.pickDate('when', '2026-12-04');
    await modal.tick('two');
    expect(dispatched()).toEqual(['who', 'cc', 'when', 'which']);
    expect(heard('block_actions').at(-1)?.view).toMatchObject({
      state: {
        values: {
          who: { e: { selected_user: 'U0TOM' } },
          cc: { e: { selected_users: ['U0OLGA', 'U0BEA'] } },
          when: { e: { selected_date: '2026-12-04' } },
          which: { e: { selected_options: [{ value: 'two' }] } },
        },
      },
    });
  });

  it('does not tell what stood in it when it is closed, only that it is', async () => {
    const modal = await open([typed('why')], { notify_on_close: true, private_metadata: 'draft 7' });
    await modal.fill('why', 'because');
    await modal.close();
    expect(heard('view_closed')).toMatchObject([
      { is_cleared: false, user: { id: 'U0NINA' }, view: { private_metadata: 'draft 7', state: { values: {} } } },
    ]);
    expect(heard('view_closed')[0]).toMatchObject({
      view: { state: { values: expect.not.objectContaining({ why: expect.anything() }) } },
    });
  });

  it('takes everything below along when it clears on closing, and says so', async () => {
    await open([{ type: 'actions', elements: [button('More', 'm')] }], { notify_on_close: true, submit: undefined });
    await nina().click('More', { in: 'modal' });
    const trigger_id = String(heard('block_actions').at(-1)?.trigger_id);
    const view = {
      type: 'modal',
      title: plain('On top'),
      blocks: [{ type: 'divider' }],
      clear_on_close: true,
      notify_on_close: true,
    };
    await started.client.apiCall('views.push', { trigger_id, view });
    const top = await nina().waitForModal((modal) => modal.title === 'On top');
    await top.close();
    expect(nina().modal()).toBeUndefined();
    expect(heard('view_closed').map(({ is_cleared }) => is_cleared)).toEqual([true, true]);
  });
});
