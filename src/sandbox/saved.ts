import type { Channel, FileRecord, Message } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Bytes in base64. */
type SavedFile = Omit<FileRecord, 'bytes'> & { bytes: string };
/**
 * What outlives a stop, as plain JSON: conversations, what was said in them, and small files that the app gave. Open modals,
 * homes, messages that only one person saw, people's files and whatever an administrator changed about people do not.
 */
export type Saved = { channels: Channel[]; messages: Message[]; files?: SavedFile[] };

/** Bytes; what is larger would make every save slow. */
const SMALL = 1_000_000;

export function save({ channels, messages, files, app }: Workspace): Saved {
  const small = [...files.values()].filter(
    ({ complete, user, size }) => complete && user === app.botUserId && size <= SMALL,
  );
  const isKept = (id: string) => small.some((file) => file.id === id);
  const kept = [...messages.values()].flat().map(({ files: shared, ...message }) => {
    const still = shared?.filter(isKept) ?? [];
    return still.length > 0 ? { ...message, files: still } : message;
  });
  const saved = small.map(({ bytes, processing: _, ...file }) => ({ ...file, bytes: bytes.toString('base64') }));
  return structuredClone({ channels: [...channels.values()], messages: kept, files: saved });
}

/** Puts it back into a workspace in which nothing has been said yet. */
export function restore(workspace: Workspace, { channels, messages, files = [] }: Saved): void {
  for (const { bytes, ...file } of files)
    workspace.files.set(file.id, { ...structuredClone(file), bytes: Buffer.from(bytes, 'base64') });
  for (const channel of channels) workspace.channels.set(channel.id, structuredClone(channel));
  for (const message of messages) {
    workspace.messagesIn(message.channel).push(structuredClone(message));
    workspace.ts.reach(message.ts);
  }
}
