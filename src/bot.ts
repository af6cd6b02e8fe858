/** Puts the bot together and starts it. `main`, `demo` and the bench call it; nothing starts by importing it. */
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { App as BoltApp } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { createMetrics, type Metrics } from './app/metrics.ts';
import { untilItWorks } from './app/patience.ts';
import { parsePolicy } from './app/policyFile.ts';
import type { Clock, Sources } from './app/ports.ts';
import type { Config } from './config.ts';
import type { ConnectorDeps } from './connectors/index.ts';
import { healthz, metricsRoute, type Readiness, readyz } from './intake/health.ts';
import { prepareDatabase } from './jobs/database.ts';
import type { Log } from './log.ts';
import { readSealKey } from './sealKey.ts';
import { App } from './slack/boltApp.ts';
import { boltLogger } from './slack/boltLogger.ts';
import { clientOptions, createClient } from './slack/client.ts';
import { createDirectory } from './slack/directory.ts';
import { fillDecision } from './slack/listeners/decisionModal.ts';
import { registerListeners } from './slack/listeners/index.ts';
import { isMessage, recordReply, type Told } from './slack/listeners/remarks.ts';
import { createHttpReceiver } from './slack/receiver.ts';
import { type Identity, whoAmI } from './slack/workspace.ts';
import { DatabaseSetupError } from './store/botRole.ts';
import { connect, type Store } from './store/connect.ts';
import { createEventLog } from './store/eventLog.ts';
import { remember } from './store/inbox.ts';
import { createPersonLog } from './store/personStreams.ts';
import { createPolicies } from './store/policies.ts';
import { createReviewLog } from './store/policyReviews.ts';
import { publishPolicy } from './store/publish.ts';
import { createWeekLog } from './store/weekReviews.ts';
import { registerWorkspace } from './store/workspaces.ts';
import { startWork, type Work } from './work.ts';

export type BotOptions = {
  config: Config;
  /** Where the database is; an embedded one is started by whoever calls. */
  databaseUrl: string;
  log: Log;
  /** The business clock. */
  clock: Clock;
  /** How many times as fast as Slack allows messages may be posted, where the Slack is a local one without limits. */
  speed?: number | undefined;
  /** Whether reports that fall due come with their picture, which takes a process of its own; they do unless told. */
  pictures?: boolean | undefined;
  /** Where facts about customers are read; left out, as the policy wires them, with secrets from the environment. */
  sources?: Sources | undefined;
};

export type Bot = {
  port: number;
  readiness(): Readiness;
  /** Resolves when the bot decides and delivers; rejects where it never will. */
  ready: Promise<void>;
  /** Finds what is due by the business clock at once; for whoever has moved it. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
};

/** The policy file is wrong; the message has a line for each mistake: where it is and what was expected. */
export class PolicyFileError extends Error {
  override name = 'PolicyFileError';
}

/**
 * Serves HTTP at once, and the rest as soon as database and Slack are there; `readyz` says what is still missing.
 * @throws ConfigError, PolicyFileError, and where the port is taken
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { config, databaseUrl, log } = options;
  const sealKey = readSealKey(config.seal?.keyFile);
  const policyText = await readPolicy(config.policyFile);
  const stopping = new AbortController();
  const metrics = createMetrics();
  const store = connect(databaseUrl, log);
  const client = createClient({ token: config.slack.botToken, apiUrl: config.slack.apiUrl, log });
  const progress: Progress = {
    missing: new Set(['database', 'slack', 'policy', 'directory']),
    work: null,
    teamId: null,
    record: async () => {
      throw new Error('what people write cannot be recorded yet');
    },
  };
  const readiness = () => readinessOf(progress, receiver.state?.());
  const routes = { '/healthz': healthz, '/readyz': readyz(readiness), '/metrics': metricsRoute(metrics) };
  const storeEvent = async (event: Told) => {
    // What people write is recorded before Slack hears that it has arrived; until that is possible, Slack keeps it.
    if (isMessage(event.event)) await progress.record(event);
    return remember(store.db, event.team_id, `event/${event.event_id}`);
  };
  const receiver = await createReceiver(config, { log, metrics, routes, storeEvent });
  const { state } = receiver;
  if (state)
    metrics.gauge('connected', 'Whether Slack reaches it over Socket Mode.', () => (state() === 'connected' ? 1 : 0));
  const port = await receiver.start();
  log.info({ port }, 'listening');

  const ready = prepare({
    ...options,
    store,
    client,
    metrics,
    receiver,
    policyText,
    sealKey,
    progress,
    signal: stopping.signal,
  });
  ready.catch((error) => {
    if (!stopping.signal.aborted) log.fatal({ err: error }, 'the bot cannot start');
  });
  return {
    port,
    readiness,
    ready,
    catchUp: async () => progress.work?.catchUp(),
    async stop() {
      stopping.abort(new Error('the bot is stopping'));
      await receiver.stop();
      await ready.catch(() => undefined);
      await progress.work?.stop();
      await store.close();
    },
  };
}

type Progress = {
  missing: Set<string>;
  work: Work | null;
  teamId: string | null;
  /** Records what somebody wrote. @throws where it cannot be yet */
  record(event: Told): Promise<void>;
};
type AnyReceiver = ReturnType<typeof createHttpReceiver> & { state?: () => string; lostMs?: () => number };

async function readPolicy(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new PolicyFileError(
      `CARVEOUT_POLICY: cannot read ${file}: ${why}. Name the policy file, for example CARVEOUT_POLICY=./policy.yaml`,
    );
  });
  const parsed = parsePolicy(text, file);
  if ('problems' in parsed) throw new PolicyFileError(parsed.problems.join('\n'));
  return text;
}

