/** The fonts that are shipped, and how wide words are in them. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

const require = createRequire(import.meta.url);
const files = () => [
  require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  require.resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf'),
];
export const FAMILY = 'Inter';
type Weight = 400 | 700;

/** Nothing of this machine's own: the same picture everywhere. */
export const fontOptions = () => ({
  fontFiles: files(),
  loadSystemFonts: false,
  defaultFontFamily: FAMILY,
});

/**
 * Resvg leaves out all text without a word where it has no font for it.
 * @throws where a font is missing or is none
 */
export function checkFonts(options = fontOptions()): void {
  for (const file of options.fontFiles) if (!existsSync(file)) throw new Error(`the font ${file} is missing`);
  for (const weight of [400, 700] as const)
    if (widthOf('Ag', 16, weight, options) === 0) throw new Error(`no font of the weight ${weight} can be drawn with`);
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => ESCAPED[sign] ?? '');

/** Units of the picture. */
function widthOf(text: string, size: number, weight: Weight, font = fontOptions()): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="100"><text y="50" font-family="${FAMILY}" font-size="${size}" font-weight="${weight}">${escaped(text)}</text></svg>`;
  return new Resvg(svg, { font }).innerBBox()?.width ?? 0;
}

export type Pen = { size: number; weight: Weight };

/** One line without what would not be seen. For a sign that it lacks the font has a box. */
const drawable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();

/** The text, cut where it is wider than `room`, the cut shown. */
export function shorten(text: string, room: number, { size, weight }: Pen): string {
  const points = [...drawable(text)];
  if (widthOf(points.join(''), size, weight) <= room) return points.join('');
  let [fits, tooLong] = [0, points.length];
  while (tooLong - fits > 1) {
    const half = Math.floor((fits + tooLong) / 2);
    if (widthOf(`${points.slice(0, half).join('')}…`, size, weight) <= room) fits = half;
    else tooLong = half;
  }
  return `${points.slice(0, fits).join('').trimEnd()}…`;
}

/** The text in lines of `room`, at most `most` of them, the last one cut. */
export function wrap(text: string, room: number, pen: Pen, most: number): string[] {
  const lines: string[] = [];
  let rest = drawable(text).split(' ');
  while (rest.length > 0 && lines.length < most - 1) {
    let taken = 1;
    while (taken < rest.length && widthOf(rest.slice(0, taken + 1).join(' '), pen.size, pen.weight) <= room) taken++;
    lines.push(shorten(rest.slice(0, taken).join(' '), room, pen));
    rest = rest.slice(taken);
  }
  return rest.length === 0 ? lines : [...lines, shorten(rest.join(' '), room, pen)];
}
