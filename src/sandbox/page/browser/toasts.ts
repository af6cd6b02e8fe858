import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import type { Store } from './store.ts';

/** What went wrong, as Slack says it; gone after a while. */
export const toasts = (store: Store): TemplateResult =>
  html`<div class="toasts" role="status" aria-live="polite">
    ${store.toasts.map(
      ({ id, text }) => html`<div class="toast"><span>${text}</span>
        <button type="button" class="icon-button" aria-label="Dismiss" @click=${() => store.dropToast(id)}>${icon('close')}</button></div>`,
    )}
  </div>`;
