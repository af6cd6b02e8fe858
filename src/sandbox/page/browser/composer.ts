import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { base64Of } from './api.ts';
import { sendable } from './fileChip.ts';
import { icon } from './icons.ts';
import type { MenuItem } from './menu.ts';
import './menu.ts';
import type { Store } from './store.ts';
import { View } from './view.ts';

type Hint = { insert: string; name: string; usage: string; description: string; run?: () => void };

/** Where a person writes: Enter sends, `/` lists what the app can be told. */
class MessageComposer extends View {
  static override properties = {
    store: { attribute: false },
    channel: {},
    thread: {},
    place: {},
    alsoTo: {},
    tick: {},
    text: { state: true },
    active: { state: true },
    closed: { state: true },
    files: { state: true },
    broadcast: { state: true },
  };
  declare store: Store;
  declare channel: string;
  declare thread: string | undefined;
  /** What the place is called, for the placeholder: `#general`. */
  declare place: string;
  /** In a thread of a channel: the channel, to which a reply can be sent too. */
  declare alsoTo: string;
  declare tick: number;
  declare text: string;
  declare active: number;
  /** The list of commands was put away with Escape. */
  declare closed: boolean;
  declare files: File[];
  /** The reply is to be sent to the channel too. */
  declare broadcast: boolean;
  /** What was begun elsewhere waits there. */
  readonly #kept = new Map<string, string>();
  #where = '';

  constructor() {
    super();
    this.text = '';
    this.alsoTo = '';
    this.active = 0;
    this.closed = false;
    this.files = [];
    this.broadcast = false;
  }

  protected override willUpdate(): void {
    const where = `${this.store.me.id} ${this.channel} ${this.thread ?? ''}`;
    if (where === this.#where) return;
    this.#kept.set(this.#where, this.text);
    this.text = this.#kept.get(where) ?? '';
    this.#where = where;
    this.files = [];
    this.broadcast = false;
  }

  /** Puts a text here and the cursor behind it. */
  async draft(text: string): Promise<void> {
    this.text = text;
    await this.updateComplete;
    this.#field?.focus();
  }

  get #field(): HTMLTextAreaElement | null {
    return this.querySelector('textarea');
  }

  /** Commands and global shortcuts that begin like what is typed. */
  get #hints(): Hint[] {
    if (this.closed || this.thread !== undefined || !/^\/[^\s]*$/.test(this.text)) return [];
    const { commands, shortcuts, app } = this.store.directory;
    const typed = this.text.slice(1).toLowerCase();
    return [
      ...commands.map(({ command, description, usageHint = '' }) => ({
        ...{ insert: `${command} `, name: command, usage: usageHint, description },
      })),
      ...shortcuts
        .filter(({ type }) => type === 'global')
        .map(({ name, description = app.name }) => ({
          ...{ insert: '', name, usage: '', description, run: () => this.#shortcut(name) },
        })),
    ].filter(({ name }) => name.replace('/', '').toLowerCase().startsWith(typed));
  }

