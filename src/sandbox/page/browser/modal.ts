import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { asObject, textOf } from '../../json.ts';
import type { WireView } from '../wire.ts';
import { blocks } from './blocks/index.ts';
import { Dialog } from './dialog.ts';
import { icon } from './icons.ts';
import { face } from './person.ts';
import type { Store } from './store.ts';
import { toasts } from './toasts.ts';

/** The modal in front of its stack. */
class ModalStack extends Dialog {
  static override properties = { store: { attribute: false }, tick: {} };
  declare store: Store;
  declare tick: number;
  #front = '';

  protected override updated(): void {
    const view = this.store.state?.modals.at(-1);
    if (view === undefined) this.hide();
    else this.show();
    if (this.#front === (view?.id ?? '')) return;
    this.#front = view?.id ?? '';
    this.#focusFirst();
  }

  /** Where the app wants the cursor, else the first field. */
  #focusFirst(): void {
    const fields = 'input:not([type=file]), textarea, select, .modal-body button';
    (this.querySelector<HTMLElement>('[autofocus]') ?? this.querySelector<HTMLElement>(fields))?.focus();
  }

  async #submit(event: Event, view: WireView): Promise<void> {
    event.preventDefault();
    const { store } = this;
    const answer = await store.waiting(`submit ${view.id}`, () =>
      store.inOrder({ where: 'modal', view: view.id }, { act: 'submit', view: view.id }),
    );
    const fields = asObject(asObject(answer?.result).errors) as { [blockId: string]: string };
    store.errors = { view: view.id, fields };
    store.redraw();
    await this.updateComplete;
    this.querySelector<HTMLElement>('[aria-invalid=true], fieldset:has(.error)')?.focus();
  }

  #close(view: WireView, everything: boolean): void {
    void this.store.inOrder({ where: 'modal', view: view.id }, { act: 'close', view: view.id, everything });
  }

  #draw(view: WireView): TemplateResult {
    const { store } = this;
    const busy = store.busy.has(`submit ${view.id}`);
    const close = textOf(view.close) || (view.submit === null ? 'Close' : 'Cancel');
    const scene = { store, place: { where: 'modal' as const, view: view.id }, values: view.state.values };
    return html`<form novalidate @submit=${(event: Event) => this.#submit(event, view)}>
      <header class="modal-head">
        ${face({ name: store.directory.app.name, image: '', id: store.directory.app.id }, 'small')}
        <h2 id="modal-title">${textOf(view.title)}</h2>
        <button type="button" class="icon-button" aria-label="Close all" @click=${() => this.#close(view, true)}>${icon('close')}</button>
      </header>
      <div class="modal-body">${blocks(scene, view.blocks)}</div>
      <footer class="modal-foot">
        <button type="button" class="button" @click=${() => this.#close(view, false)}>${close}</button>
        ${
          view.submit === null
            ? nothing
            : html`<button type="submit" class="button primary ${busy ? 'busy' : ''}" aria-busy=${busy} ?disabled=${view.submit_disabled}>${textOf(view.submit)}</button>`
        }
      </footer>
    </form>`;
  }

  protected override render(): TemplateResult {
    const view = this.store.state?.modals.at(-1);
    const cancel = (event: Event) => {
      event.preventDefault();
      if (view !== undefined) this.#close(view, false);
    };
    return html`<dialog class="modal" aria-labelledby="modal-title" @cancel=${cancel}>
      ${view === undefined ? nothing : keyed(view.id, this.#draw(view))}
      ${view === undefined ? nothing : toasts(this.store)}
    </dialog>`;
  }
}

customElements.define('modal-stack', ModalStack);
