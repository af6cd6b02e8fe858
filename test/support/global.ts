import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/embedded/launcher.ts';
import { prepareDatabase } from '../../src/jobs/database.ts';
import { type BotUser, createBotUser } from './botUser.ts';
import { databaseUrl, withClient } from './database-url.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's connection to the run's Postgres server. */
    adminUrl: string;
    /** Name of the prepared database that test databases are copied from. */
    template: string;
    /** The template as whoever runs the bot: somebody who has the bot's rights in each of its copies, and no others. */
    botUrl: string;
  }
}

/** What the name of a run's folder begins with; the process id of the run follows. */
const FOLDER = 'carveout-test-';

/** A log of what was written is of no use to databases that nobody will want back, nor is tidying up in them. */
const SETTINGS = {
  ...{ max_connections: '200', autovacuum: 'off' },
  ...{ wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '256MB' },
};

/** One Postgres for the whole run: our own, or the server that TEST_DATABASE_URL names. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `carveout_template_${process.pid}`;
  const bot = await createTemplate(server.url, template);
  project.provide('adminUrl', server.url);
  project.provide('template', template);
  project.provide('botUrl', bot.url);
  return async () => {
    await dropTemplate(server.url, template);
    await bot.drop();
    await server.stop();
  };
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  removeFoldersOfKilledRuns();
  const dataDir = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false, settings: SETTINGS });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function removeFoldersOfKilledRuns(): void {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(FOLDER))) {
    try {
      process.kill(Number.parseInt(name.slice(FOLDER.length), 10), 0);
    } catch {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

/** As operators prepare one: what each test's bot would else do anew takes longer than the rest of its start. */
async function createTemplate(adminUrl: string, template: string): Promise<BotUser> {
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${template}`));
  const ownerUrl = databaseUrl(adminUrl, template);
  const bot = await createBotUser(ownerUrl);
  await prepareDatabase({ databaseUrl: bot.url, adminUrl: ownerUrl });
  // Postgres copies a database only while nobody is connected to it, so from here on nobody can be.
  await withClient(adminUrl, async (client) => {
    await client.query(`ALTER DATABASE ${template} WITH ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [template]);
  });
  return bot;
}

async function dropTemplate(adminUrl: string, template: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`));
}
