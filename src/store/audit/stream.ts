/** One stream, event by event: whether each is what was written, and follows the one before it. */
import { hash } from 'node:crypto';
import { type Recorded, requestEvent } from '../../core/events.ts';
import { evolve } from '../../core/evolve.ts';
import { initial, type State } from '../../core/request.ts';
import { upcast } from '../../core/upcast.ts';
import { type Barred, barredBy } from './barred.ts';
import { readBody } from './body.ts';
import { type Bytes, decoded } from './bytes.ts';
import type { Fault } from './fault.ts';
import type { LoggedEvent } from './loggedEvent.ts';

/** What a stream came to at its end. */
export type Ending = {
  stream: string;
  seq: number;
  head: string;
  state: NonNullable<State>;
  decisions: Recorded[];
  barred: Barred[];
};

/** Words that are not there as they were typed, by their ids. */
export type OddWords = ReadonlyMap<Bytes, 'changed' | 'gone' | 'missing'>;

export const REQUEST_STREAM = /^request\/(\d+)$/;
const REQUEST_EVENTS: ReadonlySet<string> = new Set(requestEvent.options.map(({ shape }) => shape.type.value));

/**
 * Follows one stream from its first event. Keeps the state and the decisions, not the events; but where they are not read one
 * by one, it keeps them in case that only what they say tells whether something is missing.
 */
export class StreamAudit {
  readonly stream: string;
  fault: Fault | null = null;
  readonly #isRequest: boolean;
  readonly #reads: boolean;
  #unread: LoggedEvent[] = [];
  #seq = 0;
  #head: string | null = null;
  #state: State = initial;
  #decisions: Recorded[] = [];
  #barred: Barred[] = [];
  /** Words that are gone, and the event that needs them: taken back on the record, or taken away. */
  #gone: { seq: number; content: string }[] = [];
  /** What a review of the policy says was erased of it; a request's state knows that of a request. */
  #erased: string[] = [];

  /** @param reads whether what it came to is asked for as well, beside whether it is whole */
  constructor(stream: string, reads: boolean) {
    this.stream = stream;
    this.#reads = reads;
    this.#isRequest = REQUEST_STREAM.test(stream);
  }

  /** After the first fault the rest of the stream proves nothing and is passed over. */
  next(event: LoggedEvent, odd: OddWords): void {
    if (this.fault) return;
    this.fault = this.#linked(event) ?? sealed(event) ?? this.#worded(event, odd);
    if (!this.#reads) this.#unread.push(event);
    else this.fault ??= this.#understood(event);
    this.#seq = event.seq;
    this.#head = event.hash;
  }

  /** After its last event: what is wrong with the stream as a whole. */
  end(): Fault | null {
    if (this.#gone.length > 0 || this.#unread.some(({ type }) => type === 'evidence_kept'))
      for (const event of this.#unread) this.fault ??= this.#understood(event);
    if (this.fault || this.#gone.length === 0) return this.fault;
    const state = this.#state;
    const takenBack = state?.remarks.filter(({ deleted }) => deleted) ?? [];
    const onRecord = new Set([
      ...takenBack.flatMap(({ words, earlier }) => [words.content, ...earlier]),
      ...(state?.erasures.flatMap(({ contents }) => contents) ?? []),
      ...this.#erased,
    ]);
    const missing = this.#gone.find(({ content }) => !onRecord.has(content));
    return missing ? { stream: this.stream, what: 'words_missing', ...missing } : null;
  }

  /** Of a request in whose stream nothing is wrong, and which was read. */
  ending(): Ending | null {
    if (!this.#isRequest || !this.#state) return null;
    const { stream } = this;
    const [seq, head, state] = [this.#seq, this.#head ?? '', this.#state];
    return { stream, seq, head, state, decisions: this.#decisions, barred: this.#barred };
  }

  #linked(event: LoggedEvent): Fault | null {
    const { stream, seq } = event;
    if (seq === this.#seq) return { stream, seq, what: 'doubled' };
    if (seq !== this.#seq + 1) return { stream, seq: this.#seq + 1, what: 'missing' };
    if (!event.isWhole) return { stream, seq, what: 'changed' };
    return event.prevHash === this.#head ? null : { stream, seq, what: 'unlinked' };
  }

  #worded({ stream, seq, ids }: LoggedEvent, odd: OddWords): Fault | null {
    if (odd.size === 0) return null;
    for (const id of ids) {
      const how = odd.get(id);
      const content = decoded(id);
      if (how === 'gone') this.#gone.push({ seq, content });
      else if (how) return { stream, seq, what: how === 'missing' ? 'words_missing' : 'words_changed', content };
    }
    return null;
  }

  #understood({ stream, seq, type, schemaVersion, body, actor, at }: LoggedEvent): Fault | null {
    try {
      const stored = upcast(type, schemaVersion, readBody(body));
      if (stored.type === 'policy_review_erased') this.#erased.push(...stored.contents);
      if (!this.#isRequest) return null;
      if (!REQUEST_EVENTS.has(type)) throw new Error(`${type} is nothing that happens to a request`);
      const event = { ...stored, by: actor, at } as Recorded;
      this.#state = evolve(this.#state, event);
      this.#barred.push(...barredBy(event, this.#state));
      if (event.type === 'stage_approved' || event.type === 'stage_rejected') this.#decisions.push(event);
      return null;
    } catch (error) {
      return { stream, seq, what: 'unreadable', why: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** The byte that tells leaves from nodes, and the event's hash. */
const LEAF = Buffer.alloc(33);

function sealed({ stream, seq, hash: own, leaf, passed }: LoggedEvent): Fault | null {
  if (!leaf) return passed ? { stream, seq, what: 'unsealed' } : null;
  LEAF.write(own, 1, 'hex');
  return hash('sha256', LEAF, 'binary') === leaf.hash ? null : { stream, seq, what: 'replaced' };
}
