/** Posting a report: its message with the picture, below it the figures, the decisions, and all of them as a list. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { dayIn } from '../core/week.ts';
import type { Log } from '../log.ts';
import { drawPicture } from '../picture/index.ts';
import { type Delivery, deliveryOf } from '../store/deliveries.ts';
import { readDecisions } from '../store/figures/decisions.ts';
import { namesOf } from '../store/people.ts';
import type { Db } from '../store/schema.ts';
import { isPosted, type Post, type Posted } from './deliver/deps.ts';
import type { Poster } from './deliver/poster.ts';
import { type Content, contentOf, daysOf, type Report } from './digestContent.ts';
import { decisionList } from './digestList.ts';
import { type DigestMain, digestMain, digestMessage, digestThread, mainOf } from './views/digest.ts';
import { privateMessage } from './views/message.ts';
import { wording } from './wording/index.ts';

export type Posting = {
  db: Db;
  teamId: string;
  log: Log;
  by: Poster;
  report: Report;
  /** What the message is posted under; what stands below it, under keys that begin with this one. */
  key: string;
  signOff?: KnownBlock[];
  /** Left out, the picture is drawn and brought. */
  withoutPicture?: boolean;
  /** Posts the message where it belongs; null where nobody is there to read it. */
  post(root: Omit<Post, 'channel'>): Promise<Delivery | null>;
};

/** What a message keeps of itself, to be drawn again with: see `DigestMain`. */
const kept = z.object({ main: digestMain, pictureless: z.boolean().optional() });

/** What the message said when it was posted; null for one of before that was kept. */
export const digestAsPosted = ({ subject }: Pick<Delivery, 'subject'>): DigestMain | null => {
  const { data } = kept.safeParse(subject);
  return data ? { ...data.main, picture: data.pictureless ? null : data.main.picture } : null;
};

/**
 * Posts whatever of it was not posted before.
 * @returns where the message stands; null where nobody is there to read it
 */
export async function postReport(posting: Posting): Promise<Delivery | null> {
  const { db, teamId, key, report, by } = posting;
  const content = contentOf(report);
  const before = await deliveryOf(db, teamId, key);
  const root = before && before.status !== 'sending' ? before : await postMain(posting, content);
  if (!root || !isPosted(root)) return root;
  const thread = { surface: 'digest', channel: root.channel, thread_ts: root.ts } as const;
  for (const each of digestThread(report))
    await by.postOnce({ key: `${key}/${each.key}`, ...thread, message: each.message });
  const posted = digestAsPosted(root);
  if (posted && !posted.picture && !posted.lacking && !posting.withoutPicture)
    await givePicture(posting, content, root);
  await giveList(posting, root, posted?.lacking ?? null);
  return root;
}

async function postMain(posting: Posting, content: Content): Promise<Delivery | null> {
  const { key, signOff, post, report, withoutPicture } = posting;
  const { file, lacking } = withoutPicture ? NO_PICTURE : await uploadPicture(posting, content);
  const main = mainOf(content, file, lacking);
  return post({ key, surface: 'digest', subject: { main }, message: digestMessage(main, signOff, report.locale) });
}

const NO_PICTURE = { file: null, lacking: null };
type Uploading = Pick<Posting, 'by' | 'key' | 'log' | 'report'>;

/** A report is worth as much without it. */
const drawn = ({ log, key }: Uploading, { picture }: Content): Promise<Buffer | null> =>
  drawPicture(picture.picture).catch((error: unknown) => {
    log.error({ err: error, key }, 'the report goes out without its picture');
    return null;
  });

/** @returns the file that the message can show; null for none, and why where Slack takes none */
export async function uploadPicture(uploading: Uploading, content: Content) {
  const { by, key, log, report } = uploading;
  const bytes = await drawn(uploading, content);
  if (!bytes) return NO_PICTURE;
  const { alt } = content.picture;
  const about = { name: `${fileName(report)}.png`, title: content.title, bytes, altText: alt };
  const given = await by.uploadOnce({ key: `${key}/picture`, ...about });
  if ('refused' in given) return { file: null, lacking: wording(report.locale).digest.list.without };
  if (await by.isShowable(given.file)) return { file: given.file, lacking: null };
  log.warn({ key }, 'Slack does not show the picture in the message; it is shared below it');
  return NO_PICTURE;
}

/** Below the message that could not show it. */
async function givePicture(posting: Posting, content: Content, { channel, ts }: Posted): Promise<void> {
  const { db, teamId, by, key, report } = posting;
  const own = `${key}/picture-below`;
  if ((await deliveryOf(db, teamId, own))?.status === 'sent') return;
  const bytes = await drawn(posting, content);
  if (!bytes) return;
  const about = { name: `${fileName(report)}.png`, title: content.title, bytes, altText: content.picture.alt };
  await by.uploadOnce({ key: own, ...about, channel, thread_ts: ts });
}

async function giveList(posting: Posting, { channel, ts }: Posted, lacking: string | null): Promise<void> {
  const { db, teamId, by, key, report } = posting;
  const own = `${key}/list`;
  if (lacking !== null || (await deliveryOf(db, teamId, own))?.status === 'sent') return;
  const { list } = wording(report.locale).digest;
  const { decided, leftOut } = await readDecisions(db, teamId, report.figures);
  const people = decided.flatMap(({ decisions }) => decisions.map((decision) => decision.by));
  const names = await namesOf(db, teamId, [...new Set(people)]);
  const bytes = decisionList({ ...report, names }, decided);
  const about = { name: `${fileName(report)}.csv`, title: list.title(daysOf(report)), bytes };
  const comment = list.said(decided.length, leftOut);
  const given = await by.uploadOnce({ key: own, ...about, channel, thread_ts: ts, comment });
  if (!('refused' in given)) return;
  const message = privateMessage(list.notTaken);
  await by.postOnce({ key: `${own}/refused`, surface: 'digest', channel, thread_ts: ts, message });
}

/** `exceptions-2026-11-16-to-2026-11-22` */
function fileName({ figures, zone }: Report): string {
  const last = new Date(Date.parse(figures.to) - 1).toISOString();
  return `exceptions-${dayIn(figures.from, zone)}-to-${dayIn(last, zone)}`;
}
