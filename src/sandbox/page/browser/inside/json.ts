import { html, type TemplateResult } from 'lit';

/** Arguments in a form are JSON inside strings: shown as what they mean. What people write may begin with a bracket, too. */
const openedText = (text: string): unknown => {
  if (!/^[[{]/.test(text)) return text;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return text;
  }
  return opened(parsed);
};

const opened = (value: unknown): unknown => {
  if (typeof value === 'string') return openedText(value);
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, opened(each)]));
};

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;

/** JSON, indented, keys and texts told apart. */
export function json(value: unknown): TemplateResult {
  const text = JSON.stringify(opened(value), null, 2) ?? 'nothing';
  const drawn: (TemplateResult | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, quoted, colon] = match;
    const kind = quoted === undefined ? 'json-value' : colon === undefined ? 'json-text' : 'json-key';
    drawn.push(text.slice(from, match.index), html`<span class=${kind}>${whole}</span>`);
    from = match.index + whole.length;
  }
  return html`<pre class="json" tabindex="0">${drawn}${text.slice(from)}</pre>`;
}
