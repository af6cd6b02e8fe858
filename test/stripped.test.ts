import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const STRIPPED = new URL('../src/stripped.ts', import.meta.url).href;

let folder: string;
const at = (name: string) => join(folder, name);
const kept = () => readdirSync(at('kept')).map((name) => join(at('kept'), name));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carveout-stripped-'));
  const place = JSON.stringify(pathToFileURL(`${at('kept')}/`).href);
  writeFileSync(
    at('program.mjs'),
    `const { keepStripped } = await import(${JSON.stringify(STRIPPED)});
     keepStripped(new URL(${place}));
     console.log((await import('./said.ts')).said);`,
  );
  say('first');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const say = (word: string) => writeFileSync(at('said.ts'), `export const said: string = '${word}';\n`);
/** What the program says, on its standard output and on the other. */
const run = async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [at('program.mjs')]);
  return { said: stdout.trim(), complained: stderr };
};

describe('what is kept without its types', () => {
  it('is used by the next start, which writes nothing, and nobody is warned of anything', async () => {
    expect(await run()).toEqual({ said: 'first', complained: '' });
    const [file = '', ...others] = kept();
    expect(others).toEqual([]);
    expect(readFileSync(file, 'utf8')).not.toContain(': string');
    const { ino } = statSync(file);

    expect(await run()).toEqual({ said: 'first', complained: '' });
    expect(kept()).toEqual([file]);
    expect(statSync(file).ino).toBe(ino);
  });

  it('is made again when its file changes, in its place', async () => {
    await run();
    say('second');
    expect(await run()).toEqual({ said: 'second', complained: '' });
    expect(kept()).toHaveLength(1);
  });

  it.each([
    ['is broken off', (text: string) => text.slice(0, 10)],
    ['is empty', () => ''],
    ['holds another text', (text: string) => text.replace('first', 'third')],
  ])('is made again when it %s', async (_, damage) => {
    await run();
    const [file = ''] = kept();
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, damage(text));
    expect(await run()).toEqual({ said: 'first', complained: '' });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is not needed: where nothing can be kept, the program runs all the same', async () => {
    writeFileSync(at('kept'), 'a file where the folder would be');
    expect(await run()).toEqual({ said: 'first', complained: '' });
  });

  it('is Node’s to complain about where a file cannot be read', async () => {
    writeFileSync(at('said.ts'), 'export enum Said { first }\n');
    await expect(run()).rejects.toThrow(/ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX/);
  });
});
