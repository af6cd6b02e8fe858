import { Emitter } from '../emitter.ts';
import type { Faults } from '../faults.ts';
import { asObject, asText, type Json } from '../json.ts';
import type { Traffic } from '../traffic.ts';
import type { Answer, Delivery, Transport } from './transport.ts';

/** Takes every delivery to the app, over whichever transport is set, and keeps the record. */
export class Courier {
  transport: Transport | undefined;
  readonly settled = new Emitter<void>();
  readonly #traffic: Traffic;
  readonly #faults: Faults;
  #inFlight = 0;

  constructor(traffic: Traffic, faults: Faults) {
    this.#traffic = traffic;
    this.#faults = faults;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  async deliver(delivery: Delivery): Promise<Answer> {
    if (!this.#faults.takeTwice()) return this.#send(delivery);
    const [first] = await Promise.all([this.#send(delivery), this.#send(delivery)]);
    return first;
  }

  /** Counts as under way until `work` is done, for `sandbox.idle()`. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.settled.emit();
    }
  }

  async #send(delivery: Delivery): Promise<Answer> {
    const transport = this.transport;
    const at = Date.now();
    const answer: Answer =
      transport === undefined
        ? { ok: false, reason: 'connection_failed', status: 'no delivery address' }
        : await this.during(() => transport.send(delivery));
    this.#traffic.record({
      at,
      direction: 'delivery',
      transport: transport?.name ?? 'http',
      method: nameOf(delivery),
      args: delivery.payload,
      answer: answer.ok ? answer.body : answer.reason,
      status: answer.status,
      ms: Date.now() - at,
      signed: transport?.name === 'http',
    });
    return answer;
  }
}

function nameOf({ kind, payload }: { kind: Delivery['kind']; payload: Json }): string {
  if (kind === 'slash_commands') return asText(payload.command);
  return kind === 'events_api' ? `event ${asText(asObject(payload.event).type)}` : asText(payload.type);
}
