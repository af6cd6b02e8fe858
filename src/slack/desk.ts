/** What lies on somebody's desk: what waits for them, what they asked for, what they have to carry out or to clear up. */
import type { Rules } from '../core/policy.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { askers, type ExceptionRequest, openHolds } from '../core/request.ts';
import { holds, isAuditor, mayActAs, mayDecide, type Standing } from '../core/standing.ts';
import { type Owner, type Task, type TaskKind, tasksOf } from '../core/tasks.ts';
import { type Instant, ROLES } from '../core/values.ts';
import { namesOf } from '../store/people.ts';
import { personOwner, roleOwner } from '../store/requestColumns.ts';
import { type Listed, requestsOf, requestsOwedBy } from '../store/requests.ts';
import { snoozesOf } from '../store/snoozes.ts';
import type { Ref } from './carried.ts';
import type { Actor, Listening } from './listeners/listening.ts';
import { refOf } from './views/drawn.ts';
import { isDecision, type Row, type RowTask } from './views/rows.ts';

/** How many requests are looked through for each part. */
const LOOKED_THROUGH = 300;

export type Desk = {
  /** What is the person's turn, by deadline. */
  waiting: Row[];
  /** What is to be done once it is approved, by deadline. */
  tasks: Row[];
  /** Holds of roles they fill. */
  holds: Row[];
  /** What they asked for or answer for: the open ones first. */
  yours: Row[];
  /** Until when they have put some of it off. */
  snoozed: ReadonlyMap<number, Instant>;
  standing: Standing;
};

const TURN: readonly TaskKind[] = ['complete_inputs', 'answer_question', 'pick_tier', 'confirm_details', 'authorize'];

export async function deskOf(bot: Listening, actor: Actor): Promise<Desk> {
  const { db, policies, teamId, clock } = bot;
  const [{ standing }, yours, { document }, snoozed] = await Promise.all([
    bot.log.load({ teamId, number: null, actor: actor.id, key: null, at: clock.now() }),
    requestsOf(db, policies, teamId, actor.id, LOOKED_THROUGH),
    policies.current(),
    snoozesOf(db, teamId, actor.id, clock.now()),
  ]);
  const roles = ROLES.filter((role) => holds(standing, role));
  const owners = [personOwner(actor.id), ...roles.map(roleOwner)];
  const owed = await requestsOwedBy(db, policies, teamId, owners, LOOKED_THROUGH);
  const names = await namesOf(db, teamId, [...new Set([...owed, ...yours].flatMap(({ state }) => peopleIn(state)))]);
  const drawn = ({ state, rules }: Listed) => ({ state, rules, wiring: document.wiring, names });
  const rows = owed
    .flatMap((listed) => theirs(listed, actor.id, standing).map((task): Row => ({ drawn: drawn(listed), task })))
    .sort(byDeadline);
  return {
    waiting: oncePerRequest(rows.filter(({ task }) => task !== null && TURN.includes(task.kind))),
    tasks: rows.filter(({ task }) => task !== null && task.kind !== 'clear_hold' && !TURN.includes(task.kind)),
    holds: rows.filter(({ task }) => task?.kind === 'clear_hold'),
    yours: yours.map((listed): Row => ({ drawn: drawn(listed), task: null })),
    snoozed,
    standing,
  };
}

/**
 * The request to decide after this one, as the person's queue in Home has them: what follows one that was passed over, else
 * the first; null where nothing is left.
 */
export async function nextInQueue(bot: Listening, actor: Actor, after: number): Promise<Ref | null> {
  const { waiting, snoozed } = await deskOf(bot, actor);
  const queue = waiting.filter(({ drawn, task }) => isDecision(task) && !snoozed.has(drawn.state.number));
  const at = queue.findIndex(({ drawn }) => drawn.state.number === after);
  const next = queue[at + 1] ?? queue[0];
  return next && next.drawn.state.number !== after ? refOf(next.drawn) : null;
}

/** Those tasks of the request that are this person's, and that they may do. */
function theirs({ state, rules }: Listed, person: string, standing: Standing): RowTask[] {
  const held = openHolds(state);
  let hold = 0;
  return tasksOf(state).flatMap((task): RowTask[] => {
    // The core lists holds in the order in which they were placed.
    const kind = task.kind === 'clear_hold' ? held[hold++]?.kind : undefined;
    if (!isOwner(task.owner, person, standing) || !may(state, task, person, standing, rules)) return [];
    return [{ kind: task.kind, due: task.due, ...(kind ? { hold: kind } : {}) }];
  });
}

const isOwner = (owner: Owner, person: string, standing: Standing): boolean =>
  'person' in owner ? owner.person === person : holds(standing, owner.role);

function may(state: ExceptionRequest, task: Task, person: string, standing: Standing, rules: Rules): boolean {
  if (isAuditor(standing) && !askers(state).includes(person)) return false;
  switch (task.kind) {
    case 'confirm_details':
    case 'authorize':
    case 'pick_tier':
      return notBarred(mayDecide(state, person, standing, rules));
    case 'clear_hold':
      return 'role' in task.owner && notBarred(mayActAs(state, person, standing, task.owner.role, rules));
    default:
      return true;
  }
}

/** What Slack said too long ago is asked again when they press; it is their turn all the same. */
const notBarred = (verdict: object | Refusal): boolean => !isRefusal(verdict) || verdict.why === 'directory_stale';

/** Of several things to do about one request, the one that comes first. */
const oncePerRequest = (rows: Row[]): Row[] =>
  rows.filter(({ drawn }, index) => rows.findIndex((row) => row.drawn.state.number === drawn.state.number) === index);

const LAST = '~';
function byDeadline(a: Row, b: Row): number {
  const [one, other] = [a.task?.due ?? LAST, b.task?.due ?? LAST];
  if (one !== other) return one < other ? -1 : 1;
  return a.drawn.state.number - b.drawn.state.number;
}

/** Everybody whom a row can name. */
const peopleIn = (state: ExceptionRequest): string[] => [
  ...(state.status === 'in_review' ? [] : [state.by]),
  ...(state.status === 'approved' && state.closure ? [state.closure.by] : []),
  ...(state.taken ? [state.taken.by] : []),
  ...(state.assigned ? [state.assigned.to] : []),
];
