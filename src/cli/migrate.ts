import { parseArgs } from 'node:util';
import pg from 'pg';
import { readStoreConfig } from '../config.ts';
import { prepareDatabase } from '../jobs/database.ts';
import { DatabaseSetupError } from '../store/botRole.ts';
import { type Command, CommandError, reasonOf } from './command.ts';

export const migrate: Command = {
  usage: 'migrate',
  summary:
    'Brings the database up to date and gives the bot its rights, as each start does with DATABASE_ADMIN_URL; the bot then starts without it.',
  async run(args, { env, out }) {
    parseArgs({ args, options: {} });
    const { databaseUrl, databaseAdminUrl: adminUrl } = readStoreConfig(env);
    if (!databaseUrl || !adminUrl)
      throw new CommandError(
        'Set DATABASE_ADMIN_URL to whoever owns the tables, and DATABASE_URL to whoever runs the bot. With one user for both, and with the embedded Postgres, each start of the bot does this.',
      );
    await reach('DATABASE_ADMIN_URL', adminUrl);
    await reach('DATABASE_URL', databaseUrl);
    await prepareDatabase({ databaseUrl, adminUrl }).catch((error: unknown) => {
      throw error instanceof DatabaseSetupError ? new CommandError(error.message) : error;
    });
    out('The database is up to date, and the user of DATABASE_URL has the rights that the bot needs.');
    return 0;
  },
};

/** @throws CommandError, which says whose address it is that does not work */
async function reach(name: string, connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new CommandError(
      `The database of ${name} cannot be reached (${reasonOf(error)}): start it, or correct ${name}.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
