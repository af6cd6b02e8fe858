import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCourtesy } from '../../../src/jobs/courtesy.ts';
import { createQueue, type Queue } from '../../../src/jobs/queue.ts';
import { waitFor } from '../../support/wait.ts';
import { createOffice, type Office } from './office.ts';

const CHANNEL = 'exceptions-team-lead';
let office: Office;
const started: { queues: Queue[]; processes: ChildProcess[] } = { queues: [], processes: [] };
beforeEach(async () => {
  office = await createOffice();
});
afterEach(async () => {
  for (const child of started.processes) child.kill('SIGKILL');
  await Promise.all(started.queues.map((queue) => queue.stop()));
  started.queues.length = started.processes.length = 0;
  await office.close();
});

async function startQueue(): Promise<Queue> {
  const { db, url, teamId, log, given } = office;
  const { deliver } = office.deliverer({ timing: { lease: 9_000 } });
  const givenUpText = () => 'given up';
  const courtesy = createCourtesy();
  const options = { db, connectionString: url, teamId, deliver, clock: given.clock, log, givenUpText, courtesy };
  const queue = createQueue(options);
  started.queues.push(queue);
  await queue.start();
  return queue;
}

/** Another replica, which can be killed. */
function startProcess(): ChildProcess {
  const script = new URL('./worker.ts', import.meta.url).pathname;
  const { url, sandbox, teamId } = office;
  const child = spawn(process.execPath, [script, url, sandbox.apiUrl, sandbox.workspace.app.botToken, teamId], {
    stdio: 'inherit',
  });
  started.processes.push(child);
  return child;
}

const card = () => office.inChannel(CHANNEL).filter(({ thread_ts }) => !thread_ts);
const keys = () => office.sandbox.messages().map(({ metadata }) => String(metadata?.event_payload.key));
/** A call by the group, a DM to who is not in the channel, one to the requester, and the card. */
const EXPECTED = ['call/1/1', 'card/1/1', 'dm/1/U0BEA/1/your_turn', 'dm/1/U0NINA/1/received'];

describe('a replica that is killed', () => {
  it('between posting and noting it: another takes over and nothing is posted twice (faults 32, 52)', async () => {
    // Slack has posted, and its answer never comes: whoever waits for it is killed in between.
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'slow', ms: 60_000 });
    await office.ask();
    const doomed = startProcess();
    await office.sandbox.waitForMessage(({ metadata }) => metadata?.event_payload.key === 'card/1/1', {
      timeout: 15_000,
    });
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');
    office.sandbox.faults.clear();
    const queue = await startQueue();
    await waitFor(() => EXPECTED.every((key) => keys().includes(key)), { what: 'all messages', timeoutMs: 40_000 });
    await waitFor(async () => (await queue.counts()).waiting === 0, { what: 'an empty queue', timeoutMs: 40_000 });
    const { rows } = await office.store.pool.query(`select key from deliveries where status = 'sending'`);
    expect(rows).toEqual([]);
    expect(keys().toSorted()).toEqual(EXPECTED);
  }, 90_000);
});

describe('Slack', () => {
  it('that is away for long costs no message and no alert, and is told everything once it is back (fault 42)', async () => {
    const queue = await startQueue();
    office.sandbox.down();
    const number = await office.ask();
    queue.wake();
    await waitFor(() => office.sandbox.traffic.entries.some(({ status }) => status === 'broken'), {
      what: 'a failed call',
    });
    await office.confirm('olga', number);
    queue.wake();
    await waitFor(async () => (await queue.counts()).owed === 0, { what: 'an empty outbox' });
    office.sandbox.up();
    await waitFor(() => /team lead/.test(office.read(card()[0])), { what: 'the card as it is now', timeoutMs: 30_000 });
    const told = ['card/1/1', 'thread/1/2', 'call/1/2', 'dm/1/U0NINA/1/received', 'dm/1/U0LIAM/2/your_turn'];
    await waitFor(() => told.every((key) => keys().includes(key)), { what: 'the rest', timeoutMs: 30_000 });
    expect(keys().toSorted()).toEqual(told.toSorted());
    expect((await queue.counts()).dead).toBe(0);
    expect(office.toPerson('wanda')).toEqual([]);
  }, 60_000);

  it('that is well is told within a second of the commit', async () => {
    const queue = await startQueue();
    await office.ask();
    const committed = performance.now();
    queue.wake();
    await office.sandbox.waitForMessage(({ metadata }) => metadata?.event_payload.key === 'card/1/1');
    expect(performance.now() - committed).toBeLessThan(1_000);
  });
});
