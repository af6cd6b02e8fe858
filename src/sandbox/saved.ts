import type { Channel, Message } from './types.ts';
import type { Workspace } from './workspace.ts';

/**
 * What outlives a stop, as plain JSON: conversations and what was said in them. Open modals, homes, messages that only
 * one person saw, files and whatever an administrator changed about people do not.
 */
export type Saved = { channels: Channel[]; messages: Message[] };

export function save({ channels, messages }: Workspace): Saved {
  const kept = [...messages.values()].flat().map(({ files: _, ...message }) => message);
  return structuredClone({ channels: [...channels.values()], messages: kept });
}

/** Puts it back into a workspace in which nothing has been said yet. */
export function restore(workspace: Workspace, { channels, messages }: Saved): void {
  for (const channel of channels) workspace.channels.set(channel.id, structuredClone(channel));
  for (const message of messages) {
    workspace.messagesIn(message.channel).push(structuredClone(message));
    workspace.ts.reach(message.ts);
  }
}
