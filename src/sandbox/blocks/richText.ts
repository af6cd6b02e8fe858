import { LIMIT } from '../limits.ts';
import { anything, flag, integer, list, oneOf, pattern, type Rule, shape, text, typed } from './check.ts';

const style: Rule = shape({
  may: {
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  },
});
const long = 1_000_000;

const INLINE: { [type: string]: Rule } = {
  text: shape({ need: { text: text(long) }, may: { style } }),
  link: shape({ need: { url: text(LIMIT.url) }, may: { text: text(long, 0), unsafe: flag, style } }),
  emoji: shape({
    need: { name: text(LIMIT.id) },
    may: { unicode: text(LIMIT.id), skin_tone: integer(1, 6), url: anything, style },
  }),
  user: shape({ need: { user_id: pattern(/^[UW][A-Z0-9]+$/, 'must be a valid user id') }, may: { style } }),
  usergroup: shape({ need: { usergroup_id: pattern(/^S[A-Z0-9]+$/, 'must be a valid usergroup id') }, may: { style } }),
  channel: shape({ need: { channel_id: pattern(/^[CGD][A-Z0-9]+$/, 'must be a valid channel id') }, may: { style } }),
  team: shape({ need: { team_id: text(LIMIT.id) }, may: { style } }),
  broadcast: shape({ need: { range: oneOf('here', 'channel', 'everyone') }, may: { style } }),
  color: shape({ need: { value: text(LIMIT.id) }, may: { style } }),
  date: shape({
    need: { timestamp: integer(0, 9_999_999_999), format: text(LIMIT.sectionText) },
    may: { url: text(LIMIT.url), fallback: text(LIMIT.sectionText), style },
  }),
};

const inline = list(typed(INLINE), long, 0);
const border = { border: integer(0, 1) };
const section = shape({ need: { elements: inline } });

const PARTS: { [type: string]: Rule } = {
  rich_text_section: section,
  rich_text_quote: shape({ need: { elements: inline }, may: border }),
  rich_text_preformatted: shape({
    need: { elements: list(typed({ text: INLINE.text ?? anything, link: INLINE.link ?? anything }), long, 0) },
    may: { ...border, language: text(LIMIT.id) },
  }),
  rich_text_list: shape({
    need: { style: oneOf('bullet', 'ordered'), elements: list(typed({ rich_text_section: section }), long, 0) },
    may: { ...border, indent: integer(0, 8), offset: integer(0, long) },
  }),
};

export const richTextElements: Rule = list(typed(PARTS), long, 0);
/** A rich_text block outside a message's list of blocks: in an input's value or a table's cell. */
export const richText: Rule = typed({
  rich_text: shape({ need: { elements: richTextElements }, may: { block_id: text(LIMIT.id) } }),
});
