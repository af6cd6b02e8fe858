import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createClock } from '../src/app/clock.ts';
import { startBot } from '../src/bot.ts';
import { ConfigError, readConfig } from '../src/config.ts';
import { createLogger } from '../src/log.ts';
import { makeSealKey, readSealKey } from '../src/sealKey.ts';

const folder = mkdtempSync(join(tmpdir(), 'carveout-key-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

describe('the key that signs checkpoints', () => {
  it('is none where none is configured', () => expect(readSealKey(undefined)).toBeNull());

  it('is made in a file that nobody else may read, and never over another', () => {
    const made = makeSealKey(path('seal.pem'));
    expect(statSync(path('seal.pem')).mode & 0o777).toBe(0o600);
    expect(readSealKey(path('seal.pem'))?.equals(made)).toBe(true);
    expect(() => makeSealKey(path('seal.pem'))).toThrow(/EEXIST/);
    expect(readSealKey(path('seal.pem'))?.equals(made)).toBe(true);
  });

  const pem = (key: { export(how: object): string | Buffer }, how: object) => String(key.export(how));
  const ed25519 = generateKeyPairSync('ed25519');
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  it.each([
    ['nothing', null, 'there is no such file'],
    ['no key', 'hello', 'no private key'],
    ['public', pem(ed25519.publicKey, { format: 'pem', type: 'spki' }), 'no private key'],
    [
      'encrypted',
      pem(ed25519.privateKey, { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }),
      'without a passphrase',
    ],
    ['another kind', pem(p256.privateKey, { format: 'pem', type: 'pkcs8' }), 'a key of type ec'],
  ])('is refused in one line that says what to do where the file holds %s', (name, text, why) => {
    const file = path(`${name}.pem`);
    if (text !== null) writeFileSync(file, text);
    const read = () => readSealKey(file);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/^CARVEOUT_SEAL_KEY: .*\. Name the PEM file of an Ed25519 private key .*$/);
    expect(read).toThrow(why);
    expect(read).toThrow(file);
  });

  it('stops the start where it cannot be read', async () => {
    const config = readConfig({
      ...{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x', PORT: '0', CARVEOUT_SEAL_KEY: path('lost.pem') },
    });
    const databaseUrl = 'postgresql://nobody@127.0.0.1:1/nothing';
    const log = createLogger({ level: 'silent' });
    await expect(startBot({ config, databaseUrl, log, clock: createClock() })).rejects.toThrow(ConfigError);
  });
});
