/** What is to come, in the order in which it comes: a binary heap. */
type Entry = { t: number; rank: number; act: (t: number) => void };

export function createAgenda() {
  const heap: (Entry & { nth: number })[] = [];
  let nth = 0;
  const before = (a: number, b: number): boolean => {
    const [x, y] = [heap[a], heap[b]];
    return x !== undefined && y !== undefined && (x.t - y.t || x.rank - y.rank || x.nth - y.nth) < 0;
  };
  const swap = (a: number, b: number): void => {
    const [x, y] = [heap[a], heap[b]];
    if (x && y) [heap[a], heap[b]] = [y, x];
  };
  return {
    /** @param rank of two at the same time the lower one comes first */
    add(t: number, rank: number, act: Entry['act']): void {
      heap.push({ t, rank, act, nth: nth++ });
      for (let at = heap.length - 1; at > 0 && before(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1);
    },
    /** The next one before `end`, taken out. */
    next(end: number): Entry | null {
      const [first] = heap;
      if (!first || first.t >= end) return null;
      const last = heap.pop();
      if (!last || heap.length === 0) return first;
      heap[0] = last;
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        const least = before(right, left) ? right : left;
        if (!before(least, at)) return first;
        swap(least, at);
        at = least;
      }
    },
  };
}
