import type { Json } from './json.ts';

export type Team = { id: string; name: string; domain: string };

export type User = {
  id: string;
  /** Another team's id makes a Slack Connect outsider. */
  team_id: string;
  name: string;
  real_name: string;
  tz: string;
  locale: string;
  deleted: boolean;
  is_bot: boolean;
  is_app_user: boolean;
  is_admin: boolean;
  is_owner: boolean;
  is_restricted: boolean;
  is_ultra_restricted: boolean;
  is_stranger: boolean;
  is_workflow_bot: boolean;
  is_connector_bot: boolean;
  profile: { email?: string; display_name: string; real_name: string; title: string; image_72: string };
};

export type Group = { id: string; handle: string; name: string; users: string[]; disabled: boolean };

export type Channel = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  members: string[];
  archived: boolean;
  /** Shared with another organisation through Slack Connect. */
  shared: boolean;
  /** The person at the other end of a direct message with the app. */
  user?: string;
};

/** What a company is made from; whatever is left out gets Slack's own default. */
export type UserSeed = Partial<Omit<User, 'profile'>> &
  Pick<User, 'id' | 'name' | 'real_name'> & { profile?: Partial<User['profile']> };
export type Company = {
  team: Team;
  users: UserSeed[];
  groups: (Omit<Group, 'disabled'> & { disabled?: boolean })[];
  channels: (Omit<Channel, 'archived' | 'shared' | 'kind'> &
    Partial<Pick<Channel, 'archived' | 'shared'>> & { kind: 'public' | 'private' })[];
};

type Command = { command: string; description: string; usageHint?: string };
type Shortcut = { name: string; callbackId: string; type: 'global' | 'message'; description?: string };

/** One installed app, as its manifest would describe it. */
export type App = {
  appId: string;
  botUserId: string;
  botId: string;
  name: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  scopes: string[];
  commands: Command[];
  shortcuts: Shortcut[];
  /** The manifest's `bot_events`, e.g. `message.channels`; nothing else is delivered. */
  events: string[];
  /** The manifest's `app_home`; whatever is left out is switched on, and people can write to the app. */
  home?: { homeTab?: boolean; messagesTab?: boolean; messagesReadOnly?: boolean };
};

export type Block = Json & { type: string; block_id: string };

export type Message = {
  channel: string;
  ts: string;
  user: string;
  bot_id?: string;
  app_id?: string;
  text: string;
  blocks: Block[];
  metadata?: { event_type: string; event_payload: Json };
  thread_ts?: string;
  /** A reply that is also shown in the channel. */
  broadcast?: boolean;
  /** A message of Slack itself, e.g. `channel_rename`. */
  subtype?: string;
  edited?: { user: string; ts: string };
  files?: string[];
  /** What a person's client calls the message it sends. */
  client_msg_id?: string;
  /** Set on an ephemeral message: the only person who sees it. */
  onlyFor?: string;
  /** Whom this message notifies: ids of people (`U…`), groups (`S…`), or `channel`, `here`, `everyone`. */
  pings: string[];
};

export type View = {
  id: string;
  type: 'modal' | 'home';
  user: string;
  title: Json | null;
  submit: Json | null;
  close: Json | null;
  blocks: Block[];
  private_metadata: string;
  callback_id: string;
  external_id: string;
  clear_on_close: boolean;
  notify_on_close: boolean;
  submit_disabled: boolean;
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  /** What is filled in: `values[block_id][action_id]`, as Slack puts it into `view.state`. */
  values: StateValues;
};

export type StateValues = { [blockId: string]: { [actionId: string]: Json } };

export type FileRecord = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  user: string;
  created: number;
  bytes: Buffer;
  /** Conversations it was shared to; empty until the upload is completed. */
  channels: string[];
  /** The upload was completed. */
  complete: boolean;
  /** Handed to the app in a form, which makes it the app's to read. */
  forApp: boolean;
  /** What the app wants screen readers to say of it. */
  alt?: string;
  /** The end of the address to which the app sends its bytes. */
  secret?: string;
  /** Completed, but Slack has not looked at it yet: what kind of file it is nobody knows, and no block can show it. */
  processing?: boolean;
};

export type Toast = { user: string; text: string; code: string; at: number };
