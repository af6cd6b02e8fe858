import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Json } from '../../../json.ts';
import type { TrafficLine } from '../../wire.ts';
import { load } from '../api.ts';
import type { Store } from '../store.ts';
import { View } from '../view.ts';
import { json } from './json.ts';

const SHOWN = 150;

const time = (at: number): string => new Date(at).toISOString().slice(11, 23);

const signatureOf = ({ direction, transport, signed }: TrafficLine): string => {
  if (direction === 'call') return signed ? 'token known' : 'token refused';
  return transport === 'socket' ? 'over the socket' : signed ? 'signed' : 'not signed';
};

/** Every call and delivery, newest first; one opens to its arguments and answer. */
class TrafficList extends View {
  static override properties = {
    store: { attribute: false },
    tick: {},
    filter: { state: true },
    direction: { state: true },
    opened: { state: true },
    entry: { state: true },
  };
  declare store: Store;
  declare tick: number;
  declare filter: string;
  declare direction: '' | 'call' | 'delivery';
  declare opened: number;
  declare entry: Json | undefined;

  constructor() {
    super();
    this.filter = '';
    this.direction = '';
    this.opened = 0;
  }

  async #toggle({ id }: TrafficLine): Promise<void> {
    this.entry = undefined;
    this.opened = this.opened === id ? 0 : id;
    if (this.opened === 0) return;
    const { entry } = await load<{ entry: Json }>(`traffic/${id}`);
    if (this.opened === id) this.entry = entry;
  }

  #lines(): TrafficLine[] {
    const wanted = this.filter.trim().toLowerCase();
    return this.store.traffic
      .filter(({ direction }) => this.direction === '' || direction === this.direction)
      .filter(({ method, error }) => `${method} ${error}`.toLowerCase().includes(wanted))
      .slice(-SHOWN)
      .reverse();
  }

  #line(line: TrafficLine): TemplateResult {
    const isOpen = this.opened === line.id;
    const isCall = line.direction === 'call';
    return html`<li class=${line.error === '' ? '' : 'failed'}>
      <button type="button" class="entry" aria-expanded=${isOpen} @click=${() => this.#toggle(line)}>
        <span class="line-time">${time(line.at)}</span>
        <span class="line-way ${line.direction}">${isCall ? 'app → Slack' : 'Slack → app'}</span>
        <span class="line-method">${line.method}${line.error === '' ? nothing : html` <em>${line.error}</em>`}</span>
        <span class="line-ms">${Math.round(line.ms)} ms</span>
      </button>
      ${isOpen ? this.#details(line) : nothing}
    </li>`;
  }

  #details(line: TrafficLine): TemplateResult {
    if (this.entry === undefined) return html`<p class="quiet-note">Loading…</p>`;
    const { args, answer } = this.entry;
    return html`<div class="line-more">
      <p class="quiet-note">${line.transport}, ${signatureOf(line)}, status ${line.status}</p>
      <h4>${line.direction === 'call' ? 'Arguments' : 'Payload'}</h4>
      ${json(args)}
      <h4>Answer</h4>
      ${answer === '' ? html`<p class="quiet-note">Empty: acknowledged.</p>` : json(answer)}
    </div>`;
  }

  protected override render(): TemplateResult {
    const lines = this.#lines();
    const kinds = [
      ['', 'All'],
      ['call', 'Calls'],
      ['delivery', 'Deliveries'],
    ] as const;
    return html`<div class="filters">
        <input
          type="search"
          aria-label="Filter by method or error"
          placeholder="Filter by method or error"
          .value=${this.filter}
          @input=${(event: Event) => {
            this.filter = (event.target as HTMLInputElement).value;
          }}
        />
        <div role="group" aria-label="Direction" class="segments">
          ${kinds.map(
            ([value, text]) =>
              html`<button type="button" aria-pressed=${this.direction === value} @click=${() => {
                this.direction = value;
              }}>${text}</button>`,
          )}
        </div>
      </div>
      ${lines.length === 0 ? html`<p class="empty">Nothing yet.</p>` : nothing}
      <ol class="lines" aria-label="Traffic">
        ${repeat(
          lines,
          ({ id }) => id,
          (line) => this.#line(line),
        )}
      </ol>`;
  }
}

customElements.define('traffic-list', TrafficList);
