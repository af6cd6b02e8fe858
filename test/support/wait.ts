import { setTimeout as delay } from 'node:timers/promises';

export type WaitOptions = {
  /** What is waited for, to complete the sentence "Waited 5000 ms for …". */
  what: string;
  /** Default 10 000: how long is no rule, unless the test says so, and a busy machine takes its time. */
  timeoutMs?: number;
};

/**
 * Resolves with the first value of `condition` that is neither false, null nor undefined. Throws when there is none before
 * the deadline; an error thrown by the condition counts as "not yet", and the last one is the cause.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 10_000 }: WaitOptions,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const asked = performance.now();
    let failure: unknown;
    try {
      const value = await condition();
      if (value !== false && value !== null && value !== undefined)
        return value as Exclude<T, false | null | undefined>;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}.`, { cause: failure });
    // Whatever is waited for has at least as much of the processor as the asking.
    await delay(Math.max(10, performance.now() - asked));
  }
}
