import type { Machine } from '../machine.ts';
import type { Person } from '../person/person.ts';
import { visibleChannels } from '../person/sight.ts';
import type { App, Channel, FileRecord, Message, User, View } from '../types.ts';
import type { Marks } from './marks.ts';
import type { Directory, State, WireFile, WireMessage, WireUser, WireView } from './wire.ts';

const kindOf = (user: User): WireUser['kind'] => {
  if (user.deleted) return 'deactivated';
  if (user.is_bot) return 'bot';
  if (user.is_stranger) return 'other company';
  return user.is_restricted ? 'guest' : user.is_owner ? 'owner' : 'member';
};

const appOf = ({ botUserId, name, home = {} }: App): Directory['app'] => ({
  ...{ id: botUserId, name, homeTab: home.homeTab ?? true, messagesTab: home.messagesTab ?? true },
  writable: home.messagesTab !== false && home.messagesReadOnly !== true,
});

/** Who is here, and what can be typed. */
export function directory({ workspace }: Machine): Omit<Directory, 'tour' | 'panels' | 'clock'> {
  const { app, team } = workspace;
  const groupsOf = (user: User) => [...workspace.groups.values()].filter(({ users }) => users.includes(user.id));
  return {
    people: [...workspace.users.values()].map((user) => ({
      ...{ id: user.id, name: user.real_name, handle: user.name, title: user.profile.title, tz: user.tz },
      ...{ image: user.profile.image_72, kind: kindOf(user), groups: groupsOf(user).map(({ handle }) => handle) },
    })),
    ...{ team, app: appOf(app), commands: app.commands, shortcuts: app.shortcuts },
    names: {
      ...Object.fromEntries([...workspace.users.values()].map((user) => [user.id, workspace.names().user(user.id)])),
      ...Object.fromEntries([...workspace.groups.values()].map((group) => [group.id, group.handle])),
      ...Object.fromEntries([...workspace.channels.values()].map((channel) => [channel.id, channel.name])),
    },
  };
}

const fileOf = ({ id, name, title, mimetype, size, alt = title }: FileRecord): WireFile => ({
  ...{ id, name, title, mimetype, size, alt },
});

/** A message as one person's client holds it. */
export function messageFor(machine: Machine, person: Person, message: Message): WireMessage {
  const files = (message.files ?? []).flatMap((id) => machine.workspace.files.get(id) ?? []);
  return {
    ...{ channel: message.channel, ts: message.ts, user: message.user, text: message.text, blocks: message.blocks },
    ...{ pings: message.pings, files: files.map(fileOf), values: person.valuesIn(message) },
    ...{ edited: message.edited !== undefined && message.bot_id === undefined, byApp: message.bot_id !== undefined },
    deleted: message.subtype === 'tombstone',
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    ...(message.broadcast === undefined ? {} : { broadcast: message.broadcast }),
    ...(message.onlyFor === undefined ? {} : { onlyFor: message.onlyFor }),
  };
}

export const viewFor = (view: View): WireView => ({
  ...{ id: view.id, title: view.title, submit: view.submit, close: view.close, blocks: view.blocks, hash: view.hash },
  ...{ submit_disabled: view.submit_disabled, state: { values: view.values } },
});

/** Everything one person sees now, blocks as they are. */
export function stateFor(machine: Machine, marks: Marks, person: Person): State {
  const { workspace } = machine;
  const home = workspace.homes.get(person.id);
  workspace.im(person.id);
  const channelFor = (channel: Channel) => ({
    ...{ id: channel.id, name: channel.name, kind: channel.kind, archived: channel.archived, shared: channel.shared },
    ...{ member: workspace.isMember(channel, person.id), members: channel.members.length },
    read: marks.of(person.id, channel.id),
    messages: workspace.messagesIn(channel.id).map((each) => messageFor(machine, person, each)),
  });
  return {
    me: person.id,
    now: workspace.now(),
    channels: visibleChannels(machine, person.user).map(channelFor),
    ephemerals: person.ephemerals().map((each) => messageFor(machine, person, each)),
    modals: workspace.stack(person.id).map(viewFor),
    home: home === undefined ? null : viewFor(home),
  };
}
