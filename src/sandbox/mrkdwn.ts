import { asObjects, asText, isObject, type Json } from './json.ts';

/** Names for ids, as the reader's client would show them. */
export type Names = {
  user: (id: string) => string;
  group: (id: string) => string;
  channel: (id: string) => string;
  /** The zone of the reader, for `<!date^…>`. */
  timeZone: string;
};

const MARKUP = /<([^<>]*)>/g;

/** Whom a piece of mrkdwn notifies. What was escaped (`&lt;@U1&gt;`) notifies nobody. */
function pingsOf(text: string): string[] {
  const pings: string[] = [];
  for (const [, inside = ''] of text.matchAll(MARKUP)) {
    const [target = ''] = inside.split('|');
    if (/^@[UW][A-Z0-9]+$/.test(target)) pings.push(target.slice(1));
    else if (/^!subteam\^S[A-Z0-9]+$/.test(target)) pings.push(target.slice('!subteam^'.length));
    else if (/^!(channel|here|everyone)$/.test(target)) pings.push(target.slice(1));
  }
  return pings;
}

/** Whom a message notifies: its blocks if there are any, else its text. Plain text never notifies. */
export function pingsOfMessage(text: string, blocks: Json[]): string[] {
  const found = blocks.length > 0 ? blocks.flatMap(pingsOfBlock) : pingsOf(text);
  return [...new Set(found)];
}

function pingsOfBlock(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(pingsOfBlock);
  if (!isObject(value)) return [];
  switch (value.type) {
    case 'mrkdwn':
    case 'markdown':
      return pingsOf(asText(value.text));
    case 'user':
      return [asText(value.user_id)];
    case 'usergroup':
      return [asText(value.usergroup_id)];
    case 'broadcast':
      return [asText(value.range)];
    case 'plain_text':
      return [];
    default:
      return Object.values(value).flatMap(pingsOfBlock);
  }
}

export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** mrkdwn as its reader reads it: names for ids, dates in the reader's zone, links as their labels. */
export const readable = (text: string, names: Names): string => {
  let read = '';
  let from = 0;
  for (const match of text.matchAll(MARKUP)) {
    read += unescaped(text.slice(from, match.index)) + link(match[1] ?? '', names);
    from = match.index + match[0].length;
  }
  return read + unescaped(text.slice(from));
};

function link(inside: string, names: Names): string {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : inside.slice(bar + 1);
  if (target.startsWith('@')) return `@${names.user(target.slice(1))}`;
  if (target.startsWith('#')) return `#${names.channel(target.slice(1))}`;
  if (target.startsWith('!subteam^')) return `@${names.group(target.slice('!subteam^'.length))}`;
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = ''] = target.split('^');
    return dateText(Number(seconds), format, names.timeZone, label ?? '');
  }
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return unescaped(label ?? target);
}

const DATE_PARTS: { [token: string]: Intl.DateTimeFormatOptions } = {
  date: { month: 'long', day: 'numeric' },
  date_pretty: { month: 'long', day: 'numeric' },
  date_short: { month: 'short', day: 'numeric', year: 'numeric' },
  date_short_pretty: { month: 'short', day: 'numeric', year: 'numeric' },
  date_long: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
  date_long_pretty: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
  date_long_full: { month: 'long', day: 'numeric', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

/** `format` with its `{tokens}` filled in; the fallback where the date is no date. */
export function dateText(seconds: number, format: string, timeZone: string, fallback: string): string {
  if (!Number.isFinite(seconds) || format === '') return fallback;
  const at = new Date(seconds * 1000);
  return format.replaceAll(/\{(\w+)\}/g, (whole, token: string) => formatFor(token, timeZone)?.format(at) ?? whole);
}

/** Made once for each token and zone: to make one takes a hundred times as long as to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(token: string, timeZone: string): Intl.DateTimeFormat | undefined {
  const key = `${token} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = makeFormat(token, timeZone);
  if (made !== undefined) formats.set(key, made);
  return made;
}

function makeFormat(token: string, timeZone: string): Intl.DateTimeFormat | undefined {
  if (token === 'date_num') return new Intl.DateTimeFormat('sv-SE', { timeZone });
  if (token === 'date_slash') return new Intl.DateTimeFormat('en-GB', { timeZone });
  const parts = DATE_PARTS[token];
  return parts && new Intl.DateTimeFormat('en-US', { ...parts, timeZone });
}

/** Everything in blocks that a reader sees, in reading order, one line a piece. */
export function readBlocks(blocks: Json[], names: Names): string {
  return blocks
    .map((block) => readPiece(block, names))
    .filter((line) => line !== '')
    .join('\n');
}

function readPiece(value: Json, names: Names): string {
  const lines = (...pieces: unknown[]): string =>
    pieces
      .flat()
      .map((piece) => (isObject(piece) ? readPiece(piece, names) : ''))
      .filter((line) => line !== '')
      .join('\n');
  switch (value.type) {
    case 'plain_text':
    case 'raw_text':
    case 'raw_number':
    case 'text':
      return asText(value.text);
    case 'mrkdwn':
    case 'markdown':
      return readable(asText(value.text), names);
    case 'section':
      return lines(value.text, value.fields, value.accessory);
    case 'input':
      return lines(value.label, value.hint, value.element);
    case 'image':
      return [lines(value.title), asText(value.alt_text)].filter((line) => line !== '').join('\n');
    case 'table':
      return (Array.isArray(value.rows) ? value.rows : [])
        .map((row) =>
          asObjects(row)
            .map((cell) => readPiece(cell, names))
            .join(' | '),
        )
        .join('\n');
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      return asObjects(value.elements)
        .map((each) => readPiece(each, names))
        .join('');
    case 'user':
      return `@${names.user(asText(value.user_id))}`;
    case 'usergroup':
      return `@${names.group(asText(value.usergroup_id))}`;
    case 'channel':
      return `#${names.channel(asText(value.channel_id))}`;
    case 'broadcast':
      return `@${asText(value.range)}`;
    case 'emoji':
      return `:${asText(value.name)}:`;
    case 'link':
      return asText(value.text) || asText(value.url);
    case 'date':
      return dateText(Number(value.timestamp), asText(value.format), names.timeZone, asText(value.fallback));
    default:
      return lines(value.text, value.title, value.elements, value.placeholder, value.options);
  }
}
