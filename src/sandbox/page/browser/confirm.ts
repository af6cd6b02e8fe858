import { html, nothing, type TemplateResult } from 'lit';
import { asText, textOf } from '../../json.ts';
import { Dialog } from './dialog.ts';
import type { Question, Store } from './store.ts';
import { text } from './text.ts';

/** The question before a control with `confirm` acts. */
class ConfirmDialog extends Dialog {
  static override properties = { store: { attribute: false }, tick: {} };
  declare store: Store;
  declare tick: number;

  protected override updated(): void {
    if (this.store.question === undefined) this.hide();
    else this.show();
  }

  protected override render(): TemplateResult {
    const { question } = this.store;
    const no = (event: Event) => {
      event.preventDefault();
      question?.answer(false);
    };
    return html`<dialog class="confirm" role="alertdialog" aria-labelledby="confirm-title" aria-describedby="confirm-text" @cancel=${no}>
      ${question === undefined ? nothing : this.#draw(question, no)}
    </dialog>`;
  }

  #draw({ confirm, answer }: Question, no: (event: Event) => void): TemplateResult {
    return html`<h2 id="confirm-title">${textOf(confirm.title)}</h2>
      <div id="confirm-text">${text(this.store, confirm.text)}</div>
      <footer class="modal-foot">
        <button type="button" class="button" @click=${no}>${textOf(confirm.deny) || 'Cancel'}</button>
        <button type="button" class="button ${asText(confirm.style) || 'primary'}" @click=${() => answer(true)}>${textOf(confirm.confirm) || 'OK'}</button>
      </footer>`;
  }
}

customElements.define('confirm-dialog', ConfirmDialog);
