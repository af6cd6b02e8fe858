import { randomBytes } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** An id as Slack writes them: a letter for the kind and ten characters. */
export const newId = (kind: string): string =>
  kind + Array.from(randomBytes(10), (byte) => LETTERS[byte % LETTERS.length]).join('');

export const newSecret = (): string => randomBytes(16).toString('hex');

/** Slack's generated block ids are short and random. */
export const newBlockId = (): string => randomBytes(4).toString('base64url').slice(0, 5);

/** Time stamps that are also ids: microseconds, never the same twice. */
export class Timestamps {
  #last = 0n;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    const wanted = BigInt(Math.floor(this.#now())) * 1000n;
    this.#last = wanted > this.#last ? wanted : this.#last + 1n;
    return `${this.#last / 1_000_000n}.${String(this.#last % 1_000_000n).padStart(6, '0')}`;
  }

  /** None that is given from now on comes before this one. */
  reach(ts: string): void {
    const reached = BigInt(ts.replace('.', ''));
    if (reached > this.#last) this.#last = reached;
  }

  hash(): string {
    return `${Math.floor(this.#now() / 1000)}.${randomBytes(6).toString('base64url')}`;
  }
}
