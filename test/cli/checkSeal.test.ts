import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkSeal } from '../../src/cli/checkSeal.ts';
import { makeSealKey } from '../../src/sealKey.ts';

const folder = mkdtempSync(join(tmpdir(), 'carveout-check-'));
const KEY = join(folder, 'seal.pem');
makeSealKey(KEY);
afterAll(() => rmSync(folder, { recursive: true }));

const none = { keyFile: undefined, file: undefined, webhook: undefined };
const found = (changes: Partial<Record<keyof typeof none, string>>) =>
  checkSeal({ ...none, ...changes }).map(({ verdict, what, text }) => `${verdict} ${what}: ${text}`);

describe('check, of the seal', () => {
  it('warns where checkpoints are not signed and stand in Slack alone', () => {
    expect(found({})).toEqual([
      expect.stringMatching(/^warn seal key: there is none.*audit key --new/),
      expect.stringMatching(/^warn checkpoints: they stand in Slack alone.*CARVEOUT_SEAL_FILE/),
    ]);
  });

  it('is content with a key and a file that can be made', () => {
    const file = join(folder, 'checkpoints.txt');
    expect(found({ keyFile: KEY, file })).toEqual([
      `ok seal key: ${KEY} signs checkpoints`,
      `ok checkpoints: they are appended to ${file}`,
    ]);
    expect(found({ keyFile: KEY, webhook: 'https://audit.example.com' })).toHaveLength(1);
  });

  it('fails where the key is no key, and where the file cannot be made', () => {
    expect(found({ keyFile: join(folder, 'lost.pem'), file: join(folder, 'nowhere/checkpoints.txt') })).toEqual([
      expect.stringMatching(/^FAIL seal key: CARVEOUT_SEAL_KEY: cannot read/),
      expect.stringMatching(/^FAIL checkpoints: CARVEOUT_SEAL_FILE: .* cannot be written/),
    ]);
  });
});
