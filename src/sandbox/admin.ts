import { groupShape, userShape } from './api/shapes.ts';
import { deleteMessage } from './deleting.ts';
import type { Machine } from './machine.ts';
import type { Channel, Group, Message, User, UserSeed } from './types.ts';

/** `silent`: the change happens, but no event tells the app. */
export type How = { silent?: boolean };

/** What an administrator (or the world) does to the workspace, with the events that Slack would send. */
export class Admin {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  addToGroup(handle: string, user: string, how: How = {}): void {
    const group = this.#group(handle);
    if (!group.users.includes(user)) group.users.push(user);
    this.#membersChanged(group, [user], [], how);
  }

  removeFromGroup(handle: string, user: string, how: How = {}): void {
    const group = this.#group(handle);
    group.users = group.users.filter((id) => id !== user);
    this.#membersChanged(group, [], [user], how);
  }

  setGroup(handle: string, changes: { disabled?: boolean; handle?: string }, how: How = {}): void {
    const group = Object.assign(this.#group(handle), changes);
    this.#changed('people');
    this.#emit({ type: 'subteam_updated', subteam: groupShape(this.#machine.workspace, group, true) }, how);
  }

  addUser(seed: UserSeed, how: How = {}): void {
    const user = this.#machine.workspace.addUser(seed);
    this.#changed('people');
    this.#emit({ type: 'team_join', user: userShape(this.#machine.workspace, user) }, how);
  }

  /** Any change of an account, e.g. `{deleted: true}` or `{is_restricted: true}`. */
  changeUser(id: string, changes: Partial<User>, how: How = {}): void {
    const user = this.#machine.workspace.users.get(id);
    if (user === undefined) throw new Error(`nobody here has the id ${id}`);
    Object.assign(user, changes);
    this.#changed('people');
    this.#emit({ type: 'user_change', user: userShape(this.#machine.workspace, user) }, how);
  }

  deactivate(id: string, how: How = {}): void {
    for (const group of this.#machine.workspace.groups.values())
      group.users = group.users.filter((user) => user !== id);
    this.changeUser(id, { deleted: true }, how);
  }

  makeGuest(id: string, how: How = {}): void {
    this.changeUser(id, { is_restricted: true }, how);
  }

  renameChannel(nameOrId: string, name: string, how: How = {}): void {
    const channel = this.#channel(nameOrId);
    channel.name = name;
    this.#changed('channels');
    const created = Math.floor(this.#machine.workspace.now() / 1000);
    this.#emit({ type: 'channel_rename', channel: { id: channel.id, name, created } }, how);
  }

  archiveChannel(nameOrId: string, user: string, how: How = {}): void {
    const channel = this.#channel(nameOrId);
    channel.archived = true;
    this.#changed('channels');
    this.#emit({ type: 'channel_archive', channel: channel.id, user }, how);
  }

  unarchiveChannel(nameOrId: string, user: string, how: How = {}): void {
    const channel = this.#channel(nameOrId);
    channel.archived = false;
    this.#changed('channels');
    this.#emit({ type: 'channel_unarchive', channel: channel.id, user }, how);
  }

  addToChannel(nameOrId: string, user: string, how: How = {}): void {
    const channel = this.#channel(nameOrId);
    if (!channel.members.includes(user)) channel.members.push(user);
    this.#changed('channels');
    this.#emit({ type: 'member_joined_channel', channel: channel.id, ...this.#membership(channel), user }, how);
  }

  /** Removing the app itself tells it `channel_left`, since it no longer hears what happens there. */
  removeFromChannel(nameOrId: string, user: string, how: How = {}): void {
    const channel = this.#channel(nameOrId);
    channel.members = channel.members.filter((id) => id !== user);
    this.#changed('channels');
    const { botUserId } = this.#machine.workspace.app;
    if (user === botUserId)
      this.#emit({ type: channel.kind === 'private' ? 'group_left' : 'channel_left', channel: channel.id }, how);
    this.#emit({ type: 'member_left_channel', channel: channel.id, ...this.#membership(channel), user }, how);
  }

  /** With `thread`, all that was said below it goes first, as a workspace's retention rule does it. */
  deleteMessage(message: Message, { thread = false, ...how }: How & { thread?: boolean } = {}): void {
    const replies = thread ? this.#machine.workspace.repliesTo(message.channel, message.ts) : [];
    for (const reply of replies) deleteMessage(this.#machine, reply, how);
    deleteMessage(this.#machine, message, how);
  }

  setScopes(scopes: string[]): void {
    this.#machine.workspace.app.scopes = scopes;
  }

  revokeToken(how: How = {}): void {
    this.#machine.tokens.revoked = true;
    this.#emit({ type: 'tokens_revoked', tokens: { oauth: [], bot: [this.#machine.workspace.app.botUserId] } }, how);
  }

  restoreToken(): void {
    this.#machine.tokens.revoked = false;
  }

  #membersChanged(group: Group, added: string[], removed: string[], how: How): void {
    this.#changed('people');
    const { workspace } = this.#machine;
    const at = Math.floor(workspace.now() / 1000);
    this.#emit(
      {
        type: 'subteam_members_changed',
        subteam_id: group.id,
        team_id: workspace.team.id,
        date_previous_update: at,
        date_update: at,
        added_users: added,
        added_users_count: added.length,
        removed_users: removed,
        removed_users_count: removed.length,
      },
      how,
    );
  }

  #membership(channel: Channel) {
    return { channel_type: channel.kind === 'private' ? 'G' : 'C', team: this.#machine.workspace.team.id };
  }

  #emit(event: { type: string; [key: string]: unknown }, how: How): void {
    if (how.silent !== true) this.#machine.events.emit(event);
  }

  #changed(kind: 'people' | 'channels'): void {
    this.#machine.workspace.changes.emit({ kind });
  }

  #group(handle: string): Group {
    for (const group of this.#machine.workspace.groups.values())
      if (group.handle === handle.replace(/^@/, '') || group.id === handle) return group;
    throw new Error(`there is no group @${handle}`);
  }

  #channel(nameOrId: string): Channel {
    const channel = this.#machine.workspace.channelNamed(nameOrId);
    if (channel === undefined) throw new Error(`there is no channel "${nameOrId}"`);
    return channel;
  }
}
