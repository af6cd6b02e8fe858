import type { Tier } from './api/context.ts';

/** A bucket: `burst` calls at once, refilled at `perMinute`. */
export type Rate = { perMinute: number; burst: number };
export type RateLimits = { [tier in 1 | 2 | 3 | 4]: Rate } & { postPerChannel: Rate; postPerWorkspace: Rate };

/** What Slack grants: tiers a method a minute; posting 1/s a channel with a short burst, hundreds a minute in all. */
export const SLACK_RATES: RateLimits = {
  1: { perMinute: 1, burst: 1 },
  2: { perMinute: 20, burst: 20 },
  3: { perMinute: 50, burst: 50 },
  4: { perMinute: 100, burst: 100 },
  postPerChannel: { perMinute: 60, burst: 5 },
  postPerWorkspace: { perMinute: 600, burst: 100 },
};

type Bucket = { tokens: number; at: number };

/** Counts calls on the machine's clock. `undefined` rates: nothing is limited. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();
  readonly #rates: RateLimits | undefined;
  readonly #now: () => number;

  constructor(rates: RateLimits | undefined, now: () => number) {
    this.#rates = rates;
    this.#now = now;
  }

  /** 0 when the call may go ahead, else whole seconds to wait. */
  wait(method: string, tier: Tier, channel: string): number {
    const rates = this.#rates;
    if (rates === undefined || tier === 'free') return 0;
    if (tier !== 'post') return this.#take(method, rates[tier]);
    return this.#take(`${method} ${channel}`, rates.postPerChannel) || this.#take(method, rates.postPerWorkspace);
  }

  #take(key: string, rate: Rate): number {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: rate.burst, at: now };
    const tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) / 60_000) * rate.perMinute);
    const enough = tokens >= 1;
    this.#buckets.set(key, { tokens: enough ? tokens - 1 : tokens, at: now });
    return enough ? 0 : Math.max(1, Math.ceil(((1 - tokens) / rate.perMinute) * 60));
  }
}
