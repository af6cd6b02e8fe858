import { html, type TemplateResult } from 'lit';
import { isObject, textOf } from '../../json.ts';
import { mrkdwn, plain } from './mrkdwn.ts';
import type { Store } from './store.ts';

/** A text object, by its type. */
export function text(store: Store, value: unknown): TemplateResult {
  if (isObject(value) && value.type === 'mrkdwn') return mrkdwn(store, textOf(value));
  const shown = isObject(value) && value.emoji === false ? textOf(value) : plain(store, textOf(value));
  return html`<span class="plain">${shown}</span>`;
}
