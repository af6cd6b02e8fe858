/** The database as the bot needs it: its tables, those of the queue, and who may do what with them. */
import { admitBot, isDenied, refuseOther, withoutRight } from '../store/botRole.ts';
import { migrate } from '../store/migrate.ts';
import { installBoss } from './boss.ts';

export type DatabaseUrls = {
  databaseUrl: string;
  /** Who makes and changes the tables; undefined: whoever runs the bot, and the queue makes its own. */
  adminUrl?: string | undefined;
};

/**
 * Several replicas may call it at once. @throws DatabaseSetupError where no waiting helps; else what the database throws
 */
export async function prepareDatabase({ databaseUrl, adminUrl }: DatabaseUrls): Promise<void> {
  if (adminUrl === undefined) return migrate({ connectionString: databaseUrl });
  // First of all, so that no other database is ever migrated by mistake.
  await refuseOther({ adminUrl, databaseUrl });
  await asOwner(() => migrate({ connectionString: adminUrl }));
  await asOwner(() => installBoss(adminUrl));
  await admitBot({ adminUrl, databaseUrl });
}

async function asOwner(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    // A failed migration names itself, and carries what the database said.
    const cause = error instanceof Error && isDenied(error.cause) ? error.cause : error;
    throw withoutRight(cause, 'its user');
  }
}
