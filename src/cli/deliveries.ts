/** What the bot has given up delivering: `deliveries <what>`, one file each. */
import type { Family } from './command.ts';
import { dead } from './deliveries/dead.ts';
import { dismiss } from './deliveries/dismiss.ts';
import { retry } from './deliveries/retry.ts';

export const deliveries: Family = { members: { dead, retry, dismiss } };
