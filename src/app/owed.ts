/** Event -> what is owed to whom. */
import type { MOMENTS } from '../core/events/holds.ts';
import type { EventOf, Recorded } from '../core/events.ts';
import { requiredSources } from '../core/inputs.ts';
import type { Rules, Wiring } from '../core/policy.ts';
import { askers, conditionsOf, type ExceptionRequest, openHolds, type State } from '../core/request.ts';
import { HOLD_ROLE } from '../core/standing.ts';
import { endOf } from '../core/values.ts';
import type { Intent, Notice } from './intents.ts';

const distinct = (people: string[]): string[] => [...new Set(people)];

/** Who must know that it has lapsed: those who asked, and those by whose condition. */
const losing = (state: ExceptionRequest, because: 'expired' | 'condition'): string[] =>
  because === 'expired'
    ? askers(state)
    : distinct([...askers(state), ...conditionsOf(state).map(({ owner }) => owner)]);

/** Whoever owes a condition is told that it ends the approval, when the first hear that it is overdue. */
const owing = (state: ExceptionRequest, { kind, step, deadline }: EventOf<'escalation_raised'>): string[] =>
  kind === 'condition_overdue' && step === 1
    ? distinct(conditionsOf(state).flatMap(({ met, due, owner }) => (!met && endOf(due) === deadline ? [owner] : [])))
    : [];

/** Everybody who had a part in it. */
const everyoneInvolved = (state: ExceptionRequest) =>
  distinct([...askers(state), ...state.approvals.map(({ by }) => by), ...state.conditions.map(({ owner }) => owner)]);

/** The request around an event, and what the policy says of it. */
export type Around = {
  before: State;
  /** After the event. */
  state: ExceptionRequest;
  rules: Rules;
  wiring: Wiring;
};

/** @param seq the event's place in the stream */
export const intentsOf = (event: Recorded, seq: number, around: Around): Intent[] => [
  ...tellingOf(event, seq, around),
  ...checkOf(event, around.state),
  ...renewedOf(event, around.state),
];

/** What changes who may decide, or by when: two different people must still be there for it. */
const STAFFING: readonly Recorded['type'][] = [
  ...(['submitted', 'amended', 'corrected', 'tier_picked', 'confirmation_taken_back', 'rerouted'] as const),
  ...(['stage_approved', 'conflict_declared', 'handed_over', 'expedited', 'hold_released'] as const),
];

const checkOf = ({ type }: Recorded, { status, number }: ExceptionRequest): Intent[] =>
  status === 'in_review' && STAFFING.includes(type) ? [{ kind: 'check_staffing', number }] : [];

/** What it renews shows whether it is renewed. */
const RENEWAL: readonly Recorded['type'][] = ['submitted', 'stage_approved', 'stage_rejected', 'withdrawn'];
const renewedOf = ({ type }: Recorded, { renews }: ExceptionRequest): Intent[] =>
  renews && RENEWAL.includes(type) ? [{ kind: 'redraw', number: renews.number }] : [];

