/**
 * What one person's stream says of them: when they are away and who decides for them, and who may set that in their name.
 * Whoever sets it for somebody else gains nothing by it: they can neither name themselves nor, as an assistant, be named.
 */
import { type Absence, overlap, uncovered, wouldLoop } from './cover.ts';
import type { Actor, PersonEvent, Recorded } from './events.ts';
import type { Instant, Words } from './values.ts';

type Event = Recorded<PersonEvent>;

export type Away = Absence & { why: Words | null };
export type PersonState = {
  absences: Away[];
  /** Who may set their absences for them. */
  assistant: { person: string; at: Instant } | null;
};
export const nobodyYet: PersonState = { absences: [], assistant: null };

/** What the actor may beyond their own: `supervisor` of operations; `executive`: whether the person of the stream is one. */
export type AbsenceRights = { supervisor: boolean; executive: boolean };

/**
 * @param others absences of other people around that time
 * @param fit whether the delegate is an active member of the workspace
 */
type Set = {
  type: 'set';
  from: Instant;
  until: Instant;
  delegate: string | null;
  why: Words | null;
  others: Absence[];
  fit: boolean;
};
export type AbsenceCommand = { person: string; by: Actor; at: Instant; rights: AbsenceRights } & (
  | Set
  | { type: 'end'; absence: number }
  | { type: 'name_assistant'; assistant: string }
  | { type: 'dismiss_assistant' }
);
type Of<T extends AbsenceCommand['type']> = Extract<AbsenceCommand, { type: T }>;

export type AbsenceRefusal = { refused: true } & (
  | { why: 'not_theirs_to_set' }
  | { why: 'ends_before_it_starts' }
  | { why: 'in_the_past' }
  | { why: 'delegate_is_self' }
  /** Whoever sets somebody else's absence does not give themselves that person's say. */
  | { why: 'delegate_is_setter' }
  | { why: 'delegate_is_assistant' }
  | { why: 'delegate_unfit' }
  /** Somebody on the way is away then, and nobody decides for them. */
  | { why: 'delegate_away'; person: string; from: Instant; until: Instant }
  | { why: 'loop' }
  | { why: 'no_such_absence' }
  | { why: 'absence_over'; until: Instant }
  | { why: 'not_executive' }
  | { why: 'assistant_unfit' }
  | { why: 'no_assistant' }
);
type Facts = AbsenceRefusal extends infer R ? (R extends AbsenceRefusal ? Omit<R, 'refused'> : never) : never;
const no = (facts: Facts): AbsenceRefusal => ({ refused: true, ...facts }) as AbsenceRefusal;

/** @throws Error where the event cannot follow the state: the log is not one that `decideAbsence` wrote. */
export function evolveAbsences(state: PersonState, event: Event): PersonState {
  switch (event.type) {
    case 'absence_set': {
      const { person, absence: id, from, until, delegate, why, by: setBy, at: setAt } = event;
      return { ...state, absences: [...state.absences, { id, person, from, until, delegate, why, setBy, setAt }] };
    }
    case 'absence_ended': {
      const { absence, until } = event;
      if (!state.absences.some(({ id }) => id === absence))
        throw new Error(`absence ${absence} ended before it was set`);
      return { ...state, absences: state.absences.map((one) => (one.id === absence ? { ...one, until } : one)) };
    }
    case 'assistant_named':
      return { ...state, assistant: { person: event.assistant, at: event.at } };
    case 'assistant_dismissed':
      return { ...state, assistant: null };
    default:
      return event satisfies never;
  }
}

export function decideAbsence(state: PersonState, command: AbsenceCommand): Event[] | AbsenceRefusal {
  switch (command.type) {
    case 'set':
      return set(state, command);
    case 'end':
      return end(state, command);
    case 'name_assistant':
      return nameAssistant(state, command);
    case 'dismiss_assistant':
      return dismiss(state, command);
    default:
      return command satisfies never;
  }
}

/** Themselves, a supervisor of operations, or the assistant whom they named, while they are an executive. */
const maySetAbsence = (
  { assistant }: PersonState,
  { by, person, rights }: Pick<AbsenceCommand, 'by' | 'person' | 'rights'>,
): boolean => by === person || rights.supervisor || (rights.executive && assistant?.person === by);

/** One that it overlaps gives way to it: nobody is away twice. */
function set(state: PersonState, command: Of<'set'>): Event[] | AbsenceRefusal {
  const { by, at, person, until, delegate, why } = command;
  if (!maySetAbsence(state, command)) return no({ why: 'not_theirs_to_set' });
  if (until <= command.from) return no({ why: 'ends_before_it_starts' });
  if (until <= at) return no({ why: 'in_the_past' });
  // Nobody stands in for the time before they were named.
  const from = command.from < at ? at : command.from;
  const unfit = delegate === null ? null : refusedDelegate(state, command, delegate, from);
  if (unfit) return unfit;
  const replaced = state.absences.filter((absence) => overlap(absence, { from, until }));
  return [
    ...replaced.map((absence) => ended(command, absence, absence.from < from ? from : absence.from)),
    { type: 'absence_set', by, at, person, absence: state.absences.length + 1, from, until, delegate, why },
  ];
}

function refusedDelegate(
  { assistant }: PersonState,
  { by, person, until, others, fit }: Of<'set'>,
  delegate: string,
  from: Instant,
): AbsenceRefusal | null {
  if (delegate === person) return no({ why: 'delegate_is_self' });
  if (delegate === by) return no({ why: 'delegate_is_setter' });
  if (delegate === assistant?.person) return no({ why: 'delegate_is_assistant' });
  if (!fit) return no({ why: 'delegate_unfit' });
  const candidate = { person, delegate, from, until };
  if (wouldLoop(others, candidate)) return no({ why: 'loop' });
  const gap = uncovered(others, candidate);
  return gap && no({ why: 'delegate_away', person: gap.person, from: gap.from, until: gap.until });
}

function end(state: PersonState, command: Of<'end'>): Event[] | AbsenceRefusal {
  if (!maySetAbsence(state, command)) return no({ why: 'not_theirs_to_set' });
  const absence = state.absences.find(({ id }) => id === command.absence);
  if (!absence) return no({ why: 'no_such_absence' });
  if (absence.until <= command.at || absence.until === absence.from)
    return no({ why: 'absence_over', until: absence.until });
  return [ended(command, absence, absence.from < command.at ? command.at : absence.from)];
}

const ended = ({ by, at, person }: AbsenceCommand, { id }: Away, until: Instant): Event => ({
  type: 'absence_ended',
  by,
  at,
  person,
  absence: id,
  until,
});

function nameAssistant(state: PersonState, { by, at, person, assistant, rights }: Of<'name_assistant'>) {
  if (by !== person || !rights.executive) return no({ why: 'not_executive' });
  if (assistant === person) return no({ why: 'assistant_unfit' });
  if (assistant === state.assistant?.person) return [];
  const event: Event = { type: 'assistant_named', by, at, person, assistant };
  return [event];
}

function dismiss({ assistant }: PersonState, { by, at, person }: Of<'dismiss_assistant'>): Event[] | AbsenceRefusal {
  if (by !== person) return no({ why: 'not_executive' });
  if (!assistant) return no({ why: 'no_assistant' });
  return [{ type: 'assistant_dismissed', by, at, person, assistant: assistant.person }];
}
