/** pg-boss, set up for one workspace: its queues, and how they try again. */
import { PgBoss, type Queue } from 'pg-boss';
import type { Log } from '../log.ts';

/** What a job carries. */
export type Job = {
  /** What an append or a delivery owed; read back through its schema. */
  intent: unknown;
  /** How often it came back for reasons that are not its own. */
  postponed: number;
  /** Buckets of which a turn is kept for it. */
  booked: string[];
};

export type QueueNames = { redraws: string; messages: string; dead: string };

/** Each workspace has queues of its own: workspaces that share a database never take each other's jobs. */
export const queueNames = (teamId: string): QueueNames => ({
  redraws: `${teamId}/redraws`,
  messages: `${teamId}/messages`,
  dead: `${teamId}/dead`,
});

/** Eight tries within a quarter of an hour: a fault that lasts longer is one that somebody must look at. */
const RETRIES = { retryLimit: 8, retryDelay: 1, retryBackoff: true, retryDelayMax: 300 };
/** A job whose worker was killed runs again after this; the longest job is well below the second. Seconds. */
const HELD = { heartbeatSeconds: 10, expireInSeconds: 120 };
const DAY = 86_400;

type BossOptions = {
  /** Whether somebody else makes its tables: whoever runs the bot may not, and mends no index of theirs. */
  installed?: boolean;
  /** Connections of its own, beside those of the bot. */
  max?: number;
};

export function createBoss(
  connectionString: string,
  log: Log,
  { installed = false, max = 3 }: BossOptions = {},
): PgBoss {
  const boss = new PgBoss({
    connectionString,
    max,
    ...(installed && { migrate: false, createSchema: false, reindex: false }),
    application_name: 'carveout jobs',
    // Cron is node-cron's, and every deadline is the database's; pg-boss keeps no time.
    schedule: false,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    maintenanceIntervalSeconds: 3600,
  });
  // Unheard, an error event would end the process. What fails is tried again: by the worker's next look, or by supervision.
  boss.on('error', (error) => log.warn({ err: error }, 'the queue had an error; it goes on'));
  boss.on('warning', (warning) => log.warn({ warning }, 'the queue warns'));
  return boss;
}

/** Makes its tables, or brings them up to date, and does nothing else. Several may do so at once. */
export async function installBoss(connectionString: string): Promise<void> {
  const boss = new PgBoss({ connectionString, max: 1, schedule: false, supervise: false });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.stop({ graceful: false, close: true });
}

/** Makes the queues that are missing and sets those that are there; several replicas may do so at once. */
export async function createQueues(boss: PgBoss, { redraws, messages, dead }: QueueNames): Promise<void> {
  // Those who wait for the same card are one: `short` keeps one waiting job a key. That only one runs at a time is the
  // deliverer's own rule, since `stately` would let a slow card hold up all others.
  const wanted: Queue[] = [
    { name: dead, policy: 'standard', retryLimit: 0, deleteAfterSeconds: 90 * DAY, retentionSeconds: 90 * DAY },
    { name: messages, policy: 'standard', deadLetter: dead, ...RETRIES, ...HELD, retentionSeconds: 30 * DAY },
    { name: redraws, policy: 'short', deadLetter: dead, ...RETRIES, ...HELD, retentionSeconds: 30 * DAY },
  ];
  for (const { name, policy, ...settings } of wanted) {
    await boss.createQueue(name, { ...settings, ...(policy && { policy }) });
    await boss.updateQueue(name, settings);
  }
}