function tellingOf(event: Recorded, seq: number, around: Around): Intent[] {
  const { before, state } = around;
  const { number, round } = state;
  const story: Intent = { kind: 'story', number, seq };
  const redraw: Intent = { kind: 'redraw', number };
  const tell = (person: string, notice: Notice): Intent => ({ kind: 'tell', number, seq, person, notice });
  const tellAll = (people: string[], notice: Notice) =>
    people.filter((person) => person !== event.by).map((person) => tell(person, notice));
  const overNow = () => askers(state).map((person) => tell(person, 'over'));
  const call = (stage: 'validation' | 'authorization'): Intent => ({ kind: 'call', number, seq, round, stage });
  const ofRole = (role: TellRole['role'], notice: Notice): Intent => ({
    kind: 'tell_role',
    number,
    seq,
    role,
    notice,
  });
  switch (event.type) {
    case 'submitted':
      return [
        redraw,
        call('validation'),
        ...askers(state).map((person) => tell(person, 'received')),
        ...asked(event, seq, around),
      ];
    case 'amended':
      return [
        redraw,
        story,
        ...reopened(before, state, call('validation')),
        ...tellAll(voidedBy(before), 'voided'),
        ...filesToKeep(before, state),
        ...(asksOthers(around) ? readAgain(around, seq, 'submission') : []),
        ...countAgain(around),
      ];
    case 'corrected':
      return [
        redraw,
        story,
        ...reopened(before, state, call('validation')),
        tell(state.owner, 'corrected'),
        ...countAgain(around),
      ];
    case 'tier_picked':
      return [redraw, story, ...reopened(before, state, call('validation'))];
    case 'confirmation_taken_back':
      return [redraw, story, call('validation')];
    case 'correction_objected':
    case 'conflict_declared':
    case 'escalation_acknowledged':
    case 'expedited':
    case 'question_closed':
      return [redraw, story];
    case 'returned':
      return [redraw, story, tell(state.owner, 'returned')];
    case 'handed_over': {
      // Whoever takes it over is told as well that nobody is there to decide it.
      const short = state.staffing !== null && state.staffing.short.length > 0;
      return [
        redraw,
        story,
        tell(event.to, 'handed_over'),
        ...(short ? [{ kind: 'staffing', number, seq } as const] : []),
      ];
    }
    case 'stage_approved':
      if (state.status === 'approved')
        return [
          redraw,
          story,
          ...overNow(),
          ...distinct(event.conditions.map(({ owner }) => owner)).map((owner) => tell(owner, 'condition')),
          ofRole('operations', 'carry_out'),
        ];
      return [redraw, story, call('authorization'), ...readAgain(around, seq, 'authorization')];
    case 'stage_rejected':
    case 'withdrawn':
      return [redraw, story, ...overNow()];
    case 'taken':
    case 'remark_made':
    case 'remark_edited':
    case 'remark_deleted':
    case 'evidence_kept':
      return [redraw, ...(event.type === 'remark_made' ? event.files.map(({ id }) => keep(number, id)) : [])];
    case 'evidence_lost':
      return [redraw, tell(state.owner, 'file_lost'), ofRole('operations', 'file_lost')];
    case 'assigned':
      return [redraw, story, tell(event.to, 'assigned')];
    case 'info_requested':
      return [redraw, story, tell(state.owner, 'asked')];
    case 'question_reopened':
      return [redraw, story, tell(state.owner, 'asked')];
    case 'info_answered': {
      const asker = state.questions.find(({ id }) => id === event.question)?.by;
      return [redraw, story, ...(asker ? [tell(asker, 'answered')] : [])];
    }
    case 'escalation_raised':
      return [
        redraw,
        story,
        { kind: 'escalate', number, seq, escalation: event.kind, deadline: event.deadline, step: event.step },
        ...tellAll(owing(state, event), 'condition'),
      ];
    case 'nudged':
      return [redraw, story, { kind: 'nudge', number, seq }];
    case 'complaint_received':
      return [redraw, story];
    case 'sources_read':
      return [redraw];
    case 'hold_placed':
      return [redraw, story, ofRole(HOLD_ROLE[event.kind], 'hold'), ...tellAll([state.owner], 'hold')];
    case 'hold_released': {
      // Nobody is called to what still waits for another hold, nor to what ends with this one.
      const goesOn = state.status === 'in_review' && event.outcome !== 'must_not' && openHolds(state).length === 0;
      return [redraw, story, ...tellAll([state.owner], 'released'), ...(goesOn ? [call(state.stage)] : [])];
    }
    case 'executed':
      return [redraw, story, ...tellAll(everyoneInvolved(state), 'carried_out')];
    case 'condition_met':
      return [redraw, story];
    case 'closed':
      return [redraw, story, ...tellAll(askers(state), 'closed')];
    case 'effectiveness_due': {
      const owner = state.status === 'approved' ? state.closure?.action?.owner : null;
      return [redraw, owner ? tell(owner, 'check_effectiveness') : ofRole('operations', 'check_effectiveness')];
    }
    case 'effectiveness_checked':
      return [redraw, story];
    case 'rerouted':
      return [
        redraw,
        story,
        ...reopened(before, state, call('validation')),
        ...tellAll(voidedBy(before), 'voided'),
        ...tellAll(askers(state), 'rerouted'),
      ];
    case 'reminder_due': {
      const { stage, percent, since } = event;
      return [{ kind: 'remind', number, seq, round, stage, percent, since }];
    }
    case 'staffing_found':
      return [redraw, { kind: 'staffing', number, seq }];
    case 'ending_near':
      return [redraw, tell(state.owner, 'ending')];
    case 'lapsed':
      return [redraw, story, ...tellAll(losing(state, event.because), 'ended'), ofRole('operations', 'undo')];
    case 'revoked':
      return [redraw, story, ...tellAll(everyoneInvolved(state), 'ended'), ofRole('operations', 'undo')];
    case 'erased':
      return [
        redraw,
        story,
        { kind: 'redraw_story', number },
        ...(event.what.includes('customer') ? [{ kind: 'forget_customer', number } as const] : []),
      ];
    default:
      return event satisfies never;
  }
}