  /** The command that is being written, for its usage beside what is typed. */
  get #usage(): string {
    const [, command, rest] = /^(\/\S+) (.*)$/s.exec(this.text) ?? [];
    if (command === undefined || rest !== '' || this.thread !== undefined) return '';
    return this.store.directory.commands.find((each) => each.command === command)?.usageHint ?? '';
  }

  #shortcut(name: string): void {
    this.text = '';
    void this.store.act({ act: 'shortcut', name });
  }

  #take(hint: Hint): void {
    if (hint.run === undefined) void this.draft(hint.insert);
    else hint.run();
  }

  async #send(): Promise<void> {
    const text = this.text.trim();
    const { channel, thread, store } = this;
    const picked = this.files;
    if (text === '' && picked.length === 0) return;
    this.text = '';
    this.files = [];
    if (text.startsWith('/')) {
      if (thread !== undefined) return store.toast(`Slash commands cannot be used in threads, in Slack either.`);
      const [command = '', ...rest] = text.split(/\s+/);
      const key = `command ${channel}`;
      const words = text.slice(command.length).trim();
      const isKnown = store.directory.commands.some((each) => each.command === command);
      if (!isKnown) this.text = [command, ...rest].join(' ');
      await store.waiting(key, () => store.act({ act: 'command', command, text: words, channel }));
      return;
    }
    const files = await Promise.all(picked.map(async (file) => ({ name: file.name, base64: await base64Of(file) })));
    const said = await store.act({
      ...{ act: 'say', channel, text },
      ...(thread === undefined ? {} : { thread, broadcast: this.broadcast }),
      ...(files.length === 0 ? {} : { files }),
    });
    if (said.ok) this.broadcast = false;
    else this.text = text;
  }

  #key(event: KeyboardEvent): void {
    const hints = this.#hints;
    const hint = hints[this.active];
    const count = hints.length;
    if (event.isComposing) return;
    if (count > 0 && event.key === 'ArrowDown') this.active = (this.active + 1) % count;
    else if (count > 0 && event.key === 'ArrowUp') this.active = (this.active - 1 + count) % count;
    else if (count > 0 && event.key === 'Escape') this.closed = true;
    else if (hint !== undefined && event.key === 'Tab') this.#take(hint);
    else if (event.key === 'Enter' && !event.shiftKey) {
      if (hint !== undefined && (hint.run !== undefined || hint.name !== this.text)) this.#take(hint);
      else void this.#send();
    } else return;
    event.preventDefault();
  }

  #typed(event: Event): void {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.active = 0;
    if (!this.text.startsWith('/')) this.closed = false;
  }

  #drawHints(hints: Hint[]): TemplateResult {
    return html`<div class="hints" role="listbox" id="hints" aria-label="Commands">
      <p class="hints-title">Commands of ${this.store.directory.app.name}</p>
      ${hints.map(
        (hint, index) => html`<div
          role="option"
          id="hint-${index}"
          class="option"
          aria-selected=${index === this.active}
          ?data-active=${index === this.active}
          @mousedown=${(event: Event) => event.preventDefault()}
          @click=${() => this.#take(hint)}
        >
          <span><strong>${hint.name}</strong> <span class="usage">${hint.usage}</span><small>${hint.description}</small></span>
        </div>`,
      )}
    </div>`;
  }

  #drawBroadcast(): TemplateResult {
    const tick = ({ target }: Event) => {
      this.broadcast = (target as HTMLInputElement).checked;
    };
    return html`<label class="also"><input type="checkbox" .checked=${live(this.broadcast)} @change=${tick} /> Also send to ${this.alsoTo}</label>`;
  }

  protected override render(): TemplateResult {
    const hints = this.#hints;
    const { store } = this;
    const busy = store.busy.has(`command ${this.channel}`);
    const global: MenuItem[] = store.directory.shortcuts
      .filter(({ type }) => type === 'global')
      .map(({ name, description = '' }) => ({ text: name, more: description, run: () => this.#shortcut(name) }));
    const label = this.thread === undefined ? `Message ${this.place}` : 'Reply';
    return html`<form
      class="composer"
      data-tour=${this.thread === undefined ? 'composer' : nothing}
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#send();
      }}
    >
      ${hints.length > 0 ? this.#drawHints(hints) : nothing}
      ${this.files.map(
        (file) => html`<div class="file">${icon('file')}<span>${file.name}</span>
          <button type="button" class="plain-button" aria-label="Remove ${file.name}" @click=${() => {
            this.files = this.files.filter((each) => each !== file);
          }}>${icon('close')}</button></div>`,
      )}
      <div class="composer-text">
        <textarea
          rows="1"
          role=${this.thread === undefined ? 'combobox' : nothing}
          aria-label=${label}
          aria-autocomplete="list"
          aria-expanded=${this.thread === undefined ? hints.length > 0 : nothing}
          aria-controls=${hints.length > 0 ? 'hints' : nothing}
          aria-activedescendant=${hints.length > 0 ? `hint-${this.active}` : nothing}
          placeholder=${label}
          .value=${live(this.text)}
          @input=${this.#typed}
          @keydown=${this.#key}
        ></textarea>
        ${this.#usage === '' ? nothing : html`<span class="ghost" aria-hidden="true"><span>${this.text}</span>${this.#usage}</span>`}
      </div>
      ${this.thread === undefined || this.alsoTo === '' ? nothing : this.#drawBroadcast()}
      <div class="composer-bar">
        <label class="icon-button" title="Attach a file">${icon('clip')}<span class="hidden">Attach a file</span>
          <input type="file" multiple class="hidden" @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            this.files = [...this.files, ...sendable(this.store, input.files ?? [])];
            input.value = '';
          }} /></label>
        ${global.length === 0 ? nothing : html`<pop-menu label="Shortcuts" icon="bolt" .items=${global}></pop-menu>`}
        <span class="spacer" role="status">${busy ? 'Waiting for the app…' : nothing}</span>
        <button type="submit" class="send" aria-label="Send" ?disabled=${this.text.trim() === '' && this.files.length === 0}>${icon('send')}</button>
      </div>
    </form>`;
  }
}

customElements.define('message-composer', MessageComposer);

export type { MessageComposer };
