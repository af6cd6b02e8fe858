import type { News, State, WireChannel, WireMessage } from '../wire.ts';

/** Brings one message's change into what the window knows. */
export function applyMessage(state: State, { how, message }: Extract<News, { kind: 'message' }>): void {
  const channel = state.channels.find(({ id }) => id === message.channel);
  const list = message.onlyFor === undefined ? channel?.messages : state.ephemerals;
  if (list === undefined) return;
  const index = list.findIndex((each) => each.ts === message.ts && each.channel === message.channel);
  if (how === 'deleted') {
    if (index >= 0) list.splice(index, 1);
  } else if (index >= 0) list[index] = message;
  else list.push(message);
}

const isReply = ({ thread_ts, ts }: WireMessage): boolean => thread_ts !== undefined && thread_ts !== ts;
const byTime = (a: WireMessage, b: WireMessage): number => Number(a.ts) - Number(b.ts);

const everythingIn = (state: State, channel: WireChannel): WireMessage[] =>
  [...channel.messages, ...state.ephemerals.filter((each) => each.channel === channel.id)].sort(byTime);

/** What stands in a channel: everything but replies that were not also sent to it. */
export const timeline = (state: State, channel: WireChannel): WireMessage[] =>
  everythingIn(state, channel).filter((message) => !isReply(message) || message.broadcast === true);

/** Replies, oldest first, by the ts of the message they answer. */
export const threadsIn = (state: State, channel: WireChannel): Map<string, WireMessage[]> =>
  Map.groupBy(everythingIn(state, channel).filter(isReply), ({ thread_ts = '' }) => thread_ts);

/** How much of a channel this person has not read, and how much of that calls them by name. */
export function unread(
  channel: WireChannel,
  me: { id: string },
  groups: Set<string>,
): { count: number; pings: number } {
  if (!channel.member) return { count: 0, pings: 0 };
  const callsMe = ({ pings }: WireMessage): boolean =>
    pings.some((id) => id === me.id || groups.has(id) || ['channel', 'here', 'everyone'].includes(id));
  const news = channel.messages
    .filter(({ ts, user }) => Number(ts) > Number(channel.read) && user !== me.id)
    .filter((message) => !isReply(message) || message.broadcast === true || callsMe(message));
  const pings = channel.kind === 'im' ? news.length : news.filter(callsMe).length;
  return { count: news.length, pings };
}
