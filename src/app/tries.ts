/** Two people at the same moment, and a program that looks: nobody waits for more than these. */
const TRIES = 10;

/**
 * Loads, decides and appends, and again where somebody else was first.
 * @param attempt one go; 'conflict' for that somebody else was first
 * @param what is tried, for whoever reads that it never came about
 */
export async function untilFirst<T>(what: string, attempt: () => Promise<T | 'conflict'>): Promise<T> {
  for (let attempts = 1; attempts <= TRIES; attempts++) {
    const outcome = await attempt();
    if (outcome !== 'conflict') return outcome;
  }
  throw new Error(`${what}: others kept being first, ${TRIES} times`);
}
