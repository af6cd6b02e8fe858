import { compact, type Json } from '../json.ts';
import type { Channel, FileRecord, Group, Message, User, View } from '../types.ts';
import type { Workspace } from '../workspace.ts';

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

/** A message as history and payloads show it; metadata only where it was asked for. */
export function messageShape(workspace: Workspace, message: Message, withMetadata = false): Json {
  const replies =
    message.thread_ts === undefined || message.thread_ts === message.ts
      ? workspace.repliesTo(message.channel, message.ts)
      : [];
  const last = replies.at(-1);
  return compact({
    type: 'message',
    subtype: message.subtype ?? (message.broadcast ? 'thread_broadcast' : undefined),
    user: message.user,
    ts: message.ts,
    text: message.text,
    bot_id: message.bot_id,
    app_id: message.app_id,
    team: workspace.team.id,
    blocks: message.blocks.length > 0 ? message.blocks : undefined,
    metadata: withMetadata ? message.metadata : undefined,
    edited: message.edited,
    files: message.files?.map((id) => fileShape(workspace, workspace.files.get(id))),
    thread_ts: last === undefined ? message.thread_ts : message.ts,
    reply_count: last === undefined ? undefined : replies.length,
    reply_users: last === undefined ? undefined : [...new Set(replies.map((reply) => reply.user))],
    latest_reply: last?.ts,
  });
}

export function fileShape(_workspace: Workspace, file: FileRecord | undefined): Json {
  if (file === undefined) return { mode: 'tombstone' };
  return {
    id: file.id,
    created: Math.floor(file.created / 1000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    size: file.size,
    user: file.user,
    channels: file.channels.filter((id) => id.startsWith('C')),
    groups: [],
    ims: file.channels.filter((id) => id.startsWith('D')),
    mode: 'hosted',
    file_access: 'visible',
  };
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
