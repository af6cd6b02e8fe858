/** What the bot does when nobody presses anything: tells what is owed, keeps people and deadlines in view, reports. */
import type { KeyObject } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { Later } from './app/later.ts';
import type { Metrics } from './app/metrics.ts';
import type { Clock, EventLog, Sources } from './app/ports.ts';
import { watchConnectionWith } from './jobs/connection.ts';
import { createCourtesy } from './jobs/courtesy.ts';
import { createCron } from './jobs/cron.ts';
import { forgetCustomerWith } from './jobs/errands/forgetCustomer.ts';
import { keepFileWith } from './jobs/errands/keepFile.ts';
import { lookForRecurrenceWith } from './jobs/errands/lookForRecurrence.ts';
import { readSourcesWith, type Waiting } from './jobs/errands/readSources.ts';
import { keepHouse } from './jobs/housekeeping.ts';
import { handOverLeavers } from './jobs/leavers.ts';
import { remindOfPolicy } from './jobs/policyDue.ts';
import { publishWith, sinksOf } from './jobs/publish/index.ts';
import { createQueue } from './jobs/queue.ts';
import { eraseExpired } from './jobs/retention.ts';
import { sealWith } from './jobs/seal.ts';
import { chaseSignOffs } from './jobs/signOff.ts';
import { checkStaffingWith, lookAtStaffing } from './jobs/staffing.ts';
import { sweep } from './jobs/sweep.ts';
import { tellWith } from './jobs/tell.ts';
import { verifyRecord } from './jobs/verify.ts';
import { reportWeeks } from './jobs/weeks.ts';
import type { Log } from './log.ts';
import { createDeliverer } from './slack/deliver/index.ts';
import { postDueDigest } from './slack/digest.ts';
import type { WorkspaceDirectory } from './slack/directory.ts';
import { fetchFile } from './slack/files.ts';
import { type Finding, findingsOf } from './slack/findings.ts';
import { wording } from './slack/wording/index.ts';
import type { Store } from './store/connect.ts';
import { owe } from './store/outbox.ts';
import type { Policies } from './store/policies.ts';
import { createReviewLog } from './store/policyReviews.ts';
import { recordSealKey } from './store/sealKey.ts';
import { createWeekLog } from './store/weekReviews.ts';

export type WorkOptions = {
  store: Store;
  databaseUrl: string;
  /** Whether somebody else makes the tables. */
  administered: boolean;
  client: WebClient;
  teamId: string;
  scopes: string[];
  clock: Clock;
  log: Log;
  metrics: Metrics;
  policies: Policies;
  eventLog: EventLog;
  directory: WorkspaceDirectory;
  sources: Sources;
  /** Fills a decision modal that waited for the sources. */
  fillDecision(waiting: Waiting): Promise<void>;
  /** Milliseconds without a connection to Slack; 0 while there is one, and where Slack calls over HTTP. */
  lostMs(): number;
  /** Signs checkpoints; null for none. */
  sealKey: KeyObject | null;
  /** Where checkpoints go beside Slack; undefined for nowhere. */
  publishTo: { file: string | undefined; webhook: string | undefined };
  /** How many times as fast as Slack allows messages may be posted; 1 for every Slack but a local one. */
  speed?: number | undefined;
  /** Whether reports that fall due come with their picture, which takes a process of its own; they do unless told. */
  pictures?: boolean | undefined;
};

export type Work = {
  /** Call it when the directory was read. Resolves when what is owed is delivered and the clock is watched. */
  start(): Promise<void>;
  /** Somebody pressed something, and it was committed: they come first, and then whoever is to be told. */
  clicked(): void;
  /** The business clock was moved: finds what is due at once. */
  catchUp(): Promise<void>;
  /** Hands over what people answered for who have left. */
  leavers(): Promise<void>;
  /** What of the policy's wiring does not work, as of the last look. */
  findings(): Finding[];
  stop(): Promise<void>;
};

