import { html, type TemplateResult } from 'lit';
import { unescaped } from '../../mrkdwn.ts';
import { angled, emoji } from './inline.ts';
import type { Store } from './store.ts';

type Drawn = TemplateResult | string | symbol;

/** In order of precedence: what is inside code stays as it is, and marks count only at the edges of words. */
const MARKS = new RegExp(
  [
    /<(?<angled>[^<>\n]*)>/,
    /`(?<code>[^`\n]+)`/,
    /(?<![\w*])\*(?<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/,
    /(?<![\w])_(?<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w])/,
    /(?<![\w~])~(?<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])/,
    /(?<!\w):(?<emoji>[a-z0-9_+'-]+):/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

function inline(store: Store, text: string): Drawn[] {
  const drawn: Drawn[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    drawn.push(unescaped(text.slice(from, match.index)), mark(store, match.groups ?? {}));
    from = match.index + match[0].length;
  }
  return [...drawn, unescaped(text.slice(from))];
}

function mark(store: Store, groups: { [name: string]: string | undefined }): Drawn {
  if (groups.angled !== undefined) return angled(store, groups.angled);
  if (groups.code !== undefined) return html`<code>${unescaped(groups.code)}</code>`;
  if (groups.bold !== undefined) return html`<strong>${inline(store, groups.bold)}</strong>`;
  if (groups.italic !== undefined) return html`<em>${inline(store, groups.italic)}</em>`;
  if (groups.strike !== undefined) return html`<s>${inline(store, groups.strike)}</s>`;
  return emoji(store, groups.emoji ?? '');
}

const QUOTE = /^(?:&gt;|>) ?/;
const ITEM = /^(\s*(?:•|◦|-|\d+\.) )(.*)$/;

/** Lines as they stand, quoted lines together behind a bar, list items with their text aligned. */
function lines(store: Store, text: string): Drawn[] {
  const drawn: Drawn[] = [];
  let plain: string[] = [];
  let quoted: string[] = [];
  const settle = () => {
    if (plain.length > 0) drawn.push(html`<span class="line">${inline(store, plain.join('\n'))}</span>`);
    if (quoted.length > 0) drawn.push(html`<blockquote>${inline(store, quoted.join('\n'))}</blockquote>`);
    plain = [];
    quoted = [];
  };
  const all = text.split('\n');
  for (const [index, line] of all.entries()) {
    if (/^(?:(?:&gt;|>){3})/.test(line)) {
      settle();
      quoted = [line.replace(/^(?:(?:&gt;|>){3}) ?/, ''), ...all.slice(index + 1)];
      break;
    }
    const [, bullet, item] = ITEM.exec(line) ?? [];
    if (QUOTE.test(line)) {
      if (plain.length > 0) settle();
      quoted.push(line.replace(QUOTE, ''));
    } else if (bullet !== undefined && item !== undefined) {
      settle();
      drawn.push(
        html`<span class="item"><span class="bullet">${bullet}</span><span>${inline(store, item)}</span></span>`,
      );
    } else {
      if (quoted.length > 0) settle();
      plain.push(line);
    }
  }
  settle();
  return drawn;
}

/** Slack's mrkdwn. What was escaped stays text. */
export const mrkdwn = (store: Store, text: string): TemplateResult => {
  const pieces = text.split(/```([\s\S]+?)```/);
  const drawn = pieces.map((piece, index) =>
    index % 2 === 1
      ? html`<pre>${unescaped(piece.replace(/^\n|\n$/g, ''))}</pre>`
      : piece === ''
        ? ''
        : lines(store, piece),
  );
  return html`<div class="mrkdwn">${drawn}</div>`;
};

/** Text with emoji and nothing else. */
export function plain(store: Store, text: string): Drawn[] {
  return text
    .split(/(:[a-z0-9_+'-]+:)/)
    .map((piece, index) => (index % 2 === 1 ? emoji(store, piece.slice(1, -1)) : piece));
}
