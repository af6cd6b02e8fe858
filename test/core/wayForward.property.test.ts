import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/app/handle.ts';
import type { Command } from '../../src/core/command.ts';
import { decide } from '../../src/core/decide.ts';
import { type Recorded, SYSTEM } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import { isRefusal, type Refusal } from '../../src/core/refusal.ts';
import { type ExceptionRequest, isClosed } from '../../src/core/request.ts';
import { mustWait } from '../../src/core/standing.ts';
import { type Task, tasksOf } from '../../src/core/tasks.ts';
import { colleagueIn, standingFor } from '../support/cast.ts';
import { keep, type Order, reading, sourcesSay, tick } from '../support/orders.ts';
import { PROCEDURE } from '../support/policy.ts';
import { existing, inStories } from '../support/story.ts';
import { orderFor } from '../support/tasks.ts';

/** When everything that waits has waited long enough. */
const LATER = '2027-12-01T09:00:00.000Z';
/** The tasks that may have to wait for others beside them. */
const LAST: readonly Task['kind'][] = ['confirm_details', 'authorize', 'close'];

/** The owner's order about it; of a role, that of somebody who has had nothing to do with the request. */
function attempt(state: ExceptionRequest, task: Task): Recorded[] | Refusal {
  const person =
    'role' in task.owner ? colleagueIn(task.owner.role) : { id: task.owner.person, standing: standingFor('zoe') };
  return give(state, person, orderFor(task, state));
}

function give(state: ExceptionRequest, { id, standing }: ReturnType<typeof colleagueIn>, order: Order) {
  return decide(state, { ...order, by: id, at: LATER } as Command, {
    number: 12,
    policy: { version: 1, rules: PROCEDURE },
    standing,
    contentHash: contentHash(state),
    exposure: null,
  });
}

/** What the program does by itself: it looks at the clock, keeps the files, and asks the sources it cannot do without. */
function served(state: ExceptionRequest): ExceptionRequest {
  const wait = state.status === 'in_review' && mustWait(state, PROCEDURE);
  const unheard = wait && wait.why === 'sources_pending' ? wait.sources : [];
  const orders = [tick, ...state.files.map(keep), sourcesSay(unheard.map((source) => reading(source, '1')))];
  return orders.reduce<ExceptionRequest>((done, order) => {
    const events = give(done, { id: SYSTEM, standing: standingFor('zoe') }, order);
    return isRefusal(events) ? done : events.reduce(evolve, done);
  }, state);
}

/** What becomes of it when everybody does the first of their tasks; at most so often as it takes. */
function carriedOn(state: ExceptionRequest): ExceptionRequest {
  let next = state;
  for (let left = 60; left > 0; left--) {
    const [task] = tasksOf(next);
    if (!task) break;
    const events = attempt(next, task);
    if (isRefusal(events)) throw new Error(`${task.kind}: ${JSON.stringify(events)}`);
    next = served(events.reduce(evolve, next));
  }
  return next;
}

const inTold = inStories(150);
/** Checks a rule of states wherever random stories lead, on the way and at their ends. */
const always = (rule: (state: ExceptionRequest) => void) =>
  inTold((told) => {
    for (const { after } of told) rule(served(after));
  });
const atTheEnd = (rule: (state: ExceptionRequest) => void) =>
  inTold((told) => rule(served(existing(told.at(-1)?.after ?? null))));

describe('wherever a request stands', () => {
  it(
    'somebody has something to do about it, until it is over',
    always((state) => {
      const tasks = tasksOf(state);
      if (!isClosed(state)) expect(tasks).not.toEqual([]);
      for (const { owner } of tasks) expect('role' in owner ? owner.role : owner.person).toBeTruthy();
    }),
  );

  it(
    'they can do it; what waits for other tasks can be done once it is alone',
    always((state) => {
      const tasks = tasksOf(state);
      for (const task of tasks) {
        if (LAST.includes(task.kind) && tasks.length > 1) continue;
        expect(attempt(state, task), task.kind).not.toHaveProperty('refused');
      }
    }),
  );

  it(
    'it ends when everybody does what is theirs to do',
    atTheEnd((state) => {
      const end = carriedOn(state);
      expect(isClosed(end)).toBe(true);
      expect(tasksOf(end)).toEqual([]);
    }),
  );

  it(
    'it can be withdrawn by whoever owns it until it is decided',
    atTheEnd((state) => {
      if (state.status !== 'in_review') return;
      const owner = { id: state.owner, standing: standingFor('zoe') };
      expect(give(state, owner, { type: 'withdraw', reason: null })).toMatchObject([{ type: 'withdrawn' }]);
    }),
  );
});
