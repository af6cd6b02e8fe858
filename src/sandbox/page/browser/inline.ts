import { html, nothing, type TemplateResult } from 'lit';
import { dateText, unescaped } from '../../mrkdwn.ts';
import type { Store } from './store.ts';

/** Names that Slack gave to emoji and others did not. */
const ALIASES: { [name: string]: string } = {
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  large_purple_circle: '🟣',
  large_red_square: '🟥',
  large_green_square: '🟩',
  large_yellow_square: '🟨',
  large_orange_square: '🟧',
  simple_smile: '🙂',
  thinking_face: '🤔',
  hugging_face: '🤗',
  face_with_rolling_eyes: '🙄',
  rolling_on_the_floor_laughing: '🤣',
  face_with_monocle: '🧐',
  'star-struck': '🤩',
  spiral_calendar_pad: '🗓️',
};

export function emoji(store: Store, name: string): TemplateResult | string {
  const drawn = store.emoji[name] ?? ALIASES[name];
  return drawn === undefined
    ? `:${name}:`
    : html`<span class="emoji" role="img" aria-label=${name} title=":${name}:">${drawn}</span>`;
}

export const userMention = (store: Store, id: string): TemplateResult =>
  html`<span class="mention ${id === store.me.id ? 'me' : ''}">@${store.names().user(id)}</span>`;

export const groupMention = (store: Store, id: string): TemplateResult =>
  html`<span class="mention ${store.me.groups.includes(store.names().group(id)) ? 'me' : ''}">@${store.names().group(id)}</span>`;

export const broadcast = (range: string): TemplateResult => html`<span class="mention me">@${range}</span>`;

export function channelMention(store: Store, id: string): TemplateResult {
  const name = store.names().channel(id);
  const visible = store.state?.channels.some((channel) => channel.id === id) ?? false;
  if (!visible) return html`<span class="mention">#${name}</span>`;
  return html`<button type="button" class="mention" @click=${() => store.go({ channel: id })}>#${name}</button>`;
}

export const date = (store: Store, seconds: number, format: string, fallback: string): TemplateResult =>
  html`<time title=${fallback}>${dateText(seconds, format, store.names().timeZone, fallback)}</time>`;

const PERMALINK = /^https:\/\/([\w-]+)\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})/;

/** A link; one to a message of this workspace is followed here. */
export function link(store: Store, url: string, label: unknown): TemplateResult {
  const [, domain, channel = '', seconds, micros] = PERMALINK.exec(url) ?? [];
  if (domain !== undefined && domain === store.directory.team.domain) {
    const open = (event: Event) => {
      event.preventDefault();
      store.openMessage(channel, `${seconds}.${micros}`);
    };
    return html`<a href=${url} @click=${open}>${label}</a>`;
  }
  if (!/^(https?:|mailto:)/.test(url)) return html`${label}`;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${label}</a>`;
}

/** What stands between `<` and `>`. */
export function angled(store: Store, inside: string): TemplateResult | typeof nothing {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : inside.slice(bar + 1);
  if (/^@[UW]/.test(target)) return userMention(store, target.slice(1));
  if (/^#[CG]/.test(target)) return channelMention(store, target.slice(1));
  if (target.startsWith('!subteam^')) return groupMention(store, target.slice('!subteam^'.length));
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = '', url] = target.split('^');
    const drawn = date(store, Number(seconds), format, label ?? '');
    return url === undefined ? drawn : link(store, url, drawn);
  }
  if (target.startsWith('!')) return broadcast(target.slice(1));
  return target === '' ? nothing : link(store, unescaped(target), unescaped(label ?? target));
}
