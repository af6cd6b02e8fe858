import { html, nothing, type TemplateResult } from 'lit';
import { place } from './floating.ts';
import { icon } from './icons.ts';
import { View } from './view.ts';

export type MenuItem = {
  text: string;
  /** Smaller, below. */
  more?: string;
  picture?: TemplateResult;
  /** One of several that are alike: the one that counts now. */
  checked?: boolean;
  run: () => void;
};

/** A button that opens a menu: arrows walk, Escape and Tab close, focus returns to the button. */
export class PopMenu extends View {
  static override properties = {
    label: {},
    icon: {},
    items: { attribute: false },
    face: { attribute: false },
    open: { state: true },
  };
  declare label: string;
  declare icon: string;
  declare items: MenuItem[];
  /** What the button shows, if not an icon. */
  declare face: TemplateResult | undefined;
  declare open: boolean;

  constructor() {
    super();
    this.label = '';
    this.icon = 'more';
    this.items = [];
    this.open = false;
  }

  get #button(): HTMLElement | null {
    return this.querySelector('button');
  }

  get #menu(): HTMLElement | null {
    return this.querySelector('[role=menu]');
  }

  async #show(): Promise<void> {
    this.open = true;
    await this.updateComplete;
    const [menu, button] = [this.#menu, this.#button];
    if (menu === null || button === null) return;
    menu.showPopover();
    place(menu, button);
    (menu.querySelector<HTMLElement>('[aria-checked=true]') ?? menu.querySelector<HTMLElement>('button'))?.focus();
  }

  #hide(refocus: boolean): void {
    if (!this.open) return;
    this.open = false;
    if (refocus) this.#button?.focus();
  }

  #pick(item: MenuItem): void {
    this.#hide(true);
    item.run();
  }

  #key(event: KeyboardEvent): void {
    const items = [...(this.#menu?.querySelectorAll<HTMLElement>('button') ?? [])];
    const index = items.indexOf(document.activeElement as HTMLElement);
    const to: { [key: string]: number } = {
      ArrowDown: index + 1,
      ArrowUp: index - 1 + items.length,
      Home: 0,
      End: items.length - 1,
    };
    const next = to[event.key];
    if (next !== undefined) items[next % items.length]?.focus();
    else if (event.key === 'Escape') this.#hide(true);
    else if (event.key === 'Tab') this.#hide(true);
    else return;
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Focus went elsewhere: somebody clicked beside the menu. */
  #left(event: FocusEvent): void {
    if (!this.contains(event.relatedTarget as Node | null)) this.#hide(false);
  }

  #drawItem(item: MenuItem): TemplateResult {
    return html`<button
      type="button"
      role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked=${item.checked ?? nothing}
      tabindex="-1"
      @click=${() => this.#pick(item)}
    >
      ${item.picture ?? nothing}
      <span class="menu-text">${item.text}${item.more === undefined ? nothing : html`<small>${item.more}</small>`}</span>
    </button>`;
  }

  protected override render(): TemplateResult {
    return html`<button
        type="button"
        class=${this.face === undefined ? 'icon-button' : 'face-button'}
        aria-label=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.open}
        @click=${() => (this.open ? this.#hide(true) : this.#show())}
      >${this.face ?? icon(this.icon)}</button>
      ${
        this.open
          ? html`<div
              role="menu"
              class="menu"
              popover="manual"
              aria-label=${this.label}
              @keydown=${this.#key}
              @focusout=${this.#left}
            >${this.items.map((item) => this.#drawItem(item))}</div>`
          : nothing
      }`;
  }
}

customElements.define('pop-menu', PopMenu);
