type Waiting<T, R> = { item: T; resolve(result: R): void; reject(error: unknown): void };

/**
 * Runs together what is asked for at the same time: while groups are under way, the next one gathers. Alone, a call goes
 * out at once and waits for nobody; under load a round trip to the database serves many.
 * @param run gives a result for each item, in their order
 * @param limits groups under way at once: two keep both the database and this process busy; and items of one group
 */
export function grouped<T, R>(
  run: (items: T[]) => Promise<R[]>,
  { atOnce, most }: { atOnce: number; most: number } = { atOnce: 2, most: 32 },
): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let underWay = 0;
  let asked = false;

  async function next(): Promise<void> {
    const group = waiting.slice(0, most);
    waiting = waiting.slice(most);
    try {
      const results = await run(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as R);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  async function drain(): Promise<void> {
    underWay++;
    while (waiting.length > 0) await next();
    underWay--;
  }

  function ask(): void {
    asked = false;
    if (underWay < atOnce && waiting.length > 0) void drain();
  }

  return (item) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // After this turn of the event loop, so that what arrived in it goes along.
      if (!asked && underWay < atOnce) setImmediate(ask);
      asked = underWay < atOnce;
    });
}
