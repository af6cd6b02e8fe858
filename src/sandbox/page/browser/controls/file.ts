import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { asObjects, asText, asTexts } from '../../../json.ts';
import { base64Of } from '../api.ts';
import { attachable, fileLink } from '../fileChip.ts';
import { icon } from '../icons.ts';
import { type Slot, stateOf } from '../scene.ts';

async function attach({ store, place, at, id }: Slot, chosen: FileList | null): Promise<void> {
  for (const file of attachable(store, chosen ?? [])) {
    const base64 = await base64Of(file);
    await store.waiting(id, () => store.inOrder(place, { act: 'attach', name: file.name, base64, ...place, ...at }));
  }
}

export function fileInput(slot: Slot): TemplateResult {
  const { store, place, at, id, element } = slot;
  const files = asObjects(stateOf(slot)?.files);
  const max = Number(element.max_files ?? 10);
  const types = asTexts(element.filetypes).map((type) => `.${type}`);
  const onchange = async ({ target }: Event) => {
    const input = target as HTMLInputElement;
    await attach(slot, input.files);
    input.value = '';
  };
  return html`<div class="files">
    ${files.map(
      (file) => html`<div class="chosen-file">
        ${fileLink(store, { id: asText(file.id), name: asText(file.name), size: Number(file.size) })}
        <button type="button" class="plain-button" aria-label="Remove ${asText(file.name)}"
          @click=${() => store.inOrder(place, { act: 'detach', file: asText(file.id), ...place, ...at })}>${icon('close')}</button>
      </div>`,
    )}
    <input
      id=${id}
      type="file"
      ?multiple=${max > 1}
      ?disabled=${files.length >= max}
      accept=${ifDefined(types.length > 0 ? types.join(',') : undefined)}
      aria-describedby=${ifDefined(slot.describedBy)}
      aria-invalid=${slot.invalid}
      @change=${onchange}
    />
  </div>`;
}
