import { deleteMessage } from '../deleting.ts';
import { codePoints, type Json } from '../json.ts';
import { LIMIT } from '../limits.ts';
import type { Channel, Message } from '../types.ts';
import { joinedChannel, ownMessage, postTarget, visibleChannel } from './access.ts';
import type { Args } from './args.ts';
import { byApp, contentOfArgs, metadataOf } from './content.ts';
import type { ApiContext, Method } from './context.ts';
import { ApiError } from './errors.ts';
import { messageShape } from './shapes.ts';

const write = { scopes: ['chat:write'], token: 'bot' } as const;

/** The thread a reply belongs to. @throws thread_not_found */
function threadOf(context: ApiContext, channel: Channel, args: Args): string | undefined {
  const ts = args.text('thread_ts');
  if (ts === undefined || ts === '') return undefined;
  const parent = context.workspace.find(channel.id, ts);
  if (parent === undefined) throw new ApiError('thread_not_found');
  return parent.thread_ts ?? parent.ts;
}

function postMessage(args: Args, context: ApiContext): Json {
  const { workspace, events } = context;
  const channel = postTarget(workspace, args.need('channel'));
  const content = contentOfArgs(workspace, args);
  const metadata = metadataOf(args);
  const thread = threadOf(context, channel, args);
  const message: Message = workspace.post({
    ...byApp(workspace),
    ...content,
    channel: channel.id,
    ts: workspace.ts.next(),
    ...(metadata ? { metadata } : {}),
    ...(thread === undefined ? {} : { thread_ts: thread, broadcast: args.flag('reply_broadcast') }),
  });
  events.message(channel, message, 'posted');
  return { channel: channel.id, ts: message.ts, message: messageShape(workspace, message, true) };
}

/** chat.update takes a conversation's id, never a person's or a name. */
function updateTarget(context: ApiContext, args: Args): Channel {
  const id = args.need('channel');
  const channel = joinedChannel(context.workspace, id);
  if (channel.archived) throw new ApiError('is_inactive');
  return channel;
}

function update(args: Args, context: ApiContext): Json {
  const { workspace, events } = context;
  const channel = updateTarget(context, args);
  const message = ownMessage(workspace, channel, args.need('ts'), 'cant_update_message');
  if (codePoints(args.text('text') ?? '') > LIMIT.updateText) throw new ApiError('msg_too_long');
  const content = contentOfArgs(workspace, args);
  const metadata = metadataOf(args);
  const before = messageShape(workspace, message, true);
  Object.assign(message, content);
  if (metadata === null) delete message.metadata;
  else if (metadata !== undefined) message.metadata = metadata;
  message.edited = { user: workspace.app.botUserId, ts: workspace.ts.next() };
  workspace.changed(message);
  events.message(channel, message, 'changed', before);
  return { channel: channel.id, ts: message.ts, text: message.text, message: messageShape(workspace, message, true) };
}

function remove(args: Args, context: ApiContext): Json {
  const channel = updateTarget(context, args);
  const message = ownMessage(context.workspace, channel, args.need('ts'), 'cant_delete_message');
  const { ts } = message;
  deleteMessage(context, message);
  return { channel: channel.id, ts };
}

function postEphemeral(args: Args, context: ApiContext): Json {
  const { workspace } = context;
  const channel = joinedChannel(workspace, args.need('channel'));
  const user = args.need('user');
  if (channel.archived) throw new ApiError('is_archived');
  if (!workspace.isMember(channel, user) || workspace.users.get(user)?.deleted)
    throw new ApiError('user_not_in_channel');
  const thread = threadOf(context, channel, args);
  const message = workspace.post({
    ...byApp(workspace),
    ...contentOfArgs(workspace, args),
    channel: channel.id,
    ts: workspace.ts.next(),
    onlyFor: user,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  return { message_ts: message.ts };
}

function getPermalink(args: Args, { workspace }: ApiContext): Json {
  const channel = visibleChannel(workspace, args.need('channel'));
  const message = workspace.find(channel.id, args.need('message_ts'));
  if (message === undefined) throw new ApiError('message_not_found');
  const thread = message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${channel.id}`;
  const permalink = `https://${workspace.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
  return { channel: channel.id, permalink };
}

export const CHAT: { [name: string]: Method } = {
  'chat.postMessage': { ...write, tier: 'post', run: postMessage },
  'chat.update': { ...write, tier: 3, run: update },
  'chat.delete': { ...write, tier: 3, run: remove },
  'chat.postEphemeral': { ...write, tier: 4, run: postEphemeral },
  'chat.getPermalink': { scopes: [], token: 'bot', tier: 'free', run: getPermalink },
};
