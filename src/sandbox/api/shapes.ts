import { compact, type Json } from '../json.ts';
import type { Channel, Group, Message, User, View } from '../types.ts';
import { richTextOf } from '../typing.ts';
import type { Workspace } from '../workspace.ts';
import { filesOf } from './fileShape.ts';

/** Seconds east of UTC at `at`, as `tz_offset` says it. */
function zoneOffset(timeZone: string, at: number): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(at))
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

export function userShape(workspace: Workspace, user: User): Json {
  const { email, ...profile } = user.profile;
  const mayMail = workspace.app.scopes.includes('users:read.email') && email !== undefined;
  return {
    ...user,
    tz_label: user.tz,
    tz_offset: zoneOffset(user.tz, workspace.now()),
    updated: Math.floor(workspace.now() / 1000),
    is_primary_owner: false,
    profile: { ...profile, team: user.team_id, ...(mayMail ? { email } : {}) },
  };
}

export const groupShape = (workspace: Workspace, group: Group, withUsers: boolean): Json => ({
  id: group.id,
  team_id: workspace.team.id,
  is_usergroup: true,
  is_external: false,
  name: group.name,
  handle: group.handle,
  description: '',
  date_delete: group.disabled ? Math.floor(workspace.now() / 1000) : 0,
  user_count: group.users.length,
  ...(withUsers ? { users: group.users } : {}),
});

export function channelShape(workspace: Workspace, channel: Channel): Json {
  const common = { id: channel.id, is_archived: channel.archived, context_team_id: workspace.team.id };
  if (channel.kind === 'im') return { ...common, is_im: true, user: channel.user ?? '', is_org_shared: false };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_member: workspace.isMember(channel, workspace.app.botUserId),
    is_shared: channel.shared,
    is_ext_shared: channel.shared,
    is_org_shared: false,
    is_general: channel.name === 'general',
    num_members: channel.members.length,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

/** Blocks as they were sent; to what a person wrote Slack adds one of its own. */
function blocksOf({ blocks, text, ts, bot_id, subtype }: Message): Json[] | undefined {
  if (blocks.length > 0) return blocks;
  const written = bot_id === undefined && text !== '' && subtype !== 'tombstone';
  return written ? [richTextOf(text, ts)] : undefined;
}

const botProfile = ({ app, team, now }: Workspace): Json => ({
  ...{ id: app.botId, app_id: app.appId, name: app.name, deleted: false, team_id: team.id },
  updated: Math.floor(now() / 1000),
});

/** What only the first message of a thread says, and what only a reply says. */
function threadShape(workspace: Workspace, message: Message): Json {
  const { channel, ts, thread_ts } = message;
  if (thread_ts !== undefined && thread_ts !== ts)
    return { thread_ts, parent_user_id: workspace.find(channel, thread_ts)?.user };
  const replies = workspace.repliesTo(channel, ts);
  const last = replies.at(-1);
  if (last === undefined) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    ...{ thread_ts: ts, reply_count: replies.length, reply_users_count: users.length, latest_reply: last.ts },
    ...{ reply_users: users, is_locked: false, subscribed: false },
  };
}

/** A message as history and payloads show it; metadata only where it was asked for. */
export function messageShape(workspace: Workspace, message: Message, withMetadata = false): Json {
  return compact({
    ...{ type: 'message', subtype: message.subtype ?? (message.broadcast ? 'thread_broadcast' : undefined) },
    ...{ client_msg_id: message.client_msg_id, user: message.user, ts: message.ts, text: message.text },
    ...{ hidden: message.subtype === 'tombstone' || undefined, bot_id: message.bot_id, app_id: message.app_id },
    bot_profile: message.bot_id === undefined ? undefined : botProfile(workspace),
    team: workspace.users.get(message.user)?.team_id ?? workspace.team.id,
    blocks: blocksOf(message),
    metadata: withMetadata ? message.metadata : undefined,
    ...{ edited: message.edited, files: filesOf(workspace, message) },
    ...(message.files === undefined ? {} : { upload: false, display_as_bot: false }),
    ...threadShape(workspace, message),
  });
}

export const viewShape = (workspace: Workspace, view: View): Json => ({
  id: view.id,
  team_id: workspace.team.id,
  type: view.type,
  title: view.title,
  submit: view.submit,
  close: view.close,
  blocks: view.blocks,
  private_metadata: view.private_metadata,
  callback_id: view.callback_id,
  external_id: view.external_id,
  state: { values: view.values },
  hash: view.hash,
  clear_on_close: view.clear_on_close,
  notify_on_close: view.notify_on_close,
  submit_disabled: view.submit_disabled,
  root_view_id: view.root_view_id,
  previous_view_id: view.previous_view_id,
  app_id: workspace.app.appId,
  app_installed_team_id: workspace.team.id,
  bot_id: workspace.app.botId,
});
