import { messageShape } from './api/shapes.ts';
import type { EventSource } from './delivery/events.ts';
import type { Message } from './types.ts';
import type { Workspace } from './workspace.ts';

type Deps = { workspace: Workspace; events: EventSource };

/**
 * Takes a message away. One with replies leaves a tombstone in its place, since the thread goes on, and the app hears
 * `message_changed` instead of `message_deleted`; a tombstone goes with its last reply.
 */
export function deleteMessage(deps: Deps, message: Message, { silent = false } = {}): void {
  const { workspace, events } = deps;
  const channel = workspace.channels.get(message.channel);
  const before = messageShape(workspace, message, true);
  const goesOn = workspace.repliesTo(message.channel, message.ts).length > 0;
  unshareFiles(workspace, message);
  if (goesOn) bury(workspace, message);
  else workspace.remove(message);
  if (channel !== undefined && !silent) events.message(channel, message, goesOn ? 'changed' : 'deleted', before);
  const parent = message.thread_ts === undefined ? undefined : workspace.find(message.channel, message.thread_ts);
  if (parent?.subtype !== 'tombstone' || parent === message) return;
  if (workspace.repliesTo(parent.channel, parent.ts).length === 0) deleteMessage(deps, parent, { silent });
}

function bury(workspace: Workspace, message: Message): void {
  const { channel, ts, onlyFor } = message;
  for (const key of Object.keys(message)) Reflect.deleteProperty(message, key);
  Object.assign(message, {
    ...{ channel, ts, thread_ts: ts, ...(onlyFor === undefined ? {} : { onlyFor }) },
    ...{ user: 'USLACKBOT', text: 'This message was deleted.', subtype: 'tombstone', blocks: [], pings: [] },
  });
  workspace.changed(message);
}

/** A file that no message in the channel shows any more is no longer shared there. */
function unshareFiles(workspace: Workspace, message: Message): void {
  const others = workspace.messagesIn(message.channel).filter((each) => each !== message);
  for (const id of message.files ?? []) {
    const file = workspace.files.get(id);
    if (file === undefined || others.some(({ files }) => files?.includes(id))) continue;
    file.channels = file.channels.filter((channel) => channel !== message.channel);
  }
}
