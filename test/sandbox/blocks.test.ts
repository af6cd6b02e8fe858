import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOfMessage, problemsOfView } from '../../src/sandbox/blocks/surface.ts';
import { type Started, startSandbox } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (text: string, value = text) => ({ text: plain(text), value });
const select = (more: object = {}) => ({
  type: 'static_select',
  action_id: 's',
  options: [option('A'), option('B')],
  ...more,
});
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain('L'), element, ...more });
const typed = (more: object = {}) => ({ type: 'plain_text_input', action_id: 't', ...more });
const x = (count: number) => 'x'.repeat(count);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const modal = (more: object = {}) => ({ type: 'modal', title: plain('Title'), blocks: [{ type: 'divider' }], ...more });

describe('Block Kit limits are refused with the place where they are broken', () => {
  const overLimit: [string, unknown, string][] = [
    ['51 blocks', many(51, () => ({ type: 'divider' })), '/blocks'],
    ['section text over 3000', [{ type: 'section', text: mrkdwn(x(3001)) }], '/blocks/0/text/text'],
    ['empty section text', [{ type: 'section', text: mrkdwn('') }], '/blocks/0/text/text'],
    ['11 fields', [{ type: 'section', fields: many(11, () => mrkdwn('f')) }], '/blocks/0/fields'],
    ['a field over 2000', [{ type: 'section', fields: [mrkdwn(x(2001))] }], '/blocks/0/fields/0/text'],
    ['a header over 150', [{ type: 'header', text: plain(x(151)) }], '/blocks/0/text/text'],
    ['11 context elements', [{ type: 'context', elements: many(11, () => mrkdwn('c')) }], '/blocks/0/elements'],
    ['26 buttons', [actions(...many(26, (n) => button({ action_id: `a${n}` })))], '/blocks/0/elements'],
    ['button text over 75', [actions(button({ text: plain(x(76)) }))], '/blocks/0/elements/0/text/text'],
    ['a button value over 2000', [actions(button({ value: x(2001) }))], '/blocks/0/elements/0/value'],
    ['a button url over 3000', [actions(button({ url: `https://a.example/${x(3000)}` }))], '/blocks/0/elements/0/url'],
    ['an action_id over 255', [actions(button({ action_id: x(256) }))], '/blocks/0/elements/0/action_id'],
    ['a block_id over 255', [{ type: 'divider', block_id: x(256) }], '/blocks/0/block_id'],
    ['101 options', [actions(select({ options: many(101, (n) => option(`o${n}`)) }))], '/blocks/0/elements/0/options'],
    [
      'option text over 75',
      [actions(select({ options: [option(x(76), 'v')] }))],
      '/blocks/0/elements/0/options/0/text/text',
    ],
    [
      'an option value over 150',
      [actions(select({ options: [option('o', x(151))] }))],
      '/blocks/0/elements/0/options/0/value',
    ],
    [
      'a placeholder over 150',
      [actions(select({ placeholder: plain(x(151)) }))],
      '/blocks/0/elements/0/placeholder/text',
    ],
    [
      '6 overflow options',
      [actions({ type: 'overflow', options: many(6, (n) => option(`o${n}`)) })],
      '/blocks/0/elements/0/options',
    ],
    [
      '11 radio buttons',
      [actions({ type: 'radio_buttons', options: many(11, (n) => option(`o${n}`)) })],
      '/blocks/0/elements/0/options',
    ],
    [
      'a confirm title over 100',
      [actions(button({ confirm: { title: plain(x(101)), text: plain('t') } }))],
      '/blocks/0/elements/0/confirm/title/text',
    ],
    ['an input label over 2000', [input(typed(), { label: plain(x(2001)) })], '/blocks/0/label/text'],
    ['max_length over 3000', [input(typed({ max_length: 3001 }))], '/blocks/0/element/max_length'],
    ['11 files', [input({ type: 'file_input', max_files: 11 })], '/blocks/0/element/max_files'],
    [
      'alt text over 2000',
      [{ type: 'image', image_url: 'https://a.example/i.png', alt_text: x(2001) }],
      '/blocks/0/alt_text',
    ],
    ['101 rows', [{ type: 'table', rows: many(101, () => [{ type: 'raw_text', text: 'c' }]) }], '/blocks/0/rows'],
    ['21 cells', [{ type: 'table', rows: [many(21, () => ({ type: 'raw_text', text: 'c' }))] }], '/blocks/0/rows/0'],
    ['an empty cell', [{ type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }], '/blocks/0/rows/0/0/text'],
    [
      'a table over 10,000',
      [{ type: 'table', rows: many(3, () => [{ type: 'raw_text', text: x(3400) }]) }],
      '/blocks/0/rows',
    ],
  ];
  it.each(overLimit)('%s', (_name, blocks, pointer) => {
    expect(problemsOfMessage(blocks).join('\n')).toContain(`[json-pointer:${pointer}]`);
  });

  it('takes what is just within them, and counts code points', () => {
    const fine = [
      { type: 'header', text: plain('😀'.repeat(150)) },
      { type: 'section', text: mrkdwn(x(3000)), accessory: button() },
      actions(...many(25, (n) => button({ action_id: `a${n}`, text: plain(x(75)) }))),
      { type: 'context', elements: many(10, () => mrkdwn('c')) },
      ...many(46, () => ({ type: 'divider' })),
    ];
    expect(problemsOfMessage(fine)).toEqual([]);
  });
});

