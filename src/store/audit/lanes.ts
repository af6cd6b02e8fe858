/** Work on a pass side by side: a thread and a connection each. */
import { Worker } from 'node:worker_threads';
import type { Lane } from './pass.ts';
import type { Answer, Task } from './worker.ts';

/** Room for a page of events, so that what is read once is not moved about before it is dropped. */
const YOUNG = { maxYoungGenerationSizeMb: 128 };

/** @param url of the database @param count of threads @returns what works, and ends them */
export function openLanes(url: string, count: number): { lanes: Lane[]; close(): Promise<void> } {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: { url }, resourceLimits: YOUNG }),
  );
  return {
    lanes: workers.map(laneWith),
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}

function laneWith(worker: Worker): Lane {
  // A worker of which nobody waits for anything fails nobody.
  worker.on('error', () => undefined);
  const ask = <T>(task: Task, onEvents?: (n: number) => void): Promise<T> =>
    new Promise((resolve, reject) => {
      const done = () => {
        worker.off('message', hear);
        worker.off('error', fail);
        worker.off('exit', ended);
      };
      const hear = (answer: Answer) => {
        if ('events' in answer) return onEvents?.(answer.events);
        done();
        return 'failed' in answer ? reject(answer.failed) : resolve(answer.result as T);
      };
      const fail = (error: Error) => {
        done();
        reject(error);
      };
      const ended = () => fail(new Error('a thread of the audit ended before it was done'));
      worker.on('message', hear);
      worker.on('error', fail);
      worker.on('exit', ended);
      worker.postMessage(task);
    });
  return {
    streams: ({ teamId, size }, range, absences, onEvents) =>
      ask({ kind: 'streams', teamId, size, range, absences }, onEvents),
    tree: ({ teamId, size }, before, upTo) => ask({ kind: 'tree', teamId, size, before, upTo }),
  };
}
