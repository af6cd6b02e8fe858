import type { Directory, State, WireChannel } from '../wire.ts';

/** Where in Slack a window is. The address bar says it, so that windows can be opened, shared and gone back to. */
export type Here = {
  /** A channel's id, or the app with one of its tabs. */
  at: { channel: string } | { tab: 'home' | 'messages' };
  /** The ts of the thread that is open beside it. */
  thread?: string;
};

/** `?as=nina&at=general&thread=171…` */
export function readAddress(search: string): { as: string; at: string; thread: string } {
  const query = new URLSearchParams(search);
  return { as: query.get('as') ?? '', at: query.get('at') ?? '', thread: query.get('thread') ?? '' };
}

export function writeAddress(as: string, at: string, thread: string | undefined): string {
  const query = new URLSearchParams({ as, at, ...(thread === undefined ? {} : { thread }) });
  return `?${query}`;
}

/** What the address calls a place: a channel's name, `app` or `home`. */
export const nameOf = (state: State, here: Here): string => {
  if ('tab' in here.at) return here.at.tab === 'home' ? 'home' : 'app';
  const { channel } = here.at;
  return state.channels.find(({ id }) => id === channel)?.name ?? channel;
};

/** The place of that name; without one, or where this person cannot see it, the direct messages with the app. */
export function placeNamed(state: State, name: string): Here['at'] {
  if (name === 'home') return { tab: 'home' };
  const wanted = state.channels.find((channel) => channel.kind !== 'im' && [channel.name, channel.id].includes(name));
  return wanted === undefined ? { tab: 'messages' } : { channel: wanted.id };
}

export const channelAt = (state: Pick<State, 'channels'>, at: Here['at']): WireChannel | undefined =>
  state.channels.find((channel) => ('channel' in at ? channel.id === at.channel : channel.kind === 'im'));

/** The person whom `?as=` names, by handle or id; without one, the first who can use Slack. */
export const personNamed = ({ people }: Directory, name: string): string | undefined => {
  const able = people.filter(({ kind }) => kind !== 'bot' && kind !== 'deactivated');
  return (able.find(({ handle, id }) => handle === name || id === name) ?? able[0])?.id;
};
