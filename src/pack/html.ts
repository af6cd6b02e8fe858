/** HTML by construction: what stands in a hole is text and shown as it is, unless it was made by this tag itself. */

export type Html = { readonly html: string };
type Hole = Html | string | number | null | false | readonly Hole[];

/** A carriage return would become a line feed on its way through a parser, and the text would no longer give its hash. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
const escaped = (text: string): string => text.replace(/[&<>"\r]/g, (found) => ESCAPES[found] ?? found);

function filled(hole: Hole): string {
  if (hole === null || hole === false) return '';
  if (typeof hole === 'string') return escaped(hole);
  if (typeof hole === 'number') return String(hole);
  return 'html' in hole ? hole.html : hole.map(filled).join('');
}

export const html = (parts: TemplateStringsArray, ...holes: Hole[]): Html => ({
  html: parts.map((part, i) => part + filled(holes[i] ?? null)).join(''),
});

/** Text of our own that is markup already: a style sheet, a script. */
export const raw = (text: string): Html => ({ html: text });

/** JSON that stands in a script element, which nothing in it can end. */
export const json = (value: unknown): Html => raw(JSON.stringify(value).replaceAll('<', '\\u003c'));
