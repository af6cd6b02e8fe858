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

  it('waits two seconds at the most, however many come', async () => {
    const courtesy = createCourtesy(() => 0);
    for (let i = 0; i < 10; i++) courtesy.click();
    const began = performance.now();
    await courtesy.letPass();
    expect(performance.now() - began).toBeGreaterThan(1_500);
  });
});
