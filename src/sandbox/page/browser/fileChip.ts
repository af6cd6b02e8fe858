import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import type { Store } from './store.ts';

export const sizeText = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};

/** What this page can carry to its server; Slack's own limits are the server's to know. */
const MOST_BYTES = 40_000_000;

/** The files that can be sent; of the others the person is told. */
export function sendable(store: Store, files: Iterable<File>): File[] {
  return [...files].filter(({ name, size }) => {
    const fits = size <= MOST_BYTES;
    if (!fits) store.toast(`${name} is too large for this page, which takes ${sizeText(MOST_BYTES)}.`);
    return fits;
  });
}

export const fileAddress = (store: Store, id: string): string => `/_sandbox/file/${id}?as=${store.me.id}`;

/** A file's name and size, which downloads it. */
export const fileLink = (
  store: Store,
  { id, name, size }: { id: string; name: string; size: number },
): TemplateResult =>
  html`<a class="file" href=${fileAddress(store, id)} download=${name}>${icon('file')}<span>${name}<small>${sizeText(size)}</small></span></a>`;
