/** Every call of the Web API on behalf of a delivery: in its turn, and with Slack's refusals told apart. */
import { setTimeout as delay } from 'node:timers/promises';
import { Later } from '../../app/later.ts';
import { freeIn, isPaused, pause, type Rate, takeTurn } from '../../store/pace.ts';
import type { Deps, Timing } from './deps.ts';
import { isRefused, refusalOf } from './errors.ts';

/** Slack's limits, with room left for what the listeners call. A burst is what Slack forgives after a rest. */
const PER_MINUTE = (calls: number, burst: number): Rate => ({ everyMs: 60_000 / calls, burst });
const RATE = {
  /** Slack's 1 a second in each channel and a short burst, with room for a call that comes later than its turn. */
  postInChannel: { everyMs: 1_050, burst: 4 },
  /** Of these, what threads may take: a new card does not queue behind the stories of others. */
  inThread: { everyMs: 1_500, burst: 3 },
  /** Several hundred a minute in all. */
  post: PER_MINUTE(550, 90),
  /** Tier 3. */
  update: PER_MINUTE(45, 45),
  /** Of these, what direct messages may take: the card is redrawn before those who need do nothing any more are told so. */
  updateDirect: PER_MINUTE(30, 25),
  open: PER_MINUTE(45, 45),
  history: PER_MINUTE(45, 45),
  /** Tier 4. */
  members: PER_MINUTE(90, 90),
  files: PER_MINUTE(90, 30),
  /** "Hundreds a minute". */
  permalink: PER_MINUTE(200, 100),
} as const satisfies Record<string, Rate>;
/** Shares of ours in a limit of Slack's. */
const OURS = ['inThread', 'updateDirect'];

/** Paused as a whole while the workspace has shut the bot out. */
const WORKSPACE = '*';
const WHOLE: Rate = { everyMs: 0, burst: 1 };

/** `ours`: a share that the bot keeps to by itself, no limit of Slack's. */
export type Bucket = { name: string; rate: Rate; ours: boolean };
const bucket = (name: keyof typeof RATE, channel?: string): Bucket => ({
  name: channel ? `${name}/${channel}` : name,
  rate: RATE[name],
  ours: OURS.includes(name),
});
export const BUCKETS = {
  /** The tightest first, so that whoever waits for a busy channel takes nobody else's turn. */
  post: (channel: string): Bucket[] => [bucket('postInChannel', channel), bucket('post')],
  thread: (channel: string): Bucket[] => [bucket('inThread', channel), ...BUCKETS.post(channel)],
  update: [bucket('update')],
  updateDirect: [bucket('updateDirect'), bucket('update')],
  open: [bucket('open')],
  history: [bucket('history')],
  members: [bucket('members')],
  files: [bucket('files')],
  permalink: [bucket('permalink')],
};

/**
 * Calls Slack when it is the buckets' turn.
 * @throws Later where the turn is far off, where Slack is away or its limit is reached; Refused for what the caller may know
 *   an answer to; the client's own error for what is a fault of this program
 */
export async function call<T>(deps: Deps, buckets: Bucket[], ask: () => Promise<T>): Promise<T> {
  await turn(deps, buckets);
  try {
    return await ask();
  } catch (error) {
    throw await understood(deps, buckets, error);
  }
}

/** A turn that is far off is booked: the job comes back for it and makes room for others meanwhile. */
async function turn({ db, teamId, timing, booked }: Deps, buckets: Bucket[]): Promise<void> {
  if (isUnlimited(timing)) return;
  const held: string[] = [];
  for (const { name, rate } of buckets) {
    held.push(name);
    if (booked.delete(name) && !(await isPaused(db, teamId, name))) continue;
    const waitMs = await takeTurn(db, teamId, name, paced(rate, timing));
    if (waitMs > timing.patience)
      throw new Later(`${name} has no turn for ${Math.round(waitMs)} ms`, waitMs, { booked: [...booked, ...held] });
    if (waitMs > 0) await delay(waitMs);
  }
}

const isUnlimited = ({ speed }: Timing): boolean => speed === Number.POSITIVE_INFINITY;

const paced = (rate: Rate, { speed }: Timing): Rate => ({ ...rate, everyMs: rate.everyMs / speed });

/**
 * Books a turn that is far off before anything is read or drawn for it: what would be drawn now would be drawn again then.
 * @throws Later where it is far off
 */
export async function bookAhead({ db, teamId, timing, booked }: Deps, [tightest, ...others]: Bucket[]): Promise<void> {
  if (isUnlimited(timing)) return;
  if (!tightest || [tightest, ...others].some(({ name }) => booked.has(name))) return;
  const { name } = tightest;
  const rate = paced(tightest.rate, timing);
  const empty = await freeIn(db, teamId, name);
  if (empty - rate.everyMs * (rate.burst - 1) <= timing.patience) return;
  const waitMs = await takeTurn(db, teamId, name, rate);
  throw new Later(`${name} has no turn for ${Math.round(waitMs)} ms`, waitMs, { booked: [...booked, name] });
}

/** The error to throw for what Slack answered; pauses the bucket whose limit is reached. */
async function understood({ db, teamId, log }: Deps, buckets: Bucket[], error: unknown): Promise<unknown> {
  const refused = refusalOf(error);
  const tightest = buckets.find(({ ours }) => !ours);
  if (refused?.kind !== 'limit' || !tightest) return refused ?? error;
  const { retryAfter = 0 } = refused.failure;
  await pause(db, teamId, tightest.name, tightest.rate, retryAfter * 1000);
  log.info({ bucket: tightest.name, retryAfter }, "Slack's rate limit is reached; what has another limit goes on");
  return new Later(refused.message, retryAfter * 1000, { cause: refused });
}

/** Whether the workspace has shut the bot out, for all replicas to heed, and asking it to open. */
export type Door = {
  /** @throws Later while deliveries rest */
  pass(): Promise<void>;
  /** What becomes of an error that no surface had an answer to. */
  outcome(error: unknown): Promise<unknown>;
};

export function createDoor({ db, teamId, client, log, timing, onlyOne = false }: Deps): Door {
  let shut = false;

  async function outcome(error: unknown): Promise<unknown> {
    if (isRefused(error, 'passing')) return new Later(error.message, null, { cause: error });
    if (!isRefused(error, 'workspace')) return error;
    shut = true;
    await pause(db, teamId, WORKSPACE, WHOLE, timing.shutOut);
    const { code } = error.failure;
    log.error({ code }, 'Slack shuts the bot out: deliveries rest and nothing is lost. Renew the token or its scopes');
    return new Later(error.message, timing.shutOut, { cause: error });
  }

  return {
    outcome,
    async pass() {
      if (onlyOne && !shut) return;
      const restMs = await freeIn(db, teamId, WORKSPACE);
      if (restMs > 0) throw new Later('deliveries of this workspace rest', restMs * (1 + Math.random() / 2));
      if (!shut) return;
      await client.auth.test().catch(async (error: unknown) => {
        throw await outcome(refusalOf(error) ?? error);
      });
      shut = false;
      log.info('Slack lets the bot in again: deliveries go on');
    },
  };
}
