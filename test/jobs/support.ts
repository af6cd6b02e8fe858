import type { Intent } from '../../src/app/intents.ts';
import { createCourtesy } from '../../src/jobs/courtesy.ts';
import { createQueue, type Queue, type QueueOptions } from '../../src/jobs/queue.ts';
import { createLogger } from '../../src/log.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { owe } from '../../src/store/outbox.ts';
import { createTestDatabase } from '../support/database.ts';

export const TEAM = 'T0JOBS';

/** Lines of the log, to be asked what an operator would read. */
export function recordedLog() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  return { lines, log: createLogger({ level: 'debug', destination: { write } }) };
}

export type Workshop = Store & {
  url: string;
  /** As whoever runs the bot, who owns no table. */
  botUrl: string;
  lines: Record<string, unknown>[];
  /** One replica: a queue with its workers. */
  open(deliver: (intent: Intent) => Promise<void>, options?: Partial<QueueOptions>): Queue;
  owe(...intents: Intent[]): Promise<void>;
  close(): Promise<void>;
};

/** A database of its own, and as many replicas on it as a test wants. */
export async function createWorkshop(): Promise<Workshop> {
  const database = await createTestDatabase();
  const { lines, log } = recordedLog();
  const store = connect(database.url, log, 8);
  const queues: Queue[] = [];
  return {
    ...store,
    url: database.url,
    botUrl: database.botUrl,
    lines,
    open(deliver, options = {}) {
      const queue = createQueue({
        db: store.db,
        connectionString: database.url,
        teamId: TEAM,
        deliver,
        clock: { now: () => '2026-11-21T12:00:00.000Z' },
        log,
        givenUpText: (kind, request) => `gave up ${kind} of EX-${request}`,
        courtesy: createCourtesy(),
        ...options,
      });
      queues.push(queue);
      return queue;
    },
    owe: (...intents) => owe(store.db, TEAM, intents),
    async close() {
      await Promise.all(queues.map((queue) => queue.stop()));
      await store.close();
      await database.drop();
    },
  };
}
