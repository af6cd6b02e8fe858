/** Something that goes wrong with Web API calls, on purpose. */
export type Fault = {
  /** A method's name, `upload` for the bytes of a file, or `*` for every method. */
  method: string;
  /** How many calls it hits; without it, all until `clear()`. */
  times?: number;
  /** Only calls whose arguments it accepts. */
  when?: (args: { [key: string]: unknown }) => boolean;
} & (
  | { kind: 'error'; error: string }
  | { kind: 'status'; status: number }
  | { kind: 'ratelimited'; retryAfter?: number; withoutHeader?: boolean }
  /** Performed, but the connection breaks before the answer. */
  | { kind: 'lost' }
  /** The connection breaks before anything is done. */
  | { kind: 'refuse' }
  /** Performed at once, answered after `ms`. */
  | { kind: 'slow'; ms: number }
  /** Slack's own passing trouble: `fatal_error`, nothing done. */
  | { kind: 'fatal_error' }
);

export class Faults {
  /** Slack is away: every connection is destroyed. */
  isDown = false;
  readonly #faults: { fault: Fault; left: number }[] = [];
  #twice = 0;

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#faults.length = 0;
    this.#twice = 0;
  }

  /** The next `times` deliveries arrive twice, as Socket Mode sometimes does. */
  deliverTwice(times: number): void {
    this.#twice += times;
  }

  takeTwice(): boolean {
    if (this.#twice === 0) return false;
    this.#twice -= 1;
    return true;
  }

  /** The fault that hits this call, if any; it is then used up by one. */
  take(method: string, args: { [key: string]: unknown }): Fault | undefined {
    const hit = this.#faults.find(
      ({ fault, left }) =>
        left > 0 && (fault.method === '*' || fault.method === method) && (fault.when?.(args) ?? true),
    );
    if (hit === undefined) return undefined;
    hit.left -= 1;
    return hit.fault;
  }
}
