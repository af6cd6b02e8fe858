import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { icon } from '../icons.ts';
import type { Store } from '../store.ts';
import { View } from '../view.ts';
import './panel.ts';
import './traffic.ts';

/** The drawer that shows what goes over the wire, and what the host shows about itself. */
class LookInside extends View {
  static override properties = { store: { attribute: false }, tick: {}, tab: { state: true } };
  declare store: Store;
  declare tick: number;
  /** A panel's id; empty: the traffic. */
  declare tab: string;

  constructor() {
    super();
    this.tab = '';
  }

  get #tabs(): { id: string; title: string }[] {
    return [{ id: '', title: 'Traffic' }, ...this.store.directory.panels];
  }

  #walk(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tabs = this.#tabs;
    if (step === undefined) return;
    const index = tabs.findIndex(({ id }) => id === this.tab);
    this.tab = tabs[(index + step + tabs.length) % tabs.length]?.id ?? '';
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus());
  }

  protected override render(): TemplateResult {
    const { store, tab, tick } = this;
    return html`<header class="place-head app-head">
        <h2>Look inside</h2>
        <div role="tablist" aria-label="Look inside" @keydown=${this.#walk}>
          ${this.#tabs.map(
            ({ id, title }) => html`<button
              type="button"
              role="tab"
              id="inside-tab-${id}"
              aria-selected=${tab === id}
              aria-controls="inside-panel"
              tabindex=${tab === id ? 0 : -1}
              @click=${() => {
                this.tab = id;
              }}
            >${title}</button>`,
          )}
        </div>
        <button type="button" class="icon-button corner" aria-label="Close the drawer" @click=${() => this.dispatchEvent(new Event('close'))}>${icon('close')}</button>
      </header>
      <div class="inside-panel" role="tabpanel" id="inside-panel" aria-labelledby="inside-tab-${tab}">
        ${
          tab === ''
            ? html`<traffic-list .store=${store} .tick=${tick}></traffic-list>`
            : keyed(tab, html`<host-panel .store=${store} .panel=${tab}></host-panel>`)
        }
      </div>`;
  }
}

customElements.define('look-inside', LookInside);