type TellRole = Extract<Intent, { kind: 'tell_role' }>;

const keep = (number: number, file: string): Intent => ({ kind: 'keep_file', number, file });

/** What a new request sets going beside its card. */
function asked(event: Recorded, seq: number, around: Around): Intent[] {
  const { state, rules, wiring } = around;
  const { number } = state;
  return [
    ...(wiring.ownership.length > 0 ? [{ kind: 'tell_owners', number, seq } as const] : []),
    ...readAgain(around, seq, 'submission'),
    ...state.files.map(({ id }) => keep(number, id)),
    ...(rules.recurrence && event.type === 'submitted' ? [{ kind: 'look_for_recurrence', number } as const] : []),
  ];
}

/** An edit can make it the same as others, where the policy counts how often the same is asked for. */
const countAgain = ({ before, state, rules }: Around): Intent[] => {
  const same = (['rule', 'category'] as const).every((what) => before?.[what] === state[what]);
  const kept = same && before?.customer?.content === state.customer?.content;
  return rules.recurrence && !kept ? [{ kind: 'look_for_recurrence', number: state.number }] : [];
};

/** The sources are asked where there are any, and a customer to ask about; or where nothing is approved without them. */
const readAgain = ({ state, rules, wiring }: Around, seq: number, moment: (typeof MOMENTS)[number]): Intent[] =>
  (state.customer && Object.keys(wiring.sources).length > 0) || requiredSources(rules, state).length > 0
    ? [{ kind: 'read_sources', number: state.number, seq, moment }]
    : [];

/** An edit after which the sources are asked anew: about another customer, or others than before. */
const asksOthers = ({ before, state }: Around): boolean =>
  before?.customer?.content !== state.customer?.content || before?.category !== state.category;

const filesToKeep = (before: State, state: ExceptionRequest): Intent[] => {
  const known = new Set(before?.files.map(({ id }) => id));
  return state.files.filter(({ id }) => !known.has(id)).map(({ id }) => keep(state.number, id));
};

/** Whoever approved in the round that is over. */
const voidedBy = (before: State): string[] =>
  before?.approvals.filter(({ round }) => round === before.round).map(({ by }) => by) ?? [];

/** A new round calls for validators where they had nothing to do, or where the card moves to another channel. */
const reopened = (before: State, state: ExceptionRequest, call: Intent): Intent[] => {
  const moved = before?.tier !== state.tier;
  const past = before?.status === 'in_review' && (before.stage !== 'validation' || before.returned !== null);
  return moved || past ? [call] : [];
};
