/**
 * A picture as Vega-Lite describes it. Drawn for a phone held upright: 360 units wide, few marks, no legend, words beside what
 * they are about. Colours are of Okabe and Ito's palette, which stays apart for colour-blind eyes, and none says anything alone.
 */
import type { TopLevelSpec } from 'vega-lite';
import { FAMILY, type Pen, shorten, wrap } from './fonts.ts';
import type { Columns, Picture, Row, Rows } from './picture.ts';

export const WIDTH = 360;
const MARGIN = 18;
const ROOM = WIDTH - 2 * MARGIN;

export const COLOUR = { ink: '#1d1c1d', quiet: '#54535a', strong: '#0072b2', weak: '#a9c8dd', usual: '#d55e00' };
const TITLE: Pen = { size: 18, weight: 700 };
const SUBTITLE: Pen = { size: 14, weight: 400 };
const SECTION: Pen = { size: 15, weight: 700 };
const LABEL: Pen = { size: 14, weight: 400 };
const NUMBER: Pen = { size: 14, weight: 700 };
const SMALL: Pen = { size: 12, weight: 400 };

const LEADING = 1.3;
const GAP = 20;

/** A part of the picture: how high it is, and its views in Vega-Lite's words. */
type Part = { height: number; layer: object[] };
type Said = { text: string; pen: Pen; colour?: string };

const font = ({ size, weight }: Pen) => ({ font: FAMILY, fontSize: size, fontWeight: weight });
const values = (list: object[]) => ({ values: list });

/** A sentence at a place of the view. */
const word = ({ text, pen, colour = COLOUR.ink }: Said, x: number, y: number, align = 'left') => ({
  data: values([{}]),
  mark: { type: 'text', text, align, baseline: 'top', color: colour, ...font(pen), tooltip: null },
  encoding: { x: { value: x }, y: { value: y } },
});

/** Sentences below each other. */
function words(said: Said[], below: number): Part {
  let y = 0;
  const layer = said.map((one) => {
    const drawn = word(one, 0, y);
    y += Math.round(one.pen.size * LEADING);
    return drawn;
  });
  return { height: y + below, layer };
}

const COLUMNS_HIGH = 110;
/** Above the columns: room for the numbers of those that are too narrow or too low to hold them. */
const NUMBERS_HIGH = 18;
/** Units that a number takes; where columns are narrower, only the highest and the last have theirs. */
const NARROW = 24;
/** What stands below the columns. */
const LABELS_HIGH = 24;

function columns({ title, bars, usual }: Columns): Part[] {
  const most = Math.max(1, usual?.value ?? 0, ...bars.map(({ value }) => value));
  const y = (of: number) => NUMBERS_HIGH + COLUMNS_HIGH * (1 - of / most);
  const floor = NUMBERS_HIGH + COLUMNS_HIGH;
  const step = ROOM / bars.length;
  // Every label is readable, or fewer are written: the last always is.
  const every = Math.ceil(44 / step);
  // A second time as high says nothing new, and beside the last it would be written across it.
  const highest = bars.findIndex(({ value }, i) => value === most && (bars.length - 1 - i) * step > 2 * NARROW);
  const data = bars.map((bar, i) => ({
    ...{ left: i * step + step * 0.12, right: (i + 1) * step - step * 0.12, middle: (i + 0.5) * step },
    // What is nothing is still a line, or it would look as if it were not known.
    ...{ top: Math.min(y(bar.value), floor - 2), floor },
    number: step >= NARROW || i === bars.length - 1 || i === highest ? String(bar.value) : '',
    ...numberIn(bar.strong, step >= NARROW ? floor - y(bar.value) : 0, Math.min(y(bar.value), floor - 2), floor),
    colour: bar.strong ? COLOUR.strong : COLOUR.weak,
    label: (bars.length - 1 - i) % every === 0 ? shorten(bar.label, Math.max(44, step), SMALL) : '',
  }));
  const place = (field: string) => ({ field, type: 'quantitative', scale: null });
  const text = (field: string, pen: Pen, baseline: string, at: object) => ({
    data: values(data),
    mark: { type: 'text', align: 'center', baseline, ...font(pen) },
    encoding: {
      ...{ x: place('middle'), text: { field }, ...at },
      color: field === 'number' ? { field: 'ink', type: 'nominal', scale: null } : { value: COLOUR.ink },
    },
  });
  const line = usual && {
    data: values([{ from: 0, to: ROOM, at: y(usual.value) }]),
    mark: { type: 'rule', color: COLOUR.usual, strokeWidth: 2, strokeDash: [6, 4] },
    encoding: { x: place('from'), x2: { field: 'to' }, y: place('at') },
  };
  const drawn = [
    {
      data: values(data),
      mark: { type: 'rect' },
      encoding: {
        ...{ x: place('left'), x2: { field: 'right' }, y: place('top'), y2: { field: 'floor' } },
        color: { field: 'colour', type: 'nominal', scale: null },
      },
    },
    ...(line ? [line] : []),
    text('number', NUMBER, 'bottom', { y: place('foot') }),
    text('label', SMALL, 'top', { y: { value: floor + 6 } }),
  ];
  const heading = words(
    [
      ...wrap(title, ROOM, SECTION, 2).map((text) => ({ text, pen: SECTION })),
      ...(usual ? [{ text: shorten(usual.text, ROOM, LABEL), pen: LABEL, colour: COLOUR.quiet }] : []),
    ],
    4,
  );
  return [heading, { height: floor + LABELS_HIGH + GAP, layer: drawn }];
}

