/** The tables as Kysely sees them; `migrations/` makes them. */
import type { ColumnType, Generated, Kysely, Selectable } from 'kysely';
import type { Intent } from '../app/intents.ts';
import type { Handled } from '../app/ports.ts';
import type { Part } from '../core/events/audit.ts';
import type { Role } from '../core/values.ts';

/** Read as a Date; written as ISO text. */
type Time = ColumnType<Date, string, string>;
type BigInt = ColumnType<string, number, number>;
type TimeNow = ColumnType<Date, string | undefined, string>;
type TimeOrNull = ColumnType<Date | null, string | null, string | null>;
/** Read as parsed JSON; written as its text. */
type Json<T> = ColumnType<T, string, string>;

export type Database = {
  workspaces: {
    team_id: string;
    name: string;
    bot_user_id: string;
    since: TimeNow;
    /** bigint, hence text. */
    clock_offset_ms: ColumnType<string, number | undefined, number>;
  };
  events: {
    team_id: string;
    stream: string;
    seq: number;
    type: string;
    schema_version: number;
    data: Json<object>;
    actor: string;
    at: Time;
    prev_hash: string | null;
    hash: string;
    tx: Generated<string>;
  };
  /** Nonce and bytes are null once the words were taken back. */
  contents: {
    team_id: string;
    id: string;
    nonce: string | null;
    bytes: string | null;
    /** Whose event said it first; null where that was not noted yet. */
    stream: string | null;
  };
  requests: {
    team_id: string;
    number: number;
    version: number;
    state: Json<object>;
    head: string;
    status: 'in_review' | 'approved' | 'rejected' | 'withdrawn';
    tier: 'team_lead' | 'manager' | 'executive';
    stage: 'validation' | 'authorization' | null;
    round: number;
    requester: string;
    beneficiary: string | null;
    customer_key: string | null;
    category: string;
    rule: string;
    /** numeric, hence text. */
    deviation: string | null;
    value: string;
    submitted_at: Time;
    /** When it was approved, rejected or withdrawn. */
    over_at: TimeOrNull;
    due_at: Time;
    attention_at: TimeOrNull;
    owner: string | null;
    /** `person:U123`, `role:operations` */
    owners: string[];
    /** Whether there are any. */
    open: boolean;
    confidential: boolean;
    closed_at: TimeOrNull;
    /** The request that it renews. */
    renews: number | null;
    /** `2027-03-03`, of what is approved and has not ended. */
    good_until: string | null;
    /** Kinds of the holds that approvals wait for. */
    held: string[];
    already_happened: boolean;
    shape: number;
  };
  decisions: {
    team_id: string;
    request_number: number;
    round: number;
    stage: 'validation' | 'authorization';
    outcome: 'approved' | 'rejected';
    person: string;
    at: Time;
    read_ms: number | null;
  };
  decision_people: {
    team_id: string;
    request_number: number;
    round: number;
    person: string;
    role: 'requester' | 'beneficiary' | 'owner' | 'decider' | 'cover';
  };
  people: {
    team_id: string;
    id: string;
    name: string;
    home: boolean;
    deleted: boolean;
    bot: boolean;
    guest: boolean;
    owner: boolean;
    zone: string | null;
    locale: string | null;
    fetched_at: TimeNow;
  };
  groups: { team_id: string; id: string; handle: string; name: string; fetched_at: TimeNow };
  group_members: { team_id: string; group_id: string; person: string };
  channels: {
    team_id: string;
    id: string;
    name: string;
    archived: boolean;
    member: boolean;
    shared: boolean;
    private: boolean;
    readers: number | null;
    fetched_at: TimeNow;
  };
  policies: {
    team_id: string;
    version: number;
    sha256: string;
    document: string;
    published_by: string;
    published_at: Time;
  };
  inbox: { team_id: string; key: string; handled: Json<Handled | null> | null; at: TimeNow };
  outbox: { id: Generated<string>; team_id: string; intents: Json<Intent[]>; at: TimeNow };
  deliveries: {
    team_id: string;
    key: string;
    surface:
      | 'card'
      | 'thread'
      | 'dm'
      | 'escalation'
      | 'staffing'
      | 'digest'
      | 'alert'
      | 'policy_review'
      | 'sign_off'
      | 'observations'
      | 'ping'
      | 'file'
      | 'seal';
    request_number: number | null;
    person: string | null;
    subject: Json<Record<string, unknown>>;
    status: 'sending' | 'sent' | 'gone';
    channel: string | null;
    ts: string | null;
    live: boolean;
    drawn: string | null;
    at: TimeNow;
  };
  drafts: { team_id: string; person: string; typed: Json<object>; updated_at: TimeNow };
  snoozes: { team_id: string; person: string; request_number: number; until: Time };
  homes: { team_id: string; person: string; shown: Json<object>; opened_at: TimeNow };
  /** Bytes are null once they were erased. */
  blobs: { team_id: string; sha256: string; bytes: Buffer | null };
  policy_reviews: {
    team_id: string;
    review: number;
    rule: string;
    /** Null once the customer in it was erased. */
    same_key: string | null;
    policy_version: number;
    requests: number[];
    opened_at: Time;
    closed_at: TimeOrNull;
    closed_by: string | null;
    outcome: 'changed' | 'kept' | 'clarified' | null;
    content_id: string | null;
  };
  absences: {
    team_id: string;
    person: string;
    absence: number;
    from: Time;
    until: Time;
    delegate: string | null;
    set_by: string;
    set_at: Time;
  };
  assistants: { team_id: string; person: string; assistant: string };
  pings: {
    team_id: string;
    person: string;
    request_number: number;
    key: string;
    percent: number | null;
    urgent: boolean;
    due_at: Time;
    noted_at: Time;
    ping: number | null;
    stale: Generated<boolean>;
    told_at: TimeOrNull;
    left_out: Generated<boolean>;
  };
  quiet: {
    team_id: string;
    person: string;
    reminders: Generated<'each' | 'hourly' | 'urgent'>;
    chosen_at: TimeOrNull;
    pings: Generated<number>;
    pinged_at: TimeOrNull;
    tell_at: TimeOrNull;
  };
  staffing_looks: { team_id: string; role: Role; fingerprint: string };
  /** bigint comes as text. */
  leaves: { team_id: string; position: BigInt; stream: string; seq: number; hash: Buffer };
  nodes: { team_id: string; level: number; position: BigInt; hash: Buffer };
  checkpoints: { team_id: string; size: BigInt; root: Buffer; at: Time; note: string; written_at: TimeNow };
  seals: {
    team_id: string;
    size: Generated<string>;
    tx: Generated<string>;
    stream: Generated<string>;
    seq: Generated<number>;
    elsewhere: string | null;
  };
  publications: { team_id: string; size: BigInt; place: 'slack' | 'file' | 'webhook'; ref: string; at: TimeNow };
  verifications: {
    team_id: string;
    pass: number;
    started_at: Time;
    finished_at: TimeOrNull;
    size: BigInt;
    progress: Json<object>;
    events: BigInt;
    faults: Json<object[]>;
    faulty: Generated<number>;
    claimed_until: TimeOrNull;
  };
  /** As of which version of a request nothing of a part is kept any more, under the policy's retention. */
  retention: { team_id: string; request_number: number; part: Part; version: number };
  pace: { team_id: string; bucket: string; free_at: Time };
};

export type Db = Kysely<Database>;
export type Row<T extends keyof Database> = Selectable<Database[T]>;
