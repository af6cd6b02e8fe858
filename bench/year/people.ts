/** What people do about a request when they come to it: mostly what is asked of them, sometimes something else. */
import type { Command } from '../../src/core/command.ts';
import { conditionsOf, type ExceptionRequest, openHolds, openQuestion } from '../../src/core/request.ts';
import type { Task } from '../../src/core/tasks.ts';
import type { Instant, Role, Words } from '../../src/core/values.ts';
import type { Chance } from '../random.ts';
import { DAY, HOUR } from './time.ts';

export type Order = Command extends infer C ? (C extends Command ? Omit<C, 'by' | 'at'> : never) : never;

/** What is said does not matter to time, so everybody says the same. */
const SAID: Words = { content: 'c0ffee', nonce: 'c0ffee', text: 'As it is.' };
/** Nobody decides on what has changed meanwhile, so every content has the same hash. */
export const HASH = 'seen';

/** How long somebody takes on average, in milliseconds of working time, and how often nobody comes to it unless chased. */
export const PACE: Record<Task['kind'], { mean: number; never: number }> = {
  complete_inputs: { mean: 6 * HOUR, never: 0 },
  answer_question: { mean: 5 * HOUR, never: 0.05 },
  pick_tier: { mean: 3 * HOUR, never: 0 },
  confirm_details: { mean: 3 * HOUR, never: 0.06 },
  authorize: { mean: 5 * HOUR, never: 0.06 },
  clear_hold: { mean: 10 * HOUR, never: 0.05 },
  carry_out: { mean: 10 * HOUR, never: 0.05 },
  meet_condition: { mean: 50 * HOUR, never: 0.15 },
  close: { mean: 20 * HOUR, never: 0.1 },
  check_effectiveness: { mean: 20 * HOUR, never: 0.1 },
};

const dayAfter = (now: Instant, days: number): string =>
  new Date(Date.parse(now) + days * DAY).toISOString().slice(0, 10);

export const submission = (chance: Chance): Order => ({
  type: 'submit',
  form: {
    ...{ beneficiary: null, origin: 'slash_command', askedBefore: null, rule: 'refund-window', otherRule: null },
    ...{ category: chance.pick(['customer-retention', 'service-failure', 'internal', 'asia']), component: null },
    ...{ errorType: null, asksFor: null, customer: SAID, rationale: SAID, impact: SAID, evidence: null, files: [] },
    ...{ deviation: String(1 + chance.below(80)), value: chance.happens(0.1) ? '20000' : '500', inputs: {} },
    ...{ severity: chance.happens(0.03) ? 'critical' : 'minor', urgent: chance.happens(0.05), neededBy: null },
    ...{ alreadyHappened: false, confidential: false },
  },
});

/** By whom, and how many milliseconds after it was asked for. */
export type Incident = { by: 'owner' | Role; after: number; order: Order };
/** What comes in between, if anything. */
export function incident(chance: Chance): Incident | null {
  const after = chance.around(12 * HOUR);
  if (chance.happens(0.03)) return { by: 'owner', after, order: { type: 'complain', words: SAID } };
  if (chance.happens(0.02)) return { by: 'owner', after, order: { type: 'withdraw', reason: null } };
  if (chance.happens(0.02)) return { by: 'managers', after, order: { type: 'expedite', justification: SAID } };
  if (chance.happens(0.01)) return { by: 'ops_supervisors', after, order: { type: 'reroute', reason: SAID } };
  if (chance.happens(0.01)) return { by: 'compliance', after: 30 * DAY, order: { type: 'revoke', words: SAID } };
  return null;
}

/** The order by which somebody does a task. @throws Error for one that nothing in this simulation brings about */
export function orderFor({ kind, owner }: Task, state: ExceptionRequest, now: Instant, chance: Chance): Order {
  switch (kind) {
    case 'confirm_details':
      return confirming(state, chance);
    case 'authorize':
      return authorizing(state, now, chance);
    case 'answer_question':
      return { type: 'answer_info', question: openQuestion(state)?.id ?? 0, words: SAID };
    case 'clear_hold':
      return { type: 'release_hold', hold: openHolds(state)[0]?.id ?? 0, outcome: 'proceed', words: SAID };
    case 'carry_out':
      return { type: 'execute', outcome: chance.happens(0.95) ? 'done' : 'could_not', words: SAID };
    case 'meet_condition': {
      const unmet = conditionsOf(state).filter(({ met }) => !met);
      const own = unmet.find((condition) => 'person' in owner && condition.owner === owner.person);
      return { type: 'meet_condition', condition: own?.id ?? 0, words: null };
    }
    case 'close': {
      const checkOn = chance.happens(0.1) ? dayAfter(now, 20 + chance.below(60)) : null;
      return { type: 'close', cause: 'policy-unfit', happened: SAID, fixed: SAID, whys: [], action: null, checkOn };
    }
    case 'check_effectiveness':
      return { type: 'check_effectiveness', effective: 'yes', words: SAID };
    case 'complete_inputs':
    case 'pick_tier':
      throw new Error(`nobody brings about ${kind}`);
    default:
      return kind satisfies never;
  }
}

const decisionOn = (state: ExceptionRequest) => ({
  seen: {
    ...{ round: state.round, contentHash: HASH },
    stage: state.status === 'in_review' ? state.stage : ('authorization' as const),
  },
  rationale: SAID,
});

function confirming(state: ExceptionRequest, chance: Chance): Order {
  if (chance.happens(0.05)) return { type: 'request_info', words: SAID };
  if (chance.happens(0.03)) return { type: 'place_hold', kind: 'regulatory', source: null, words: SAID };
  if (chance.happens(0.05)) return { type: 'reject', ...decisionOn(state) };
  return { type: 'approve', ...decisionOn(state), checks: [], conditions: [] };
}

function authorizing(state: ExceptionRequest, now: Instant, chance: Chance): Order {
  if (chance.happens(0.08)) return { type: 'reject', ...decisionOn(state) };
  const due = dayAfter(now, 5 + chance.below(40));
  const conditions = chance.happens(0.15) ? [{ text: SAID, owner: state.owner, due }] : [];
  const approve = { type: 'approve' as const, ...decisionOn(state), checks: [], conditions };
  const validity = { from: now.slice(0, 10), until: dayAfter(now, 5 + chance.below(150)) };
  return chance.happens(0.6) ? { ...approve, validity } : approve;
}
