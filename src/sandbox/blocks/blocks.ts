import { asObject, asText, codePoints, isObject, type Json } from '../json.ts';
import { LIMIT } from '../limits.ts';
import { type Findings, flag, list, oneOf, type Rule, type Surface, shape, text, typed } from './check.ts';
import * as part from './composition.ts';
import { ACCESSORIES, ACTIONS, INPUTS, image } from './elements.ts';
import { richText, richTextElements } from './richText.ts';

const blockId: Rule = (value, at, found) => {
  text(LIMIT.id)(value, at, found);
  if (typeof value !== 'string') return;
  if (found.blockIds.has(value)) found.add(`\`block_id\` "${value}" is used more than once`, at);
  found.blockIds.add(value);
};

const named = { block_id: blockId };

const cell: Rule = typed({
  rich_text: richText,
  raw_text: shape({ need: { text: text(LIMIT.tableCharacters) } }),
  raw_number: shape({
    need: {
      text: text(LIMIT.tableCharacters),
      value: (v, at, found) => typeof v === 'number' || found.add('must be a number', at),
    },
  }),
});

function checkTable(block: Json, at: string, found: Findings): void {
  found.tables += 1;
  if (found.tables > 1) found.add('only_one_table_allowed', at);
  if (codePoints(allText(block.rows)) > LIMIT.tableCharacters)
    found.add(`must be less than ${LIMIT.tableCharacters + 1} characters`, `${at}/rows`);
}

/** All text in a piece of blocks, in order; what a reader could see. */
function allText(value: unknown): string {
  if (Array.isArray(value)) return value.map(allText).join('');
  if (!isObject(value)) return '';
  return Object.entries(value)
    .map(([key, item]) => (key === 'text' && typeof item === 'string' ? item : allText(item)))
    .join('');
}

const input: Rule = shape({
  need: { label: part.plain(LIMIT.inputLabel), element: typed(INPUTS) },
  may: { ...named, hint: part.plain(LIMIT.inputLabel), optional: flag, dispatch_action: flag },
  also: (block, at, found) => {
    found.inputs += 1;
    const type = asText(asObject(block.element).type);
    if (block.dispatch_action === true && type === 'file_input')
      found.add('dispatch_action is not supported for file_input', `${at}/dispatch_action`);
  },
});

const BLOCKS: { [type: string]: Rule } = {
  divider: shape({ may: named }),
  header: shape({ need: { text: part.plain(LIMIT.header) }, may: named }),
  section: shape({
    may: {
      ...named,
      text: part.anyText(LIMIT.sectionText),
      fields: list(part.anyText(LIMIT.sectionField), LIMIT.sectionFields),
      accessory: typed(ACCESSORIES),
      expand: flag,
    },
    also: (block, at, found) => {
      if (block.text === undefined && block.fields === undefined)
        found.add('must define either `text` or `fields`', at);
    },
  }),
  context: shape({
    need: { elements: list(typed({ image, ...contextText() }), LIMIT.contextElements) },
    may: named,
  }),
  actions: shape({ need: { elements: list(typed(ACTIONS), LIMIT.actionsElements) }, may: named }),
  image: shape({
    need: { alt_text: text(LIMIT.imageAlt) },
    may: { ...named, ...part.imageFields, title: part.plain(LIMIT.imageTitle) },
    also: part.oneImageSource,
  }),
  input,
  rich_text: shape({ need: { elements: richTextElements }, may: named }),
  markdown: shape({ need: { text: text(LIMIT.markdown) }, may: named }),
  video: shape({
    need: { video_url: part.url, thumbnail_url: part.url, alt_text: text(LIMIT.imageAlt), title: part.plain(199) },
    may: {
      ...named,
      title_url: part.url,
      author_name: text(49),
      provider_name: text(49),
      provider_icon_url: part.url,
      description: part.plain(200),
    },
  }),
  table: shape({
    need: { rows: list(list(cell, LIMIT.tableCells), LIMIT.tableRows) },
    may: {
      ...named,
      column_settings: list(
        (value, at, found) =>
          value === null ||
          shape({ may: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } })(value, at, found),
        LIMIT.tableCells,
      ),
    },
    also: checkTable,
  }),
  alert: shape({
    need: { text: part.anyText(LIMIT.textObject) },
    may: { ...named, level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
};

function contextText(): { [type: string]: Rule } {
  const rule = part.anyText(LIMIT.textObject);
  return { plain_text: rule, mrkdwn: rule };
}

const COMMON = ['divider', 'header', 'section', 'context', 'actions', 'image', 'input', 'rich_text', 'video'];
const SURFACE: { [surface in Surface]: string[] } = {
  message: [...COMMON, 'markdown', 'table'],
  modal: [...COMMON, 'alert'],
  home: COMMON,
};

const block: Rule = (value, at, found) => {
  found.actionIds = new Set();
  typed(Object.fromEntries(SURFACE[found.surface].flatMap((type) => (BLOCKS[type] ? [[type, BLOCKS[type]]] : []))))(
    value,
    at,
    found,
  );
};

export const blocksOf = (surface: Surface): Rule =>
  list(block, surface === 'message' ? LIMIT.messageBlocks : LIMIT.viewBlocks, 0);

/** Slack charges every container a little beside its text before it says msg_blocks_too_long. */
const CONTAINER_CHARGE = 20;
export function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + weight(item), 0);
  if (!isObject(value)) return 0;
  const own = codePoints(asText(value.text)) + (value.type === undefined ? 0 : CONTAINER_CHARGE);
  return Object.values(value).reduce<number>((sum, item) => sum + weight(item), own);
}
