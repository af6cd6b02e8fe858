import { html, type TemplateResult } from 'lit';
import { asObject, asObjects, asText, type Json } from '../../json.ts';
import * as inline from './inline.ts';
import type { Store } from './store.ts';

type Drawn = TemplateResult | string;

function piece(store: Store, value: Json): Drawn {
  switch (value.type) {
    case 'text':
      return asText(value.text);
    case 'link':
      return inline.link(store, asText(value.url), asText(value.text) || asText(value.url));
    case 'emoji':
      return inline.emoji(store, asText(value.name));
    case 'user':
      return inline.userMention(store, asText(value.user_id));
    case 'usergroup':
      return inline.groupMention(store, asText(value.usergroup_id));
    case 'channel':
      return inline.channelMention(store, asText(value.channel_id));
    case 'broadcast':
      return inline.broadcast(asText(value.range));
    case 'date':
      return inline.date(store, Number(value.timestamp), asText(value.format), asText(value.fallback));
    case 'color':
      return html`<code>${asText(value.value)}</code>`;
    default:
      return html`<code>${JSON.stringify(value)}</code>`;
  }
}

function styled(store: Store, value: Json): Drawn {
  const style = asObject(value.style);
  let drawn = piece(store, value);
  if (style.code === true) drawn = html`<code>${drawn}</code>`;
  if (style.bold === true) drawn = html`<strong>${drawn}</strong>`;
  if (style.italic === true) drawn = html`<em>${drawn}</em>`;
  if (style.strike === true) drawn = html`<s>${drawn}</s>`;
  if (style.underline === true) drawn = html`<u>${drawn}</u>`;
  return drawn;
}

const pieces = (store: Store, value: Json): Drawn[] => asObjects(value.elements).map((each) => styled(store, each));

function list(store: Store, value: Json): TemplateResult {
  const items = asObjects(value.elements).map((each) => html`<li>${pieces(store, each)}</li>`);
  const indent = `indent-${Math.min(8, Number(value.indent ?? 0))}`;
  return value.style === 'ordered'
    ? html`<ol class=${indent} start=${Number(value.offset ?? 0) + 1}>${items}</ol>`
    : html`<ul class=${indent}>${items}</ul>`;
}

function part(store: Store, value: Json): Drawn {
  switch (value.type) {
    case 'rich_text_quote':
      return html`<blockquote>${pieces(store, value)}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre>${pieces(store, value)}</pre>`;
    case 'rich_text_list':
      return list(store, value);
    default:
      return html`<span class="line">${pieces(store, value)}</span>`;
  }
}

/** A rich_text block, or what stands in a table's cell. */
export const richText = (store: Store, value: Json): TemplateResult =>
  html`<div class="mrkdwn">${asObjects(value.elements).map((each) => part(store, each))}</div>`;
