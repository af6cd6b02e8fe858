/** Event -> what is owed to whom. */
import type { MOMENTS } from '../core/events/holds.ts';
import type { Recorded } from '../core/events.ts';
import { requiredSources } from '../core/inputs.ts';
import type { Rules, Wiring } from '../core/policy.ts';
import { askers, type ExceptionRequest, openHolds, type State } from '../core/request.ts';
import { HOLD_ROLE } from '../core/standing.ts';
import type { Intent, Notice } from './intents.ts';

const distinct = (people: string[]): string[] => [...new Set(people)];

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
export function intentsOf(event: Recorded, seq: number, around: Around): Intent[] {
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
    case 'handed_over':
      return [redraw, story, tell(event.to, 'handed_over')];
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
      return [redraw, story, ...reopened(before, state, call('validation')), ...tellAll(voidedBy(before), 'voided')];
    case 'reminder_due': {
      const { stage, percent, since } = event;
      return [{ kind: 'remind', number, seq, round, stage, percent, since }];
    }
    case 'staffing_found':
      return [redraw, { kind: 'staffing', number, seq }];
    case 'ending_near':
      return [redraw, tell(state.owner, 'ending')];
    case 'lapsed':
    case 'revoked':
      return [redraw, story, ...tellAll(everyoneInvolved(state), 'ended'), ofRole('operations', 'ended')];
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
