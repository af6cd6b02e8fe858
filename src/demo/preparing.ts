/** The demo's past, made as the demo would make it, and put where its first start looks for it. */
import type { Env } from '../config.ts';
import type { Instant } from '../core/values.ts';
import { startEmbeddedPostgres } from '../embedded/launcher.ts';
import { createLogger } from '../log.ts';
import { connect } from '../store/connect.ts';
import { migrate } from '../store/migrate.ts';
import { wordsOf } from './errors.ts';
import { pastIn } from './pastIn.ts';
import { keepPrepared } from './prepared.ts';
import { type Settings, settingsOf } from './settings.ts';
import { startSources } from './sources/index.ts';

/**
 * Never fails an install: what could not be made ahead, the demo makes itself.
 * @param place where it is kept, if not where the demo looks
 */
export async function prepare(env: Env, place?: string): Promise<void> {
  // Whoever installs without the tools runs the bot, not the demo; npm says so of `--omit=dev`, too.
  if (env.NODE_ENV === 'production') return;
  const settings = settingsOf([], {});
  try {
    await keepPrepared(settings, (dataDir) => makeIn({ ...settings, dataDir }), place);
  } catch (error) {
    process.stderr.write(`The demo will take some seconds longer to start for the first time: ${wordsOf(error)}\n`);
  }
}

async function makeIn(settings: Settings): Promise<Instant> {
  const log = createLogger({ level: 'warn' });
  const postgres = await startEmbeddedPostgres({ dataDir: settings.dataDir, log });
  try {
    await migrate({ connectionString: postgres.url });
    const { db, close } = connect(postgres.url, log, 3);
    const known = await startSources(db, postgres.url, settings.policyFile);
    const { until } = await pastIn(settings, { databaseUrl: postgres.url, sources: known.sources, log });
    await known.stop();
    await close();
    return until;
  } finally {
    await postgres.stop();
  }
}
