/** The cron table. Cron only wakes: what is due is asked of the database, so a missed or doubled minute changes nothing. */
import { type ScheduledTask, schedule } from 'node-cron';
import type { Log } from '../log.ts';

type Run = () => Promise<unknown>;
export type CronJobs = {
  /** Requests whose deadline is near or past. */
  sweep: Run;
  /** People who are to be told of what waits for them. */
  tell: Run;
  /** Weeks that are due to be reported or signed off, and the day by which the policy is to be looked at again. */
  weeks: Run;
  /** Whether those are there who decide what is open: absences begin and end. */
  staffing: Run;
  /** People, groups and channels, asked of Slack. */
  refresh: Run;
  /** Whether what people press in Slack arrives here. */
  connection: Run;
  /** Events that are not sealed yet, and the next checkpoint. */
  seal: Run;
  /** Checkpoints that are not yet everywhere where they are to be. */
  publish: Run;
  /** The record is proved, a little at a time. */
  verify: Run;
  /** Words and files of closed records that the policy keeps no longer. */
  retention: Run;
  housekeeping: Run;
};

const TABLE: Readonly<Record<keyof CronJobs, string>> = {
  sweep: '* * * * *',
  tell: '* * * * *',
  weeks: '* * * * *',
  staffing: '* * * * *',
  seal: '* * * * *',
  publish: '* * * * *',
  verify: '* * * * *',
  connection: '* * * * *',
  // A decision modal asks again after five minutes; with this it seldom has to.
  refresh: '*/4 * * * *',
  retention: '47 * * * *',
  housekeeping: '17 3 * * *',
};

/** Milliseconds. */
const SOON = 500;

export type Cron = {
  /**
   * Starts the table, and runs each job once now: nobody knows how long the program was away.
   * @param done what whoever starts it has just done
   */
  start(done?: (keyof CronJobs)[]): void;
  /** Runs what depends on the business clock, which was moved. Resolves when it is done. */
  runDue(): Promise<void>;
  /** Runs a job once more in a moment: what it waits for is under way. */
  soon(name: keyof CronJobs): void;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
};

type CronOptions = {
  jobs: CronJobs;
  log: Log;
  /** Waited for before each run: clicks come first. */
  letPass?: () => Promise<void>;
};

export function createCron({ jobs, log, letPass = async () => undefined }: CronOptions): Cron {
  const names = Object.keys(TABLE) as (keyof CronJobs)[];
  const courteously = (job: Run) => async () => {
    await letPass();
    return job();
  };
  const entries = names.map((name) => ({ name, ...oneAtATime(name, courteously(jobs[name]), log) }));
  const tasks: ScheduledTask[] = [];
  const timers = new Map<keyof CronJobs, NodeJS.Timeout>();
  let stopped = false;
  const logger = {
    info: (text: string) => log.debug(text),
    debug: (text: string | Error) => log.debug(text),
    warn: (text: string) => log.debug(text),
    error: (text: string | Error, error?: Error) => log.warn({ err: error ?? text }, 'cron had an error'),
  };
  const wake = async (...which: (keyof CronJobs)[]) => {
    await Promise.all(entries.filter(({ name }) => which.includes(name)).map(({ run }) => run()));
  };
  return {
    start(done = []) {
      for (const { name, run } of entries)
        tasks.push(schedule(TABLE[name], run, { name, noOverlap: true, timezone: 'UTC', logger }));
      void wake(...names.filter((name) => !done.includes(name)));
    },
    async runDue() {
      await wake('sweep', 'tell', 'weeks', 'staffing', 'retention');
      // Afterwards, so that what came of it is sealed.
      await wake('seal');
      await wake('publish');
    },
    soon(name) {
      if (stopped || timers.has(name)) return;
      const again = () => {
        timers.delete(name);
        void wake(name);
      };
      timers.set(name, setTimeout(again, SOON));
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      for (const task of tasks) await task.destroy();
      await Promise.all(entries.map(({ idle }) => idle()));
    },
  };
}

/**
 * Never twice at a time in this process. Whoever wakes it while it runs gets a run that begins afterwards: the one under way
 * may have looked at the clock already. What fails is logged, and tried again when it is woken next.
 */
function oneAtATime(name: string, job: Run, log: Log): { run: () => Promise<void>; idle: () => Promise<void> } {
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function begin(): Promise<void> {
    const ended = job().then(
      () => undefined,
      (error: unknown) => log.error({ job: name, err: error }, 'a periodic job failed; it runs again at its next turn'),
    );
    current = ended.finally(() => {
      current = null;
    });
    return current;
  }

  return {
    run() {
      if (!current) return begin();
      next ??= current.then(() => {
        next = null;
        return begin();
      });
      return next;
    },
    async idle() {
      await (next ?? current);
    },
  };
}
