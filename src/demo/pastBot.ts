/**
 * A second bot for the past: the same commands, rules and messages, on a clock that is set. What it owes is delivered at
 * once and in order, into a local Slack that limits nothing.
 */
import { createClock } from '../app/clock.ts';
import { contentHash, handle } from '../app/handle.ts';
import { type Intent, intent } from '../app/intents.ts';
import type { EventLog, Loaded, Sources } from '../app/ports.ts';
import type { Command } from '../core/command.ts';
import { isRefusal } from '../core/refusal.ts';
import { type Instant, plus } from '../core/values.ts';
import { readSourcesWith } from '../jobs/errands/readSources.ts';
import { sweep } from '../jobs/sweep.ts';
import { reportWeeks } from '../jobs/weeks.ts';
import type { Log } from '../log.ts';
import { createClient } from '../slack/client.ts';
import { createDeliverer, NO_ERRANDS } from '../slack/deliver/index.ts';
import { postDigest } from '../slack/digest.ts';
import { createDirectory } from '../slack/directory.ts';
import { whoAmI } from '../slack/workspace.ts';
import { connect } from '../store/connect.ts';
import { dueRequests } from '../store/due.ts';
import { createEventLog } from '../store/eventLog.ts';
import { takeOwed } from '../store/outbox.ts';
import { createPolicies } from '../store/policies.ts';
import { publishPolicy } from '../store/publish.ts';
import { readRequest } from '../store/requests.ts';
import { registerWorkspace } from '../store/workspaces.ts';
import { nextReportAt } from './reports.ts';

type Order<C extends Command = Command> = C extends Command ? Omit<C, 'by' | 'at'> : never;

export type PastBot = Awaited<ReturnType<typeof openPastBot>>;
export type PastBotOptions = {
  databaseUrl: string;
  apiUrl: string;
  token: string;
  policy: string;
  sources: Sources;
  since: Instant;
  log: Log;
  /** ms; what time it is in the past. */
  now: () => number;
  /** Sets that clock. */
  setNow: (at: Instant) => void;
  /** What of that which is owed is still of interest to anybody. */
  isWanted: (intent: Intent) => boolean;
};

export async function openPastBot(given: PastBotOptions) {
  const { apiUrl, token, policy, since, log, isWanted, setNow } = given;
  const clock = createClock(() => 0, given.now);
  const store = connect(hasty(given.databaseUrl), log, 3);
  const { db } = store;
  const client = createClient({ token, apiUrl, log });
  setNow(since);
  const { teamId, teamName: name, botUserId } = await whoAmI(client);
  await registerWorkspace(db, { teamId, name, botUserId, since });
  await publishPolicy(store, teamId, policy, since);
  const policies = createPolicies(db, teamId);
  const { zone } = (await policies.current()).document.wiring;
  const events = asOfThen(createEventLog(store.pool, policies), clock.now);
  await createDirectory({ db, client, teamId, policies, log }).refreshAll();
  const readSources = readSourcesWith({
    ...{ db, events, policies, clock, teamId, log, sources: given.sources },
    // Nobody had a modal open then, and what is owed is delivered in its turn.
    fill: async () => undefined,
    wake: () => undefined,
  });
  const deliverer = createDeliverer({
    errands: { ...NO_ERRANDS, readSources },
    ...{ db, policies, client, teamId, clock, log },
    // Turns are counted on the machine's clock, on which weeks pass in a second.
    timing: { speed: Number.POSITIVE_INFINITY },
    postDigest: async (week, post) => void (await postDigest({ db, teamId, policies, clock }, week, post)),
  });

  // One redraw at the end serves all that came before it.
  const drawn = new Set<number>();
  const stale = new Set<number>();

  async function deliver(): Promise<void> {
    for (const owed of await takeOwed(db, teamId, 1000)) {
      const known = intent.parse(owed.intent);
      if (!isWanted(known)) continue;
      if (known.kind === 'redraw' && drawn.has(known.number)) stale.add(known.number);
      else await deliverer.deliver(known);
      if (known.kind === 'redraw') drawn.add(known.number);
    }
  }

  let report = nextReportAt(since, zone);

  /** Time passes: deadlines are chased and weeks reported when they fall due, not when somebody looks. */
  async function passTo(at: Instant): Promise<void> {
    for (;;) {
      const [request] = await dueRequests(db, teamId, at, null, 1);
      const next = request && request.attentionAt < report ? request.attentionAt : report;
      if (next > at) break;
      setNow(next);
      await sweep({ db, events, clock, teamId, log });
      if (next === report) {
        await reportWeeks({ db, events, policies, clock, teamId, log });
        report = nextReportAt(report, zone);
      }
      await deliver();
    }
    setNow(at);
  }

  return {
    passTo,
    deliver,
    /** @returns the request's number @throws where the bot refuses: then the past is written down wrong */
    async order(by: string, number: number | null, command: Order): Promise<number> {
      const done = await handle(events, teamId, { ...command, by, at: clock.now() } as Command, { number, key: null });
      if (isRefusal(done))
        throw new Error(`the demo's past: ${by} is refused at EX-${number}: ${JSON.stringify(done)}`);
      return done.number;
    },
    /** The request as it stands, and what a decider of it has before their eyes. */
    async look(number: number) {
      const state = (await readRequest(db, policies, teamId, number))?.state;
      if (state?.status !== 'in_review') throw new Error(`the demo's past: EX-${number} is not in review`);
      return { state, seen: { round: state.round, stage: state.stage, contentHash: contentHash(state) } };
    },
    rules: (await policies.current()).document.rules,
    /** Leaves everything in Slack as it stands now. */
    async close() {
      for (const number of stale) await deliverer.deliver({ kind: 'redraw', number });
      await store.close();
    },
  };
}

/** Waits for no disk: what a crash takes away here was never used. */
const hasty = (url: string): string => `${url}&options=${encodeURIComponent('-c synchronous_commit=off')}`;

/** What Slack said about people a minute before, on the day it was. */
const asOfThen = (log: EventLog, now: () => Instant): EventLog => ({
  ...log,
  async load(query) {
    const loaded = await log.load(query);
    return { ...loaded, standing: confirmedAt(loaded.standing, plus(now(), -60_000)) };
  },
});

function confirmedAt({ person, roles }: Loaded['standing'], at: Instant): Loaded['standing'] {
  const then = Object.entries(roles).map(([role, held]) => [role, held && { ...held, confirmedAt: at }]);
  return { person: person && { ...person, confirmedAt: at }, roles: Object.fromEntries(then) as typeof roles };
}
