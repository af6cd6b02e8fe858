/** What is asked, said and raised about a request beside its stages. */
import type { EventOf } from '../events.ts';
import { type Escalation, type ExceptionRequest, type Question, type Remark, sameEscalation } from '../request.ts';
import type { EscalationKind, Instant } from '../values.ts';
import { mark } from './when.ts';

type QuestionEvent = EventOf<'info_requested' | 'info_answered' | 'question_closed' | 'question_reopened'>;
type RemarkEvent = EventOf<'remark_made' | 'remark_edited' | 'remark_deleted'>;
type EscalationEvent = EventOf<'escalation_raised' | 'escalation_acknowledged' | 'nudged'>;

export function talked(
  state: ExceptionRequest,
  event: QuestionEvent | RemarkEvent | EscalationEvent | EventOf<'complaint_received'>,
): ExceptionRequest {
  switch (event.type) {
    case 'info_requested':
    case 'info_answered':
    case 'question_closed':
    case 'question_reopened':
      return { ...state, questions: questions(state.questions, event) };
    case 'remark_made':
    case 'remark_edited':
    case 'remark_deleted':
      return { ...state, remarks: remarks(state.remarks, event) };
    case 'escalation_raised': {
      return { ...state, escalations: climbed(state.escalations, event) };
    }
    case 'escalation_acknowledged':
      return withEscalation(state, event, { acknowledged: { ...mark(event), until: event.until } });
    case 'nudged':
      return withEscalation(state, event, { nudged: mark(event) });
    case 'complaint_received':
      return { ...state, complaints: [...state.complaints, { ...mark(event), words: event.words }] };
    default:
      return event satisfies never;
  }
}

function questions(asked: Question[], event: QuestionEvent): Question[] {
  if (event.type === 'info_requested') {
    const { question: id, stage, words } = event;
    return [...asked, { id, stage, ...mark(event), words, answer: null, closed: null }];
  }
  const change = (): Partial<Question> => {
    if (event.type === 'info_answered') return { answer: { ...mark(event), words: event.words }, closed: null };
    return { closed: event.type === 'question_closed' ? mark(event) : null };
  };
  return asked.map((question) => (question.id === event.question ? { ...question, ...change() } : question));
}

function remarks(made: Remark[], event: RemarkEvent): Remark[] {
  const { channel, ts } = event;
  if (event.type === 'remark_made') {
    const { words, files } = event;
    return [...made, { ...mark(event), words, files, channel, ts, earlier: [], edited: null, deleted: null }];
  }
  return made.map((remark) => {
    if (remark.ts !== ts || remark.channel !== channel) return remark;
    if (event.type === 'remark_edited')
      return { ...remark, words: event.words, edited: event.at, earlier: [...remark.earlier, remark.words.content] };
    return { ...remark, deleted: mark(event) };
  });
}

/** One entry an escalation, however far it has climbed; a new step waits for somebody to acknowledge it. */
function climbed(known: Escalation[], event: EventOf<'escalation_raised'>): Escalation[] {
  const { kind, deadline, step, role, priority, at, acknowledgeBy } = event;
  const before = known.find((escalation) => sameEscalation(escalation, event));
  const raised = { kind, deadline, step, priority, at, acknowledgeBy, acknowledged: null };
  if (!before) return [...known, { ...raised, raisedAt: at, roles: [role], nudged: null }];
  const roles = [...before.roles, role];
  return known.map((each) =>
    each === before ? { ...raised, raisedAt: before.raisedAt, roles, nudged: before.nudged } : each,
  );
}

const withEscalation = (
  state: ExceptionRequest,
  which: { kind: EscalationKind; deadline: Instant },
  change: Partial<Escalation>,
): ExceptionRequest => ({
  ...state,
  escalations: state.escalations.map((escalation) =>
    sameEscalation(escalation, which) ? { ...escalation, ...change } : escalation,
  ),
});