describe('blocks that Slack does not know or that are not whole are refused', () => {
  const wrong: [string, unknown, string][] = [
    ['an unknown block', [{ type: 'sektion' }], 'unsupported type: sektion [json-pointer:/blocks/0/type]'],
    [
      'an unknown element',
      [actions({ type: 'knob' })],
      'unsupported type: knob [json-pointer:/blocks/0/elements/0/type]',
    ],
    ['a text input among buttons', [actions(typed())], 'unsupported type: plain_text_input'],
    ['an alert in a message', [{ type: 'alert', text: plain('a') }], 'unsupported type: alert'],
    ['a section of nothing', [{ type: 'section' }], 'must define either `text` or `fields`'],
    [
      'a header in mrkdwn',
      [{ type: 'header', text: mrkdwn('h') }],
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    ['a button in mrkdwn', [actions(button({ text: mrkdwn('b') }))], 'unsupported type: mrkdwn'],
    [
      'emoji on mrkdwn',
      [{ type: 'section', text: { ...mrkdwn('t'), emoji: true } }],
      'invalid additional property: emoji',
    ],
    ['a property of its own', [{ type: 'divider', colour: 'red' }], 'invalid additional property: colour'],
    ['the same block_id twice', many(2, () => ({ type: 'divider', block_id: 'b' })), 'used more than once'],
    ['the same action_id twice in a block', [actions(button(), button())], 'used more than once in this block'],
    [
      'an initial option not offered',
      [actions(select({ initial_option: option('C') }))],
      'must be one of the provided options',
    ],
    [
      'a number input without is_decimal_allowed',
      [input({ type: 'number_input' })],
      'missing required field: is_decimal_allowed',
    ],
    [
      'a min_value that is a number',
      [input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 })],
      'written as a string',
    ],
    [
      'two tables',
      many(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'c' }]] })),
      'only_one_table_allowed',
    ],
    [
      'a picture from a data URL',
      [{ type: 'image', image_url: 'data:image/png,x', alt_text: 'a' }],
      'must be a valid url',
    ],
    [
      'a rich text mention without id',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'user' }] }] }],
      'missing required field: user_id',
    ],
  ];
  it.each(wrong)('%s', (_name, blocks, problem) => {
    expect(problemsOfMessage(blocks).join('\n')).toContain(problem);
  });

  it('lets rows of a list have buttons with the same action_id', () => {
    expect(problemsOfMessage(many(3, (n) => ({ type: 'section', text: plain(`${n}`), accessory: button() })))).toEqual(
      [],
    );
  });
});

