import { Emitter } from './emitter.ts';
import { newId, Timestamps } from './ids.ts';
import type { Names } from './mrkdwn.ts';
import type { App, Channel, Company, FileRecord, Group, Message, Team, Toast, User, UserSeed, View } from './types.ts';

/** What changed, and who can see it: a channel's members, or one person. */
export type Change =
  | { kind: 'message'; message: Message; how: 'posted' | 'changed' | 'deleted' }
  | { kind: 'ephemeral'; message: Message; how: 'posted' | 'changed' | 'deleted' }
  | { kind: 'modal' | 'home'; user: string }
  /** One person chose or typed something in a message's controls; nobody else sees that. */
  | { kind: 'values'; user: string; message: Message }
  | { kind: 'toast'; toast: Toast }
  | { kind: 'people' | 'channels' };

/** Everything the workspace holds, with no rules about who may do what. */
export class Workspace {
  readonly team: Team;
  readonly app: App;
  readonly users = new Map<string, User>();
  readonly groups = new Map<string, Group>();
  readonly channels = new Map<string, Channel>();
  /** By channel, in order of ts. */
  readonly messages = new Map<string, Message[]>();
  readonly ephemerals: Message[] = [];
  readonly files = new Map<string, FileRecord>();
  readonly homes = new Map<string, View>();
  /** Open modals by person, the top one last. */
  readonly stacks = new Map<string, View[]>();
  readonly toasts: Toast[] = [];
  readonly changes = new Emitter<Change>();
  readonly ts: Timestamps;
  /** ms; what time stamps and events say. */
  readonly now: () => number;
  /** The sandbox's own address, without a slash at the end. */
  readonly origin: () => string;

  constructor(company: Company, app: App, now: () => number, origin: () => string) {
    this.origin = origin;
    this.team = company.team;
    this.app = app;
    this.now = now;
    this.ts = new Timestamps(now);
    for (const seed of company.users) this.addUser(seed);
    if (!this.users.has(app.botUserId)) this.addUser(botUser(app));
    for (const group of company.groups)
      this.groups.set(group.id, { disabled: false, ...group, users: [...group.users] });
    for (const channel of company.channels)
      this.channels.set(channel.id, { archived: false, shared: false, ...channel, members: [...channel.members] });
  }

  addUser(seed: UserSeed): User {
    const user: User = {
      team_id: this.team.id,
      tz: 'Europe/Berlin',
      locale: 'en-US',
      deleted: false,
      is_bot: false,
      is_app_user: false,
      is_admin: false,
      is_owner: false,
      is_restricted: false,
      is_ultra_restricted: false,
      is_stranger: false,
      is_workflow_bot: false,
      is_connector_bot: false,
      ...seed,
      profile: { display_name: seed.name, real_name: seed.real_name, title: '', image_72: '', ...seed.profile },
    };
    this.users.set(user.id, user);
    return user;
  }

  /** The direct conversation between the app and a person, opened when there is none. */
  im(user: string): Channel {
    for (const channel of this.channels.values()) if (channel.kind === 'im' && channel.user === user) return channel;
    const im: Channel = {
      id: newId('D'),
      name: '',
      kind: 'im',
      members: [this.app.botUserId, user],
      archived: false,
      shared: false,
      user,
    };
    this.channels.set(im.id, im);
    return im;
  }

  isMember(channel: Channel, user: string): boolean {
    return channel.members.includes(user);
  }

  messagesIn(channel: string): Message[] {
    const list = this.messages.get(channel) ?? [];
    this.messages.set(channel, list);
    return list;
  }

  find(channel: string, ts: string): Message | undefined {
    return this.messages.get(channel)?.find((message) => message.ts === ts);
  }

  post(message: Message): Message {
    if (message.onlyFor === undefined) this.messagesIn(message.channel).push(message);
    else this.ephemerals.push(message);
    this.changes.emit({ kind: message.onlyFor === undefined ? 'message' : 'ephemeral', message, how: 'posted' });
    return message;
  }

  changed(message: Message): void {
    this.changes.emit({ kind: message.onlyFor === undefined ? 'message' : 'ephemeral', message, how: 'changed' });
  }

  remove(message: Message): void {
    const list = message.onlyFor === undefined ? this.messagesIn(message.channel) : this.ephemerals;
    const index = list.indexOf(message);
    if (index >= 0) list.splice(index, 1);
    this.changes.emit({ kind: message.onlyFor === undefined ? 'message' : 'ephemeral', message, how: 'deleted' });
  }

  repliesTo(channel: string, ts: string): Message[] {
    return this.messagesIn(channel).filter((message) => message.thread_ts === ts && message.ts !== ts);
  }

  stack(user: string): View[] {
    const stack = this.stacks.get(user) ?? [];
    this.stacks.set(user, stack);
    return stack;
  }

  *openViews(): Generator<View> {
    for (const stack of this.stacks.values()) yield* stack;
    yield* this.homes.values();
  }

  toast(user: string, code: string, text: string): void {
    const toast: Toast = { user, text, code, at: this.now() };
    this.toasts.push(toast);
    this.changes.emit({ kind: 'toast', toast });
  }

  /** By id, handle or name, with or without a leading `#`. */
  channelNamed(nameOrId: string): Channel | undefined {
    const name = nameOrId.replace(/^#/, '');
    return this.channels.get(name) ?? [...this.channels.values()].find((channel) => channel.name === name);
  }

  names(reader?: string): Names {
    return {
      user: (id) => this.users.get(id)?.profile.display_name || this.users.get(id)?.real_name || id,
      group: (id) => this.groups.get(id)?.handle ?? id,
      channel: (id) => this.channels.get(id)?.name ?? id,
      timeZone: (reader === undefined ? undefined : this.users.get(reader)?.tz) ?? 'UTC',
    };
  }
}

const botUser = (app: App): UserSeed => ({
  id: app.botUserId,
  name: app.name.toLowerCase(),
  real_name: app.name,
  is_bot: true,
  is_app_user: false,
});
