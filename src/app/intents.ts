/** Event -> who must be told what. An intent says what is owed, not what it looks like: that is drawn when it is delivered. */
import { z } from 'zod';
import type { Recorded } from '../core/events.ts';
import type { ExceptionRequest } from '../core/request.ts';
import { escalationKind, instant, stage } from '../core/values.ts';

const number = z.int().positive();
/** Position in the request's stream of the event that caused it: part of the key under which a message is posted once. */
const seq = z.int().positive();

/** Why a person gets a direct message about a request. */
export const notice = z.enum(['received', 'your_turn', 'asked', 'answered', 'nudge', 'over']);
export type Notice = z.infer<typeof notice>;

export const intent = z.discriminatedUnion('kind', [
  /** Draw the card and every live message about the request from the state as it is. */
  z.object({ kind: z.literal('redraw'), number }),
  /** Tell one event in the card's thread. */
  z.object({ kind: z.literal('story'), number, seq }),
  /** It is a stage's turn: call its group once in the thread, and bring the card to those who are not in the channel. */
  z.object({ kind: z.literal('call'), number, seq, round: z.int().positive(), stage }),
  /** One direct message. */
  z.object({ kind: z.literal('tell'), number, seq, person: z.string(), notice }),
  /** Nudge everyone whose turn it is. */
  z.object({ kind: z.literal('nudge'), number, seq }),
  /** A direct message to everyone of the role an escalation goes to. */
  z.object({ kind: z.literal('escalate'), number, seq, escalation: escalationKind, deadline: instant }),
  /** Post the report of an ISO week. */
  z.object({ kind: z.literal('digest'), week: z.string() }),
  /** A direct message to the admins: something is broken, and its remedy. Once a problem a day. */
  z.object({ kind: z.literal('alert'), problem: z.string(), text: z.string(), day: z.iso.date() }),
]);
export type Intent = z.infer<typeof intent>;

const everyoneWhoAsked = ({ requester, beneficiary }: ExceptionRequest) =>
  beneficiary && beneficiary !== requester ? [requester, beneficiary] : [requester];

/**
 * @param state after the event
 * @param seq the event's place in the stream
 */
export function intentsOf(event: Recorded, seq: number, state: ExceptionRequest): Intent[] {
  const { number, round } = state;
  const story: Intent = { kind: 'story', number, seq };
  const redraw: Intent = { kind: 'redraw', number };
  const tell = (person: string, notice: Notice): Intent => ({ kind: 'tell', number, seq, person, notice });
  const overNow = () => everyoneWhoAsked(state).map((person) => tell(person, 'over'));
  switch (event.type) {
    case 'submitted': {
      const call: Intent = { kind: 'call', number, seq, round, stage: 'validation' };
      return [redraw, call, ...everyoneWhoAsked(state).map((person) => tell(person, 'received'))];
    }
    case 'stage_approved':
      if (state.status === 'approved') return [redraw, story, ...overNow()];
      return [redraw, story, { kind: 'call', number, seq, round, stage: 'authorization' }];
    case 'stage_rejected':
    case 'withdrawn':
      return [redraw, story, ...overNow()];
    case 'info_requested':
      return [redraw, story, tell(state.requester, 'asked')];
    case 'info_answered': {
      const asker = state.questions.find(({ id }) => id === event.question)?.by;
      return [redraw, story, ...(asker ? [tell(asker, 'answered')] : [])];
    }
    case 'conflict_declared':
      return [redraw, story];
    case 'escalation_raised':
      return [redraw, story, { kind: 'escalate', number, seq, escalation: event.kind, deadline: event.deadline }];
    case 'escalation_acknowledged':
      return [redraw, story];
    case 'nudged':
      return [redraw, story, { kind: 'nudge', number, seq }];
    default:
      return event satisfies never;
  }
}
