/**
 * Clicks come first. Somebody who pressed waits for the answer and Slack gives up after three seconds; what is to be told
 * afterwards can wait a moment, and the longest queue for it is Slack's own limit.
 */
import { setTimeout as delay } from 'node:timers/promises';

/** So many clicks within so many milliseconds are a crowd; work goes on all the same after so many looks. */
const CROWD = { clicks: 10, inMs: 100, looks: 20 };

export type Courtesy = {
  /** Somebody pressed a button. */
  click(): void;
  /** Waits until the crowd has passed, at most two seconds. */
  letPass(): Promise<void>;
};

export function createCourtesy(now: () => number = () => performance.now()): Courtesy {
  const last: number[] = [];
  const crowded = () => last.length === CROWD.clicks && now() - (last[0] ?? 0) < CROWD.inMs;
  return {
    click() {
      last.push(now());
      if (last.length > CROWD.clicks) last.shift();
    },
    async letPass() {
      for (let looks = 0; looks < CROWD.looks && crowded(); looks++) await delay(CROWD.inMs);
    },
  };
}
