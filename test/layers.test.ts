import { describe, expect, it } from 'vitest';
import { importsOf, readSources, type Source } from './support/imports.ts';

const PURE = [
  ...['slack/ids.ts', 'slack/carried.ts', 'slack/limits.ts', 'slack/mrkdwn.ts'],
  ...['slack/digestContent.ts', 'slack/report/'],
];

/**
 * What each layer may import: folders and files of `src/`, and packages. `type x` for types alone. The first row that a
 * file fits is its own. Every layer but sandbox may also import zod and, except core, Node's own modules and the log.
 */
const LAYERS: readonly { of: readonly string[]; may: readonly string[] }[] = [
  { of: ['core/'], may: ['core/', 'temporal-polyfill', 'big.js'] },
  // Hash tree and checkpoints: pure but for Node's hashing, and of use to any other log.
  { of: ['proof/'], may: ['proof/'] },
  { of: ['app/'], may: ['app/', 'core/', 'yaml'] },
  // Words and numbers in, a PNG out: it knows no exceptions, and is drawn in a process of its own.
  { of: ['picture/'], may: ['picture/', 'vega', 'vega-lite', '@resvg/resvg-js'] },
  {
    of: ['store/'],
    may: [
      ...['store/', 'core/', 'proof/', 'app/ports.ts', 'app/intents.ts', 'app/content.ts'],
      ...['kysely', 'pg', 'canonicalize', 'yaml'],
    ],
  },
  {
    // Evidence packs: files for people who have no Slack, in the words that Slack shows.
    of: ['pack/'],
    may: [
      ...['pack/', 'core/', 'proof/', 'store/', 'slack/views/', 'slack/wording/', 'slack/mrkdwn.ts'],
      ...['canonicalize', 'yaml', 'yazl', 'csv-stringify', 'big.js'],
    ],
  },
  {
    // What is drawn, and what the views are made of: all of it pure. The report's content is drawn twice, in Slack and in
    // a terminal, so it lies beside the views.
    of: ['slack/views/', 'slack/wording/', ...PURE],
    may: [
      ...['slack/views/', 'slack/wording/', ...PURE, 'core/'],
      ...['type app/intents.ts', 'picture/picture.ts', 'type @slack/types', 'type @slack/web-api'],
    ],
  },
  {
    of: ['slack/'],
    // Plain query functions that take the database first are the port: see docs/decisions/0002.
    may: [
      ...['slack/', 'app/', 'core/', 'store/', 'picture/'],
      ...['@slack/bolt', '@slack/web-api', '@slack/socket-mode', 'type @slack/types', 'csv-stringify'],
    ],
  },
  { of: ['jobs/'], may: ['jobs/', 'app/', 'core/', 'store/', 'pg-boss', 'node-cron'] },
  { of: ['intake/'], may: ['intake/', 'app/', 'core/'] },
  { of: ['connectors/'], may: ['connectors/', 'app/', 'core/', 'pg', 'csv-parse', 'json-p3'] },
  { of: ['sandbox/page/'], may: ['sandbox/', 'zod', 'node:', 'lit', 'gemoji'] },
  { of: ['sandbox/'], may: ['sandbox/', 'zod', 'node:'] },
  { of: ['embedded/'], may: ['embedded/'] },
  { of: ['config.ts'], may: [] },
  { of: ['sealKey.ts'], may: ['config.ts'] },
  { of: ['log.ts'], may: ['pino'] },
  { of: ['stripped.ts'], may: [] },
];
/** Composition roots, and what they share. They may import everything; only they import each other, and nobody a program. */
const ROOTS = ['main.ts', 'start.ts', 'demo.ts', 'demo/', 'cli.ts', 'cli/', 'bot.ts', 'work.ts'];
const PROGRAMS = ['main.ts', 'demo.ts', 'demo/prepare.ts', 'cli.ts'];

/** A folder holds what is below it; a package, its own entries. */
const within = (target: string, place: string) =>
  target === place || target.startsWith(/[/:]$/.test(place) ? place : `${place}/`);
const isRoot = (file: string) => ROOTS.some((root) => within(file, root));

function allowed(file: string): readonly string[] | null {
  const row = LAYERS.find(({ of }) => of.some((place) => within(file, place)));
  if (!row) return null;
  if (row.of.some((place) => place.startsWith('sandbox/'))) return row.may;
  // Core and what is drawn from it read neither files nor clocks, and log nothing.
  const pure = row.of.includes('core/') || row.of.includes('slack/views/');
  return pure ? [...row.may, 'zod'] : [...row.may, 'zod', 'node:', 'log.ts'];
}

/** Each import that breaks a row, as `file -> target`. */
function violations(source: Source): string[] {
  const { file } = source;
  const imports = importsOf(source);
  const broken = (target: string) => `${file} -> ${target}`;
  const programs = imports.filter(({ target }) => PROGRAMS.includes(target)).map(({ target }) => broken(target));
  if (isRoot(file)) return programs;
  const may = allowed(file);
  if (!may) return [`${file} belongs to no layer`];
  const fits = ({ target, typeOnly }: (typeof imports)[number]) =>
    may.some((place) =>
      place.startsWith('type ') ? typeOnly && within(target, place.slice(5)) : within(target, place),
    );
  return imports.filter((one) => !fits(one)).map(({ target }) => broken(target));
}

const sources = readSources();

