import { html, nothing, type TemplateResult } from 'lit';
import { asObject, asText, type Json, textOf } from '../../../json.ts';
import type { WireBlock } from '../../wire.ts';
import type { Scene } from '../scene.ts';

/** A picture's address: anywhere, or a file of this workspace by id or private URL. */
function sourceOf({ store }: Scene, value: Json): string {
  const file = asObject(value.slack_file);
  const id = asText(file.id) || (/-(F[A-Z0-9]+)\//.exec(asText(file.url) || asText(value.image_url))?.[1] ?? '');
  return id === '' ? asText(value.image_url) : `/_sandbox/file/${id}?as=${store.me.id}`;
}

export const imageElement = (scene: Scene, value: Json): TemplateResult =>
  html`<img class="thumbnail" src=${sourceOf(scene, value)} alt=${asText(value.alt_text)} />`;

export const image = (scene: Scene, block: WireBlock): TemplateResult =>
  html`<figure>
    ${block.title === undefined ? nothing : html`<figcaption>${textOf(block.title)}</figcaption>`}
    <img class="picture" src=${sourceOf(scene, block)} alt=${asText(block.alt_text)} />
  </figure>`;
