import { html, type TemplateResult } from 'lit';
import type { Json } from '../../../json.ts';

/** What this page cannot draw: never nothing. */
export const unknown = (value: Json): TemplateResult =>
  html`<details class="unknown">
    <summary>This page cannot draw “${String(value.type)}”</summary>
    <pre>${JSON.stringify(value, null, 2)}</pre>
  </details>`;
