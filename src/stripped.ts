/**
 * The program's own files without their types, kept between starts: taking the types out of hundreds of files is up to half
 * of a start's work. Node's compile cache would save it too, but holds what it has read for as long as the process lives:
 * 11 MB here.
 */
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';

/** Beside the packages: whoever may write there may change the program itself, and `npm ci` clears it. */
const FOLDER = new URL('../node_modules/.cache/carveout/', import.meta.url);

/**
 * From here on, files that are loaded are kept in `folder`, by their address, and taken from there unless they changed. Where
 * nothing can be kept, as in a read-only checkout, every start takes the types out again.
 */
export function keepStripped(folder: URL = FOLDER): void {
  let mayKeep = true;
  registerHooks({
    load(url, context, load) {
      if (!url.startsWith('file:') || !url.endsWith('.ts')) return load(url, context);
      const source = readFileSync(new URL(url), 'utf8');
      const place = new URL(`${hash('sha256', url)}.js`, folder);
      const kept = keptAt(place, source);
      if (kept !== null) return { format: 'module', source: kept, shortCircuit: true };
      const text = strip(source);
      // Node says better what is wrong with it.
      if (text === null) return load(url, context);
      mayKeep = mayKeep && keep(folder, place, sealed(source, text));
      return { format: 'module', source: text, shortCircuit: true };
    },
  });
}

const SEAL = '\n// ';
const HEX = 64;

/** Ends with what it was made of, so that neither an old text nor one that a power cut broke off is ever run. */
const sealed = (source: string, text: string): string =>
  `${text}${SEAL}${hash('sha256', [process.versions.amaro, source, text].join('\0'))}`;

function keptAt(place: URL, source: string): string | null {
  try {
    const kept = readFileSync(place, 'utf8');
    return kept === sealed(source, kept.slice(0, -(SEAL.length + HEX))) ? kept : null;
  } catch {
    return null;
  }
}

/** Whole or not at all. @returns whether it could be kept */
function keep(folder: URL, place: URL, text: string): boolean {
  try {
    const draft = new URL(`${place.href}.${process.pid}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, place);
    return true;
  } catch {
    return false;
  }
}

/** Null where this Node cannot. It warns that this may change one day, which is of no use to whoever starts a program. */
function strip(source: string): string | null {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } catch {
    return null;
  } finally {
    process.emitWarning = emitWarning;
  }
}
