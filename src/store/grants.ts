/** What the bot may do with each table beside reading it: the one list, given to its role and compared by `check`. */
import type { Database } from './schema.ts';

type Right = 'insert' | 'update' | 'delete' | `update (${string})`;

/** The role in Postgres that has these rights and no others. It cannot log in: whoever runs the bot is granted it. */
export const BOT_ROLE = 'carveout_bot';

const ADDS: readonly Right[] = ['insert'];
const MOVES_ON: readonly Right[] = ['insert', 'update'];
const SWEEPS: readonly Right[] = ['insert', 'delete'];
const ANYTHING: readonly Right[] = ['insert', 'update', 'delete'];

/** Nobody who has the bot's password, and nothing in the bot, can change or remove what is only added to. */
export const GRANTS: Readonly<Record<keyof Database, readonly Right[]>> = {
  // The record, and what proves it.
  events: ADDS,
  decisions: ADDS,
  decision_people: ADDS,
  policies: ADDS,
  leaves: ADDS,
  nodes: ADDS,
  checkpoints: ADDS,
  publications: ADDS,
  // Words and bytes can go and never become others: triggers see to that.
  contents: ['insert', 'update (nonce, bytes)'],
  blobs: ['insert', 'update (bytes)'],

  // What follows from events; `audit verify` compares it with them.
  requests: MOVES_ON,
  policy_reviews: MOVES_ON,
  absences: MOVES_ON,
  assistants: ANYTHING,

  // How far something has come.
  workspaces: MOVES_ON,
  seals: MOVES_ON,
  verifications: MOVES_ON,
  retention: MOVES_ON,
  staffing_looks: MOVES_ON,
  quiet: MOVES_ON,
  homes: MOVES_ON,

  // What Slack said last.
  people: MOVES_ON,
  groups: ANYTHING,
  group_members: SWEEPS,
  channels: SWEEPS,

  // What is done with, or forgotten after a time. (Taking from the outbox locks its rows, which needs `update`.)
  inbox: SWEEPS,
  outbox: ANYTHING,
  deliveries: ANYTHING,
  drafts: ANYTHING,
  snoozes: ANYTHING,
  pings: ANYTHING,
  pace: ANYTHING,
};

/** Which migrations were run, which commands look at; and the queue of pg-boss, which is no part of the record. */
export const READ_ONLY = ['kysely_migration', 'kysely_migration_lock'] as const;
export const QUEUE_SCHEMA = 'pgboss';
