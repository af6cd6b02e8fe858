import { selectWorkspaces } from '../cli/store.ts';
import { startEmbeddedPostgres } from '../embedded/launcher.ts';
import { hasCluster } from '../embedded/running.ts';
import type { Log } from '../log.ts';
import { seededCompany } from '../sandbox/index.ts';
import { connect } from '../store/connect.ts';
import { migrate } from '../store/migrate.ts';
import { forget } from './memory.ts';

/** There is more in the folder than a demo; the message says what and what to do. */
export class OthersDataError extends Error {
  override name = 'OthersDataError';
}

/** Forgets the demo's data. @throws OthersDataError where a real workspace has its record in the same database */
export async function startOver(dataDir: string, log: Log): Promise<void> {
  if (hasCluster(dataDir)) await refuseOthers(dataDir, seededCompany().team.id, log);
  await forget(dataDir);
}

async function refuseOthers(dataDir: string, teamId: string, log: Log): Promise<void> {
  // Started, not just looked at: where somebody uses the database, this says so.
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  try {
    await migrate({ connectionString: postgres.url });
    const { db, close } = connect(postgres.url, log, 1);
    const others = (await selectWorkspaces(db, undefined)).filter((workspace) => workspace.teamId !== teamId);
    await close();
    if (others.length === 0) return;
    const names = others.map(({ name }) => name).join(', ');
    throw new OthersDataError(
      `${dataDir} also holds the record of ${names}, which --reset would delete. Set CARVEOUT_DATA to another folder for the demo.`,
    );
  } finally {
    await postgres.stop();
  }
}
