import { viewShape } from '../api/shapes.ts';
import type { Json } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Person } from '../person/person.ts';
import { readMessage, visibleChannels } from '../person/sight.ts';
import type { Message, User } from '../types.ts';

const kindOf = (user: User): string => {
  if (user.deleted) return 'deactivated';
  if (user.is_bot) return 'bot';
  if (user.is_stranger) return 'other company';
  return user.is_restricted ? 'guest' : user.is_owner ? 'owner' : 'member';
};

/** Who is here, and what can be typed. */
export function directory({ workspace }: Machine): Json {
  const people = [...workspace.users.values()].map((user) => ({
    ...{ id: user.id, name: user.real_name, handle: user.name, title: user.profile.title, tz: user.tz },
    ...{ image: user.profile.image_72, kind: kindOf(user) },
    groups: [...workspace.groups.values()].filter(({ users }) => users.includes(user.id)).map(({ handle }) => handle),
  }));
  const { app, team } = workspace;
  return { people, team, app: { id: app.botUserId, name: app.name }, commands: app.commands, shortcuts: app.shortcuts };
}

/** Everything one person sees now, blocks as they are. */
export function stateFor(machine: Machine, person: Person): Json {
  const { workspace } = machine;
  const home = workspace.homes.get(person.id);
  const message = (each: Message): Json => ({ ...each, readable: readMessage(machine, each, person.id) });
  workspace.im(person.id);
  return {
    me: person.id,
    now: workspace.now(),
    channels: visibleChannels(machine, person.user).map((channel) => ({
      ...{ id: channel.id, name: channel.name, kind: channel.kind, archived: channel.archived, shared: channel.shared },
      member: workspace.isMember(channel, person.id),
      messages: workspace.messagesIn(channel.id).map(message),
    })),
    ephemerals: person.ephemerals().map(message),
    modals: workspace.stack(person.id).map((view) => viewShape(workspace, view)),
    home: home === undefined ? null : viewShape(workspace, home),
    toasts: person.toasts().slice(-5),
    names: {
      ...Object.fromEntries([...workspace.users.values()].map((user) => [user.id, user.profile.display_name])),
      ...Object.fromEntries([...workspace.groups.values()].map((group) => [group.id, group.handle])),
      ...Object.fromEntries([...workspace.channels.values()].map((channel) => [channel.id, channel.name])),
    },
  };
}
