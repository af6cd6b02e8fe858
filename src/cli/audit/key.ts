/** The key that signs checkpoints: made, and told to those who check signatures. */
import type { KeyObject } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readStoreConfig } from '../../config.ts';
import { makeSealKey, readSealKey } from '../../sealKey.ts';
import { keyTextOf } from '../../store/sealKey.ts';
import { type Command, CommandError, type Io, reasonOf } from '../command.ts';
import { oneWorkspace, withStore } from '../store.ts';

export const key: Command = {
  usage: 'audit key [--new seal.pem] [--team T0123456789]',
  summary: 'Prints the public key that auditors check signatures of checkpoints with; --new makes a key to sign them.',
  async run(args, io) {
    const options = { new: { type: 'string' }, team: { type: 'string' } } as const;
    const { values } = parseArgs({ args, options });
    if (values.new !== undefined) make(values.new, io);
    else io.out(await publicKey(values.team, io));
    return 0;
  },
};

function make(file: string, io: Io): void {
  try {
    makeSealKey(file);
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (exists) throw new CommandError(`${file} is there already and may be in use: name a file that is not.`);
    throw new CommandError(`${file} cannot be written (${reasonOf(error)}): name a file in a folder that can be.`);
  }
  io.out(`A new key is in ${file}, which only you can read: keep a copy where the bot's server cannot reach it.`);
  io.out(`Start the bot with CARVEOUT_SEAL_KEY=${file}, then give auditors what this prints: audit key`);
}

async function publicKey(team: string | undefined, io: Io): Promise<string> {
  const config = readStoreConfig(io.env);
  const signer: KeyObject | null = readSealKey(config.seal?.keyFile);
  if (!signer)
    throw new CommandError(
      'CARVEOUT_SEAL_KEY is not set, so checkpoints are not signed: set it to the key that the bot uses, or make one with --new seal.pem.',
    );
  // The workspace is part of what is signed; who names it needs no database.
  const teamId = team ?? (await withStore(config, async ({ db }) => (await oneWorkspace(db, undefined)).teamId));
  return keyTextOf(teamId, signer) ?? '';
}
