/**
 * Text for Slack, safe by construction: a sentence is a `Line` of pieces, written once and rendered as rich text, as
 * context, as markup or as plain text. What people typed is a piece and is never parsed as markup, so it pings nobody.
 */
import type { ContextBlockElement, RichTextElement, RichTextQuote } from '@slack/types';
import type { Instant, Words } from '../core/values.ts';

type Bold = { bold: string };
type At = { at: Instant };
type Person = { person: string };
type Group = { group: string };
type Link = { link: string; text: string };
/** A piece of a sentence; a bare string is shown exactly as it is. */
export type Inline = string | Bold | At | Person | Group | Link;
export type Line = readonly Inline[];
type Hole = Inline | Line | number;

export const bold = (text: string): Bold => ({ bold: text });
/** An instant, shown in the zone of whoever reads it. */
export const date = (at: Instant): At => ({ at });
/** Calls the person: a new message with it pings them. */
export const mention = (person: string): Person => ({ person });
/** Calls everyone in the user group. */
export const groupMention = (group: string): Group => ({ group });
export const link = (url: string, text: string): Link => ({ link: url, text });

const isLine = (hole: Hole): hole is Line => Array.isArray(hole);
const pieces = (hole: Hole): Line => {
  if (typeof hole === 'number') return [String(hole)];
  return isLine(hole) ? hole : [hole];
};

/** Neighbouring strings become one, so that a sentence is as few pieces as it can be. */
function joined(all: Line): Line {
  const result: Inline[] = [];
  for (const piece of all) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else if (piece !== '') result.push(piece);
  }
  return result;
}

/** A sentence: constant parts and holes alike are shown as they are, never parsed. */
export function line(parts: TemplateStringsArray, ...holes: Hole[]): Line {
  return joined(parts.flatMap((part, i) => [part, ...(i < holes.length ? pieces(holes[i] ?? '') : [])]));
}

/** Slack parses & < > in markup; escaped, they are shown, and no mention can be made of them. */
const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const DATE_FORMAT = '{date_short_pretty} {time}';
const unix = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

// Names are asked for once: formatting each instant anew took longer than the rest of a card.
const named = (options: Intl.DateTimeFormatOptions, dates: number[]): string[] =>
  dates.map((date) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(date));
const WEEKDAYS = named(
  { weekday: 'short' },
  // From a Sunday on.
  Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 1, 1 + day)),
);
const MONTHS = named(
  { month: 'short' },
  Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month)),
);
const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** `Fri 4 Dec 2026, 16:00 UTC`; for whatever cannot show the instant in the reader's own zone. */
export function utcText(at: Instant): string {
  const date = new Date(at);
  const day = `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day}, ${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())} UTC`;
}

const dateMarkup = (at: Instant): string => `<!date^${unix(at)}^${DATE_FORMAT}|${utcText(at)}>`;

/** What stands between the angle brackets of a link must not end it. */
const urlMarkup = (url: string): string => escapeMarkup(url).replaceAll('|', '%7C');

function markup(piece: Inline): string {
  if (typeof piece === 'string') return escapeMarkup(piece);
  if ('bold' in piece) return `*${escapeMarkup(piece.bold)}*`;
  if ('at' in piece) return dateMarkup(piece.at);
  if ('person' in piece) return `<@${piece.person}>`;
  if ('group' in piece) return `<!subteam^${piece.group}>`;
  return `<${urlMarkup(piece.link)}|${escapeMarkup(piece.text)}>`;
}

export const asMrkdwn = (sentence: Line): string => sentence.map(markup).join('');

/** Markup of ours with holes that are escaped: mrkdwn`*Deviation*\n${typed}`. */
export const mrkdwn = (parts: TemplateStringsArray, ...holes: Hole[]): string =>
  parts.map((part, i) => part + (i < holes.length ? asMrkdwn(pieces(holes[i] ?? '')) : '')).join('');

/**
 * A sentence for a message's `text`: what a push notification shows and a screen reader says.
 * @param write how an instant is written out, since neither of them knows the reader's zone
 */
export const asText = (sentence: Line, write: (at: Instant) => string): string =>
  sentence
    .map((piece) => {
      if (typeof piece === 'string') return escapeMarkup(piece);
      if ('bold' in piece) return escapeMarkup(piece.bold);
      if ('at' in piece) return escapeMarkup(write(piece.at));
      return 'link' in piece ? escapeMarkup(piece.text) : markup(piece);
    })
    .join('');

/** The words alone, for the record: nothing in it is escaped, and nothing that reads it parses markup. */
export const asPlain = (sentence: Line, write: (at: Instant) => string): string =>
  sentence
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('bold' in piece) return piece.bold;
      if ('at' in piece) return write(piece.at);
      if ('person' in piece) return piece.person;
      return 'group' in piece ? piece.group : piece.text;
    })
    .join('');

function richElement(piece: Inline): RichTextElement {
  if (typeof piece === 'string') return { type: 'text', text: piece };
  if ('bold' in piece) return { type: 'text', text: piece.bold, style: { bold: true } };
  if ('at' in piece)
    return { type: 'date', timestamp: unix(piece.at), format: DATE_FORMAT, fallback: utcText(piece.at) };
  if ('person' in piece) return { type: 'user', user_id: piece.person };
  if ('group' in piece) return { type: 'usergroup', usergroup_id: piece.group };
  return { type: 'link', url: piece.link, text: piece.text };
}

/** Elements of a rich_text section: nothing in it is parsed. */
export const asRich = (sentence: Line): RichTextElement[] => sentence.map(richElement);

/** Elements of a context block: words as plain text, only what must be markup as markup. */
export const asContext = (sentence: Line): ContextBlockElement[] =>
  sentence
    .filter((piece) => typeof piece !== 'string' || piece.trim() !== '')
    .map((piece) =>
      typeof piece === 'string'
        ? { type: 'plain_text', text: piece.trim(), emoji: false }
        : { type: 'mrkdwn', text: markup(piece) },
    );

/** What somebody typed, as they typed it; `removed` where the words were erased. */
export const said = (words: Words, removed: string): string => {
  if (words.text === null) return removed;
  return words.text.trim() === '' ? '–' : words.text;
};

/** What somebody typed, as a quote that is never parsed. */
export const quote = (text: string): RichTextQuote => ({
  type: 'rich_text_quote',
  elements: [{ type: 'text', text }],
});
