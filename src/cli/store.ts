/** The record, wherever it is: the server that DATABASE_URL names, or the embedded one, running already or not. */
import { sql } from 'kysely';
import pg from 'pg';
import type { StoreConfig } from '../config.ts';
import { hasCluster, runningPostgres } from '../embedded/running.ts';
import { createLogger, type Log } from '../log.ts';
import { connect, type Store } from '../store/connect.ts';
import { pendingMigrations } from '../store/migrate.ts';
import type { Db } from '../store/schema.ts';
import { CommandError, reasonOf, UsageError } from './command.ts';

/** Commands answer in sentences; what the parts below would log is in them. */
export const silent = (): Log => createLogger({ level: 'silent' });

export type Server = { url: string; stop(): Promise<void> };

/**
 * Connects to the embedded Postgres where the bot or the demo runs it, else starts it for as long as the command takes.
 * @throws EmbeddedPostgresError
 */
export async function connectOrStart({ databaseUrl, dataDir }: StoreConfig): Promise<Server> {
  if (databaseUrl) return { url: databaseUrl, stop: async () => undefined };
  const running = runningPostgres(dataDir);
  if (running && (await answers(running))) return { url: running, stop: async () => undefined };
  const { startEmbeddedPostgres } = await import('../embedded/launcher.ts');
  return startEmbeddedPostgres({ dataDir });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Opens the record to read it, and closes it after.
 * @throws CommandError where there is none yet, or it cannot be reached
 */
export async function withStore<T>(
  config: StoreConfig,
  use: (store: Store & { url: string }) => Promise<T>,
): Promise<T> {
  if (!config.databaseUrl && !hasCluster(config.dataDir))
    throw new CommandError(
      `There is no record under ${config.dataDir} yet: start the bot once, or set CARVEOUT_DATA or DATABASE_URL to where it is.`,
    );
  const server = await connectOrStart(config);
  try {
    await refuseStale(server.url);
    const store = connect(server.url, silent(), 2);
    try {
      return await use({ ...store, url: server.url });
    } finally {
      await store.close();
    }
  } finally {
    await server.stop();
  }
}

async function refuseStale(connectionString: string): Promise<void> {
  const pending = await pendingMigrations({ connectionString }).catch((error: unknown) => {
    throw new CommandError(`The database cannot be reached (${reasonOf(error)}): start it, or correct DATABASE_URL.`);
  });
  if (pending.length > 0)
    throw new CommandError(
      `The database is not up to date (${pending.join(', ')} missing): start the bot once, which brings it up to date.`,
    );
}

export type Workspace = { teamId: string; name: string };

/** Every workspace that has events, whether or not it is registered. */
async function workspacesOf(db: Db): Promise<Workspace[]> {
  const { rows } = await sql<Workspace>`
    with recursive teams as (
      (select team_id from events order by team_id limit 1)
      union all
      select (select e.team_id from events e where e.team_id > t.team_id order by e.team_id limit 1)
      from teams t where t.team_id is not null
    )
    select team_id as "teamId", coalesce(name, team_id) as name
    from (select team_id from teams where team_id is not null union select team_id from workspaces) as known
    left join workspaces using (team_id)
    order by team_id`.execute(db);
  return rows;
}

/** @param wanted the id that was asked for @throws UsageError where it is unknown */
export async function selectWorkspaces(db: Db, wanted: string | undefined): Promise<Workspace[]> {
  const all = await workspacesOf(db);
  const chosen = all.filter(({ teamId }) => !wanted || teamId === wanted);
  if (wanted && chosen.length === 0)
    throw new UsageError(`There is no workspace ${wanted} here; there ${listed(all)}.`);
  return chosen;
}

/** @throws UsageError where the one that is meant is not clear; CommandError where there is none */
export async function oneWorkspace(db: Db, wanted: string | undefined): Promise<Workspace> {
  const chosen = await selectWorkspaces(db, wanted);
  const [only] = chosen;
  if (!only) throw new CommandError('The record knows no workspace yet: start the bot once, so that it meets Slack.');
  if (chosen.length > 1) throw new UsageError(`Say which workspace with --team: there ${listed(chosen)}.`);
  return only;
}

const listed = (all: Workspace[]): string =>
  all.length === 0 ? 'is none' : `are ${all.map(({ teamId, name }) => `${teamId} (${name})`).join(', ')}`;
