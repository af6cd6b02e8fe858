import { html, type TemplateResult } from 'lit';
import { LIMIT } from '../../limits.ts';
import { icon } from './icons.ts';
import type { Store } from './store.ts';

const sizeText = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};

/** What this page can carry to its server; what Slack takes in a message is far more. */
const MOST_BYTES = 40_000_000;

function fitting(store: Store, files: Iterable<File>, most: number, why: string): File[] {
  return [...files].filter(({ name, size }) => {
    if (size > most) store.toast(`${name} is too large: ${why}`);
    return size <= most;
  });
}

/** The files that can be sent with a message; of the others the person is told. */
export const sendable = (store: Store, files: Iterable<File>): File[] =>
  fitting(store, files, MOST_BYTES, `this page takes ${sizeText(MOST_BYTES)}`);

/** The files that Slack takes in a form. */
export const attachable = (store: Store, files: Iterable<File>): File[] =>
  fitting(store, files, LIMIT.fileInputBytes, 'Slack takes 10 MB in a form');

export const fileAddress = (store: Store, id: string): string => `/_sandbox/file/${id}?as=${store.me.id}`;

/** A file's name and size, which downloads it. */
export const fileLink = (
  store: Store,
  { id, name, size }: { id: string; name: string; size: number },
): TemplateResult =>
  html`<a class="file" href=${fileAddress(store, id)} download=${name}>${icon('file')}<span>${name}<small>${sizeText(size)}</small></span></a>`;
