/** What the page and its server say to each other. Shared by both sides, so types alone. */
import type { Json } from '../json.ts';

export type WireUser = {
  id: string;
  name: string;
  handle: string;
  title: string;
  tz: string;
  /** A data URL, or empty: then initials are drawn. */
  image: string;
  kind: 'member' | 'owner' | 'guest' | 'other company' | 'bot' | 'deactivated';
  groups: string[];
};

/** One step of a tour through the page, see `TourStep` in server.ts. */
export type WireTourStep = {
  title: string;
  text: string;
  as?: string;
  at?: string;
  draft?: string;
  highlight?: string;
};

export type Directory = {
  people: WireUser[];
  team: { id: string; name: string; domain: string };
  /** What its manifest switches on: the two tabs, and whether people can write to it. */
  app: { id: string; name: string; homeTab: boolean; messagesTab: boolean; writable: boolean };
  commands: { command: string; description: string; usageHint?: string }[];
  shortcuts: { name: string; callbackId: string; type: 'global' | 'message'; description?: string }[];
  tour: WireTourStep[];
  panels: { id: string; title: string }[];
  clock: boolean;
  /** Display names of people, handles of groups, names of channels, by id. */
  names: { [id: string]: string };
};

export type WireFile = { id: string; name: string; title: string; mimetype: string; size: number; alt: string };
export type WireBlock = Json & { type: string; block_id: string };
export type Values = { [blockId: string]: { [actionId: string]: Json } };

export type WireMessage = {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: WireBlock[];
  /** What this person chose and typed in the message's controls. */
  values: Values;
  pings: string[];
  files: WireFile[];
  edited: boolean;
  /** Only its place is left, since there are replies to it. */
  deleted: boolean;
  /** Posted by the app. */
  byApp: boolean;
  thread_ts?: string;
  broadcast?: boolean;
  onlyFor?: string;
};

export type WireView = {
  id: string;
  title: Json | null;
  submit: Json | null;
  close: Json | null;
  blocks: WireBlock[];
  hash: string;
  submit_disabled: boolean;
  state: { values: Values };
};

export type WireChannel = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  archived: boolean;
  shared: boolean;
  member: boolean;
  members: number;
  /** The ts up to which this person has read it. */
  read: string;
  messages: WireMessage[];
};

/** Everything one person sees. */
export type State = {
  me: string;
  /** ms; the workspace's clock. */
  now: number;
  channels: WireChannel[];
  ephemerals: WireMessage[];
  /** Open modals, the top one last. */
  modals: WireView[];
  home: WireView | null;
};

export type Jump = { label: string; to: string };
export type Clock = { now: string; jumps: Jump[] };

/** Something changed that is asked for whole; `hello` comes first, since whoever was away has missed everything. */
export type Hint = { kind: 'hello' | 'people' | 'channels' };

/** A change with all it takes to draw it. */
export type Piece =
  | { kind: 'message'; how: 'posted' | 'changed' | 'deleted'; message: WireMessage }
  | { kind: 'modal'; modals: WireView[] }
  | { kind: 'home'; home: WireView }
  | { kind: 'toast'; text: string }
  | { kind: 'read'; channel: string; ts: string }
  | { kind: 'clock'; now: string };

/** What the stream brings. */
export type News = Hint | Piece;

/** One line of the traffic; arguments and answer are asked for when a person opens it. */
export type TrafficLine = {
  id: number;
  at: number;
  direction: 'call' | 'delivery';
  transport: 'http' | 'socket';
  method: string;
  status: number | string;
  ms: number;
  signed: boolean;
  /** The error code of a refused call, or why a delivery was not acknowledged. */
  error: string;
};

/** Where a control is. A modal is named by its view, so that a late click cannot hit the one that replaced it. */
export type Place =
  | { where: 'message'; channel: string; ts: string }
  | { where: 'modal'; view: string }
  | { where: 'home' };
export type At = { block_id: string; action_id: string };

type UploadedFile = { name: string; base64: string };

/** What a person does. */
export type Act =
  | { act: 'command'; command: string; text: string; channel?: string }
  | { act: 'say'; channel: string; text: string; thread?: string; broadcast?: boolean; files?: UploadedFile[] }
  | { act: 'edit'; channel: string; ts: string; text: string }
  | { act: 'delete'; channel: string; ts: string }
  | { act: 'home'; tab: 'home' | 'messages' }
  | { act: 'read'; channel: string; ts: string }
  | { act: 'shortcut'; name: string; channel?: string; ts?: string }
  | { act: 'dismiss'; channel: string; ts: string }
  | { act: 'submit'; view: string }
  | { act: 'close'; view: string; everything: boolean }
  | (Place & At & ({ act: 'click'; text: string } | ValueAct));

/** `type` fills a field and tells nobody; `fill` and `choose` tell the app where it asked for that. */
type ValueAct =
  | { act: 'type' | 'fill'; text: string }
  | { act: 'choose'; values: string[] }
  | { act: 'attach'; name: string; base64: string }
  | { act: 'detach'; file: string }
  | { act: 'suggest'; query: string };