describe('views', () => {
  const wrong: [string, unknown, string][] = [
    ['inputs without submit', modal({ blocks: [input(typed())] }), 'missing required field: submit'],
    ['a title over 24', modal({ title: plain(x(25)) }), '/view/title/text'],
    ['submit over 24', modal({ submit: plain(x(25)) }), '/view/submit/text'],
    ['private_metadata over 3000', modal({ private_metadata: x(3001) }), '/view/private_metadata'],
    ['101 blocks', modal({ blocks: many(101, () => ({ type: 'divider' })) }), '/view/blocks'],
    [
      'eleven checkboxes',
      modal({ blocks: [actions({ type: 'checkboxes', options: many(11, (n) => option(`o${n}`)) })] }),
      '/view/blocks/0/elements/0/options',
    ],
    [
      'a hint over 2000',
      modal({ submit: plain('Send'), blocks: [input(typed(), { hint: plain(x(2001)) })] }),
      '/view/blocks/0/hint/text',
    ],
    [
      'a date that is none',
      modal({ submit: plain('Send'), blocks: [input({ type: 'datepicker', initial_date: '4.12.2026' })] }),
      '/view/blocks/0/element/initial_date',
    ],
    [
      'a handle for a person',
      modal({ submit: plain('Send'), blocks: [input({ type: 'multi_users_select', initial_users: ['@olga'] })] }),
      '/view/blocks/0/element/initial_users/0',
    ],
    ['a table in a modal', modal({ blocks: [{ type: 'table', rows: [] }] }), 'unsupported type: table'],
    ['no title', { type: 'modal', blocks: [] }, 'missing required field: title'],
    [
      'focus twice',
      modal({
        submit: plain('S'),
        blocks: [input(typed({ focus_on_load: true })), input(typed({ focus_on_load: true }))],
      }),
      'only one element can have focus_on_load',
    ],
  ];
  it.each(wrong)('%s is refused', (_name, view, problem) => {
    expect(problemsOfView(view, 'modal').join('\n')).toContain(problem);
  });

  it.each([
    ['101 blocks', many(101, () => ({ type: 'divider' })), '/view/blocks]'],
    ['a table', [{ type: 'table', rows: [] }], 'unsupported type: table'],
    ['a file input', [input({ type: 'file_input' })], 'unsupported type: file_input'],
    [
      'six options of an overflow menu',
      [actions({ type: 'overflow', options: many(6, (n) => option(`o${n}`)) })],
      '/options',
    ],
  ])('a Home with %s is refused', (_name, blocks, problem) => {
    expect(problemsOfView({ type: 'home', blocks }, 'home').join('\n')).toContain(problem);
  });

  it('takes a modal of every kind of input', () => {
    const elements = [
      typed({ multiline: true, max_length: 3000 }),
      { type: 'number_input', action_id: 'n', is_decimal_allowed: true, min_value: '0.1' },
      ...['users_select', 'multi_conversations_select', 'datepicker', 'timepicker', 'datetimepicker'].map((type) => ({
        type,
      })),
      ...['email_text_input', 'url_text_input', 'rich_text_input', 'file_input', 'external_select'].map((type) => ({
        type,
      })),
      select({ initial_option: option('A') }),
      { type: 'checkboxes', options: [{ text: mrkdwn('*bold*'), value: 'v' }] },
    ];
    expect(
      problemsOfView(modal({ submit: plain('Send'), blocks: elements.map((each) => input(each)) }), 'modal'),
    ).toEqual([]);
  });
});

describe('over the wire', () => {
  let started: Started;
  beforeAll(async () => {
    started = await startSandbox();
  });
  afterAll(() => started.stop());

  it('answers invalid_blocks with messages that name the place', async () => {
    const { client } = started;
    const sent = client.chat.postMessage({
      channel: 'C0MANAGE',
      text: 't',
      blocks: [{ type: 'section', text: mrkdwn(x(3001)) }] as never,
    });
    await expect(sent).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    });
  });

  it('answers invalid_blocks_format, msg_blocks_too_long and no_text', async () => {
    const { client } = started;
    const post = (more: object) => client.apiCall('chat.postMessage', { channel: 'C0MANAGE', ...more });
    await expect(post({ text: 't', blocks: '{"not": "a list"}' })).rejects.toMatchObject({
      data: { error: 'invalid_blocks_format' },
    });
    const long = many(5, () => ({ type: 'section', text: plain(x(2900)) }));
    await expect(post({ text: 't', blocks: long })).rejects.toMatchObject({ data: { error: 'msg_blocks_too_long' } });
    await expect(post({ text: ' ' })).rejects.toMatchObject({ data: { error: 'no_text' } });
  });

  it('validates blocks, a view or a message without sending it', async () => {
    const { client, sandbox } = started;
    const before = sandbox.messages().length;
    expect(await client.blocks.validate({ blocks: [{ type: 'divider' }] })).toMatchObject({ ok: true });
    await expect(client.blocks.validate({ view: modal({ title: plain(x(25)) }) as never })).rejects.toMatchObject({
      data: { error: 'invalid_view', errors: [{ pointer: '/title/text' }] },
    });
    await expect(client.blocks.validate({})).rejects.toMatchObject({ data: { error: 'invalid_arguments' } });
    expect(sandbox.messages()).toHaveLength(before);
  });
});
