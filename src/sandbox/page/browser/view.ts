import { LitElement } from 'lit';

/** An element without a shadow: one stylesheet for the page, and labels and ids that reach across elements. */
export class View extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
