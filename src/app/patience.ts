/** Waiting for what the bot depends on: a database or a Slack that is not there yet does not end the process. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 15_000;

/**
 * Tries until it works, ever more slowly, saying in the log what does not.
 * @param hopeless tells errors that no waiting mends; they are thrown
 * @throws what `hopeless` names, and the signal's reason when it is stopped
 */
export async function untilItWorks<T>(
  what: string,
  attempt: () => Promise<T>,
  { log, signal, hopeless = () => false }: { log: Log; signal: AbortSignal; hopeless?: (error: unknown) => boolean },
): Promise<T> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (hopeless(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ reason, againInMs: wait }, `${what}: not yet; trying again`);
      await sleep(wait, undefined, { signal });
    }
  }
}
