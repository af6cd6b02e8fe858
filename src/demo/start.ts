/** Puts the demo together on its Postgres: the local Slack with its past, the bot, and what the page shows of it. */
import { existsSync } from 'node:fs';
import { type Bot, startBot } from '../bot.ts';
import type { SealConfig } from '../config.ts';
import type { Instant } from '../core/values.ts';
import type { EmbeddedPostgres } from '../embedded/launcher.ts';
import type { Log } from '../log.ts';
import { createSandbox, type Sandbox, type SandboxOptions, seededCompany } from '../sandbox/index.ts';
import { makeSealKey } from '../sealKey.ts';
import { createClient } from '../slack/client.ts';
import { createDeliverer, NO_ERRANDS } from '../slack/deliver/index.ts';
import { connect } from '../store/connect.ts';
import { workspaceSince } from '../store/due.ts';
import { migrate } from '../store/migrate.ts';
import { createPolicies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';
import { demoApp } from './app.ts';
import { beginClock, type DemoClock, openClock } from './clock.ts';
import { keepSlack, readSlack, sealFiles } from './memory.ts';
import { panelsOf } from './panels.ts';
import { hangPictures } from './picture.ts';
import type { Settings } from './settings.ts';
import { startSources } from './sources/index.ts';
import { TOUR } from './tour.ts';

export type Demo = {
  page: string;
  botPort: number;
  /** Where the sources of facts are switched. */
  sourcesPage: string;
  stop(): Promise<void>;
};

/** @property database the demo's own, which it stops when it is stopped @property begins when its past ended, if that is new */
type Given = { settings: Settings; database: EmbeddedPostgres; begins: Instant | null; log: Log };

export async function startDemo({ settings, database: postgres, begins, log }: Given): Promise<Demo> {
  const { dataDir, policyFile } = settings;
  const app = demoApp();
  const { team } = seededCompany();
  await migrate({ connectionString: postgres.url });
  const { db, close } = connect(postgres.url, log, 3);
  const known = await startSources(db, postgres.url, policyFile);
  const isNew = !settings.empty && (await workspaceSince(db, team.id)) === null;
  const place = { databaseUrl: postgres.url, sources: known.sources, log };
  const state = isNew ? (await (await import('./pastIn.ts')).pastIn(settings, place)).saved : await readSlack(dataDir);

  if (begins !== null) await beginClock(db, team.id, begins);
  const clock = await openClock(db, team.id);
  let bot: Bot | undefined;
  const sandbox = await openSandbox(settings.port, {
    ...{
      company: seededCompany(),
      app,
      panels: [...panelsOf(db, team.id), known.panel],
      tour: TOUR,
      ...(state && { state }),
    },
    ...timeOf(clock, async () => bot?.catchUp()),
  });
  const keeping = keepSlack(dataDir, sandbox, (error) => log.warn({ err: error }, 'the local Slack cannot be kept'));
  const { botToken, signingSecret } = app;
  const slack = { botToken, apiUrl: sandbox.apiUrl, delivery: { mode: 'http' as const, signingSecret } };
  const seal = sealIn(dataDir);
  const config = { slack, port: 0, databaseUrl: postgres.url, dataDir, policyFile, logLevel: 'warn' as const, seal };
  bot = await startBot({ config, databaseUrl: postgres.url, log, clock, sources: known.sources });
  const { port: botPort, ready, stop } = bot;
  sandbox.deliverTo({ kind: 'http', url: `http://127.0.0.1:${botPort}/slack/events` });
  await ready;
  const hanging = hang(db, team.id, {
    clock,
    log,
    client: createClient({ token: botToken, apiUrl: sandbox.apiUrl, log }),
  });
  return {
    page: sandbox.origin,
    botPort,
    sourcesPage: known.page,
    async stop() {
      await hanging;
      await stop();
      await known.stop();
      await keeping();
      await sandbox.stop();
      await close();
      await postgres.stop();
    },
  };
}

/** Signed, and in a file that auditors could have taken away: what the commands of the audit ask for can be tried. */
function sealIn(dataDir: string): SealConfig {
  const { keyFile, file } = sealFiles(dataDir);
  if (!existsSync(keyFile)) makeSealKey(keyFile);
  return { keyFile, file, webhook: undefined };
}

type Hanging = { clock: DemoClock; log: Log; client: ReturnType<typeof createClient> };

/** Whatever comes of it: a report is worth as much without its picture. */
async function hang(db: Db, teamId: string, { clock, log, client }: Hanging): Promise<void> {
  const sources = { db, policies: createPolicies(db, teamId), teamId, clock, log };
  const by = createDeliverer({ ...sources, client, errands: NO_ERRANDS, postDigest: async () => undefined });
  await hangPictures(sources, by).catch((error: unknown) => log.warn({ err: error }, 'a report keeps no picture'));
}

/**
 * Messages carry the business clock's time: a card that says "decide by Thursday" was posted before Thursday, and an
 * escalation after the card it is about, wherever the clock was moved to.
 */
const timeOf = (clock: DemoClock, catchUp: () => Promise<void>) => ({
  now: () => Date.parse(clock.now()),
  clock: { now: () => new Date(clock.now()), jumps: clock.jumps },
  onClock: async (to: Date) => {
    await clock.moveTo(to);
    await catchUp();
  },
});

/** On the port people expect, or on any free one where that is taken. */
const openSandbox = (port: number, options: SandboxOptions): Promise<Sandbox> =>
  createSandbox({ ...options, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    return createSandbox({ ...options, port: 0 });
  });
