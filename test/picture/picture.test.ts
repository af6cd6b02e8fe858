import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { checkFonts, fontOptions, shorten, wrap } from '../../src/picture/fonts.ts';
import { drawPicture } from '../../src/picture/index.ts';
import { COLOUR, specOf } from '../../src/picture/spec.ts';
import { STORED, WEEK } from './week.ts';

type Pixels = { width: number; height: number; at: (x: number, y: number) => [number, number, number] };

/** The pixels of a PNG, over white. */
function pixelsOf(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`;
  const { pixels } = new Resvg(svg, { background: '#ffffff' }).render();
  const at = (x: number, y: number): [number, number, number] => {
    const from = 4 * (y * width + x);
    return [pixels[from] ?? 0, pixels[from + 1] ?? 0, pixels[from + 2] ?? 0];
  };
  return { width, height, at };
}

/** How much of two pictures of the same size differs by more than a rounding, 0 to 1. */
function difference(a: Pixels, b: Pixels): number {
  let different = 0;
  for (let y = 0; y < a.height; y++)
    for (let x = 0; x < a.width; x++) {
      const other = b.at(x, y);
      if (a.at(x, y).some((value, i) => Math.abs(value - (other[i] ?? 0)) > 24)) different++;
    }
  return different / (a.width * a.height);
}

/** How many pixels of the area are darker than grey. */
function ink({ at }: Pixels, area: { x: number; y: number; width: number; height: number }): number {
  let found = 0;
  for (let y = area.y; y < area.y + area.height; y++)
    for (let x = area.x; x < area.x + area.width; x++) if (Math.max(...at(x, y)) < 128) found++;
  return found;
}

const drawn = pixelsOf(await drawPicture(WEEK, { scale: 1 }));

describe('the picture of a report', () => {
  it('looks as it was last looked at (node test/picture/week.ts stores it anew)', () => {
    const stored = pixelsOf(readFileSync(STORED));
    expect([drawn.width, drawn.height]).toEqual([stored.width, stored.height]);
    expect(difference(drawn, stored)).toBeLessThan(0.005);
  });

  it('is as wide as a phone, not much higher than wide, and small enough to load anywhere', async () => {
    const png = await drawPicture(WEEK);
    expect(png.readUInt32BE(16)).toBe(1080);
    expect(png.readUInt32BE(20)).toBeLessThan(2 * 1080);
    expect(png.length).toBeLessThan(250_000);
    expect((await drawPicture(WEEK)).equals(png)).toBe(true);
  });

  it('has its words: the title, what stands below the columns, and what stands at the rows', () => {
    expect(ink(drawn, { x: 18, y: 18, width: 324, height: 100 })).toBeGreaterThan(1500);
    const { height } = specOf(WEEK);
    expect(ink(drawn, { x: 200, y: height - 200, width: 142, height: 20 })).toBeGreaterThan(50);
  });

  it('keeps its words inside, however long they are and whatever they are written in', async () => {
    const long = 'Vendorapprovalwithoutthreecompetingoffers '.repeat(9);
    const bar = { label: long, value: 1, text: long, usual: null };
    const wide = pixelsOf(
      await drawPicture(
        { title: long, subtitle: long, columns: null, rows: { title: long, bars: [bar] } },
        { scale: 1 },
      ),
    );
    const right = { x: 345, y: 0, width: 15, height: wide.height };
    expect([wide.width, ink(wide, right), ink(wide, { ...right, x: 0 })]).toEqual([360, 0, 0]);
  });

  it('is drawn of nothing at all, and of years', async () => {
    const none = { title: 'Nothing happened.', subtitle: 'Exceptions', columns: null, rows: null };
    expect((await drawPicture(none, { scale: 1 })).length).toBeGreaterThan(500);
    const bars = Array.from({ length: 120 }, (_, i) => ({ label: `${i}`, value: i % 40, strong: true }));
    const years = { ...none, columns: { title: 'Requests a month', bars, usual: null } };
    expect((await drawPicture(years, { scale: 1 })).length).toBeGreaterThan(1000);
  });

  it('that takes too long is given up', async () => {
    await expect(drawPicture(WEEK, { patience: 1 })).rejects.toThrow('too long');
  });
});

describe('the fonts', () => {
  it('are shipped; where one is missing or is none, nothing is drawn rather than a picture without words', () => {
    expect(() => checkFonts()).not.toThrow();
    const without = { ...fontOptions(), fontFiles: ['/nowhere/Inter.ttf'] };
    expect(() => checkFonts(without)).toThrow('/nowhere/Inter.ttf is missing');
    expect(() => checkFonts({ ...fontOptions(), fontFiles: [import.meta.filename] })).toThrow('no font');
  });

  it('tell how much fits: what does not is cut, and the cut is shown', () => {
    const pen = { size: 14, weight: 400 as const };
    expect(shorten('Discount', 200, pen)).toBe('Discount');
    expect(shorten('Discount for a very large customer', 100, pen)).toMatch(/^Discount for.*…$/);
    expect(wrap('one two three four five six', 60, pen, 2)).toEqual(['one two', expect.stringMatching(/^three.*…$/)]);
    expect(shorten('\u0000a\n\tb', 200, pen)).toBe('a b');
  });
});

/** Linear light, 0 to 1, of each of red, green and blue. */
const linear = (hex: string): number[] =>
  [1, 3, 5].map((from) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = linear(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

/** What is left of linear light for eyes without one kind of cone: Machado, Oliveira and Fernandes, 2009. */
const EYES = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** CIE Lab of linear light. */
function lab([red = 0, green = 0, blue = 0]: number[]): number[] {
  const cube = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = cube((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = cube(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = cube((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function apart(a: string, b: string, eyes: number[]): number {
  const seen = (hex: string) => {
    const light = linear(hex);
    return [0, 1, 2].map((row) => light.reduce((sum, value, i) => sum + value * (eyes[3 * row + i] ?? 0), 0));
  };
  const [one, other] = [lab(seen(a)), lab(seen(b))];
  return Math.hypot(...one.map((value, i) => value - (other[i] ?? 0)));
}

describe('the colours', () => {
  it('of words can be read on white', () => {
    for (const colour of [COLOUR.ink, COLOUR.quiet]) expect(contrast(colour, '#ffffff')).toBeGreaterThan(7);
    // Numbers stand in the columns.
    expect(contrast(COLOUR.ink, COLOUR.weak)).toBeGreaterThan(7);
    expect(contrast('#ffffff', COLOUR.strong)).toBeGreaterThan(4.5);
  });

  it.each(Object.entries(EYES))('that lie on each other stay apart for eyes with %s of their cones', (_, eyes) => {
    const { strong, weak, usual } = COLOUR;
    for (const [a, b] of [
      [strong, weak],
      [strong, usual],
      [weak, usual],
    ] as const)
      expect(apart(a, b, eyes), `${a} and ${b}`).toBeGreaterThan(25);
  });
});
