import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Env } from '../config.ts';

const PAGE_PORT = 3000;
/** The default one says little, so that whoever starts with it decides what to add; the demo shows all of it. */
const POLICY = fileURLToPath(new URL('./policy.yaml', import.meta.url));
const USAGE = `npm run demo -- [--empty] [--reset]
  --empty  a company that has never used the bot; only where there is no past yet
  --reset  forget what happened in this demo, and start over`;

export type Settings = { dataDir: string; policyFile: string; port: number; empty: boolean; reset: boolean };

/** The arguments are wrong; the message says how, and which there are. */
export class UsageError extends Error {}

/** @throws UsageError */
export function settingsOf(args: string[], env: Env): Settings {
  const { CARVEOUT_DATA: dataDir = './data', CARVEOUT_POLICY: policyFile = POLICY } = env;
  const places = { dataDir, policyFile, port: Number(env.PORT ?? PAGE_PORT) };
  try {
    const options = { empty: { type: 'boolean', default: false }, reset: { type: 'boolean', default: false } } as const;
    return { ...places, ...parseArgs({ args, options }).values };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}
