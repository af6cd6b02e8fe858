type Waiting<T, R> = { item: T; resolve(result: R): void; reject(error: unknown): void };

/** A group that takes longer than this holds up nobody behind it; milliseconds. */
const LATE = 50;

/**
 * Runs together what is asked for at the same time: while a group is under way, the next one gathers. Alone, a call goes out at
 * once and waits for nobody; under load a round trip to the database serves many. One that is late, because it waits for a lock
 * or its connection is slow, is overtaken.
 * @param run gives a result for each item, in their order
 * @param limits groups under way at once, all but the newest of them late; and items of one group
 */
export function grouped<T, R>(
  run: (items: T[]) => Promise<R[]>,
  { atOnce, most, lateMs = LATE }: { atOnce: number; most: number; lateMs?: number } = { atOnce: 4, most: 32 },
): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let underWay = 0;
  let inTime = 0;
  let asked = false;

  async function next(): Promise<void> {
    const group = waiting.slice(0, most);
    waiting = waiting.slice(most);
    let late = false;
    inTime++;
    const timer = setTimeout(() => {
      late = true;
      inTime--;
      ask();
    }, lateMs);
    try {
      const results = await run(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as R);
    } catch (error) {
      for (const { reject } of group) reject(error);
    } finally {
      clearTimeout(timer);
      if (!late) inTime--;
    }
  }

  const free = () => inTime === 0 && underWay < atOnce;

  async function drain(): Promise<void> {
    underWay++;
    while (waiting.length > 0 && inTime === 0) await next();
    underWay--;
  }

  function ask(): void {
    asked = false;
    if (free() && waiting.length > 0) void drain();
  }

  return (item) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // After this turn of the event loop, so that what arrived in it goes along.
      if (asked || !free()) return;
      asked = true;
      setImmediate(ask);
    });
}
