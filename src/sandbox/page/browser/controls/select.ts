import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { asText, textOf } from '../../../json.ts';
import { place } from '../floating.ts';
import { icon } from '../icons.ts';
import type { Slot } from '../scene.ts';
import { View } from '../view.ts';
import { chosenIn, type Option, offeredBy, optionsIn } from './options.ts';

const SUGGEST_MS = 250;

/** Every select of Block Kit, one or many, as a combobox: type to narrow down, arrows and Enter to choose. */
class BlockSelect extends View {
  static override properties = {
    slot_: { attribute: false },
    open: { state: true },
    query: { state: true },
    active: { state: true },
    suggested: { state: true },
    asking: { state: true },
  };
  declare slot_: Slot;
  declare open: boolean;
  declare query: string;
  declare active: number;
  declare suggested: Option[];
  declare asking: boolean;
  #timer = 0;

  constructor() {
    super();
    this.open = false;
    this.query = '';
    this.active = 0;
    this.suggested = [];
    this.asking = false;
  }

  get #type(): string {
    return asText(this.slot_.element.type);
  }

  get #isMany(): boolean {
    return this.#type.startsWith('multi_');
  }

  get #isExternal(): boolean {
    return this.#type.includes('external');
  }

  get #options(): Option[] {
    const wanted = this.query.trim().toLowerCase();
    const chosen = this.#isMany ? chosenIn(this.slot_).map(({ value }) => value) : [];
    const all = this.#isExternal ? this.suggested : offeredBy(this.slot_);
    const fits = ({ text, more }: Option) => this.#isExternal || `${text} ${more}`.toLowerCase().includes(wanted);
    return all.filter((option) => !chosen.includes(option.value) && fits(option));
  }

  #show(): void {
    if (this.open) return;
    this.open = true;
    this.query = '';
    const chosen = chosenIn(this.slot_)[0]?.value;
    this.active = this.#isMany
      ? 0
      : Math.max(
          0,
          this.#options.findIndex(({ value }) => value === chosen),
        );
    if (this.#isExternal) this.#ask();
  }

  #hide(): void {
    this.open = false;
    this.query = '';
  }

  protected override updated(): void {
    const list = this.querySelector<HTMLElement>('[role=listbox]');
    const box = this.querySelector<HTMLElement>('.select-box');
    if (list === null || box === null) return;
    if (!list.matches(':popover-open')) list.showPopover();
    place(list, box, { wide: true });
    this.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }

  /** What the app offers, once enough is typed and the typing pauses. */
  #ask(): void {
    clearTimeout(this.#timer);
    if (this.query.length < Number(this.slot_.element.min_query_length ?? 3)) return;
    this.#timer = setTimeout(async () => {
      const { store, place, at } = this.slot_;
      this.asking = true;
      const { query } = this;
      const answer = await store.inOrder(place, { act: 'suggest', query, ...place, ...at });
      this.asking = false;
      if (query === this.query) this.suggested = optionsIn(answer.options);
    }, SUGGEST_MS);
  }

  async #choose(values: string[]): Promise<void> {
    const { store, place, at, element } = this.slot_;
    if (await store.agreed(element.confirm)) await store.inOrder(place, { act: 'choose', values, ...place, ...at });
  }

  #pick(option: Option | undefined): void {
    if (option === undefined) return;
    const chosen = chosenIn(this.slot_).map(({ value }) => value);
    const max = Number(this.slot_.element.max_selected_items ?? Number.POSITIVE_INFINITY);
    this.#hide();
    if (this.#isMany && chosen.length >= max) {
      this.slot_.store.toast(`At most ${max} can be chosen here.`);
      return;
    }
    void this.#choose(this.#isMany ? [...chosen, option.value] : [option.value]);
  }

  #remove(value: string): void {
    void this.#choose(chosenIn(this.slot_).flatMap((option) => (option.value === value ? [] : option.value)));
    this.querySelector('input')?.focus();
  }

  #key(event: KeyboardEvent): void {
    const { key } = event;
    const last = this.#isMany && this.query === '' ? chosenIn(this.slot_).at(-1) : undefined;
    if (key === 'Tab') this.#hide();
    else if (key === 'Backspace' && last !== undefined) this.#remove(last.value);
    else if (this.open ? this.#walk(key) : this.#opens(key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #opens(key: string): boolean {
    const opens = key === 'ArrowDown' || key === 'ArrowUp' || key === 'Enter';
    if (opens) this.#show();
    return opens;
  }

  /** What a key does in the open list; false: nothing. */
  #walk(key: string): boolean {
    const count = Math.max(1, this.#options.length);
    if (key === 'ArrowDown') this.active = (this.active + 1) % count;
    else if (key === 'ArrowUp') this.active = (this.active - 1 + count) % count;
    else if (key === 'Enter') this.#pick(this.#options[this.active]);
    else if (key === 'Escape') this.#hide();
    else return false;
    return true;
  }

  #typed(text: string): void {
    this.#show();
    this.query = text;
    this.active = 0;
    if (this.#isExternal) this.#ask();
  }

  #drawOption(option: Option, index: number, before: Option | undefined): TemplateResult {
    const head = option.group !== '' && option.group !== before?.group;
    const isChosen = !this.#isMany && chosenIn(this.slot_).some(({ value }) => value === option.value);
    return html`${head ? html`<div class="option-group" role="presentation">${option.group}</div>` : nothing}
      <div
        role="option"
        id="${this.slot_.id}-option-${index}"
        class="option"
        aria-selected=${isChosen}
        ?data-active=${index === this.active}
        @click=${() => this.#pick(option)}
      >
        ${option.image === '' ? nothing : html`<img class="small-face" src=${option.image} alt="" />`}
        <span>${option.text}${option.more === '' ? nothing : html`<small>${option.more}</small>`}</span>
      </div>`;
  }

  #nothingText(): string {
    const min = Number(this.slot_.element.min_query_length ?? 3);
    if (this.asking) return 'Looking…';
    if (this.#isExternal && this.query.length < min) return `Type at least ${min} character${min === 1 ? '' : 's'}.`;
    return 'Nothing matches.';
  }

  #drawChips(chosen: Option[]): TemplateResult[] {
    return chosen.map(
      ({ value, text }) => html`<span class="chip">${text}
        <button type="button" aria-label="Remove ${text}" @click=${() => this.#remove(value)}>${icon('close')}</button></span>`,
    );
  }

  #list(options: Option[], name: string): TemplateResult {
    return html`<div
      role="listbox"
      id="${this.slot_.id}-list"
      class="listbox"
      popover="manual"
      aria-label=${name}
      @mousedown=${(event: Event) => event.preventDefault()}
    >
      ${options.map((option, index) => this.#drawOption(option, index, options[index - 1]))}
      ${options.length === 0 ? html`<div class="option none" role="option" aria-disabled="true" aria-selected="false">${this.#nothingText()}</div>` : nothing}
    </div>`;
  }

  protected override render(): TemplateResult {
    const { id, label, describedBy, invalid, required, input, element, block } = this.slot_;
    const chosen = chosenIn(this.slot_);
    const options = this.open ? this.#options : [];
    const shown = this.open || this.#isMany ? this.query : (chosen[0]?.text ?? '');
    const name = label ?? textOf(block.label);
    const hint = this.open && !this.#isMany ? chosen[0]?.text : undefined;
    const mayClear = input && block.optional === true && !this.#isMany && chosen.length > 0;
    return html`<div class="select-box ${this.#isMany ? 'many' : ''}" @mousedown=${this.#press}>
        ${this.#isMany ? this.#drawChips(chosen) : nothing}
        <input
          id=${id}
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          aria-label=${label ?? nothing}
          aria-autocomplete="list"
          aria-expanded=${this.open}
          aria-controls=${this.open ? `${id}-list` : nothing}
          aria-activedescendant=${this.open && options.length > 0 ? `${id}-option-${this.active}` : nothing}
          aria-describedby=${describedBy ?? nothing}
          aria-invalid=${invalid}
          aria-required=${required && input}
          ?autofocus=${element.focus_on_load === true}
          placeholder=${hint ?? (this.#isMany && chosen.length > 0 ? '' : textOf(element.placeholder) || 'Choose an option')}
          .value=${live(shown)}
          @input=${(event: Event) => this.#typed((event.target as HTMLInputElement).value)}
          @keydown=${this.#key}
          @blur=${this.#hide}
        />
        ${
          mayClear
            ? html`<button type="button" class="clear" aria-label="Clear ${name}" @click=${() => this.#choose([])}>${icon('close')}</button>`
            : nothing
        }
        ${icon('down')}
      </div>
      ${this.open ? this.#list(options, name) : nothing}`;
  }

  /** A click anywhere in the box opens it, a second one closes it. */
  #press(event: Event): void {
    const target = event.target as HTMLElement;
    if (target.closest('button') !== null) return;
    const field = this.querySelector('input');
    if (target !== field) {
      event.preventDefault();
      field?.focus();
    }
    if (this.open && target !== field) this.#hide();
    else this.#show();
  }
}

customElements.define('block-select', BlockSelect);
