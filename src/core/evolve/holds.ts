/** What the sources said, what became of files, and what approvals wait for. */
import type { EventOf } from '../events.ts';
import type { ExceptionRequest } from '../request.ts';
import { inReview, mark } from './when.ts';

type Finding = EventOf<'sources_read' | 'evidence_kept' | 'evidence_lost' | 'hold_placed' | 'hold_released'>;

export function found(state: ExceptionRequest, event: Finding): ExceptionRequest {
  switch (event.type) {
    case 'sources_read': {
      const read = event.readings.map((reading) => ({ ...reading, moment: event.moment, at: event.at }));
      return { ...state, snapshots: [...state.snapshots, ...read] };
    }
    case 'evidence_kept': {
      const { file: id, name, size, mediaType, sha256 } = event;
      return { ...state, keptFiles: [...state.keptFiles, { id, name, size, mediaType, sha256 }] };
    }
    case 'evidence_lost': {
      const { file: id, name, because, at } = event;
      return { ...state, lostFiles: [...state.lostFiles, { id, name, because, at }] };
    }
    case 'hold_placed': {
      const { hold: id, kind, source, words, discrepancies, dueAt, pauses } = event;
      const hold = { ...mark(event), id, kind, source, words, discrepancies, pauses, released: null };
      return { ...inReview(state, event), dueAt, holds: [...state.holds, hold] };
    }
    case 'hold_released': {
      const { outcome, words, dueAt } = event;
      const released = { ...mark(event), outcome, words };
      return {
        ...state,
        dueAt: dueAt ?? state.dueAt,
        holds: state.holds.map((hold) => (hold.id === event.hold ? { ...hold, released } : hold)),
      };
    }
    default:
      return event satisfies never;
  }
}
