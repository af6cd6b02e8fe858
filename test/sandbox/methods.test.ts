import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METHODS } from '../../src/sandbox/index.ts';

const SRC = join(import.meta.dirname, '../../src');
/** What of the source talks to Slack. */
const FOLDERS = ['slack', 'cli'];

/** `client.chat.postMessage(` and `client.paginate('users.list'` as `chat.postMessage` and `users.list`. */
function called(source: string): string[] {
  const direct = [...source.matchAll(/\bclient\.((?:[a-z]\w*\.)+[a-z]\w*)\s*\(/g)].map(([, name]) => name ?? '');
  const references = [...source.matchAll(/\bclient\.(views\.(?:open|push))\b/g)].map(([, name]) => name ?? '');
  const paged = [...source.matchAll(/paginate\(\s*'([\w.]+)'/g)].map(([, name]) => name ?? '');
  return [...direct, ...references, ...paged];
}

describe('the methods of the local Slack', () => {
  it('are all that the bot calls', () => {
    const files = FOLDERS.flatMap((folder) =>
      readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(SRC, folder, file), 'utf8')),
    );
    const methods = [...new Set(files.flatMap(called))].toSorted();
    expect(methods).toContain('chat.postMessage');
    expect(methods).toContain('users.list');
    expect(methods.length).toBeGreaterThan(12);
    expect(methods.filter((name) => !(name in METHODS))).toEqual([]);
  });
});
