import { html, nothing, type TemplateResult } from 'lit';
import { placeNamed } from './address.ts';
import type { MessageComposer } from './composer.ts';
import { icon } from './icons.ts';
import type { Store } from './store.ts';
import { View } from './view.ts';

const KEY = 'local-slack-tour';

/** The host's few steps, beside the page and never over it. Who has seen or skipped it is left alone. */
class GuidedTour extends View {
  static override properties = { store: { attribute: false }, tick: {}, step: { state: true } };
  declare store: Store;
  declare tick: number;
  /** -1: not shown. */
  declare step: number;

  constructor() {
    super();
    this.step = localStorage.getItem(KEY) === 'done' ? -1 : 0;
  }

  /** From the start, for whoever wants it again. */
  begin(): void {
    void this.#to(0);
  }

  #end(): void {
    localStorage.setItem(KEY, 'done');
    this.step = -1;
  }

  async #to(step: number): Promise<void> {
    const { store } = this;
    const next = store.directory.tour[step];
    if (next === undefined) {
      this.#end();
      return;
    }
    this.step = step;
    const person = store.directory.people.find(({ id, handle }) => next.as === id || next.as === handle);
    if (person !== undefined) await store.become(person.id);
    if (next.at !== undefined && store.state !== undefined) store.go(placeNamed(store.state, next.at));
  }

  #type(text: string): void {
    void document.querySelector<MessageComposer>('main message-composer')?.draft(text);
  }

  protected override updated(): void {
    const wanted = this.store.directory.tour[this.step]?.highlight;
    for (const part of document.querySelectorAll<HTMLElement>('[data-tour]'))
      part.classList.toggle('tour-here', wanted !== undefined && part.dataset.tour === wanted);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { tour } = this.store.directory;
    const step = tour[this.step];
    if (step === undefined) return nothing;
    const isLast = this.step === tour.length - 1;
    const { draft } = step;
    return html`<aside class="tour" aria-label="Tour">
      <button type="button" class="icon-button" aria-label="Skip the tour" @click=${this.#end}>${icon('close')}</button>
      <p class="quiet-note">${this.step + 1} of ${tour.length}</p>
      <h2>${step.title}</h2>
      <p aria-live="polite">${step.text}</p>
      <div class="actions">
        ${this.step > 0 ? html`<button type="button" class="button" @click=${() => this.#to(this.step - 1)}>Back</button>` : nothing}
        ${draft === undefined ? nothing : html`<button type="button" class="button" @click=${() => this.#type(draft)}>Type it for me</button>`}
        <span class="spacer"></span>
        <button type="button" class="button primary" @click=${() => this.#to(this.step + 1)}>${isLast ? 'Done' : 'Next'}</button>
      </div>
    </aside>`;
  }
}

customElements.define('guided-tour', GuidedTour);

export type { GuidedTour };
