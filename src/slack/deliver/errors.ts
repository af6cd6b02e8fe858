/** What to do about each of Slack's refusals. What stands nowhere is a fault of this program, and thrown as it is. */
import { Later } from '../../app/later.ts';
import { isClosed, type SlackFailure, slackError } from '../client.ts';

/** A refusal that the caller has an answer to. */
export class Refused extends Error {
  override name = 'Refused';
  readonly kind: Kind;
  readonly failure: SlackFailure;

  constructor(kind: Kind, failure: SlackFailure, cause: unknown) {
    super(`Slack answers ${failure.code}`, { cause });
    this.kind = kind;
    this.failure = failure;
  }
}

const CODES = {
  /** The channel cannot be posted to: tell an admin, go by direct message. */
  route: [
    'not_in_channel',
    'channel_not_found',
    'is_archived',
    'is_inactive',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'posting_to_channel_denied',
    'thread_locked',
  ],
  /** The message cannot be changed any more: post it afresh. */
  message: ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'],
  /** What is drawn does not please Slack: send less. */
  drawing: ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long', 'block_mismatch'],
  /** Slack takes no files from the bot here, or not this one: go on without. */
  file: [
    'file_uploads_disabled',
    'file_uploads_except_images_disabled',
    'file_upload_size_restricted',
    'file_type_not_allowed',
    'blocked_file_type',
    'storage_limit_reached',
    'slack_connect_file_upload_sharing_blocked',
    'slack_connect_blocked_file_type',
  ],
  /** Nobody there to read it. */
  person: [
    'user_not_found',
    'users_not_found',
    'user_not_visible',
    'user_disabled',
    'cannot_dm_bot',
    'messages_tab_disabled',
  ],
  /** The workspace has shut the bot out: no delivery can succeed until somebody lets it in again. */
  workspace: [
    'token_revoked',
    'token_expired',
    'account_inactive',
    'invalid_auth',
    'not_authed',
    'missing_scope',
    'no_permission',
    'org_login_required',
    'ekm_access_denied',
    'team_access_not_granted',
  ],
  /** Slack's own passing trouble; some of it may have been done nevertheless. */
  passing: [
    'fatal_error',
    'internal_error',
    'service_unavailable',
    'request_timeout',
    'team_added_to_org',
    'update_failed',
    'no_answer',
    'unreachable',
  ],
  limit: ['ratelimited'],
} as const;
export type Kind = keyof typeof CODES;

const KIND = new Map<string, Kind>(
  Object.entries(CODES).flatMap(([kind, codes]) => codes.map((code) => [code, kind as Kind] as const)),
);

/** @returns null for what nobody has an answer to */
export function refusalOf(error: unknown): Refused | null {
  const failure = slackError(error);
  if (!failure) return null;
  const kind = failure.code.startsWith('http_5') ? 'passing' : KIND.get(failure.code);
  return kind ? new Refused(kind, failure, error) : null;
}

export const isRefused = (error: unknown, ...kinds: Kind[]): error is Refused =>
  error instanceof Refused && kinds.includes(error.kind);

/** Whether Slack lets the bot not use a method that there is a way around. */
export const isMethodClosed = (error: unknown): boolean => isClosed(error instanceof Refused ? error.cause : error);

/** Whether Slack may have done what it was asked, although it did not say so. */
export function mayHaveHappened(error: unknown): boolean {
  if (error instanceof Later) return false;
  if (error instanceof Refused) return error.kind === 'passing' && error.failure.code !== 'unreachable';
  return slackError(error) === null;
}
