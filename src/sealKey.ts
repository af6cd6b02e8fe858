/** The key that signs checkpoints, out of the file that CARVEOUT_SEAL_KEY names. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigError } from './config.ts';

const REMEDY =
  'Name the PEM file of an Ed25519 private key (npx node src/cli.ts audit key --new ./seal.pem makes one), or leave the variable out: checkpoints are not signed then';

/**
 * @param file undefined where none is configured
 * @returns null for none
 * @throws ConfigError, in one line
 */
export function readSealKey(file: string | undefined): KeyObject | null {
  if (file === undefined) return null;
  const refuse = (what: string) => new ConfigError(`CARVEOUT_SEAL_KEY: ${what}. ${REMEDY}`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refuse(`cannot read ${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
  const key = privateKeyIn(text);
  if (!key) throw refuse(`${file} holds no private key that can be read without a passphrase`);
  if (key.asymmetricKeyType !== 'ed25519') throw refuse(`${file} holds a key of type ${key.asymmetricKeyType}`);
  return key;
}

function privateKeyIn(text: string): KeyObject | null {
  try {
    return createPrivateKey(text);
  } catch {
    return null;
  }
}

/**
 * Makes a key, in a file that nobody else may read.
 * @throws Error with code EEXIST where there is such a file already: it may be a key that is in use
 */
export function makeSealKey(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  return privateKey;
}
