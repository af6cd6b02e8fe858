import { html, nothing, type TemplateResult } from 'lit';
import type { Clock } from '../wire.ts';
import { load, moveClock } from './api.ts';
import { place } from './floating.ts';
import { icon } from './icons.ts';
import type { Store } from './store.ts';
import { fromLocal, shortTime, toLocal, zoneName } from './time.ts';
import { View } from './view.ts';

const TICK_MS = 10_000;

/** The business clock: what it says, and where it can be moved. Only forward. */
class BusinessClock extends View {
  static override properties = {
    store: { attribute: false },
    tick: {},
    open: { state: true },
    clock: { state: true },
    moving: { state: true },
  };
  declare store: Store;
  declare tick: number;
  declare open: boolean;
  declare clock: Clock | undefined;
  /** The instant that is being moved to, while the app does what has become due. */
  declare moving: string;
  #timer = 0;

  constructor() {
    super();
    this.open = false;
    this.moving = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
    this.#timer = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  async #read(): Promise<void> {
    this.clock = await load<Clock>('clock');
    this.store.setClock(Date.parse(this.clock.now));
  }

  async #show(): Promise<void> {
    this.open = true;
    await this.#read();
    await this.updateComplete;
    const [panel, button] = [this.querySelector<HTMLElement>('[popover]'), this.querySelector('button')];
    if (panel === null || button === null || panel.matches(':popover-open')) return;
    panel.showPopover();
    place(panel, button);
    panel.querySelector<HTMLElement>('button, input')?.focus();
  }

  #hide(): void {
    this.open = false;
    this.querySelector('button')?.focus();
  }

  async #move(to: string): Promise<void> {
    this.moving = to;
    const answer = await moveClock(to);
    this.moving = '';
    if (!answer.ok) this.store.toast(answer.error ?? 'The clock did not move.');
    this.#hide();
  }

  #moveToTyped(event: Event): void {
    event.preventDefault();
    const local = this.querySelector<HTMLInputElement>('[type=datetime-local]')?.value ?? '';
    if (local !== '') void this.#move(fromLocal(local, this.store.me.tz).toISOString());
  }

  #left(event: FocusEvent): void {
    const to = event.relatedTarget as Node | null;
    if (to !== null && !this.contains(to)) this.open = false;
  }

  #panel(): TemplateResult {
    const { tz } = this.store.me;
    const busy = this.moving !== '';
    return html`<div
      class="menu clock-panel"
      popover="manual"
      role="group"
      aria-label="Move the clock"
      @focusout=${this.#left}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.#hide()}
    >
      <p>The business clock goes forward only. What falls due on the way happens at once.</p>
      ${(this.clock?.jumps ?? []).map(
        ({ label, to }) => html`<button type="button" ?disabled=${busy} @click=${() => this.#move(to)}>
          <span class="menu-text">${label}<small>${this.moving === to ? 'Moving…' : shortTime(new Date(to), tz)}</small></span>
        </button>`,
      )}
      <form @submit=${this.#moveToTyped}>
        <label for="clock-to">Another time, ${zoneName(tz)}</label>
        <div class="in-line">
          <input id="clock-to" type="datetime-local" .value=${toLocal(new Date(this.store.now() + 3_600_000), tz)} />
          <input type="submit" class="button" value="Move" ?disabled=${busy} />
        </div>
      </form>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { tz } = this.store.me;
    return html`<button
        type="button"
        class="face-button"
        data-tour="clock"
        aria-expanded=${this.open}
        title="The business clock"
        @click=${() => (this.open ? this.#hide() : this.#show())}
      >${icon('clock')}<span>${shortTime(new Date(this.store.now()), tz)}</span></button>
      ${this.open ? this.#panel() : nothing}`;
  }
}

customElements.define('business-clock', BusinessClock);
