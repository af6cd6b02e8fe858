/** The report of a week: composed of the figures and the state of the chain, and posted once. */
import { Later } from '../app/later.ts';
import type { Clock } from '../app/ports.ts';
import type { Wiring } from '../core/policy.ts';
import { isOverdue } from '../core/policyDue.ts';
import type { Instant } from '../core/values.ts';
import { parseWeek, type Week } from '../core/week.ts';
import { verifyChains } from '../store/audit/verify.ts';
import { channelOf } from '../store/channels.ts';
import type { Delivery } from '../store/deliveries.ts';
import { periodFigures } from '../store/figures.ts';
import { namesOf } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';
import type { PostOnce } from './deliver/index.ts';
import type { Report } from './digestContent.ts';
import { digestMessage, digestThread } from './views/digest.ts';

type Sources = { db: Db; policies: Policies; teamId: string; clock: Clock };

/** Reads the figures and the whole chain; nothing is written. */
export async function composeDigest({ db, policies, teamId, clock }: Sources, { from, to }: Week): Promise<Report> {
  const now = clock.now();
  const { document } = await policies.current();
  const { rules, wiring } = document;
  const figures = await periodFigures(db, teamId, { from, to, now, zone: wiring.zone, rules });
  const verdict = await verifyChains(db, teamId);
  const [first] = verdict.faults;
  const deciders = figures.cases.flatMap(({ decisions }) => decisions.map(({ by }) => by));
  return {
    figures,
    rules: document.rules,
    zone: document.wiring.zone,
    policyOverdueSince: overdueSince(document.wiring, now),
    names: await namesOf(db, teamId, [...new Set(deciders)]),
    chain: {
      at: now,
      events: verdict.events,
      broken: first ? { stream: first.stream, seq: first.seq, faults: verdict.faulty } : null,
    },
  };
}

const overdueSince = ({ policy_review: review, zone }: Wiring, now: Instant): string | null =>
  review && isOverdue(review.due, now, zone) ? review.due : null;

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
export async function postDueDigest(sources: Sources, id: string, post: PostOnce): Promise<Delivery> {
  const { wiring } = (await sources.policies.current()).document;
  const week = parseWeek(id, wiring.zone);
  if (week && sources.clock.now() < week.to) throw new Later(`${id} is not over by this clock`, CLOCK_BEHIND);
  return postDigest(sources, id, post);
}

/**
 * Posts the report and its thread, whatever of them was not posted before.
 * @param id of an ISO week
 * @returns where the report stands
 * @throws what posting throws: the audit channel may be missing or closed to the bot
 */
export async function postDigest(sources: Sources, id: string, post: PostOnce): Promise<Delivery> {
  const { wiring } = (await sources.policies.current()).document;
  const week = parseWeek(id, wiring.zone);
  if (!week) throw new Error(`${id} is no ISO week`);
  const ref = wiring.channels.audit;
  const channel = (await channelOf(sources.db, sources.teamId, ref))?.id ?? ref;
  const report = await composeDigest(sources, week);
  const where = { surface: 'digest', channel } as const;
  const key = digestKey(week, report.figures.now);
  const root = await post({ key, ...where, message: digestMessage(report) });
  if (root.ts === null || root.channel === null) return root;
  const thread = { ...where, channel: root.channel, thread_ts: root.ts };
  for (const [index, message] of digestThread(report).entries())
    await post({ key: `${key}/${index + 1}`, ...thread, message });
  return root;
}
