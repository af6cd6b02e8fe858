import { View } from './view.ts';

/** A modal dialog of the browser: everything else is out of reach, and focus returns to where it was. */
export class Dialog extends View {
  /** Who had the focus, where the browser itself would not know any more. */
  #before: Element | null = null;

  protected get dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  protected show(): void {
    const { dialog } = this;
    if (dialog === null || dialog.open) return;
    this.#before = document.activeElement;
    dialog.showModal();
  }

  protected hide(): void {
    const { dialog } = this;
    if (dialog === null || !dialog.open) return;
    dialog.close();
    const before = this.#before;
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
    else document.querySelector<HTMLElement>('main textarea')?.focus();
  }
}
