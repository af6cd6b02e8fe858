import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { nameToEmoji } from 'gemoji';

/**
 * What the browser loads. Sources lie below `/_sandbox/src/` as they lie in this folder's parent, so that their relative
 * imports hold; Lit comes from node_modules by way of the import map. Nothing else of the disk is served.
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

const importMap = JSON.stringify({
  imports: Object.fromEntries(
    Object.entries(PACKAGES).flatMap(([name, main]) => [
      [name, `/_sandbox/npm/${name}/${main}`],
      [`${name}/`, `/_sandbox/npm/${name}/`],
    ]),
  ),
});

/** Nothing is loaded from elsewhere but the pictures that messages name, and no script but the page's own runs. */
const POLICY = [
  "default-src 'self'",
  `script-src 'self' 'sha256-${createHash('sha256').update(importMap).digest('base64')}'`,
  "img-src 'self' data: http: https:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page, naming every module so that the browser asks for all at once and not one import after the other. */
async function indexPage(): Promise<string> {
  const text = await readFile(new URL('page/index.html', SOURCES), 'utf8');
  const own = (await readdir(new URL('page/browser', SOURCES), { recursive: true }))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/page/browser/${file.replaceAll('\\', '/')}`);
  const shared = [...SHARED].map((file) => `src/${file}`);
  const packages = Object.entries(PACKAGES).map(([name, main]) => `npm/${name}/${main}`);
  const preloads = [...own, ...shared, ...packages].map(
    (file) => `<link rel="modulepreload" href="/_sandbox/${file}">`,
  );
  return text.replace('{"imports":{}}', importMap).replace('</head>', `${preloads.join('\n')}\n</head>`);
}

/** The text of one of the page's files, or undefined where there is none. */
async function textOf(path: string): Promise<string | undefined> {
  if (path === '/') return indexPage();
  if (path === '/_sandbox/emoji.json') return JSON.stringify(nameToEmoji);
  const [, kind, rest = ''] = /^\/_sandbox\/(src|npm)\/([\w@./-]+)$/.exec(path) ?? [];
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
  const text = await textOf(path).catch(() => undefined);
  if (text === undefined) return false;
  const extension = path === '/' ? 'html' : path.slice(path.lastIndexOf('.') + 1);
  const headers = { 'content-type': TYPES[extension] ?? 'application/json', 'cache-control': 'no-store' };
  res.writeHead(200, path === '/' ? { ...headers, 'content-security-policy': POLICY } : headers).end(text);
  return true;
}
