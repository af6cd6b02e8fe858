import { html, type TemplateResult } from 'lit';
import type { WireMessage } from '../wire.ts';
import type { Store } from './store.ts';
import { typedAgain } from './text.ts';
import { View } from './view.ts';

/** A person's own message while its words are changed: Enter saves, Escape leaves it as it was. */
class MessageEditor extends View {
  static override properties = { store: { attribute: false }, message: { attribute: false } };
  declare store: Store;
  declare message: WireMessage;

  protected override firstUpdated(): void {
    const field = this.querySelector('textarea');
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  async #save(): Promise<void> {
    const text = this.querySelector('textarea')?.value.trim() ?? '';
    const { channel, ts } = this.message;
    if (text === '' && this.message.files.length === 0)
      return this.store.toast('Write something, or delete the message.');
    const answer = await this.store.act({ act: 'edit', channel, ts, text });
    if (answer.ok) this.store.edit(undefined);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) void this.#save();
    else if (event.key === 'Escape') this.store.edit(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  protected override render(): TemplateResult {
    return html`<form
      class="editor"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#save();
      }}
    >
      <textarea rows="2" aria-label="Edit message" .value=${typedAgain(this.store, this.message.text)} @keydown=${this.#key}></textarea>
      <footer>
        <button type="button" class="button" @click=${() => this.store.edit(undefined)}>Cancel</button>
        <button type="submit" class="button primary">Save</button>
      </footer>
    </form>`;
  }
}

customElements.define('message-editor', MessageEditor);
