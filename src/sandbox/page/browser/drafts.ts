import type { At, Place } from '../wire.ts';

/** What is typed and not yet part of what the server knows, kept while the app redraws around it. */
export class Drafts {
  readonly #texts = new Map<string, string>();
  readonly #waiting = new Map<string, { timer: number; send: () => void }>();

  get(place: Place, at: At): string | undefined {
    return this.#texts.get(keyOf(place, at));
  }

  /** Remembers what was typed, and calls `send` when the typing pauses for `ms`. */
  set(place: Place, at: At, text: string, ms: number, send: () => void): void {
    const key = keyOf(place, at);
    this.#texts.set(key, text);
    clearTimeout(this.#waiting.get(key)?.timer);
    const timer = setTimeout(() => this.#run(key), ms);
    this.#waiting.set(key, { timer, send });
  }

  /** Sends now what waits, before anything that must come after it. */
  flush(): void {
    for (const key of [...this.#waiting.keys()]) this.#run(key);
  }

  /** Views that are closed take their texts with them. */
  keepOnly(views: Set<string>): void {
    for (const key of this.#texts.keys()) {
      const [kind, view = ''] = key.split('\n');
      if (kind === 'modal' && !views.has(view)) this.#texts.delete(key);
    }
  }

  clear(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#texts.clear();
  }

  #run(key: string): void {
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    clearTimeout(waiting?.timer);
    waiting?.send();
  }
}

const keyOf = (place: Place, { block_id, action_id }: At): string => {
  const where = place.where === 'modal' ? place.view : place.where === 'home' ? '' : `${place.channel} ${place.ts}`;
  return [place.where, where, block_id, action_id].join('\n');
};
