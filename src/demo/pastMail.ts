/**
 * What is told in the past. Messages stand where and when they were posted, drawn as things are at the end: what nobody can
 * see any more, since it was overtaken, is not posted.
 */
import { type Intent, intent as intentSchema } from '../app/intents.ts';
import { type ExceptionRequest, openHolds } from '../core/request.ts';
import { tasksOf } from '../core/tasks.ts';
import { type Instant, plus } from '../core/values.ts';
import type { Deliverer } from '../slack/deliver/index.ts';
import { takeOwed } from '../store/outbox.ts';
import type { Owed } from './pastBot.ts';
import type { Remembering } from './remembering.ts';

type OfRequest = Extract<Intent, { number: number }>;
export type MailOptions = {
  memory: Remembering;
  teamId: string;
  deliverer: Deliverer;
  /** Sets the clock by which messages are dated. */
  setNow(at: Instant): void;
  stateOf(number: number): ExceptionRequest;
  /** Whether what is over was over so long ago that its card would lie weeks up in the channel. */
  isLongAgo(number: number): boolean;
  until: Instant;
};

/**
 * Milliseconds. What was said further back lies far up in people's messages; the card lasts, and the record tells the rest. A
 * thread in which something is said begins with what was not told before.
 */
const NEWS = 16 * 3_600_000;
const LASTING: readonly Intent['kind'][] = ['redraw', 'digest', 'policy_review'];

export function createMail({ memory, teamId, deliverer, setNow, stateOf, isLongAgo, until }: MailOptions) {
  const drawn = new Set<number>();
  // Drawn before all was done that was to be done.
  const stale = new Set<number>();

  function isWanted({ at, intent }: Owed): boolean {
    if (at < plus(until, -NEWS) && !LASTING.includes(intent.kind)) return false;
    if (!('number' in intent)) return intent.kind === 'digest' || intent.kind === 'policy_review';
    const state = stateOf(intent.number);
    if (tasksOf(state).length > 0) return isCurrent(intent, state);
    return !isLongAgo(intent.number) && lasts(intent);
  }

  async function deliver({ at, intent }: Owed): Promise<void> {
    setNow(at);
    await deliverer.deliver(intent);
    // Some owe a message to each of several people.
    if (!SPREADS.includes(intent.kind)) return;
    for (const { intents } of await takeOwed(memory.db, teamId, 1000))
      for (const intent of intents) await deliverer.deliver(intentSchema.parse(intent));
  }

  return {
    /** @param owed in the order of time */
    async deliver(owed: Owed[]): Promise<void> {
      memory.forget();
      const before = new Set(drawn);
      for (const each of newest(owed.filter(isWanted))) {
        const { intent } = each;
        if (intent.kind !== 'redraw') await deliver(each);
        else if (before.has(intent.number)) stale.add(intent.number);
        else if (!drawn.has(intent.number)) {
          drawn.add(intent.number);
          await deliver(each);
        }
      }
    },
    /** Leaves every card as things stand now. */
    async end(at: Instant): Promise<void> {
      for (const number of stale) await deliver({ at, intent: { kind: 'redraw', number } });
    },
  };
}

const SPREADS: readonly Intent['kind'][] = ['call', 'tell_role', 'tell_owners', 'nudge', 'escalate'];

/** Whether it still says what is to be done. What the sources said and how often it was asked for was looked at in its turn. */
function isCurrent(intent: OfRequest, state: ExceptionRequest): boolean {
  switch (intent.kind) {
    case 'read_sources':
    case 'keep_file':
    case 'look_for_recurrence':
      return false;
    case 'call':
    case 'nudge':
      return state.status === 'in_review' && state.stage === stageOf(intent, state) && !state.returned;
    case 'escalate':
      return state.status === 'in_review' || intent.escalation === 'complaint';
    case 'tell_role':
      return intent.notice !== 'hold' || openHolds(state).length > 0;
    default:
      return true;
  }
}

const stageOf = (intent: Extract<OfRequest, { kind: 'call' | 'nudge' }>, { status, ...state }: ExceptionRequest) =>
  intent.kind === 'call' ? intent.stage : 'stage' in state ? state.stage : status;

/** Of what is over, whose turn it was is of no interest any more. */
function lasts(intent: OfRequest): boolean {
  if (intent.kind === 'tell') return ['over', 'carried_out', 'closed'].includes(intent.notice);
  return intent.kind === 'redraw' || intent.kind === 'story';
}

/** Of messages that one person gets about a request, each replaces the one before. */
function newest(owed: Owed[]): Owed[] {
  const last = new Map<string, number>();
  for (const { intent } of owed) if (intent.kind === 'tell') last.set(toOne(intent), intent.seq);
  return owed.filter(({ intent }) => intent.kind !== 'tell' || last.get(toOne(intent)) === intent.seq);
}
const toOne = ({ number, person }: { number: number; person: string }): string => `${number} ${person}`;
