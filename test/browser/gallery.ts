import type { Block, KnownBlock, View } from '@slack/types';

/** Blocks of every kind that the page draws, for an app that is no bot of anybody. */
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const option = (text: string, value = text) => ({ text: plain(text), value });
const sizes = [option('Small', 's'), option('Medium', 'm'), option('Large', 'l')];
const [small, medium] = [option('Small', 's'), option('Medium', 'm')];

/** 23 Nov 2026, 09:00 UTC. */
const NINE = Date.UTC(2026, 10, 23, 9) / 1000;

export const messageBlocks = (imageUrl: string): (KnownBlock | Block)[] => [
  { type: 'header', text: plain('A header :tada:') },
  {
    type: 'section',
    text: mrkdwn(
      [
        `*Bold*, _italic_, ~gone~, \`code *not bold*\` and :white_check_mark: for <@U0NINA>, <@U0OLGA>, <!subteam^S0OPERAT>`,
        `<#C0GENERAL>, <!here>, <https://example.com/a_b_c|a link>, <!date^${NINE}^{date_short} at {time}|a date>, 2 * 3 * 4, snake_case_name`,
        '&lt;@U0TOM&gt; is escaped',
        '&gt; quoted',
        '• first item',
        '• second item, long enough to run over the edge of the line so that its second line is seen to be aligned with its first',
        '```\nif (a < b) {}\n```',
      ].join('\n'),
    ),
    accessory: { type: 'button', action_id: 'beside', text: plain('Beside'), value: 'b' },
  },
  { type: 'section', fields: ['*One*\n1', '*Two*\n2', '*Three*\n3', '*Four*\n4'].map(mrkdwn) },
  {
    type: 'context',
    elements: [mrkdwn('Small print for <@U0NINA>'), { type: 'image', image_url: imageUrl, alt_text: 'a mark' }],
  },
  { type: 'divider' },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Rich ' },
          { type: 'text', text: 'bold', style: { bold: true } },
        ],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'said *as it is* <@U0NINA>' }] },
      {
        type: 'rich_text_list',
        style: 'ordered',
        elements: ['one', 'two'].map((text) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] })),
      },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a < b' }] },
    ],
  },
  {
    type: 'table',
    rows: [
      [raw('Customer'), raw('Value')],
      [raw('ACME'), raw('12,500')],
    ],
    column_settings: [{}, { align: 'right' }],
  } as Block,
  { type: 'image', image_url: imageUrl, alt_text: 'A teal rectangle', title: plain('Figures') },
  { type: 'markdown', text: '# What the page cannot draw' },
];

const raw = (text: string) => ({ type: 'raw_text', text });

export const controlBlocks: KnownBlock[] = [
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      { type: 'button', action_id: 'yes', text: plain('Yes'), style: 'primary', value: 'yes' },
      {
        type: 'button',
        action_id: 'no',
        text: plain('Delete'),
        style: 'danger',
        confirm: {
          title: plain('Delete it?'),
          text: mrkdwn('This is *final*.'),
          confirm: plain('Delete'),
          deny: plain('Keep'),
        },
      },
      { type: 'static_select', action_id: 'size', placeholder: plain('Choose a size'), options: sizes },
      { type: 'users_select', action_id: 'who', placeholder: plain('Choose a person') },
      { type: 'overflow', action_id: 'more', options: [option('Archive', 'archive'), option('Copy', 'copy')] },
    ],
  },
  {
    type: 'actions',
    block_id: 'choices',
    elements: [
      { type: 'radio_buttons', action_id: 'radio', options: sizes, initial_option: medium },
      { type: 'checkboxes', action_id: 'check', options: [{ ...small, description: plain('fits in a bag') }, medium] },
      { type: 'datepicker', action_id: 'day', initial_date: '2026-11-24' },
      { type: 'timepicker', action_id: 'time', initial_time: '14:30' },
    ],
  },
];

/** A modal with every kind of field. */
export const form: View = {
  type: 'modal',
  callback_id: 'gallery',
  title: plain('Every field'),
  submit: plain('Send'),
  close: plain('Not now'),
  notify_on_close: true,
  blocks: [
    { type: 'section', text: mrkdwn('*All* fields there are.') },
    input('name', 'Name', { type: 'plain_text_input', min_length: 3, placeholder: plain('At least three letters') }),
    input('notes', 'Notes', { type: 'plain_text_input', multiline: true, initial_value: 'Given' }, { optional: true }),
    input(
      'count',
      'Count',
      { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '10' },
      { hint: plain('1 to 10') },
    ),
    input('mail', 'Mail', { type: 'email_text_input' }, { optional: true }),
    input('size', 'Size', { type: 'static_select', options: sizes, initial_option: small }, { dispatch_action: true }),
    input(
      'several',
      'Several',
      { type: 'multi_static_select', options: sizes, max_selected_items: 2 },
      { optional: true },
    ),
    input('found', 'Found', { type: 'external_select', min_query_length: 2 }, { optional: true }),
    input('people', 'People', { type: 'multi_users_select', initial_users: ['U0OLGA'] }, { optional: true }),
    input('room', 'Room', { type: 'conversations_select' }, { optional: true }),
    input('one', 'One of', { type: 'radio_buttons', options: sizes }, { optional: true }),
    input('some', 'Some of', { type: 'checkboxes', options: sizes }, { optional: true }),
    input('day', 'Day', { type: 'datepicker' }, { optional: true }),
    input('hour', 'Hour', { type: 'timepicker' }, { optional: true }),
    input('instant', 'Instant', { type: 'datetimepicker' }, { optional: true }),
    input('paper', 'Paper', { type: 'file_input', filetypes: ['txt'], max_files: 2 }, { optional: true }),
    input(
      'live',
      'Live',
      {
        type: 'plain_text_input',
        dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
      },
      { optional: true, dispatch_action: true },
    ),
  ],
};

function input(id: string, label: string, element: object, more: object = {}): KnownBlock {
  const made = { type: 'input', block_id: id, label: plain(label), element: { ...element, action_id: 'it' }, ...more };
  return made as KnownBlock;
}
