/**
 * Clicks come first. Somebody who pressed waits for the answer and Slack gives up after three seconds; what is to be told
 * afterwards can wait a moment, and the longest queue for it is Slack's own limit.
 */
import { setTimeout as delay } from 'node:timers/promises';

/** So many clicks within so many milliseconds are a crowd. */
const CROWD = { clicks: 10, inMs: 100 };
/** While it lasts, other work goes on all the same: one piece after so many milliseconds, the next after as many again. */
const TURN = 250;

export type Courtesy = {
  /** Somebody pressed a button. */
  click(): void;
  /** Waits until the crowd has passed, or it is one's turn. */
  letPass(): Promise<void>;
};

export function createCourtesy(now: () => number = () => performance.now()): Courtesy {
  const last: number[] = [];
  const crowded = () => last.length === CROWD.clicks && now() - (last[0] ?? 0) < CROWD.inMs;
  let turns: Promise<void> = Promise.resolve();
  async function turn(): Promise<void> {
    const over = performance.now() + TURN;
    while (crowded() && performance.now() < over) await delay(CROWD.inMs / 2);
  }
  return {
    click() {
      last.push(now());
      if (last.length > CROWD.clicks) last.shift();
    },
    async letPass() {
      if (!crowded()) return;
      turns = turns.then(turn);
      await turns;
    },
  };
}
