import { html, nothing, type TemplateResult } from 'lit';
import type { WireChannel } from '../wire.ts';
import { channelAt } from './address.ts';
import { blocks } from './blocks/index.ts';
import './composer.ts';
import { icon } from './icons.ts';
import { face } from './person.ts';
import type { Store } from './store.ts';
import './timeline.ts';

const composer = (store: Store, channel: WireChannel, place: string, tick: number): TemplateResult => {
  if (channel.archived) return html`<p class="closed">#${channel.name} is archived.</p>`;
  if (channel.kind === 'im' && !store.directory.app.writable)
    return html`<p class="closed">Sending messages to this app has been turned off.</p>`;
  if (!channel.member)
    return html`<p class="closed">You are looking at #${channel.name}. ${store.me.name.split(' ')[0]} is not in it.</p>`;
  return html`<message-composer .store=${store} .channel=${channel.id} .place=${place} .tick=${tick}></message-composer>`;
};

function channelPlace(store: Store, channel: WireChannel, tick: number): TemplateResult {
  return html`
    <header class="place-head">
      <h2>${channel.kind === 'private' ? icon('lock') : html`<span class="hash"></span>`}${channel.name}</h2>
      <p>${channel.members} members${channel.shared ? ' · shared with another company' : ''}</p>
    </header>
    <message-list data-tour="messages" role="log" aria-label="Messages in ${channel.name}" tabindex="0" .store=${store} .channel=${channel} .tick=${tick}></message-list>
    ${composer(store, channel, `#${channel.name}`, tick)}
  `;
}

function tab(store: Store, name: 'home' | 'messages', text: string): TemplateResult {
  const isHere = 'tab' in store.here.at && store.here.at.tab === name;
  return html`<button type="button" role="tab" id="tab-${name}" aria-selected=${isHere} aria-controls="app-panel" tabindex=${isHere ? 0 : -1} @click=${() => store.go({ tab: name })}>${text}</button>`;
}

/** Arrows move between the tabs. */
function walkTabs(store: Store, event: KeyboardEvent): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const next = 'tab' in store.here.at && store.here.at.tab === 'home' ? 'messages' : 'home';
  store.go({ tab: next });
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
}

function home(store: Store): TemplateResult {
  const view = store.state?.home ?? null;
  const drawn =
    view === null
      ? html`<p class="empty">${store.directory.app.name} has not made a Home for ${store.me.name.split(' ')[0]} yet.</p>`
      : blocks({ store, place: { where: 'home' }, values: view.state.values }, view.blocks);
  return html`<div class="home" role="tabpanel" id="app-panel" aria-labelledby="tab-home" tabindex="0">${drawn}</div>`;
}

function appPlace(store: Store, tick: number): TemplateResult {
  const { app } = store.directory;
  const im = channelAt(store.state ?? { channels: [] }, { tab: 'messages' });
  const isHome = 'tab' in store.here.at && store.here.at.tab === 'home';
  return html`
    <header class="place-head app-head">
      <h2>${face({ ...app, image: '' }, 'small')}${app.name}</h2>
      <div role="tablist" aria-label=${app.name} @keydown=${(event: KeyboardEvent) => walkTabs(store, event)}>
        ${tab(store, 'home', 'Home')}${tab(store, 'messages', 'Messages')}
      </div>
    </header>
    ${
      isHome || im === undefined
        ? home(store)
        : html`<message-list data-tour="messages" id="app-panel" role="tabpanel" aria-labelledby="tab-messages" tabindex="0" .store=${store} .channel=${im} .tick=${tick}></message-list>
            ${composer(store, im, app.name, tick)}`
    }
  `;
}

/** What stands in the middle. */
export function mainPlace(store: Store, tick: number): TemplateResult {
  const { at } = store.here;
  const channel = 'channel' in at && store.state !== undefined ? channelAt(store.state, at) : undefined;
  return html`<main class="main">${channel === undefined ? appPlace(store, tick) : channelPlace(store, channel, tick)}</main>`;
}

/** A thread beside it. */
export function threadPane(store: Store, tick: number): TemplateResult | typeof nothing {
  const { at, thread } = store.here;
  const channel = store.state === undefined ? undefined : channelAt(store.state, at);
  if (thread === undefined || channel === undefined || ('tab' in at && at.tab === 'home')) return nothing;
  return html`<aside class="thread" aria-label="Thread">
    <header class="place-head">
      <h2>Thread</h2>
      <p>${channel.kind === 'im' ? store.directory.app.name : `#${channel.name}`}</p>
      <button type="button" class="icon-button" aria-label="Close thread" @click=${() => store.go(at)}>${icon('close')}</button>
    </header>
    <message-list role="log" aria-label="Messages in the thread" tabindex="0" .store=${store} .channel=${channel} .thread=${thread} .tick=${tick}></message-list>
    ${
      channel.member && !channel.archived && (channel.kind !== 'im' || store.directory.app.writable)
        ? html`<message-composer .store=${store} .channel=${channel.id} .thread=${thread} place="the thread" .alsoTo=${channel.kind === 'im' ? '' : `#${channel.name}`} .tick=${tick}></message-composer>`
        : nothing
    }
  </aside>`;
}
