/** One stream, event by event: whether each is what was written, and follows the one before it. */
import type { Recorded } from '../../core/events.ts';
import { requestEvent } from '../../core/events.ts';
import { evolve } from '../../core/evolve.ts';
import { initial, type State } from '../../core/request.ts';
import { upcast } from '../../core/upcast.ts';
import { contentId, eventHash } from '../hash.ts';
import type { Row } from '../schema.ts';
import { type Content, contentIds, joinWords } from '../words.ts';

/** What is wrong, and where: the event `seq` of a stream, or null for what concerns no single event. */
export type Fault = { stream: string; seq: number | null } /** Its content does not give the hash stored with it. */ & (
  | { what: 'changed' }
  /** There is no event of this number, though later ones exist. */
  | { what: 'missing' }
  /** Its own hash is right, but it names another predecessor than the event before it: one of the two was replaced. */
  | { what: 'unlinked' }
  /** What was typed does not give the id that the event has for it, or is gone. */
  | { what: 'words_changed' | 'words_missing'; content: string }
  /** It cannot have been written by this program: unknown, malformed or impossible at this point. */
  | { what: 'unreadable'; why: string }
  /** The request's row was written after this event, which is no longer there. */
  | { what: 'cut_off' }
  /** The request's row knows nothing of it: it was put in behind the last one. */
  | { what: 'inserted' }
  /** The chain fits together, but ends in another hash than the request's row: it was rewritten. */
  | { what: 'rewritten' }
  /** The row does not say what the events do; `columns` names the columns. */
  | { what: 'row_changed'; columns: string[] }
  | { what: 'row_missing' | 'events_missing' }
);
export type EventRow = Omit<Row<'events'>, 'tx'>;

/** What a stream came to at its end. */
export type Ending = { stream: string; seq: number; head: string; state: State; decisions: Recorded[] };

export const REQUEST_STREAM = /^request\/(\d+)$/;

/** Follows one stream from its first event. Keeps the state and the decisions, not the events. */
export class StreamAudit {
  readonly stream: string;
  fault: Fault | null = null;
  #seq = 0;
  #head: string | null = null;
  #state: State = initial;
  #decisions: Recorded[] = [];
  /** Words that are gone, and the event that needs them: taken back on the record, or taken away. */
  #gone: { seq: number; content: string }[] = [];

  constructor(stream: string) {
    this.stream = stream;
  }

  /** After the first fault the rest of the stream proves nothing and is passed over. */
  next(row: EventRow, contents: ReadonlyMap<string, Content>): void {
    if (this.fault) return;
    this.fault = this.#linked(row) ?? this.#worded(row, contents) ?? this.#understood(row, contents);
    this.#seq = row.seq;
    this.#head = row.hash;
  }

  /** After its last event: what is wrong with the stream as a whole. */
  end(): Fault | null {
    if (this.fault) return this.fault;
    const takenBack = this.#state?.remarks.filter(({ deleted }) => deleted) ?? [];
    const ids = new Set(takenBack.flatMap(({ words, earlier }) => [words.content, ...earlier]));
    const missing = this.#gone.find(({ content }) => !ids.has(content));
    return missing ? { stream: this.stream, what: 'words_missing', ...missing } : null;
  }

  ending(): Ending {
    const { stream } = this;
    return { stream, seq: this.#seq, head: this.#head ?? '', state: this.#state, decisions: this.#decisions };
  }

  #linked(row: EventRow): Fault | null {
    const { stream, seq } = row;
    if (seq !== this.#seq + 1) return { stream, seq: this.#seq + 1, what: 'missing' };
    if (eventHash(envelopeOf(row)) !== row.hash) return { stream, seq, what: 'changed' };
    return row.prev_hash === this.#head ? null : { stream, seq, what: 'unlinked' };
  }

  #worded({ stream, seq, data }: EventRow, contents: ReadonlyMap<string, Content>): Fault | null {
    for (const content of contentIds(data)) {
      const found = contents.get(content);
      if (!found) return { stream, seq, what: 'words_missing', content };
      const { nonce, bytes } = found;
      if (nonce === null || bytes === null) this.#gone.push({ seq, content });
      else if (contentId(nonce, bytes) !== content) return { stream, seq, what: 'words_changed', content };
    }
    return null;
  }

  #understood({ stream, seq, ...row }: EventRow, contents: ReadonlyMap<string, Content>): Fault | null {
    try {
      const stored = upcast(row.type, row.schema_version, joinWords(row.data, contents));
      if (!REQUEST_STREAM.test(stream)) return null;
      const event: Recorded = { ...requestEvent.parse(stored), by: row.actor, at: row.at.toISOString() };
      this.#state = evolve(this.#state, event);
      if (event.type === 'stage_approved' || event.type === 'stage_rejected') this.#decisions.push(event);
      return null;
    } catch (error) {
      return { stream, seq, what: 'unreadable', why: error instanceof Error ? error.message : String(error) };
    }
  }
}

function envelopeOf({ hash, at, ...row }: EventRow) {
  return { ...row, at: at.toISOString() };
}
