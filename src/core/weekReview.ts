/**
 * The review of a week: its report is read, and compliance signs it off. One that nobody signs is chased, and at last the admins
 * hear of it.
 */
import { UNIT } from './duration.ts';
import type { Actor, Recorded, WeekEvent } from './events.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { mayFill, type Standing } from './standing.ts';
import { type Instant, plus, type Words } from './values.ts';

type Event = Recorded<WeekEvent>;

export type WeekReview = {
  week: string;
  reportedAt: Instant;
  /** When those who sign were asked again, in order. */
  chased: Instant[];
  signedOff: { by: Actor; at: Instant; remarks: Words | null } | null;
};

type SignOff = { type: 'sign_off'; by: Actor; at: Instant; remarks: Words | null; standing: Standing };
/** @param within milliseconds that there are for signing */
type Chase = { type: 'chase'; by: Actor; at: Instant; within: number };
export type WeekCommand = SignOff | Chase;

/** @throws Error where the event cannot follow the state: the log is not one that this program wrote. */
export function evolveWeek(state: WeekReview | null, event: Event): WeekReview {
  if (event.type === 'week_reported') {
    if (state) throw new Error(`${state.week} was reported twice`);
    return { week: event.week, reportedAt: event.at, chased: [], signedOff: null };
  }
  if (!state) throw new Error(`${event.type} came before ${event.week} was reported`);
  if (state.signedOff) throw new Error(`${event.type} came after ${event.week} was signed off`);
  switch (event.type) {
    case 'week_signed_off': {
      const { by, at, remarks } = event;
      return { ...state, signedOff: { by, at, remarks } };
    }
    case 'sign_off_chased':
      return { ...state, chased: [...state.chased, event.at] };
    default:
      return event satisfies never;
  }
}

/** @returns no events where there is nobody to chase, or not yet */
export function decideWeek(state: WeekReview | null, command: WeekCommand): Event[] | Refusal {
  if (!state) return refuse({ why: 'week_not_reported' });
  return command.type === 'sign_off' ? signOff(state, command) : chase(state, command);
}

function signOff({ week, signedOff }: WeekReview, { by, at, remarks, standing }: SignOff): Event[] | Refusal {
  const right = mayFill(standing, 'compliance');
  if (isRefusal(right)) return right.why === 'not_of' ? refuse({ why: 'not_signer' }) : right;
  if (signedOff) return refuse({ why: 'already_signed_off', by: signedOff.by, at: signedOff.at });
  return [{ type: 'week_signed_off', by, at, week, remarks }];
}

/** How often those who sign are asked again; the time after that, the admins hear of it, and then nobody. */
export const CHASES = 3;
const CHASED_EVERY = 7 * UNIT.d;

/** By when the next one follows; null where none does. What was asked late leaves as much time as what was asked in time. */
export function nextChase({ reportedAt, chased, signedOff }: WeekReview, within: number): Instant | null {
  if (signedOff || chased.length > CHASES) return null;
  const last = chased.at(-1);
  return last === undefined ? plus(reportedAt, within) : plus(last, CHASED_EVERY);
}

/** By when it is to be signed. */
export const signOffDue = ({ reportedAt }: Pick<WeekReview, 'reportedAt'>, within: number): Instant =>
  plus(reportedAt, within);

function chase(state: WeekReview, { by, at, within }: Chase): Event[] {
  const due = nextChase(state, within);
  if (due === null || due > at) return [];
  const { week, chased } = state;
  return [{ type: 'sign_off_chased', by, at, week, time: chased.length + 1, dueAt: signOffDue(state, within) }];
}
