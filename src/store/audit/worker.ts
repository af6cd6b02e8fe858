/** A thread of the audit: takes one task after the other, over a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import type { Range } from './pages.ts';
import { snapshotsWith } from './reader.ts';
import { type Scope, verifyStreams } from './streams.ts';
import { type TreeProgress, verifyTree } from './tree.ts';

type Common = { teamId: string; size: number };
export type Task = Common &
  (
    | { kind: 'streams'; range: Range; absences: Scope['absences'] }
    | { kind: 'tree'; before: TreeProgress; upTo: number }
  );
/** `events`: so many more were read; the rest ends the task. */
export type Answer = { events: number } | { result: unknown } | { failed: unknown };

/** A thread has room for more than the bot, which does this beside its work; and each page costs some statements. */
const PAGE = 5000;

const { url } = workerData as { url: string };
const client = new pg.Client({ connectionString: url, application_name: 'carveout audit' });
// A connection that drops fails the query that needs it.
client.on('error', () => undefined);
const connected = client.connect();
const snapshots = snapshotsWith(client);

async function perform(task: Task): Promise<unknown> {
  await connected;
  const { teamId, size } = task;
  return snapshots<unknown>((read, bulk) =>
    task.kind === 'streams'
      ? verifyStreams(read, bulk, teamId, task.range, { size, absences: task.absences, pageSize: PAGE }, (events) =>
          answer({ events }),
        )
      : verifyTree(read, teamId, task.before, size, task.upTo),
  );
}

const answer = (message: Answer) => parentPort?.postMessage(message);

parentPort?.on('message', (task: Task) => {
  perform(task).then(
    (result) => answer({ result }),
    (failed: unknown) => answer({ failed }),
  );
});
connected.catch(() => undefined);
