import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { nameToEmoji } from 'gemoji';

/**
 * What the browser loads. Sources lie below `/_sandbox/src/` as they lie in this folder's parent, so that their relative
 * imports hold; Lit comes from node_modules by way of the import map. Nothing else of the disk is served. The page names
 * them all below `/_sandbox/<edition>/`, where the browser may keep them: what is changed has another address.
 */
const SOURCES = new URL('../', import.meta.url);
/** Modules of the sandbox that are pure, and serve both sides. */
const SHARED = new Set(['json.ts', 'limits.ts', 'mrkdwn.ts']);

const TYPES: { [extension: string]: string } = {
  html: 'text/html; charset=utf-8',
  ts: 'text/javascript; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

const PACKAGES: { [name: string]: string } = {
  lit: 'index.js',
  'lit-html': 'lit-html.js',
  'lit-element': 'lit-element.js',
  '@lit/reactive-element': 'reactive-element.js',
};

/** Where npm put a package; Lit's own packages are found from Lit's place. */
function folderOf(name: string): string {
  const fromHere = createRequire(import.meta.url);
  const lit = fromHere.resolve('lit');
  const main = name === 'lit' ? lit : createRequire(lit).resolve(name);
  return main.slice(0, main.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
}

/** The page's own modules and styles, and those it shares, below the folder of the sandbox. */
async function sources(): Promise<string[]> {
  const own = await readdir(new URL('page/browser', SOURCES), { recursive: true });
  return [
    ...own.filter((file) => /\.(ts|css)$/.test(file)).map((file) => `page/browser/${file.replaceAll('\\', '/')}`),
    ...SHARED,
  ];
}

/** Another one as soon as a file is another. */
async function editionOf(files: string[]): Promise<string> {
  const packages = Object.entries(PACKAGES).map(([name, main]) => folderOf(name) + main);
  const all = [...files.map((file) => new URL(file, SOURCES)), ...packages];
  const times = await Promise.all(all.map(async (file) => `${file} ${(await stat(file)).mtimeMs}`));
  return createHash('sha256').update(times.join('\n')).digest('hex').slice(0, 12);
}

const importMapOf = (edition: string): string =>
  JSON.stringify({
    imports: Object.fromEntries(
      Object.entries(PACKAGES).flatMap(([name, main]) => [
        [name, `/_sandbox/${edition}/npm/${name}/${main}`],
        [`${name}/`, `/_sandbox/${edition}/npm/${name}/`],
      ]),
    ),
  });

/** Nothing is loaded from elsewhere but the pictures that messages name, and no script but the page's own runs. */
const policyFor = (importMap: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'sha256-${createHash('sha256').update(importMap).digest('base64')}'`,
    "img-src 'self' data: http: https:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The page, naming every module so that the browser asks for all at once and not one import after the other. */
async function sendIndex(res: ServerResponse): Promise<void> {
  const files = await sources();
  const edition = await editionOf(files);
  const importMap = importMapOf(edition);
  const modules = files.filter((file) => file.endsWith('.ts')).map((file) => `src/${file}`);
  const packages = Object.entries(PACKAGES).map(([name, main]) => `npm/${name}/${main}`);
  const preloads = [...modules, ...packages].map(
    (file) => `<link rel="modulepreload" href="/_sandbox/${edition}/${file}">`,
  );
  const text = (await readFile(new URL('page/index.html', SOURCES), 'utf8'))
    .replaceAll('"/_sandbox/src/', `"/_sandbox/${edition}/src/`)
    .replace('{"imports":{}}', importMap)
    .replace('</head>', `${preloads.join('\n')}\n</head>`);
  const headers = { 'content-type': TYPES.html, 'cache-control': 'no-store' };
  res.writeHead(200, { ...headers, 'content-security-policy': policyFor(importMap) }).end(text);
}

/** The text of one of the page's files, or undefined where there is none. */
async function textOf(path: string): Promise<string | undefined> {
  if (path === '/_sandbox/emoji.json') return JSON.stringify(nameToEmoji);
  const [, kind, rest = ''] = /^\/_sandbox\/(?:[\da-f]{12}\/)?(src|npm)\/([\w@./-]+)$/.exec(path) ?? [];
  if (kind === undefined || rest.includes('..')) return undefined;
  if (kind === 'npm') {
    const name = Object.keys(PACKAGES).find((each) => rest.startsWith(`${each}/`));
    return name === undefined || !rest.endsWith('.js')
      ? undefined
      : readFile(folderOf(name) + rest.slice(name.length + 1), 'utf8');
  }
  if (!SHARED.has(rest) && !/^page\/browser\/[\w/-]+\.(ts|css)$/.test(rest)) return undefined;
  const text = await readFile(new URL(rest, SOURCES), 'utf8');
  return rest.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
}

/** Sends one of the page's own files; false when there is none at this path. */
export async function sendPageFile(res: ServerResponse, path: string): Promise<boolean> {
  if (path === '/') {
    await sendIndex(res);
    return true;
  }
  const text = await textOf(path).catch(() => undefined);
  if (text === undefined) return false;
  const extension = path.slice(path.lastIndexOf('.') + 1);
  const kept = /^\/_sandbox\/[\da-f]{12}\//.test(path);
  res
    .writeHead(200, {
      'content-type': TYPES[extension] ?? 'application/json',
      'cache-control': kept ? 'max-age=31536000, immutable' : 'no-store',
    })
    .end(text);
  return true;
}
