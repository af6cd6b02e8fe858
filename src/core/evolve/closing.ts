/** What follows an approval, and conditions, which may be met before it. */
import type { EventOf } from '../events.ts';
import type { ExceptionRequest } from '../request.ts';
import { granted, mark } from './when.ts';

type FollowUp = EventOf<'executed' | 'condition_met' | 'closed' | 'effectiveness_due' | 'effectiveness_checked'>;

export function followedUp(state: ExceptionRequest, event: FollowUp): ExceptionRequest {
  switch (event.type) {
    case 'executed': {
      const { outcome, words } = event;
      return { ...granted(state, event), execution: { ...mark(event), outcome, words } };
    }
    case 'condition_met': {
      const met = { ...mark(event), words: event.words };
      return { ...state, conditions: state.conditions.map((c) => (c.id === event.condition ? { ...c, met } : c)) };
    }
    case 'closed': {
      const { type, ...closure } = event;
      return { ...granted(state, event), closure };
    }
    case 'effectiveness_due':
      return { ...granted(state, event), checkDue: event.at };
    case 'effectiveness_checked': {
      const { effective, words } = event;
      return { ...granted(state, event), check: { ...mark(event), effective, words } };
    }
    default:
      return event satisfies never;
  }
}
