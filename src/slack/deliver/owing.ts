/** Who owes a request's next step now, and can be reminded of it. */
import { approvalOf, type ExceptionRequest } from '../../core/request.ts';
import { type Task, tasksOf } from '../../core/tasks.ts';
import { awayNow } from '../../store/absences.ts';
import { membersOf } from '../../store/people.ts';
import type { Deps, Scene } from './deps.ts';

/**
 * Those who may decide it at this stage, who clear up what it waits for, or its owner where something is asked of them. Not
 * who is away: whoever decides for them. Nobody once it is decided.
 */
export async function owing(deps: Deps, scene: Scene): Promise<string[]> {
  const { state } = scene;
  if (state.status !== 'in_review') return [];
  const { db, teamId, clock } = deps;
  const away = new Map((await awayNow(db, teamId, clock.now())).map(({ person, standIn }) => [person, standIn]));
  const all = await Promise.all(
    turnsOf(tasksOf(state)).map(async (task) => {
      // Only the owner can answer or complete it, so nobody does in their place.
      if ('person' in task.owner) return away.has(task.owner.person) ? [] : [task.owner.person];
      const { people } = await membersOf(db, teamId, scene.wiring, task.owner.role);
      const there = people.flatMap((person) => (away.has(person) ? (away.get(person) ?? []) : person));
      return there.filter((person) => !barredFrom(state, task).includes(person));
    }),
  );
  return [...new Set(all.flat())];
}

/** While a hold has to be cleared up, nobody is reminded to approve. */
const turnsOf = (tasks: Task[]): Task[] => {
  const held = tasks.some(({ kind }) => kind === 'clear_hold');
  return held ? tasks.filter(({ kind }) => kind !== 'confirm_details' && kind !== 'authorize') : tasks;
};

const barredFrom = (state: ExceptionRequest, { kind }: Task): (string | null | undefined)[] => [
  ...[state.requester, state.beneficiary, state.owner, ...state.conflicted],
  kind === 'authorize' ? approvalOf(state, 'validation')?.by : null,
];
