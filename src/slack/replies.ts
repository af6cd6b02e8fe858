/** What Slack tells of a message in a thread: that it was written, changed or deleted. */
import { z } from 'zod';
import type { EvidenceFile } from '../core/events/content.ts';

const file = z.object({
  id: z.string(),
  // Of a file from another workspace Slack tells the id alone.
  name: z.string().nullish(),
  size: z.number().int().nonnegative().nullish(),
  mimetype: z.string().nullish(),
});
const message = z.object({
  user: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  text: z.string().nullish(),
  files: z.array(file).nullish(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
});
const event = z.discriminatedUnion('subtype', [
  z.object({
    subtype: z.literal('message_changed'),
    channel: z.string(),
    message,
    previous_message: message.partial(),
  }),
  z.object({
    subtype: z.literal('message_deleted'),
    channel: z.string(),
    deleted_ts: z.string(),
    previous_message: message,
  }),
  message.extend({
    channel: z.string(),
    // With a file, or sent to the channel too: still one reply.
    subtype: z.enum(['file_share', 'thread_broadcast', 'me_message', 'written']),
  }),
]);

export type Reply = { channel: string; ts: string; thread: string; by: string } & (
  | { what: 'written'; text: string; files: EvidenceFile[] }
  | { what: 'changed'; text: string; files: EvidenceFile[] }
  | { what: 'deleted' }
);

/** @returns null for what is no reply of a person in a thread */
export function replyIn(told: unknown): Reply | null {
  const parsed = event.safeParse(withSubtype(told));
  if (!parsed.success) return null;
  const { data } = parsed;
  const { channel } = data;
  switch (data.subtype) {
    case 'message_changed': {
      // Slack tells of links that were unfurled the same way as of words that were changed.
      const { message: now, previous_message: before } = data;
      const place = placeOf(channel, now);
      if (!place || now.subtype === 'tombstone' || now.text === before.text) return null;
      return { ...place, what: 'changed', ...contentOf(now) };
    }
    case 'message_deleted': {
      const place = placeOf(channel, data.previous_message);
      return place && { ...place, what: 'deleted' };
    }
    default: {
      const place = placeOf(channel, data);
      return place && { ...place, what: 'written', ...contentOf(data) };
    }
  }
}

const withSubtype = (told: unknown): unknown =>
  typeof told === 'object' && told !== null && !('subtype' in told) ? { ...told, subtype: 'written' } : told;

/** Only replies of people: neither the bot's own messages nor other apps', nor the message a thread hangs on. */
function placeOf(channel: string, { user, ts, thread_ts: thread, bot_id }: z.infer<typeof message>) {
  if (bot_id !== undefined || user === 'USLACKBOT' || thread === undefined || thread === ts) return null;
  return { channel, ts, thread, by: user };
}

const contentOf = ({ text, files }: z.infer<typeof message>) => ({
  text: text ?? '',
  files: (files ?? []).map(({ id, name, size, mimetype }) => ({
    ...{ id, name: name ?? id, size: size ?? 0, type: mimetype ?? 'application/octet-stream' },
  })),
});
