import type { Channel, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError } from './errors.ts';

const SCOPE_OF = { public: 'channels', private: 'groups', im: 'im' } as const;

/** @throws missing_scope as Slack words it */
export function needScope(workspace: Workspace, ...scopes: string[]): void {
  const provided = workspace.app.scopes;
  if (scopes.some((scope) => provided.includes(scope))) return;
  throw new ApiError('missing_scope', { needed: scopes.join(','), provided: provided.join(',') });
}

export const needChannelScope = (workspace: Workspace, channel: Channel, what: 'read' | 'history'): void =>
  needScope(workspace, `${SCOPE_OF[channel.kind]}:${what}`);

const botIn = (workspace: Workspace, channel: Channel): boolean => workspace.isMember(channel, workspace.app.botUserId);

/** A channel the bot may know of: a private one it is not in does not exist for it. */
export function visibleChannel(workspace: Workspace, id: string): Channel {
  const channel = workspace.channels.get(id);
  if (channel === undefined || (channel.kind !== 'public' && !botIn(workspace, channel)))
    throw new ApiError('channel_not_found');
  return channel;
}

/** A channel the bot is in. @throws channel_not_found, not_in_channel */
export function joinedChannel(workspace: Workspace, id: string): Channel {
  const channel = visibleChannel(workspace, id);
  if (!botIn(workspace, channel)) throw new ApiError('not_in_channel');
  return channel;
}

/**
 * Where chat.postMessage posts: a channel the bot is in, or a person's direct messages.
 * @throws channel_not_found, not_in_channel, is_archived, is_inactive, cannot_dm_bot, user_disabled
 */
export function postTarget(workspace: Workspace, id: string): Channel {
  if (/^[UW]/.test(id)) {
    const user = workspace.users.get(id);
    if (user === undefined) throw new ApiError('channel_not_found');
    if (user.is_bot) throw new ApiError('cannot_dm_bot');
    if (user.deleted) throw new ApiError('user_disabled');
    return workspace.im(id);
  }
  const named = id.startsWith('#') ? workspace.channelNamed(id)?.id : id;
  const channel = joinedChannel(workspace, named ?? id);
  if (channel.archived) throw new ApiError('is_archived');
  if (channel.user !== undefined && workspace.users.get(channel.user)?.deleted) throw new ApiError('is_inactive');
  return channel;
}

/** A message of this app. @throws message_not_found, or `foreign` for somebody else's */
export function ownMessage(workspace: Workspace, channel: Channel, ts: string, foreign: string): Message {
  const message = workspace.find(channel.id, ts);
  if (message === undefined || message.subtype === 'tombstone') throw new ApiError('message_not_found');
  if (message.bot_id !== workspace.app.botId) throw new ApiError(foreign);
  return message;
}
