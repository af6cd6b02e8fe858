import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError, type SealConfig } from '../config.ts';
import { readSealKey } from '../sealKey.ts';
import { reasonOf } from './command.ts';
import { fail, type Line, ok, warn } from './verdict.ts';

/** What signs checkpoints, and where they go beside Slack. An address is not tried: what is posted there is a checkpoint. */
export const checkSeal = ({ keyFile, file, webhook }: SealConfig): Line[] => [
  checkKey(keyFile),
  ...(file === undefined ? [] : [checkFile(file)]),
  ...(file === undefined && webhook === undefined ? [ALONE] : []),
];

const ALONE = warn(
  'checkpoints',
  "they stand in Slack alone, where whoever has the bot's token can delete them: name a file in CARVEOUT_SEAL_FILE or an address in CARVEOUT_SEAL_WEBHOOK",
);

function checkKey(file: string | undefined): Line {
  try {
    if (readSealKey(file)) return ok('seal key', `${file} signs checkpoints`);
    return warn(
      'seal key',
      'there is none, so checkpoints are not signed: npx node src/cli.ts audit key --new ./seal.pem makes one, and CARVEOUT_SEAL_KEY names it',
    );
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return fail('seal key', error.message);
  }
}

/** Whether it can be written, or made. */
function checkFile(file: string): Line {
  try {
    accessSync(existsSync(file) ? file : dirname(resolve(file)), constants.W_OK);
    return ok('checkpoints', `they are appended to ${file}`);
  } catch (error) {
    return fail(
      'checkpoints',
      `CARVEOUT_SEAL_FILE: ${file} cannot be written (${reasonOf(error)}): name one that can be`,
    );
  }
}
