import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Cron, type CronJobs, createCron } from '../../src/jobs/cron.ts';
import { recordedLog } from './support.ts';

const MINUTE = 60_000;
const started: Cron[] = [];
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-29T00:58:30.000Z') });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((cron) => cron.stop()));
  vi.useRealTimers();
});

function counted(jobs: Partial<CronJobs> = {}, letPass?: () => Promise<void>) {
  const runs: Record<keyof CronJobs, number> = {
    sweep: 0,
    tell: 0,
    staffing: 0,
    weeks: 0,
    refresh: 0,
    seal: 0,
    publish: 0,
    verify: 0,
    connection: 0,
    retention: 0,
    housekeeping: 0,
  };
  const counting = (name: keyof CronJobs) => async () => {
    runs[name]++;
    await jobs[name]?.();
  };
  const all = {
    ...{ sweep: counting('sweep'), tell: counting('tell') },
    ...{ staffing: counting('staffing'), weeks: counting('weeks'), refresh: counting('refresh') },
    ...{ seal: counting('seal'), publish: counting('publish'), retention: counting('retention') },
    verify: counting('verify'),
    connection: counting('connection'),
  };
  const { log, lines } = recordedLog();
  const cron = createCron({
    jobs: { ...all, housekeeping: counting('housekeeping') },
    log,
    ...(letPass && { letPass }),
  });
  started.push(cron);
  return { cron, runs, lines };
}

describe('the cron table', () => {
  it('runs everything once at the start, whenever that is', async () => {
    const { cron, runs } = counted();
    cron.start();
    await vi.advanceTimersByTimeAsync(0);
    const once = {
      sweep: 1,
      tell: 1,
      staffing: 1,
      weeks: 1,
      refresh: 1,
      seal: 1,
      publish: 1,
      verify: 1,
      connection: 1,
      retention: 1,
      housekeeping: 1,
    };
    expect(runs).toEqual(once);
  });

  it('does not do again at the start what was done just before, and does it at its next turn', async () => {
    const { cron, runs } = counted();
    cron.start(['refresh']);
    await vi.advanceTimersByTimeAsync(0);
    expect([runs.refresh, runs.sweep]).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(4 * MINUTE);
    expect(runs.refresh).toBe(1);
  });

  it('wakes the sweep every minute and the refresh every four, also in the night the clocks change (fault 43)', async () => {
    const { cron, runs } = counted();
    cron.start();
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    const often = { sweep: 61, tell: 61, staffing: 61, weeks: 61, seal: 61, publish: 61, verify: 61, connection: 61 };
    expect(runs).toEqual({ ...often, refresh: 16, retention: 2, housekeeping: 1 });
  });

  it('goes on with a job that failed, and says that it did', async () => {
    const { cron, runs, lines } = counted({ sweep: () => Promise.reject(new Error('no database')) });
    cron.start();
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(runs.sweep).toBe(4);
    expect(lines.filter(({ level, job }) => level === 'error' && job === 'sweep')).toHaveLength(4);
  });

  it('never runs a job twice at a time, and after a clock that was moved runs it afresh', async () => {
    let open: () => void = () => undefined;
    let atOnce = 0;
    let most = 0;
    const { cron, runs } = counted({
      sweep: async () => {
        most = Math.max(most, ++atOnce);
        await new Promise<void>((resolve) => {
          open = resolve;
        });
        atOnce--;
      },
    });
    cron.start();
    const moved = cron.runDue();
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(runs.sweep).toBe(1);
    open();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.sweep).toBe(2);
    open();
    await moved;
    expect(most).toBe(1);
  });

  it('seals and publishes after a clock that was moved what came of its being moved', async () => {
    const done: string[] = [];
    const note = (name: string) => ({
      [name]: async () => {
        await Promise.resolve();
        done.push(name);
      },
    });
    const { cron } = counted({ ...note('publish'), ...note('seal'), ...note('sweep'), ...note('weeks') });
    await cron.runDue();
    expect(done.slice(-2)).toEqual(['seal', 'publish']);
  });

  it('runs again in a moment a job that asked for it, once for all that ask', async () => {
    let asks = 3;
    const { cron, runs } = counted({
      tell: async () => {
        if (asks-- <= 0) return;
        cron.soon('tell');
        cron.soon('tell');
      },
    });
    await cron.runDue();
    expect(runs.tell).toBe(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(runs.tell).toBe(4);
    expect(runs.sweep).toBe(1);
  });

  it('does not run again what asked for it before it was stopped, or while it stopped', async () => {
    let open: () => void = () => undefined;
    const { cron, runs } = counted({
      tell: async () => {
        await new Promise<void>((resolve) => {
          open = resolve;
        });
        cron.soon('tell');
      },
    });
    cron.soon('sweep');
    void cron.runDue();
    const stopped = cron.stop();
    await vi.advanceTimersByTimeAsync(0);
    open();
    await stopped;
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect([runs.tell, runs.sweep]).toEqual([1, 1]);
  });

  it('lets those pass first who press buttons', async () => {
    let pass: () => void = () => undefined;
    const crowd = new Promise<void>((resolve) => {
      pass = resolve;
    });
    const { cron, runs } = counted({}, () => crowd);
    cron.start();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(Object.values(runs).every((times) => times === 0)).toBe(true);
    pass();
    await vi.advanceTimersByTimeAsync(0);
    expect(Object.values(runs).every((times) => times > 0)).toBe(true);
  });

  it('is still when it was stopped', async () => {
    const { cron, runs } = counted();
    cron.start();
    await cron.stop();
    const before = { ...runs };
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(runs).toEqual(before);
  });
});
