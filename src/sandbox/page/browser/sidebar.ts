import { html, nothing, type TemplateResult } from 'lit';
import type { WireChannel } from '../wire.ts';
import type { Here } from './address.ts';
import { icon } from './icons.ts';
import { unread } from './messages.ts';
import { face, roleOf } from './person.ts';
import type { Store } from './store.ts';
import { zoneName } from './time.ts';

const isAt = (here: Here, at: Here['at']): boolean => JSON.stringify(here.at) === JSON.stringify(at);

function place(
  store: Store,
  at: Here['at'],
  mark: TemplateResult,
  name: string,
  news = { count: 0, pings: 0 },
): TemplateResult {
  const isHere = isAt(store.here, at);
  return html`<li>
    <button
      type="button"
      class="place ${news.count > 0 ? 'unread' : ''}"
      aria-current=${isHere ? 'page' : nothing}
      @click=${() => store.go(at)}
    >
      ${mark}<span class="place-name">${name}</span>
      ${news.count > 0 && news.pings === 0 ? html`<span class="hidden">, unread</span>` : nothing}
      ${news.pings > 0 ? html`<span class="hidden">, </span><span class="count">${news.pings}<span class="hidden"> for you</span></span>` : nothing}
    </button>
  </li>`;
}

const markOf = ({ kind, shared }: WireChannel): TemplateResult =>
  kind === 'private' ? icon('lock') : shared ? icon('shared') : html`<span class="hash"></span>`;

/** Who one is, and where one can go. */
export function sidebar(store: Store): TemplateResult {
  const { state, me, directory } = store;
  const channels = (state?.channels ?? []).filter(({ kind, archived }) => kind !== 'im' && !archived);
  const im = state?.channels.find(({ kind }) => kind === 'im');
  const news = (channel: WireChannel) => unread(channel, me, store.groups());
  const list = (which: WireChannel[]) =>
    which.map((channel) => place(store, { channel: channel.id }, markOf(channel), channel.name, news(channel)));
  const [mine, others] = [channels.filter(({ member }) => member), channels.filter(({ member }) => !member)];
  return html`<nav class="sidebar" id="sidebar" aria-label="Channels and apps" data-tour="sidebar">
    <h1>${directory.team.name}</h1>
    <p class="self">
      ${face(me)}
      <span><strong>${me.name}</strong><small>${roleOf(me)}</small><small>${zoneName(me.tz)}${me.groups.length > 0 ? ` · ${me.groups.map((handle) => `@${handle}`).join(' ')}` : ''}</small></span>
      <a class="icon-button" href="?as=${me.handle}" target="_blank" rel="noopener" aria-label="Open another window" title="Another window: two windows can be two people">${icon('window')}</a>
    </p>
    <h2 id="mine">Channels</h2>
    <ul aria-labelledby="mine">${list(mine)}</ul>
    <h2 id="apps">Apps</h2>
    <ul aria-labelledby="apps">
      ${im === undefined ? nothing : place(store, { tab: 'messages' }, face({ ...directory.app, image: '' }, 'tiny'), directory.app.name, news(im))}
    </ul>
    ${others.length === 0 ? nothing : html`<h2 id="others">Not joined</h2><ul class="quiet" aria-labelledby="others">${list(others)}</ul>`}
  </nav>`;
}
