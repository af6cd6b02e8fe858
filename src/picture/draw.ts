/** A picture as a PNG. Loads what draws it, which is large: only the process that draws imports this. */
import { Resvg } from '@resvg/resvg-js';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { checkFonts, fontOptions } from './fonts.ts';
import type { Picture } from './picture.ts';
import { specOf, WIDTH } from './spec.ts';

/** Nothing is fetched: the pictures hold no address. */
const loader = {
  ...{ options: {}, file: refuse, http: refuse, load: refuse, sanitize: refuse },
  fileAccess: false,
};
async function refuse(): Promise<never> {
  throw new Error('a picture loads nothing');
}

/**
 * The same bytes for the same picture.
 * @param scale pixels a unit; a picture is 360 units wide
 * @throws where the fonts are not there
 */
export async function draw(picture: Picture, scale: number): Promise<Buffer> {
  checkFonts();
  return new Resvg(await svgOf(picture), {
    ...{ font: fontOptions(), background: '#ffffff' },
    fitTo: { mode: 'width', value: Math.round(WIDTH * scale) },
  })
    .render()
    .asPng();
}

async function svgOf(picture: Picture): Promise<string> {
  const { spec, width, height } = specOf(picture);
  const warnings: string[] = [];
  const note = (...said: unknown[]) => {
    warnings.push(said.join(' '));
    return logger;
  };
  const level = () => logger;
  const logger = { level, error: note, warn: note, info: () => logger, debug: () => logger };
  const { spec: drawn } = compile(spec, { logger: logger as never });
  if (warnings.length > 0) throw new Error(`the picture is put together wrong: ${warnings.join('; ')}`);
  // Its size is known, and would else be guessed from how wide words may be.
  const view = new View(parse({ ...drawn, autosize: 'none', width, height }), { renderer: 'none', loader });
  const svg = await view.toSVG();
  view.finalize();
  return svg.replace(
    / width="[\d.]+" height="[\d.]+" viewBox="[^"]*"/,
    ` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
  );
}
