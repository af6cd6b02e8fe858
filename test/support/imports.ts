import { readdirSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';

const SRC = resolve(import.meta.dirname, '../../src');

/** A file of `src/`, by its path there: `core/decide.ts`. */
export type Source = { file: string; text: string };
/** What a file imports: a path in `src/`, or a package; `computed` where no reader of the source can tell. */
export type Import = { target: string; typeOnly: boolean };

export const readSources = (): Source[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(resolve(SRC, file), 'utf8') }));

/** `import … from 'x'` and `export … from 'x'`, on one line or many. Only `import type` leaves nothing behind at run time. */
const FROM =
  /^(?:import|export)(\s+type)?\s*(?:[\w$]+\s*,\s*)?(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\}|[\w$]+)\s*from\s*['"]([^'"]+)['"]/gm;
const BARE = /^import\s*['"]([^'"]+)['"]/gm;
const CALLED = /\b(?:import|require|import\.meta\.resolve)\s*\(\s*(?:['"`]([^'"`$]+)['"`]\s*[,)]|[^)\s])/g;
/** A comment may speak of imports. Stands no chance against a string with `//` in it, which is cut short and imports nothing. */
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;

export function importsOf({ file, text }: Source): Import[] {
  const resolved = (target: string) => (target.startsWith('.') ? posix.join(posix.dirname(file), target) : target);
  const code = text.replaceAll(COMMENT, '');
  return [
    ...[...text.matchAll(FROM)].map(([, type, target = '']) => ({ target, typeOnly: type !== undefined })),
    ...[...text.matchAll(BARE)].map(([, target = '']) => ({ target, typeOnly: false })),
    ...[...code.matchAll(CALLED)].map(([, target = 'computed']) => ({ target, typeOnly: false })),
  ].map(({ target, typeOnly }) => ({ target: resolved(target), typeOnly }));
}
