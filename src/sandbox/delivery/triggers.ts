import { randomInt } from 'node:crypto';
import { ApiError } from '../api/errors.ts';
import { newSecret } from '../ids.ts';
import { LIMIT } from '../limits.ts';

export type Trigger = {
  user: string;
  /** The modal it came from: only then can a view be pushed on it. */
  view: string | undefined;
  issued: number;
  used: boolean;
};

/** trigger_ids: good once, for three seconds, on the machine's clock. */
export class Triggers {
  readonly #issued = new Map<string, Trigger>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(user: string, view?: string): string {
    const id = `${randomInt(1e9, 1e10)}.${randomInt(1e9, 1e10)}.${newSecret()}`;
    this.#issued.set(id, { user, view, issued: this.#now(), used: false });
    return id;
  }

  /** @throws invalid_trigger_id, exchanged_trigger_id, expired_trigger_id */
  exchange(id: string): Trigger {
    const trigger = this.#issued.get(id);
    if (trigger === undefined) throw new ApiError('invalid_trigger_id');
    if (trigger.used) throw new ApiError('exchanged_trigger_id');
    if (this.#now() - trigger.issued > LIMIT.triggerTtlMs) throw new ApiError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