export function startWork(given: WorkOptions): Work {
  const { store, databaseUrl, teamId, clock, log, metrics, policies, eventLog, directory, scopes, sealKey } = given;
  const { db } = store;
  const { trouble } = wording();
  const courtesy = createCourtesy();
  const { letPass } = courtesy;
  const readSources = readSourcesWith({
    ...{ db, events: eventLog, policies, clock, teamId, log, sources: given.sources, fill: given.fillDecision },
    wake: () => queue.wake(),
  });
  const keepFile = keepFileWith({
    ...{ db, events: eventLog, clock, teamId, log, fetchFile: (id) => fetchFile(given.client, id) },
    wake: () => queue.wake(),
  });
  const lookForRecurrence = lookForRecurrenceWith({
    ...{ db, reviews: createReviewLog(store), policies, clock, teamId, log },
    wake: () => queue.wake(),
  });
  const forgetCustomer = forgetCustomerWith({
    ...{ db, reviews: createReviewLog(store), clock, teamId, log },
    wake: () => queue.wake(),
  });
  const staffing = { db, events: eventLog, policies, clock, teamId, log, letPass, wake: () => queue.wake() };
  const checkStaffing = checkStaffingWith(staffing);
  const deliverer = createDeliverer({
    errands: {
      ...{ readSources, keepFile, lookForRecurrence, checkStaffing, forgetCustomer },
      lookAtStaffing: async () => void (await lookAtStaffing(staffing)),
      makePack: async (number) => {
        // Asked for a few times a year; loaded with its archives and tables only then.
        const { packNow } = await import('./pack/sealed.ts');
        return packNow({ db, teamId, number, at: clock.now(), key: sealKey });
      },
    },
    ...given,
    db,
    timing: { speed: given.speed ?? 1 },
    postDigest: async (week, by) => {
      const sources = { db, teamId, policies, clock, log, sealKey, withoutPicture: given.pictures === false };
      await postDueDigest(sources, week, by);
    },
  });
  const queue = createQueue({
    db,
    connectionString: databaseUrl,
    installed: given.administered,
    teamId,
    deliver: (intent, booked) => counted(metrics, deliverer.deliver(intent, booked)),
    clock,
    log,
    courtesy,
    givenUpText: trouble.jobGivenUp,
  });
  let findings: Finding[] = [];

  /** What does not work is told to the admins: the same thing once a day. */
  async function look(): Promise<void> {
    const now = clock.now();
    findings = await findingsOf(db, teamId, (await policies.current()).document, scopes, now);
    const day = now.slice(0, 10);
    await owe(
      db,
      teamId,
      findings.filter(({ told }) => !told).map(({ problem, text }) => ({ kind: 'alert', problem, text, day })),
    );
    queue.wake();
  }

  /** Whoever has left answers for nothing any more. */
  async function leavers(): Promise<void> {
    const deps = { db, events: eventLog, policies, clock, teamId, log, reason: trouble.left };
    const { handed, left } = await handOverLeavers(deps);
    const day = clock.now().slice(0, 10);
    await owe(
      db,
      teamId,
      left.map((number) => ({ kind: 'alert', problem: `owner/${number}`, text: trouble.nobodyToOwn(number), day })),
    );
    if (handed.length + left.length > 0) queue.wake();
  }

  const tellPeople = tellWith({ db, policies, clock, teamId, log });
  const cron = createCron({
    log,
    letPass,
    jobs: {
      sweep: async () => {
        const began = performance.now();
        const { seen } = await sweep({ db, events: eventLog, clock, teamId, log });
        metrics.sweep.observe(performance.now() - began);
        if (seen > 0) queue.wake();
      },
      tell: async () => {
        const { told, held } = await tellPeople();
        if (told > 0) queue.wake();
        if (held) cron.soon('tell');
      },
      weeks: async () => {
        const reported = await reportWeeks({ db, events: eventLog, policies, clock, teamId, log });
        const reminded = await remindOfPolicy({ db, policies, clock, teamId, log });
        const chased = await chaseSignOffs({ db, weeks: createWeekLog(store), policies, clock, teamId, log });
        if (reported.length + chased.length > 0 || reminded) queue.wake();
      },
      staffing: () => lookAtStaffing(staffing),
      seal: sealWith({
        ...{ db, teamId, clock, log, key: sealKey, letPass, wake: () => queue.wake() },
        text: { heldUp: trouble.sealHeldUp, broken: trouble.sealBroken },
      }),
      publish: publishWith({
        ...{ db, teamId, clock, log, sinks: sinksOf(given.publishTo), wake: () => queue.wake() },
        text: trouble.sealNotPublished,
      }),
      verify: async () =>
        void (await verifyRecord({
          ...{ db, teamId, clock, log, letPass, text: trouble.recordBroken, wake: () => queue.wake() },
        })),
      refresh: async () => {
        await directory.refreshAll();
        await leavers();
        await look();
      },
      connection: watchConnectionWith({
        ...{ db, teamId, clock, lostMs: given.lostMs, text: trouble.connectionLost, wake: () => queue.wake() },
      }),
      retention: async () => {
        const erased = await eraseExpired({ db, events: eventLog, policies, clock, teamId, log });
        if (erased > 0) queue.wake();
      },
      housekeeping: () => keepHouse({ db, teamId, clock, log }),
    },
  });

  const counts = () => queue.counts().catch(() => null);
  metrics.gauge('outbox_depth', 'Written and not yet in the queue.', async () => (await counts())?.owed ?? null);
  metrics.gauge('queue_depth', 'In the queue, not yet delivered.', async () => (await counts())?.waiting ?? null);
  metrics.gauge(
    'dead_letters',
    'Deliveries that were given up and not put back.',
    async () => (await counts())?.dead ?? null,
  );

  return {
    clicked() {
      courtesy.click();
      queue.wake();
    },
    findings: () => findings,
    leavers,
    catchUp: cron.runDue,
    async start() {
      await leavers();
      await look();
      if (await recordSealKey(store, teamId, sealKey, clock.now()))
        log.info('another key signs checkpoints from now on, as the record says');
      await queue.start();
      cron.start(['refresh']);
    },
    async stop() {
      await cron.stop();
      await queue.stop();
    },
  };
}

/** What came of it is counted either way. */
async function counted(metrics: Metrics, delivery: Promise<void>): Promise<void> {
  try {
    await delivery;
    metrics.deliveries.add('done');
  } catch (error) {
    metrics.deliveries.add(error instanceof Later ? 'postponed' : 'failed');
    throw error;
  }
}