async function createReceiver(
  { slack, port }: Config,
  common: Pick<Parameters<typeof createHttpReceiver>[0], 'log' | 'metrics' | 'routes' | 'storeEvent'>,
): Promise<AnyReceiver> {
  const { delivery, apiUrl } = slack;
  if (delivery.mode === 'http') return createHttpReceiver({ ...common, port, signingSecret: delivery.signingSecret });
  // Its client of WebSockets is of no use to whoever is called over HTTP.
  const { createSocketReceiver } = await import('./slack/socketReceiver.ts');
  return createSocketReceiver({
    ...common,
    port,
    appToken: delivery.appToken,
    apiUrl,
    clientOptions: clientOptions(common.log),
  });
}

type Preparation = BotOptions & {
  store: Store;
  client: WebClient;
  metrics: Metrics;
  receiver: AnyReceiver;
  policyText: string;
  sealKey: KeyObject | null;
  progress: Progress;
  signal: AbortSignal;
};

/** What takes other programs: the schema, who the bot is, the policy in force, the people; then the listeners and the work. */
async function prepare(given: Preparation): Promise<void> {
  const { databaseUrl, store, client, clock, log, metrics, policyText, progress, signal, receiver } = given;
  const patient = { log, signal };
  const { databaseAdminUrl: adminUrl } = given.config;
  const hopeless = (error: unknown) => error instanceof DatabaseSetupError;
  const [{ owned }, identity] = await Promise.all([
    untilItWorks('the database', () => prepareDatabase({ databaseUrl, adminUrl }), { ...patient, hopeless }).then(
      (database) => {
        progress.missing.delete('database');
        return database;
      },
    ),
    untilItWorks('Slack', () => whoAmI(client), patient),
  ]);
  progress.missing.delete('slack');
  const { teamId, teamName: name, botUserId } = identity;
  const policies = createPolicies(store.db, teamId);
  await untilItWorks(
    'the database',
    async () => {
      await registerWorkspace(store.db, { teamId, name, botUserId, since: clock.now() });
      const { version, standing } = await publishPolicy(store, teamId, policyText, clock.now());
      if (standing === 'older')
        log.warn({ version }, 'the policy file is older than the policy in force, which is used instead');
      else log.info({ version, standing }, 'policy');
    },
    patient,
  );
  progress.missing.delete('policy');
  progress.teamId = teamId;
  const eventLog = createEventLog(store.pool, policies);
  const directory = createDirectory({ db: store.db, client, teamId, policies, log });
  const work = startWork({
    ...{
      ...given,
      databaseUrl,
      administered: !owned,
      teamId,
      scopes: identity.scopes,
      policies,
      eventLog,
      directory,
    },
    sources: given.sources ?? sourcesOf({ env: process.env, baseDir: dirname(given.config.policyFile) }),
    lostMs: () => receiver.lostMs?.() ?? 0,
    fillDecision: (waiting) => fillDecision(listening, waiting),
    publishTo: given.config.seal ?? { file: undefined, webhook: undefined },
  });
  progress.work = work;
  const app = createApp(given, identity);
  const listening = {
    ...{
      teamId,
      log: eventLog,
      reviews: createReviewLog(store),
      people: createPersonLog(store),
      weeks: createWeekLog(store),
      db: store.db,
      policies,
      clock,
      directory,
      client,
      logger: log,
      metrics,
    },
    wake: () => work.clicked(),
    findings: work.findings,
    leavers: work.leavers,
  };
  progress.record = (event) => recordReply(listening, event);
  registerListeners(app, listening, directory);
  receiver.init(app);
  await untilItWorks("Slack's people and groups", () => directory.refreshAll(), patient);
  // What of the wiring does not work is known by then, and readyz says so from its first yes on.
  await untilItWorks('the database', () => work.start(), patient);
  progress.missing.delete('directory');
  log.info({ team: name }, 'ready');
}

/** Loaded when the first is read: many policies wire none. */
const sourcesOf = (deps: ConnectorDeps): Sources => ({
  read: async (...asked) => (await import('./connectors/index.ts')).createSources(deps).read(...asked),
});

/** One token for the one workspace it was made for; whoever else's click comes in is judged by the listeners. */
function createApp({ config, log, receiver }: Preparation, { teamId, botId, botUserId }: Identity): BoltApp {
  return new App({
    receiver,
    authorize: async () => ({ botToken: config.slack.botToken, botId, botUserId, teamId }),
    logger: boltLogger(log),
    convoStore: false,
    clientOptions: { ...clientOptions(log), slackApiUrl: config.slack.apiUrl },
  });
}

const NEEDED: Readonly<Record<string, string>> = {
  database: 'The database is not there yet: start Postgres, or correct DATABASE_URL.',
  policy: 'The policy is not in the database yet: that follows once the database and Slack have answered.',
  slack: 'Slack has not accepted auth.test yet: check SLACK_BOT_TOKEN, SLACK_API_URL and the network.',
  directory: "Slack's people and groups have not been read yet: check the scopes users:read and usergroups:read.",
};

function readinessOf({ missing, work }: Progress, connection: string | undefined): Readiness {
  const reasons = [...missing].map((name) => NEEDED[name] ?? name);
  const socket =
    connection === undefined || connection === 'connected'
      ? []
      : [`Socket Mode is ${connection}: check SLACK_APP_TOKEN.`];
  return {
    ready: reasons.length === 0,
    missing: [...reasons, ...socket],
    warnings: work?.findings().map(({ text }) => text) ?? [],
  };
}
