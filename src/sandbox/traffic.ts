import { Emitter } from './emitter.ts';
import { asObject, type Json } from './json.ts';

/** One Web API call or one delivery, as both sides saw it. */
export type TrafficEntry = {
  id: number;
  /** ms since 1970, on the machine's clock. */
  at: number;
  /** `call`: the app called Slack. `delivery`: Slack called the app. */
  direction: 'call' | 'delivery';
  transport: 'http' | 'socket';
  /** `chat.postMessage`, `/exception`, `block_actions`, `event message` … */
  method: string;
  /** Arguments or payload; tokens are cut out. */
  args: Json;
  answer: unknown;
  status: number | string;
  ms: number;
  /** A delivery carries a signature; a call carries a token that the workspace knows. */
  signed: boolean;
};

const KEPT = 10_000;

/** What went over the wire, oldest first; the newest ten thousand are kept. */
export class Traffic {
  readonly entries: TrafficEntry[] = [];
  readonly news = new Emitter<TrafficEntry>();
  #count = 0;

  record(entry: Omit<TrafficEntry, 'id'>): void {
    this.#count += 1;
    const kept = { ...entry, id: this.#count, args: redacted(entry.args) };
    this.entries.push(kept);
    if (this.entries.length > KEPT) this.entries.shift();
    this.news.emit(kept);
  }

  /** Every call of a method, oldest first. */
  calls(method: string): TrafficEntry[] {
    return this.entries.filter((entry) => entry.direction === 'call' && entry.method === method);
  }

  deliveries(method?: string): TrafficEntry[] {
    return this.entries.filter((e) => e.direction === 'delivery' && (method === undefined || e.method === method));
  }

  /** What comes from now on. End the loop to stop listening. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TrafficEntry> {
    const waiting: TrafficEntry[] = [];
    let wake: () => void = () => undefined;
    const off = this.news.on((entry) => {
      waiting.push(entry);
      wake();
    });
    try {
      while (true) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      off();
    }
  }
}

const redacted = (args: Json): Json =>
  'token' in asObject(args) ? { ...args, token: `${String(args.token).slice(0, 4)}…` } : args;
