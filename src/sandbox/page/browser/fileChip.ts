import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import type { Store } from './store.ts';

export const sizeText = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};

export const fileAddress = (store: Store, id: string): string => `/_sandbox/file/${id}?as=${store.me.id}`;

/** A file's name and size, which downloads it. */
export const fileLink = (
  store: Store,
  { id, name, size }: { id: string; name: string; size: number },
): TemplateResult =>
  html`<a class="file" href=${fileAddress(store, id)} download=${name}>${icon('file')}<span>${name}<small>${sizeText(size)}</small></span></a>`;
