import type { Json } from '../json.ts';
import type { Channel, Message } from '../types.ts';
import { joinedChannel, needChannelScope, needScope, visibleChannel } from './access.ts';
import type { Args } from './args.ts';
import type { ApiContext, Method } from './context.ts';
import { ApiError, withMessages } from './errors.ts';
import { nextCursor, page } from './paging.ts';
import { channelShape, messageShape } from './shapes.ts';
import { userOf } from './users.ts';

const KINDS: { [type: string]: { kind: Channel['kind'] | undefined; scope: string } } = {
  public_channel: { kind: 'public', scope: 'channels:read' },
  private_channel: { kind: 'private', scope: 'groups:read' },
  im: { kind: 'im', scope: 'im:read' },
  mpim: { kind: undefined, scope: 'mpim:read' },
};

function list(args: Args, { workspace }: ApiContext): Json {
  const types = args.has('types') ? args.list('types') : ['public_channel'];
  const kinds = types.map((type) => KINDS[type]);
  const known = kinds.filter((kind) => kind !== undefined);
  if (known.length < kinds.length) throw new ApiError('invalid_types');
  for (const { scope } of known) needScope(workspace, scope);
  const all = [...workspace.channels.values()].filter(
    (channel) =>
      known.some(({ kind }) => kind === channel.kind) &&
      (channel.kind === 'public' || workspace.isMember(channel, workspace.app.botUserId)) &&
      !(args.flag('exclude_archived') && channel.archived),
  );
  const { items, next } = page(all, args, 100, 1000);
  return { channels: items.map((channel) => channelShape(workspace, channel)), ...nextCursor(next) };
}

function info(args: Args, { workspace }: ApiContext): Json {
  const channel = visibleChannel(workspace, args.need('channel'));
  needChannelScope(workspace, channel, 'read');
  return { channel: channelShape(workspace, channel) };
}

function members(args: Args, { workspace }: ApiContext): Json {
  const channel = visibleChannel(workspace, args.need('channel'));
  needChannelScope(workspace, channel, 'read');
  const { items, next } = page(channel.members, args, 100, 1000);
  return { members: items, ...nextCursor(next) };
}

function open(args: Args, { workspace }: ApiContext): Json {
  if (args.has('channel')) return { channel: { id: visibleChannel(workspace, args.need('channel')).id } };
  const ids = args.list('users');
  const [id] = ids;
  if (id === undefined) throw new ApiError('users_list_not_supplied');
  if (ids.length > 1) throw withMessages('invalid_arguments', ['[ERROR] group messages are not supported here']);
  const user = userOf(workspace, id);
  if (user.is_bot) throw new ApiError('cannot_dm_bot');
  if (user.deleted) throw new ApiError('user_disabled');
  const known = [...workspace.channels.values()].some((channel) => channel.kind === 'im' && channel.user === id);
  const channel = workspace.im(id);
  const full = args.flag('return_im') ? channelShape(workspace, channel) : { id: channel.id };
  return { ...(known ? { no_op: true, already_open: true } : {}), channel: full };
}

function join(args: Args, { workspace, events }: ApiContext): Json {
  const channel = visibleChannel(workspace, args.need('channel'));
  if (channel.kind !== 'public') throw new ApiError('method_not_supported_for_channel_type');
  if (channel.archived) throw new ApiError('is_archived');
  const bot = workspace.app.botUserId;
  if (workspace.isMember(channel, bot))
    return { channel: channelShape(workspace, channel), warning: 'already_in_channel' };
  channel.members.push(bot);
  workspace.changes.emit({ kind: 'channels' });
  events.emit({
    type: 'member_joined_channel',
    user: bot,
    channel: channel.id,
    channel_type: 'C',
    team: workspace.team.id,
  });
  return { channel: channelShape(workspace, channel) };
}

/** Messages between `oldest` and `latest`, both exclusive unless `inclusive`. Time stamps compare as numbers. */
function between(messages: Message[], args: Args): Message[] {
  const oldest = args.text('oldest') || '0';
  const latest = args.text('latest') || '9999999999.999999';
  const inclusive = args.flag('inclusive');
  return messages.filter(({ ts }) => {
    const low = compareTs(ts, oldest);
    const high = compareTs(ts, latest);
    return inclusive ? low >= 0 && high <= 0 : low > 0 && high < 0;
  });
}

const micros = (ts: string): bigint => {
  const match = /^(\d+)(?:\.(\d{1,6}))?$/.exec(ts);
  if (match === null) throw new ApiError('invalid_ts');
  return BigInt(match[1] ?? 0) * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0') || 0);
};
const compareTs = (a: string, b: string): number => Number(micros(a) - micros(b));

function shown(found: Message[], args: Args, { workspace }: ApiContext): Json {
  const { items, next } = page(found, args, 100, 999);
  const withMetadata = args.flag('include_all_metadata');
  return {
    messages: items.map((message) => messageShape(workspace, message, withMetadata)),
    has_more: next !== '',
    ...(next === '' ? {} : nextCursor(next)),
  };
}

function history(args: Args, context: ApiContext): Json {
  const channel = joinedChannel(context.workspace, args.need('channel'));
  needChannelScope(context.workspace, channel, 'history');
  const top = context.workspace
    .messagesIn(channel.id)
    .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts || message.broadcast);
  return { ...shown(between(top, args).reverse(), args, context), pin_count: 0 };
}

function replies(args: Args, context: ApiContext): Json {
  const { workspace } = context;
  const channel = joinedChannel(workspace, args.need('channel'));
  needChannelScope(workspace, channel, 'history');
  const ts = args.need('ts');
  const asked = workspace.find(channel.id, ts);
  const parent = asked?.thread_ts === undefined ? asked : workspace.find(channel.id, asked.thread_ts);
  if (parent === undefined) throw new ApiError('thread_not_found');
  return shown([parent, ...between(workspace.repliesTo(channel.id, parent.ts), args)], args, context);
}

const method = { scopes: [], token: 'bot' } as const;

export const CONVERSATIONS: { [name: string]: Method } = {
  'conversations.list': { ...method, tier: 2, run: list },
  'conversations.info': { ...method, tier: 3, run: info },
  'conversations.members': { ...method, tier: 4, run: members },
  'conversations.open': { ...method, scopes: ['im:write'], tier: 3, run: open },
  'conversations.join': { ...method, scopes: ['channels:join'], tier: 3, run: join },
  'conversations.history': { ...method, tier: 3, run: history },
  'conversations.replies': { ...method, tier: 3, run: replies },
};
