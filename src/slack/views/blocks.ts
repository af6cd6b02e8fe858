/** Block Kit's pieces, made so that none can exceed a limit or parse what somebody typed. */
import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  InputBlock,
  KnownBlock,
  ModalView,
  PlainTextElement,
  RichTextBlock,
  SectionBlock,
  TextObject,
} from '@slack/types';
import { LIMIT, truncate } from '../limits.ts';
import { asContext, asRich, bold, type Line, line, mrkdwn, quote } from '../mrkdwn.ts';

/** Slack refuses an empty text. */
const NOTHING = '–';

export const plain = (text: string, limit: number = LIMIT.sectionText): PlainTextElement => ({
  type: 'plain_text',
  text: truncate(text || NOTHING, limit),
  emoji: false,
});

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, LIMIT.header) });
export const section = (text: string): SectionBlock => ({ type: 'section', text: plain(text) });
export const divider = (): DividerBlock => ({ type: 'divider' });

/** Markup of our own: only for texts of bounded length without anything that somebody typed. */
export const markupSection = (text: string): SectionBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** A sentence, shown as it is. */
export const says = (...sentences: Line[]): RichTextBlock => ({
  type: 'rich_text',
  elements: sentences.map((sentence) => ({ type: 'rich_text_section', elements: asRich(sentence) })),
});

/** A sentence and what somebody wrote, quoted. */
export const saysAndQuotes = (sentence: Line, text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: asRich(sentence) }, quote(text)],
});

/** A sentence, and below it a text as it is, to be copied. */
export const preformatted = (sentence: Line, text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [
    { type: 'rich_text_section', elements: asRich(sentence) },
    { type: 'rich_text_preformatted', elements: [{ type: 'text', text }] },
  ],
});

export const quoted = (text: string): RichTextBlock => ({ type: 'rich_text', elements: [quote(text)] });

/** A label in bold above what somebody wrote. */
export const labelled = (label: string, text: string): RichTextBlock => saysAndQuotes(line`${bold(label)}`, text);

export const context = (sentence: Line | string): ContextBlock => ({
  type: 'context',
  elements: typeof sentence === 'string' ? [plain(sentence)] : asContext(sentence).slice(0, LIMIT.contextElements),
});

/** A labelled fact; `typed` by somebody is never parsed, anything else may hold a date. */
export const field = (label: string, value: Line | string): TextObject => ({
  type: 'mrkdwn',
  text: mrkdwn`*${label}*\n${value}`,
});
export const typedField = (label: string, value: string): TextObject => plain(`${label}\n${value}`, LIMIT.fieldText);

/** Facts side by side, in as many sections as they need. */
export function facts(all: TextObject[]): SectionBlock[] {
  const sections: SectionBlock[] = [];
  for (let at = 0; at < all.length; at += LIMIT.sectionFields)
    sections.push({ type: 'section', fields: all.slice(at, at + LIMIT.sectionFields) });
  return sections;
}

export function button(action: string, text: string, value: string, style?: 'primary' | 'danger'): Button {
  const made: Button = { type: 'button', action_id: action, text: plain(text, LIMIT.buttonText), value };
  return style ? { ...made, style } : made;
}

type Confirm = { title: string; text: string; confirm: string; deny: string };
/** The same button where it asks again first: what it does cannot be taken back. */
export const asking = (made: Button, { title, text, confirm, deny }: Confirm): Button => ({
  ...made,
  confirm: {
    title: plain(title, LIMIT.confirmTitle),
    text: plain(text, LIMIT.confirmText),
    confirm: plain(confirm, LIMIT.confirmButton),
    deny: plain(deny, LIMIT.confirmButton),
  },
});

/** @param id new whenever what the buttons are about is new, so that Slack forgets what was drawn before */
export const actions = (id: string, elements: ActionsBlock['elements']): ActionsBlock => ({
  type: 'actions',
  block_id: id,
  elements,
});

type Input = Omit<InputBlock, 'type' | 'label' | 'hint'> & { label: string; hint?: string | undefined };
export const input = ({ label, hint, ...rest }: Input): InputBlock => ({
  type: 'input',
  label: plain(label),
  ...(hint ? { hint: plain(hint) } : {}),
  ...rest,
});

type Modal = {
  callback: string;
  title: string;
  close: string;
  submit?: string;
  /** What the modal carries, encoded. */
  metadata?: string;
  blocks: KnownBlock[];
};
export const modal = ({ callback, title, close, submit, metadata, blocks }: Modal): ModalView => ({
  type: 'modal',
  callback_id: callback,
  title: plain(title, LIMIT.viewTitle),
  close: plain(close, LIMIT.viewButton),
  ...(submit ? { submit: plain(submit, LIMIT.viewButton) } : {}),
  ...(metadata ? { private_metadata: metadata } : {}),
  blocks: blocks.slice(0, LIMIT.modalBlocks),
});
