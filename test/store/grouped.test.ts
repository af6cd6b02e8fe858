import { describe, expect, it } from 'vitest';
import { grouped } from '../../src/store/grouped.ts';

/** Groups that end when they are told to. */
function openGroups() {
  const groups: { items: number[]; end(): void }[] = [];
  const run = (items: number[]) =>
    new Promise<number[]>((resolve) => groups.push({ items, end: () => resolve(items.map((n) => n * 10)) }));
  return { groups, run };
}
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe('calls at the same time', () => {
  it('go out together, and each gets its own result', async () => {
    const { groups, run } = openGroups();
    const call = grouped(run, { atOnce: 1, most: 10 });
    const results = Promise.all([call(1), call(2), call(3)]);
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([[1, 2, 3]]);
    groups[0]?.end();
    expect(await results).toEqual([10, 20, 30]);
  });

  it('gather while a group is under way, and go out when it ends, no more than fit', async () => {
    const { groups, run } = openGroups();
    const call = grouped(run, { atOnce: 2, most: 2, lateMs: 60_000 });
    const results = [call(1)];
    await turn();
    results.push(call(2), call(3), call(4));
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([[1]]);
    groups[0]?.end();
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([[1], [2, 3]]);
    groups[1]?.end();
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
    groups[2]?.end();
    expect(await Promise.all(results)).toEqual([10, 20, 30, 40]);
  });

  it('overtake a group that is late, whether they came before that or after', async () => {
    const { groups, run } = openGroups();
    const call = grouped(run, { atOnce: 3, most: 10, lateMs: 10 });
    const results = [call(1)];
    await turn();
    results.push(call(2));
    await expect.poll(() => groups.map(({ items }) => items)).toEqual([[1], [2]]);
    groups[1]?.end();
    expect(await results[1]).toBe(20);
    results.push(call(3));
    await expect.poll(() => groups.map(({ items }) => items)).toEqual([[1], [2], [3]]);
    for (const group of groups) group.end();
    expect(await Promise.all(results)).toEqual([10, 20, 30]);
  });

  it('fail together where their group fails, and the next group runs', async () => {
    let first = true;
    const call = grouped(async (items: number[]) => {
      if (!first) return items;
      first = false;
      throw new Error('the connection was lost');
    });
    const lost = await Promise.allSettled([call(1), call(2)]);
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await call(3)).toBe(3);
  });
});
