/** What an auditor asks first: which requests there are, that none is left out, and which of them were looked at. */
import Big from 'big.js';
import type { Status } from '../core/request.ts';
import type { Instant } from '../core/values.ts';
import { type Draw, drawn, METHOD } from './sample.ts';

/** A request as the population counts it, as of the checkpoint. */
export type Member = { number: number; askedAt: Instant; status: Status; value: string; currency: string };
/** From its first instant to before the first one after it; `zone`, an IANA name, is the one whose days it consists of. */
type Period = { from: Instant; to: Instant; zone: string };
export type Wanted = { period: Period; minValue: string | null; draw: Draw | null };

/** A number between the first and the last one that names no request, and why. */
export type Gap = { number: number; why: 'removed' | 'never_given' };

export type Population = {
  period: Period;
  /** EX-1 to EX-`last` were given out by the checkpoint. */
  last: number;
  before: number;
  after: number;
  gaps: Gap[];
  /** Numbers that were asked for in the period, the lowest first. */
  within: number[];
  byStatus: Record<Status, number>;
  minValue: string | null;
  /** Those of the period that are worth at least `minValue`. */
  fitting: number[];
  currencies: string[];
  draw: (Draw & { method: string }) | null;
  /** Those that are in the pack. */
  chosen: number[];
};

/** Counts requests as they come, so that however many there are, only their numbers are kept. */
export class Census {
  readonly #wanted: Wanted;
  readonly #within: number[] = [];
  readonly #fitting: number[] = [];
  readonly #missing: number[] = [];
  readonly #currencies = new Set<string>();
  readonly #byStatus: Record<Status, number> = { in_review: 0, approved: 0, rejected: 0, withdrawn: 0 };
  #last = 0;
  #before = 0;
  #after = 0;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  /** In the order of their numbers. */
  add({ number, askedAt, status, value, currency }: Member): void {
    const { period, minValue } = this.#wanted;
    this.reach(number - 1);
    this.#last = number;
    if (askedAt < period.from) this.#before++;
    else if (askedAt >= period.to) this.#after++;
    else {
      this.#within.push(number);
      this.#byStatus[status]++;
      this.#currencies.add(currency);
      if (minValue === null || new Big(value).gte(minValue)) this.#fitting.push(number);
    }
  }

  /** Numbers up to this one were given out, whether or not they are still there. */
  reach(number: number): void {
    for (let missing = this.#last + 1; missing <= number; missing++) this.#missing.push(missing);
    this.#last = Math.max(this.#last, number);
  }

  /** @param sealed whether a request of this number was ever sealed */
  async population(sealed: (number: number) => Promise<boolean>): Promise<Population> {
    const { period, minValue, draw } = this.#wanted;
    const gaps: Gap[] = [];
    for (const number of this.#missing) gaps.push({ number, why: (await sealed(number)) ? 'removed' : 'never_given' });
    const fitting = this.#fitting;
    return {
      ...{ period, last: this.#last, before: this.#before, after: this.#after, gaps, within: this.#within },
      ...{ byStatus: this.#byStatus, minValue, fitting, currencies: [...this.#currencies].sort() },
      draw: draw && { ...draw, method: METHOD },
      chosen: draw ? drawn(fitting, draw) : fitting,
    };
  }
}
