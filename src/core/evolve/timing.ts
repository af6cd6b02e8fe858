/** What time brings to a request. */
import type { EventOf } from '../events.ts';
import type { ExceptionRequest } from '../request.ts';
import { granted, inReview, mark } from './when.ts';

type Timed = EventOf<'reminder_due' | 'staffing_found' | 'ending_near' | 'lapsed' | 'revoked'>;

export function timed(state: ExceptionRequest, event: Timed): ExceptionRequest {
  switch (event.type) {
    case 'reminder_due': {
      const { round, stage, percent, at } = event;
      return { ...inReview(state, event), reminders: [...state.reminders, { round, stage, percent, at }] };
    }
    case 'staffing_found': {
      const { short, late, at } = event;
      const before = state.staffing;
      const since = before && before.short.length > 0 ? before.since : at;
      return { ...inReview(state, event), staffing: { short, late, at, since } };
    }
    case 'ending_near': {
      const approved = granted(state, event);
      return { ...approved, endingTold: [...approved.endingTold, event.days] };
    }
    case 'lapsed':
      return { ...granted(state, event), ended: { ...mark(event), how: event.because, words: null } };
    case 'revoked':
      return { ...granted(state, event), ended: { ...mark(event), how: 'revoked', words: event.words } };
    default:
      return event satisfies never;
  }
}
