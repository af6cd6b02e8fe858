/** The database as the bot needs it: its tables, those of the queue, and who may do what with them. */
import { admitBot, isDenied, ownsTables, refuseOther, withoutRight } from '../store/botRole.ts';
import { migrate } from '../store/migrate.ts';
import { installBoss } from './boss.ts';

export type DatabaseUrls = {
  databaseUrl: string;
  /** Who makes and changes the tables; undefined: whoever runs the bot, or nobody, where there is nothing to change. */
  adminUrl?: string | undefined;
};

/**
 * Several replicas may call it at once.
 * @returns whether whoever runs the bot owns the tables, and the queue makes its own
 * @throws DatabaseSetupError where no waiting helps; else what the database throws
 */
export async function prepareDatabase({ databaseUrl, adminUrl }: DatabaseUrls): Promise<{ owned: boolean }> {
  if (adminUrl === undefined) {
    await asOwner('DATABASE_URL', () => migrate({ connectionString: databaseUrl }));
    return { owned: await ownsTables(databaseUrl) };
  }
  // First of all, so that no other database is ever migrated by mistake.
  await refuseOther({ adminUrl, databaseUrl });
  await asOwner('DATABASE_ADMIN_URL', () => migrate({ connectionString: adminUrl }));
  await asOwner('DATABASE_ADMIN_URL', () => installBoss(adminUrl));
  await admitBot({ adminUrl, databaseUrl });
  return { owned: false };
}

async function asOwner(variable: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    // A failed migration names itself, and carries what the database said.
    const cause = error instanceof Error && isDenied(error.cause) ? error.cause : error;
    throw withoutRight(cause, variable);
  }
}
