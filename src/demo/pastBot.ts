/**
 * A second bot for the past: the same commands and rules, each command at its own instant. Requests go their ways side by
 * side, so that many commands share a trip to the database; what they owe is kept here until somebody delivers it.
 */
import { toWords } from '../app/content.ts';
import { handle } from '../app/handle.ts';
import type { Intent } from '../app/intents.ts';
import { handleReview } from '../app/policyReview.ts';
import type { Append, EventLog, Loaded, Sources } from '../app/ports.ts';
import { handleWeek } from '../app/weekReview.ts';
import type { Command } from '../core/command.ts';
import { type Actor, SYSTEM } from '../core/events.ts';
import type { ReviewCommand } from '../core/policyReview.ts';
import { isRefusal } from '../core/refusal.ts';
import type { ExceptionRequest } from '../core/request.ts';
import { type Instant, plus } from '../core/values.ts';
import { lookForRecurrenceWith } from '../jobs/errands/lookForRecurrence.ts';
import { readSourcesWith } from '../jobs/errands/readSources.ts';
import { reportWeeks } from '../jobs/weeks.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/connect.ts';
import { createEventLog } from '../store/eventLog.ts';
import type { Policies } from '../store/policies.ts';
import { createReviewLog, reviewsOf } from '../store/policyReviews.ts';
import { createWeekLog } from '../store/weekReviews.ts';
import type { Order } from './orders.ts';

/** What is owed to somebody, and since when. */
export type Owed = { at: Instant; intent: Intent };

/** The sources are to be asked, as of then. */
type Read = { at: Instant; intent: Extract<Intent, { kind: 'read_sources' }> };

export type PastBot = ReturnType<typeof createPastBot>;
export type PastBotOptions = { store: Store; policies: Policies; teamId: string; log: Log };

export function createPastBot({ store, policies, teamId, log }: PastBotOptions) {
  const { db } = store;
  const events = createEventLog(store.pool, policies);
  const reviews = createReviewLog(store);
  const weeks = createWeekLog(store);
  const states = new Map<number, ExceptionRequest>();
  const attention = new Map<number, Instant | null>();
  const owed: Owed[] = [];
  const reads = new Map<number, Read[]>();

  function owes(at: Instant, intents: Intent[]): void {
    for (const intent of intents)
      if (intent.kind === 'read_sources')
        reads.set(intent.number, [...(reads.get(intent.number) ?? []), { at, intent }]);
      else owed.push({ at, intent });
  }
  function keep({ request }: Append): void {
    if (!request) return;
    states.set(request.state.number, request.state);
    attention.set(request.state.number, request.attentionAt);
  }

  /** The log as of an instant: what Slack said about people a minute before; and what is owed stays here. */
  const logAt = (at: Instant): EventLog => ({
    ...events,
    async load(query) {
      const loaded = await events.load(query);
      return { ...loaded, standing: confirmedAt(loaded.standing, plus(at, -60_000)) };
    },
    async append(append) {
      const outcome = await events.append({ ...append, intents: [] });
      if (outcome !== 'appended') return outcome;
      owes(at, append.intents);
      keep(append);
      return outcome;
    },
    async reschedule(next) {
      attention.set(next.number, next.attentionAt);
      await events.reschedule(next);
    },
  });
  const reviewsAt = (at: Instant): typeof reviews => ({
    ...reviews,
    async append(append) {
      const outcome = await reviews.append({ ...append, intents: [] });
      if (outcome === 'appended') owes(at, append.intents);
      return outcome;
    },
  });
  /** What every job needs. */
  const atWork = (at: Instant) => ({
    ...{ db, events: logAt(at), reviews: reviewsAt(at), policies, clock: { now: () => at }, teamId, log },
    wake: () => undefined,
    // Nobody had a modal open then.
    fill: async () => undefined,
  });

  /** @returns the request's number @throws where the bot refuses: then the past is written down wrong */
  async function order(at: Instant, by: Actor, number: number | null, command: Order): Promise<number> {
    const done = await handle(logAt(at), teamId, { ...command, by, at } as Command, { number, key: null });
    if (!isRefusal(done)) return done.number;
    const what = `${command.type} of EX-${number ?? 'new'} by ${by} at ${at}`;
    throw new Error(`the demo's past: ${what} is refused: ${JSON.stringify(done)}`);
  }

  return {
    order,
    /** The deadlines of a request are chased when they fall due. */
    async chase(number: number, until: Instant): Promise<void> {
      for (let next = attention.get(number); next && next <= until; next = attention.get(number))
        await order(next, SYSTEM, number, { type: 'tick' });
    },
    state(number: number): ExceptionRequest {
      const state = states.get(number);
      if (!state) throw new Error(`the demo's past: nobody asked for EX-${number}`);
      return state;
    },
    /** Takes what is to be asked of the sources about a request. */
    takeReads(number: number): Read[] {
      const taken = reads.get(number) ?? [];
      reads.delete(number);
      return taken;
    },
    readSources: ({ at, intent }: Read, sources: Sources): Promise<void> =>
      readSourcesWith({ ...atWork(at), sources })(intent),
    lookForRecurrence: (at: Instant, number: number) => lookForRecurrenceWith(atWork(at))({ number }),
    /** Ends the policy review that links a request. */
    async closeReview(number: number, command: Omit<ReviewCommand & { type: 'close' }, 'type' | 'entitled'>) {
      const [review] = await reviewsOf(db, teamId, number);
      if (!review) throw new Error(`the demo's past: no policy review links EX-${number}`);
      await handleReview(reviewsAt(command.at), teamId, review.review, { ...command, type: 'close', entitled: true });
    },
    /** Weeks whose report falls due by then are reported. */
    report: (at: Instant) => reportWeeks(atWork(at)),
    /** Somebody of compliance signs the report of a week off. */
    async signOff(at: Instant, by: Actor, week: string, remarks: string | null): Promise<void> {
      const { standing } = await logAt(at).load({ teamId, number: null, actor: by, key: null, at });
      const order = {
        type: 'sign_off',
        by,
        at,
        standing,
        remarks: remarks === null ? null : toWords(remarks),
      } as const;
      const done = await handleWeek(
        { ...weeks, append: (append) => weeks.append({ ...append, intents: [] }) },
        teamId,
        week,
        order,
      );
      if (isRefusal(done)) throw new Error(`the demo's past: ${week} is not signed off: ${JSON.stringify(done)}`);
    },
    /** Takes what is owed, in the order in which it fell due. */
    takeOwed: (): Owed[] => owed.splice(0).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  };
}

function confirmedAt({ person, roles }: Loaded['standing'], at: Instant): Loaded['standing'] {
  const then = Object.entries(roles).map(([role, held]) => [role, held && { ...held, confirmedAt: at }]);
  return { person: person && { ...person, confirmedAt: at }, roles: Object.fromEntries(then) as typeof roles };
}
