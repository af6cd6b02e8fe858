/** An intent -> the Web API. What was owed is drawn from the state as it is when it is delivered. */
import type { WebClient } from '@slack/web-api';
import type { Intent } from '../../app/intents.ts';
import { Later } from '../../app/later.ts';
import type { Clock } from '../../app/ports.ts';
import type { Log } from '../../log.ts';
import { owe } from '../../store/outbox.ts';
import type { Policies } from '../../store/policies.ts';
import type { Db } from '../../store/schema.ts';
import { CALL_TIMEOUT } from '../client.ts';
import { wording } from '../wording/index.ts';
import { absence } from './absence.ts';
import { createDoor } from './api.ts';
import type { Deps, Timing } from './deps.ts';
import { isRefused } from './errors.ts';
import { alert, escalate, nudge } from './escalate.ts';
import { observations } from './observations.ts';
import { pack } from './pack.ts';
import { ping, remind } from './ping.ts';
import { policyDue } from './policyDue.ts';
import { policyReview } from './policyReview.ts';
import { type Poster, posterOf } from './poster.ts';
import { publishCheckpoint } from './publishCheckpoint.ts';
import { redraw } from './redraw.ts';
import { redrawStory } from './redrawStory.ts';
import { report } from './report.ts';
import { alertOf } from './route.ts';
import { redrawDigest, signOffDue } from './signOff.ts';
import { staffing } from './staffing.ts';
import { tell } from './tell.ts';
import { tellOwners, tellRole } from './tellMany.ts';
import { callStage, story } from './thread.ts';

export type Deliverer = Poster & {
  /**
   * Delivers what is owed. Doing it twice, late or out of order does no harm.
   * @param booked buckets of which the job was kept a turn for now
   * @throws Later for what only has to wait; anything else is a fault, to be tried a few times and then given up
   */
  deliver(intent: Intent, booked?: string[]): Promise<void>;
};

export type DelivererOptions = {
  db: Db;
  policies: Policies;
  /** Made by `createClient`: it must neither retry nor wait by itself. */
  client: WebClient;
  teamId: string;
  clock: Clock;
  log: Log;
  /** Posts the report of an ISO week, each piece of it once. */
  postDigest: (week: string, by: Poster) => Promise<void>;
  /** What is owed to nobody in Slack, but is to be done after a commit all the same. */
  errands: Errands;
  timing?: Partial<Timing>;
  /** Nobody else delivers for this workspace, and one thing is delivered after the other. */
  onlyOne?: boolean;
};

type Errand<K extends Intent['kind']> = (intent: Extract<Intent, { kind: K }>) => Promise<void>;
export type Errands = {
  readSources: Errand<'read_sources'>;
  keepFile: Errand<'keep_file'>;
  lookForRecurrence: Errand<'look_for_recurrence'>;
  checkStaffing: Errand<'check_staffing'>;
  lookAtStaffing: Errand<'look_at_staffing'>;
  forgetCustomer: Errand<'forget_customer'>;
  /** The evidence of a request, as a file. */
  makePack: (number: number) => Promise<Buffer>;
};

const TIMING: Timing = { patience: 2_000, lease: 3 * CALL_TIMEOUT, speed: 1, shutOut: 60_000 };
const DIGEST_AGAIN = 15 * 60_000;

const none = async (intent: Intent): Promise<void> => {
  throw new Error(`nobody here does ${intent.kind}`);
};
/** For programs that only post. Who is there to decide is looked at by those that run on. */
export const NO_ERRANDS: Errands = {
  ...{ readSources: none, keepFile: none, lookForRecurrence: none, forgetCustomer: none },
  ...{ checkStaffing: async () => undefined, lookAtStaffing: async () => undefined },
  makePack: async (number) => {
    throw new Error(`nobody here makes the evidence pack of EX-${number}`);
  },
};

export function createDeliverer({ postDigest, errands, timing, ...given }: DelivererOptions): Deliverer {
  const deps: Deps = { ...given, timing: { ...TIMING, ...timing }, dms: new Map(), booked: new Set() };
  const door = createDoor(deps);
  const poster = posterOf(deps);
  return {
    ...poster,
    async deliver(intent, booked = []) {
      const own = { ...deps, booked: new Set(booked) };
      try {
        await door.pass();
        await deliverTo(own, intent, errands, (week) => digest(own, week, postDigest, poster));
      } catch (error) {
        throw await door.outcome(error);
      }
    },
  };
}

function deliverTo(
  deps: Deps,
  intent: Intent,
  errands: Errands,
  postWeek: (week: string) => Promise<void>,
): Promise<void> {
  switch (intent.kind) {
    case 'redraw':
      return redraw(deps, intent);
    case 'story':
      return story(deps, intent);
    case 'call':
      return callStage(deps, intent);
    case 'tell':
      return tell(deps, intent);
    case 'tell_role':
      return tellRole(deps, intent);
    case 'tell_owners':
      return tellOwners(deps, intent);
    case 'nudge':
      return nudge(deps, intent);
    case 'read_sources':
      return errands.readSources(intent);
    case 'keep_file':
      return errands.keepFile(intent);
    case 'look_for_recurrence':
      return errands.lookForRecurrence(intent);
    case 'absence':
      return absence(deps, intent);
    case 'policy_review':
      return policyReview(deps, intent);
    case 'policy_due':
      return policyDue(deps, intent);
    case 'escalate':
      return escalate(deps, intent);
    case 'remind':
      return remind(deps, intent);
    case 'ping':
      return ping(deps, intent);
    case 'check_staffing':
      return errands.checkStaffing(intent);
    case 'look_at_staffing':
      return errands.lookAtStaffing(intent);
    case 'staffing':
      return staffing(deps, intent);
    case 'digest':
      // It may have been signed off while it was composed.
      return postWeek(intent.week).then(() => redrawDigest(deps, intent));
    case 'alert':
      return alert(deps, intent);
    case 'redraw_story':
      return redrawStory(deps, intent);
    case 'forget_customer':
      return errands.forgetCustomer(intent);
    case 'observations':
      return observations(deps, intent);
    case 'redraw_digest':
      return redrawDigest(deps, intent);
    case 'sign_off_due':
      return signOffDue(deps, intent);
    case 'report':
      return report(deps, intent);
    case 'pack':
      return pack(deps, intent, errands.makePack);
    case 'publish_checkpoint':
      return publishCheckpoint(deps, intent);
    default:
      return intent satisfies never;
  }
}

/** The report has one place to go to, so it waits until that is there. */
async function digest(
  deps: Deps,
  week: string,
  postDigest: DelivererOptions['postDigest'],
  poster: Poster,
): Promise<void> {
  try {
    await postDigest(week, poster);
  } catch (error) {
    if (!isRefused(error, 'route')) throw error;
    const ref = (await deps.policies.current()).document.wiring.channels.audit;
    const text = wording().trouble.digestChannelBroken(ref);
    await owe(deps.db, deps.teamId, [alertOf(deps, 'channel/audit', text)]);
    throw new Later(`the report of ${week} cannot be posted in ${ref}`, DIGEST_AGAIN, { cause: error });
  }
}
