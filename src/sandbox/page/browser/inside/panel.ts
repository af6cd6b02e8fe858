import { html, type TemplateResult } from 'lit';
import { isObject, type Json } from '../../../json.ts';
import { load } from '../api.ts';
import type { Store } from '../store.ts';
import { View } from '../view.ts';
import { json } from './json.ts';

/** The host's content changes when something happens: looked at again when the traffic pauses. */
const AGAIN_MS = 300;
const LONG = 24;

/** Something the host shows about itself: rows as a table, anything else as JSON. */
class HostPanel extends View {
  static override properties = {
    store: { attribute: false },
    panel: {},
    content: { state: true },
    filter: { state: true },
  };
  declare store: Store;
  declare panel: string;
  declare content: unknown;
  declare filter: string;
  #timer = 0;
  readonly #again = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), AGAIN_MS);
  };

  constructor() {
    super();
    this.filter = '';
  }

  protected override firstUpdated(): void {
    this.store.onNews.add(this.#again);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.store.onNews.delete(this.#again);
  }

  async #load(): Promise<void> {
    const { panel } = await load<{ panel: unknown }>(`panels/${this.panel}`).catch((error: Error) => ({
      panel: error.message,
    }));
    this.content = panel;
  }

  protected override render(): TemplateResult {
    const { content } = this;
    if (content === undefined) return html`<p class="empty">Loading…</p>`;
    if (!Array.isArray(content) || !content.every(isObject)) return html`<div class="line-more">${json(content)}</div>`;
    const wanted = this.filter.trim().toLowerCase();
    const rows = content.filter((row) => JSON.stringify(row).toLowerCase().includes(wanted));
    const typed = (event: Event) => {
      this.filter = (event.target as HTMLInputElement).value;
    };
    return html`<div class="filters">
        <input type="search" aria-label="Filter" placeholder="Filter" .value=${this.filter} @input=${typed} />
      </div>
      ${rows.length === 0 ? html`<p class="empty">Nothing yet.</p>` : rowTable(rows)}`;
  }
}

function rowTable(rows: Json[]): TemplateResult {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return html`<div class="rows" tabindex="0" role="region" aria-label="Rows">
    <table>
      <thead><tr>${keys.map((key) => html`<th scope="col">${key}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${keys.map((key) => html`<td>${cell(row[key])}</td>`)}</tr>`)}</tbody>
    </table>
  </div>`;
}

function cell(value: unknown): TemplateResult | string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object')
    return html`<details><summary>${Array.isArray(value) ? `${value.length} items` : 'show'}</summary>${json(value)}</details>`;
  const text = String(value);
  const isHash = text.length > LONG && /^[\w+/=:-]+$/.test(text) && !text.includes(' ');
  return isHash ? html`<code title=${text}>${text.slice(0, 12)}…</code>` : text;
}

customElements.define('host-panel', HostPanel);
