/** Reports: of a week in the audit channel, and of any period to whoever asked. Each piece of one is posted once. */
import type { KeyObject } from 'node:crypto';
import { Later } from '../app/later.ts';
import type { Clock } from '../app/ports.ts';
import type { Period } from '../core/period.ts';
import type { Wiring } from '../core/policy.ts';
import { isOverdue } from '../core/policyDue.ts';
import type { Instant } from '../core/values.ts';
import { parseWeek, type Week } from '../core/week.ts';
import { signOffDue } from '../core/weekReview.ts';
import type { Log } from '../log.ts';
import { isVerificationDue, lastVerification, verifySome } from '../store/audit/verifications.ts';
import { channelOf } from '../store/channels.ts';
import { latestCheckpoint } from '../store/checkpoints.ts';
import type { Delivery } from '../store/deliveries.ts';
import { periodFigures } from '../store/figures.ts';
import { namesOf } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';
import { seal } from '../store/seal.ts';
import { unsignedOf } from '../store/weekReviews.ts';
import type { Poster } from './deliver/poster.ts';
import type { Report } from './digestContent.ts';
import { postReport } from './digestPost.ts';
import { daysOfWeek, drawSignOff } from './drawnSignOff.ts';
import { signOffBlocks } from './views/signOff.ts';

/** What a report is composed of. */
export type Sources = { db: Db; policies: Policies; teamId: string; clock: Clock };
export type PostingSources = Sources & {
  log: Log;
  /** Signs the checkpoint that a week's report shows; null for none. */
  sealKey: KeyObject | null;
  /** Left out, the picture is drawn and brought. */
  withoutPicture?: boolean;
};

/** Reads figures, and what proves the record; nothing is written. */
export async function composeReport({ db, policies, teamId, clock }: Sources, { from, to }: Period): Promise<Report> {
  const now = clock.now();
  const { document } = await policies.current();
  const { rules, wiring } = document;
  const figures = await periodFigures(db, teamId, { from, to, now, zone: wiring.zone, rules });
  const deciders = figures.cases.flatMap(({ decisions }) => decisions.map(({ by }) => by));
  return {
    ...{ figures, rules, zone: wiring.zone, policyOverdueSince: overdueSince(wiring, now) },
    names: await namesOf(db, teamId, [...new Set(deciders)]),
    unsigned: await unsignedDays(db, teamId, now, wiring),
    chain: await proofOf(db, teamId),
  };
}

const overdueSince = ({ policy_review: review, zone }: Wiring, now: Instant): string | null =>
  review && isOverdue(review.due, now, zone) ? review.due : null;

/** Those whose time is over. */
async function unsignedDays(db: Db, teamId: string, now: Instant, { zone, sign_off_within: within }: Wiring) {
  const late = (await unsignedOf(db, teamId, now, zone)).filter((review) => signOffDue(review, within) < now);
  return late.map(({ week }) => daysOfWeek(week, zone));
}

/** What is known of the record already: looking through all of it takes minutes where it is long. */
async function proofOf(db: Db, teamId: string): Promise<Report['chain']> {
  const [last, checkpoint] = [await lastVerification(db, teamId), await latestCheckpoint(db, teamId)];
  const [first] = last?.faults ?? [];
  return {
    verified: last && {
      ...{ at: last.finishedAt, events: last.events },
      broken: first ? { stream: first.stream, seq: first.seq, faults: last.faulty } : null,
    },
    sealed: checkpoint && {
      ...{ at: checkpoint.at, events: checkpoint.size, root: Buffer.from(checkpoint.root).toString('base64') },
    },
  };
}

/** What it is posted under. A week that still runs can be posted as it stands; its report falls due nevertheless. */
export const digestKey = ({ id, to }: Week, now: Instant): string =>
  now < to ? `digest/${id}/so-far` : `digest/${id}`;

/** How long what another replica has found due waits for one whose clock says so; milliseconds. */
const CLOCK_BEHIND = 1_000;

/**
 * The report that fell due. A replica whose business clock is behind leaves it to the others, or it would be posted as that of a
 * week that still runs, and under another key.
 * @throws Later, and what `postDigest` throws
 */
export async function postDueDigest(sources: PostingSources, id: string, by: Poster): Promise<Delivery> {
  const { wiring } = (await sources.policies.current()).document;
  const week = parseWeek(id, wiring.zone);
  if (week && sources.clock.now() < week.to) throw new Later(`${id} is not over by this clock`, CLOCK_BEHIND);
  return postDigest(sources, id, by);
}

/**
 * Posts the report and its thread, whatever of them was not posted before.
 * @param id of an ISO week
 * @returns where the report stands
 * @throws what posting throws: the audit channel may be missing or closed to the bot
 */
export async function postDigest(sources: PostingSources, id: string, by: Poster): Promise<Delivery> {
  const { db, teamId, clock } = sources;
  const { wiring } = (await sources.policies.current()).document;
  const week = parseWeek(id, wiring.zone);
  if (!week) throw new Error(`${id} is no ISO week`);
  const ref = wiring.channels.audit;
  const channel = (await channelOf(db, teamId, ref))?.id ?? ref;
  await sealBefore(sources);
  await proveBefore(sources);
  const report = await composeReport(sources, week);
  const key = digestKey(week, clock.now());
  const drawn = await drawSignOff(sources, id);
  const signOff = drawn ? signOffBlocks(drawn) : [];
  const { log, withoutPicture = false } = sources;
  const given = { db, teamId, log, by, report, key, signOff, withoutPicture };
  const root = await postReport({ ...given, post: (root) => by.postOnce({ ...root, channel }) });
  if (!root) throw new Error(`the report of ${id} has no place to go to`);
  return root;
}

/** So that the root covers what is reported. Where the record cannot be sealed, the report says how far it was. */
async function sealBefore({ db, teamId, clock, sealKey, log }: PostingSources): Promise<void> {
  try {
    await seal({ db }, teamId, { at: clock.now(), key: sealKey, checkpoint: true, patient: true });
  } catch (error) {
    log.error({ err: error }, 'the record could not be sealed before its report');
  }
}

/** Milliseconds that a report waits for the record to be looked through. */
const PROVING = 2_000;
/** Events of a record that is looked through well within that. */
const SHORT = 20_000;

/** A short record is proved anew, so that its report says how it stands now; a long one goes on being proved day by day. */
async function proveBefore({ db, teamId, clock, log }: PostingSources): Promise<void> {
  const now = clock.now();
  try {
    const last = await lastVerification(db, teamId);
    const begin = last === null || last.events < SHORT || (await isVerificationDue(db, teamId, now));
    await verifySome(db, teamId, { now, within: PROVING, begin });
  } catch (error) {
    log.error({ err: error }, 'the record could not be looked through before its report');
  }
}
