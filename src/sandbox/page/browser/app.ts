import { html, nothing, type TemplateResult } from 'lit';
import './clock.ts';
import './confirm.ts';
import { icon } from './icons.ts';
import './inside/index.ts';
import './modal.ts';
import { face } from './person.ts';
import { mainPlace, threadPane } from './places.ts';
import { rail } from './rail.ts';
import { sidebar } from './sidebar.ts';
import { Store } from './store.ts';
import { nextTheme, theme } from './theme.ts';
import { toasts } from './toasts.ts';
import type { GuidedTour } from './tour.ts';
import './tour.ts';
import { View } from './view.ts';

/** The whole window. */
export class LocalSlack extends View {
  static override properties = {
    tick: { state: true },
    failure: { state: true },
    menuOpen: { state: true },
    insideOpen: { state: true },
  };
  /** Counts the redraws that the store asked for. */
  declare tick: number;
  declare failure: string;
  /** On a narrow screen the sidebar comes on demand. */
  declare menuOpen: boolean;
  declare insideOpen: boolean;
  readonly #store = new Store(() => {
    this.tick += 1;
  });

  constructor() {
    super();
    this.tick = 0;
    this.failure = '';
    this.menuOpen = false;
    this.insideOpen = false;
    this.#store.start().catch((error: unknown) => {
      this.failure = error instanceof Error ? error.message : String(error);
    });
  }

  #topBar(): TemplateResult {
    return html`<header class="top">
      <button type="button" class="icon-button only-narrow" aria-label="Channels and people" aria-expanded=${this.menuOpen} @click=${() => {
        this.menuOpen = !this.menuOpen;
      }}>${icon('menu')}</button>
      <span class="only-narrow">${face(this.#store.me, 'small')}</span>
      <p class="brand">Local Slack <span>everything stays on this machine</span></p>
      <span class="spacer"></span>
      ${this.#store.directory.clock ? html`<business-clock .store=${this.#store} .tick=${this.tick}></business-clock>` : nothing}
      <button type="button" class="face-button" data-tour="inside" aria-pressed=${this.insideOpen} title="What goes over the wire" @click=${() => {
        this.insideOpen = !this.insideOpen;
      }}>${icon('eye')}<span>Look inside</span></button>
      ${
        this.#store.directory.tour.length === 0
          ? nothing
          : html`<button type="button" class="icon-button" aria-label="Tour" title="Tour" @click=${() => this.querySelector<GuidedTour>('guided-tour')?.begin()}>${icon('help')}</button>`
      }
      <button type="button" class="icon-button" aria-label="Colours: ${theme()}" title="Colours: ${theme()}" @click=${() => {
        nextTheme();
        this.requestUpdate();
      }}>${icon(theme() === 'dark' ? 'moon' : 'sun')}</button>
    </header>`;
  }

  protected override render(): TemplateResult {
    const store = this.#store;
    if (this.failure !== '') return html`<p class="empty" role="alert">${this.failure}</p>`;
    if (store.state === undefined) return html`<p class="empty">Opening…</p>`;
    const { tick } = this;
    return html`${this.#topBar()}
      <div class="window ${this.menuOpen ? 'menu-open' : ''}" @click=${this.#away}>
        <div class="side">${rail(store)}${sidebar(store)}</div>
        ${mainPlace(store, tick)} ${threadPane(store, tick)}
        ${
          this.insideOpen
            ? html`<look-inside class="inside" role="complementary" aria-label="Look inside" .store=${store} .tick=${tick} @close=${() => {
                this.insideOpen = false;
              }}></look-inside>`
            : nothing
        }
      </div>
      <guided-tour .store=${store} .tick=${tick}></guided-tour>
      <modal-stack .store=${store} .tick=${tick}></modal-stack>
      <confirm-dialog .store=${store} .tick=${tick}></confirm-dialog>
      ${store.state.modals.length === 0 ? toasts(store) : nothing}`;
  }

  /** Whoever chose a place on a narrow screen wants to see it. */
  #away(event: Event): void {
    const target = event.target as HTMLElement;
    if (target.closest('.place, main') !== null) this.menuOpen = false;
  }
}