/** At the foot of its column, where no line crosses it; above one that cannot hold it. `high` is 0 for a narrow one. */
function numberIn(strong: boolean, high: number, top: number, floor: number): { foot: number; ink: string } {
  if (high < NUMBER.size * LEADING) return { foot: top - 3, ink: COLOUR.ink };
  return { foot: floor - 4, ink: strong ? '#ffffff' : COLOUR.ink };
}

const ROW = { words: 20, bar: 13, gap: 10 };

function rows({ title, bars }: Rows): Part[] {
  const most = Math.max(1, ...bars.flatMap(({ value, usual }) => [value, usual ?? 0]));
  // The mark of what is usual stands inside, also at the far end.
  const x = (of: number) => (ROOM - 2) * (of / most);
  const drawn = bars.flatMap((bar, i) => row(bar, i * (ROW.words + ROW.bar + ROW.gap), x));
  const heading = words(
    wrap(title, ROOM, SECTION, 2).map((text) => ({ text, pen: SECTION })),
    6,
  );
  return [heading, { height: bars.length * (ROW.words + ROW.bar + ROW.gap), layer: drawn }];
}

function row({ label, value, text, usual }: Row, y: number, x: (of: number) => number): object[] {
  const said = shorten(text, ROOM * 0.6, NUMBER);
  const top = y + ROW.words;
  const bar = (from: number, to: number, over: number, color: string) => ({
    data: values([{}]),
    mark: { type: 'rect', color },
    encoding: {
      ...{ x: { value: from }, x2: { value: to } },
      ...{ y: { value: top - over }, y2: { value: top + ROW.bar + over } },
    },
  });
  return [
    word({ text: shorten(label, ROOM * (said.length > 12 ? 0.54 : 0.7), LABEL), pen: LABEL }, 0, y),
    word({ text: said, pen: NUMBER }, ROOM, y, 'right'),
    bar(0, Math.max(2, x(value)), 0, COLOUR.strong),
    ...(usual === null ? [] : [bar(x(usual) - 2, x(usual) + 2, 3, COLOUR.usual)]),
  ];
}

export type Specified = { spec: TopLevelSpec; width: number; height: number };

export function specOf({ title, subtitle, ...picture }: Picture): Specified {
  const parts = [
    words([{ text: shorten(subtitle, ROOM, SUBTITLE), pen: SUBTITLE, colour: COLOUR.quiet }], 2),
    words(
      wrap(title, ROOM, TITLE, 5).map((text) => ({ text, pen: TITLE })),
      GAP - 6,
    ),
    ...(picture.columns ? columns(picture.columns) : []),
    ...(picture.rows ? rows(picture.rows) : []),
  ];
  const height = parts.reduce((sum, part) => sum + part.height, 0) + 2 * MARGIN;
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...{ background: '#ffffff', padding: MARGIN, spacing: 0, bounds: 'flush' },
    config: { view: { stroke: null }, font: FAMILY },
    vconcat: parts.map((part) => ({ width: ROOM, height: part.height, layer: part.layer })),
  };
  // Checked when it is compiled, and by what is drawn: the parts are put together from smaller ones.
  return { spec: spec as unknown as TopLevelSpec, width: WIDTH, height };
}