describe('the layers', () => {
  it('import only what their row allows', () => expect(sources.flatMap(violations)).toEqual([]));

  it('were all read', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(500);
    const places = LAYERS.flatMap(({ of }) => of);
    const empty = places.filter((place) => !sources.some(({ file }) => within(file, place)));
    expect(empty, 'a row without a file is a row with a typo').toEqual([]);
  });

  it('leave no import unread: each `from` at the end of a statement was seen', () => {
    for (const source of sources) {
      const written = source.text.match(/^(?:import\b.*|export [*{].*|} ?)\bfrom ['"].*['"];$/gm) ?? [];
      expect(importsOf(source).length, source.file).toBeGreaterThanOrEqual(written.length);
    }
  });
});

describe('the test itself catches', () => {
  const of = (file: string, text: string) => violations({ file, text });

  it.each([
    ['core/x.ts', "import { readFile } from 'node:fs/promises';", 'core/x.ts -> node:fs/promises'],
    ['core/x.ts', "import { log } from '../log.ts';", 'core/x.ts -> log.ts'],
    ['core/x.ts', "import {\n  // it's\n  handle,\n} from '../app/handle.ts';", 'core/x.ts -> app/handle.ts'],
    ['core/x.ts', "export * from '../store/hash.ts';", 'core/x.ts -> store/hash.ts'],
    ['core/x.ts', "export * as hash from '../store/hash.ts';", 'core/x.ts -> store/hash.ts'],
    ['core/x.ts', "export type { Db } from '../store/schema.ts';", 'core/x.ts -> store/schema.ts'],
    ['core/x.ts', 'import "../store/hash.ts";', 'core/x.ts -> store/hash.ts'],
    ['app/x.ts', "const pg = await import('pg');", 'app/x.ts -> pg'],
    ['app/x.ts', 'const it = await import(name);', 'app/x.ts -> computed'],
    ['app/x.ts', 'const it = await import(`./`.concat(name));', 'app/x.ts -> computed'],
    ['app/x.ts', "type Pool = import('pg').Pool;", 'app/x.ts -> pg'],
    ['store/x.ts', "import { handle } from '../app/handle.ts';", 'store/x.ts -> app/handle.ts'],
    ['slack/views/x.ts', "import type { Db } from '../../store/schema.ts';", 'slack/views/x.ts -> store/schema.ts'],
    ['slack/views/x.ts', "import { WebClient } from '@slack/web-api';", 'slack/views/x.ts -> @slack/web-api'],
    ['slack/views/x.ts', "import { type Block } from '@slack/types';", 'slack/views/x.ts -> @slack/types'],
    ['slack/views/x.ts', "import { readFileSync } from 'node:fs';", 'slack/views/x.ts -> node:fs'],
    ['slack/mrkdwn.ts', "import { readRequest } from '../store/requests.ts';", 'slack/mrkdwn.ts -> store/requests.ts'],
    ['slack/listeners/x.ts', "import pg from 'pg';", 'slack/listeners/x.ts -> pg'],
    [
      'jobs/x.ts',
      "import { createDeliverer } from '../slack/deliver/index.ts';",
      'jobs/x.ts -> slack/deliver/index.ts',
    ],
    ['intake/x.ts', "import { connect } from '../store/connect.ts';", 'intake/x.ts -> store/connect.ts'],
    ['sandbox/x.ts', "import { LIMIT } from '../slack/limits.ts';", 'sandbox/x.ts -> slack/limits.ts'],
    ['sandbox/x.ts', "import { createLogger } from '../log.ts';", 'sandbox/x.ts -> log.ts'],
    ['embedded/x.ts', "import pg from 'pg';", 'embedded/x.ts -> pg'],
    ['jobs/x.ts', "import { startBot } from '../bot.ts';", 'jobs/x.ts -> bot.ts'],
    ['demo.ts', "import { run } from './main.ts';", 'demo.ts -> main.ts'],
    ['cli/x.ts', "import '../cli.ts';", 'cli/x.ts -> cli.ts'],
    ['utils/x.ts', '', 'utils/x.ts belongs to no layer'],
    ['app/x.ts', "import { x } from 'zodiac';", 'app/x.ts -> zodiac'],
  ])('in %s: %s', (file, text, violation) => expect(of(file, text)).toEqual([violation]));

  it.each([
    ['core/x.ts', "import { z } from 'zod';\nimport Big from 'big.js';\nimport { decide } from './decide.ts';"],
    ['core/x.ts', "// import pg from 'pg';\n/* await import('pg') */"],
    ['store/x.ts', "import { Migrator } from 'kysely/migration';\nimport type { Log } from '../log.ts';"],
    ['slack/views/x.ts', "import type { KnownBlock } from '@slack/types';"],
    ['slack/listeners/x.ts', "import { readRequest } from '../../store/requests.ts';"],
    ['cli/x.ts', "import { startBot } from '../bot.ts';"],
  ])('nothing in %s: %s', (file, text) => expect(of(file, text)).toEqual([]));
});

describe('core', () => {
  const IMPURE =
    /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bTemporal\.Now\b|\bperformance\b|\bcrypto\b|\bprocess\.|\bsetTimeout\b|\bsetInterval\b|\bfetch\(/;

  it('reads no clock, no chance and no surroundings: time comes in the command', () => {
    const impure = sources.filter(({ file, text }) => within(file, 'core/') && IMPURE.test(text));
    expect(impure.map(({ file }) => file)).toEqual([]);
  });

  it.each(['Date.now()', 'new Date()', 'new Date( )', 'Math.random()', 'Temporal.Now.instant()', 'process.env.X'])(
    'would be caught at %s',
    (text) => expect(text).toMatch(IMPURE),
  );

  it.each(['new Date(at)', 'new Date(Date.parse(at) + ms)', 'Temporal.Instant.from(at)'])('may say %s', (text) =>
    expect(text).not.toMatch(IMPURE),
  );
});
