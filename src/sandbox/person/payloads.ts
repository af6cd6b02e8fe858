import { messageShape, viewShape } from '../api/shapes.ts';
import type { Json } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Channel, Message, StateValues, User, View } from '../types.ts';

/** Where a person acts: in a message, or in a view. */
export type Where = { message: Message } | { view: View };

const actor = (user: User): Json => ({ id: user.id, username: user.name, name: user.name, team_id: user.team_id });

const origin = ({ workspace }: Machine): Json => ({
  token: 'verification-token',
  team: { id: workspace.team.id, domain: workspace.team.domain },
  enterprise: null,
  is_enterprise_install: false,
});

const base = (machine: Machine, user: User): Json => ({
  user: actor(user),
  api_app_id: machine.workspace.app.appId,
  ...origin(machine),
});

/** The names of private conversations stay private. */
const channelName = ({ kind, name }: Channel): string =>
  kind === 'im' ? 'directmessage' : kind === 'private' ? 'privategroup' : name;

const channelOf = (machine: Machine, id: string): Json => {
  const channel = machine.workspace.channels.get(id);
  return { id, name: channel === undefined ? 'unknown' : channelName(channel) };
};

function placed(machine: Machine, where: Where): Json {
  if ('view' in where)
    return { container: { type: 'view', view_id: where.view.id }, view: viewShape(machine.workspace, where.view) };
  const { message } = where;
  const ephemeral = message.onlyFor !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    },
    channel: channelOf(machine, message.channel),
    ...(ephemeral ? {} : { message: messageShape(machine.workspace, message, true) }),
  };
}

const triggerFor = (machine: Machine, user: User, where: Where): string =>
  machine.triggers.issue(user.id, 'view' in where && where.view.type === 'modal' ? where.view.id : undefined);

export function blockActions(machine: Machine, user: User, where: Where, action: Json, state: StateValues): Json {
  return {
    type: 'block_actions',
    ...base(machine, user),
    ...placed(machine, where),
    trigger_id: triggerFor(machine, user, where),
    ...('message' in where
      ? {
          response_url: machine.responseUrls.issue('actions', where.message.channel, user.id, where.message),
          state: { values: state },
        }
      : {}),
    actions: [{ ...action, action_ts: machine.workspace.ts.next() }],
  };
}

export const blockSuggestion = (machine: Machine, user: User, where: Where, asked: Json): Json => ({
  type: 'block_suggestion',
  ...base(machine, user),
  ...placed(machine, where),
  ...asked,
});

export const viewSubmission = (machine: Machine, user: User, view: View, responseUrls: Json[]): Json => ({
  type: 'view_submission',
  ...base(machine, user),
  trigger_id: machine.triggers.issue(user.id, view.id),
  view: viewShape(machine.workspace, view),
  response_urls: responseUrls,
});

export const viewClosed = (machine: Machine, user: User, view: View, isCleared: boolean): Json => ({
  type: 'view_closed',
  ...base(machine, user),
  // What was filled in is gone: Slack tells it with an action or a submission only.
  view: { ...viewShape(machine.workspace, view), state: { values: {} } },
  is_cleared: isCleared,
});

export const slashCommand = (machine: Machine, user: User, channel: Channel, command: string, text: string): Json => ({
  token: 'verification-token',
  team_id: machine.workspace.team.id,
  team_domain: machine.workspace.team.domain,
  channel_id: channel.id,
  channel_name: channelName(channel),
  user_id: user.id,
  user_name: user.name,
  command,
  text,
  api_app_id: machine.workspace.app.appId,
  is_enterprise_install: 'false',
  response_url: machine.responseUrls.issue('commands', channel.id, user.id),
  trigger_id: machine.triggers.issue(user.id),
});

export const shortcut = (machine: Machine, user: User, callbackId: string): Json => ({
  type: 'shortcut',
  user: { id: user.id, username: user.name, team_id: user.team_id },
  ...origin(machine),
  action_ts: machine.workspace.ts.next(),
  callback_id: callbackId,
  trigger_id: machine.triggers.issue(user.id),
});

export const messageAction = (machine: Machine, user: User, callbackId: string, message: Message): Json => ({
  type: 'message_action',
  user: actor(user),
  ...origin(machine),
  action_ts: machine.workspace.ts.next(),
  callback_id: callbackId,
  trigger_id: machine.triggers.issue(user.id),
  channel: channelOf(machine, message.channel),
  message_ts: message.ts,
  message: messageShape(machine.workspace, message, true),
  response_url: machine.responseUrls.issue('app', message.channel, user.id, message),
});
