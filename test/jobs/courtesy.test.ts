import { describe, expect, it } from 'vitest';
import { createCourtesy } from '../../src/jobs/courtesy.ts';

describe('what is to be told', () => {
  it('does not wait for a click now and then', async () => {
    let now = 0;
    const courtesy = createCourtesy(() => now);
    for (let i = 0; i < 30; i++) {
      now += 50;
      courtesy.click();
    }
    const began = performance.now();
    await courtesy.letPass();
    expect(performance.now() - began).toBeLessThan(50);
  });

  it('waits while clicks come in a crowd, and goes on when they have passed', async () => {
    let now = 0;
    const courtesy = createCourtesy(() => now);
    for (let i = 0; i < 10; i++) courtesy.click();
    let passed = false;
    const waiting = courtesy.letPass().then(() => {
      passed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(passed).toBe(false);
    now += 1_000;
    await waiting;
    expect(passed).toBe(true);
  });

  it('goes on one by one while they keep coming, and all at once when they have passed', async () => {
    let now = 0;
    const courtesy = createCourtesy(() => now);
    for (let i = 0; i < 10; i++) courtesy.click();
    const began = performance.now();
    const passed: number[] = [];
    const pieces = Array.from({ length: 6 }, async (_, piece) => {
      await courtesy.letPass();
      passed.push(piece);
      if (piece === 1) now += 1_000;
    });
    await pieces[0];
    expect(passed).toEqual([0]);
    await pieces[1];
    expect(performance.now() - began).toBeGreaterThan(400);
    const left = performance.now();
    await Promise.all(pieces);
    expect(passed).toEqual([0, 1, 2, 3, 4, 5]);
    expect(performance.now() - left).toBeLessThan(200);
  });
});
