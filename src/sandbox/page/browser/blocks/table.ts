import { html, type TemplateResult } from 'lit';
import { asObject, asObjects, asText, type Json } from '../../../json.ts';
import type { WireBlock } from '../../wire.ts';
import { richText } from '../richText.ts';
import type { Scene } from '../scene.ts';

/** Slack draws the first row as the head. */
export function table({ store }: Scene, block: WireBlock): TemplateResult {
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const [head = [], ...rows] = (Array.isArray(block.rows) ? block.rows : []).map(asObjects);
  const align = (index: number): string => asText(asObject(settings[index]).align) || 'left';
  const content = (cell: Json) => (cell.type === 'rich_text' ? richText(store, cell) : asText(cell.text));
  return html`<div class="table" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead>
        <tr>${head.map((cell, index) => html`<th scope="col" class=${align(index)}>${content(cell)}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((cell, index) => html`<td class=${align(index)}>${content(cell)}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}
