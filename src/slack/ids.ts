/** Names that travel to Slack and back, declared once. */

export const COMMAND = '/exception';

/** Callback ids of the shortcuts that the manifest declares. */
export const SHORTCUT = {
  /** Anywhere in Slack. */
  ask: 'request_exception',
  /** On a message, whose text becomes evidence. */
  askAboutMessage: 'request_exception_about_message',
  /** On a message that names a request. */
  complain: 'customer_complaint',
} as const;

export const ACTION = {
  approve: 'approve',
  reject: 'reject',
  requestInfo: 'request_info',
  details: 'details',
  answer: 'answer',
  withdraw: 'withdraw',
  conflict: 'conflict',
  acknowledge: 'acknowledge',
  nudge: 'nudge',
  /** Gives it to the next tier for the reason that the message says. */
  rerouteNow: 'reroute_now',
  /** On a reminder: tells its reader of the same again tomorrow. */
  snooze: 'snooze',
  /** On what sums up several escalations: acknowledges one of them. */
  acknowledgeLate: 'acknowledge_late',
  onIt: 'on_it',
  /** Opens the form in which an absence is set, for somebody whose turn it is. */
  setCover: 'set_cover',
  /** Opens the state as it is now: on direct messages. */
  open: 'open',
  /** The overflow of a card; the option's value is `{action, ref}`. */
  more: 'more',
  /** The request form again: to change what was asked, to complete what is missing, to ask anew for what was rejected. */
  amend: 'amend',
  askAgain: 'ask_again',
  /** The same for what was approved and ends. */
  renew: 'renew',
  draftContinue: 'draft_continue',
  draftDiscard: 'draft_discard',
  /** On the card of a policy review. */
  closeReview: 'close_review',
  /** Below a week's report, and on the messages that ask for it. */
  signOff: 'sign_off',
  /** In the decision modal: one more condition, the other act, and on to the next of the queue. */
  addCondition: 'add_condition',
  switchAct: 'switch_act',
  next: 'next',
  /** Turns the pages of a modal that holds more than one. */
  page: 'page',
  pageBack: 'page_back',
} as const;

/** Of the Home tab, and of what opens from it. */
export const HOME = {
  ask: 'home_ask',
  find: 'home_find',
  /** What was typed and not sent. */
  continue: 'home_continue',
  discard: 'home_discard',
  refresh: 'home_refresh',
  /** Opens the decision of a request in the queue; the modal ends in the next one. */
  decide: 'home_decide',
  previous: 'home_previous',
  next: 'home_next',
  /** Shows what was snoozed, or hides it again. */
  snoozed: 'home_snoozed',
  /** How often the reader wants to be reminded. */
  reminders: 'home_reminders',
  /** Opens the form in which an absence is set; ends the one that is shown; names who may set it. */
  away: 'home_away',
  back: 'home_back',
  assistant: 'home_assistant',
  /** The tick beside a row. */
  pick: 'home_pick',
  /** What is to be done with the ticked rows. */
  bulk: 'home_bulk',
  /** Pages of what was found. */
  earlier: 'found_earlier',
  later: 'found_later',
  /** Of every request, which ones an auditor wants to see; and pages of them. */
  every: 'home_every',
  everyEarlier: 'every_earlier',
  everyLater: 'every_later',
} as const;

/** Acts on one request that have a button and mostly a modal of the same name: see `deeds/`. */
export const DEEDS = [
  'object',
  'pick_tier',
  'correct',
  'return',
  'hand_over',
  'take_back',
  'take',
  'assign',
  'close_question',
  'reopen_question',
  'complain',
  'expedite',
  'reroute',
  'place_hold',
  'release_hold',
  'retry_sources',
  'execute',
  'meet_condition',
  'close',
  'check_effectiveness',
  'revoke',
  'erase',
] as const;
export type DeedName = (typeof DEEDS)[number];

export const VIEW = {
  request: 'request',
  decide: 'decide',
  requestInfo: 'request_info',
  answer: 'answer',
  withdraw: 'withdraw',
  details: 'details',
  closeReview: 'close_review',
  signOff: 'sign_off',
  find: 'find',
  found: 'found',
  every: 'every',
  reassign: 'reassign',
  away: 'away',
  assistant: 'assistant',
  /** Says one thing and has nothing to submit: loading, a refusal, a result. */
  notice: 'notice',
} as const;

/** Inputs of the request form; block id and action id are the same. */
export const FIELD = {
  policy: 'policy',
  asksFor: 'asks_for',
  deviation: 'deviation',
  value: 'value',
  customer: 'customer',
  rationale: 'rationale',
  impact: 'impact',
  evidence: 'evidence',
  category: 'category',
  severity: 'severity',
  alreadyHappened: 'already_happened',
  urgent: 'urgent',
  neededBy: 'needed_by',
  beneficiary: 'beneficiary',
  otherRule: 'other_rule',
  unmeasured: 'unmeasured',
  files: 'files',
  /** Files that came with the form: of the message it is about, of a draft, of the request as it was. */
  keptFiles: 'kept_files',
  component: 'component',
  errorType: 'error_type',
  confidential: 'confidential',
  /** Of the other modals. */
  question: 'question',
  answer: 'answer',
  reason: 'reason',
  person: 'person',
  query: 'query',
  awayFrom: 'away_from',
  awayUntil: 'away_until',
  delegate: 'delegate',
  holdKind: 'hold_kind',
  source: 'source',
  outcome: 'outcome',
  /** Of the decision modal; conditions are numbered from 1: `condition_1`. */
  checks: 'checks',
  standardReason: 'standard_reason',
  condition: 'condition',
  conditionOwner: 'condition_owner',
  conditionDue: 'condition_due',
  validFrom: 'valid_from',
  validUntil: 'valid_until',
  assignee: 'assignee',
  tier: 'tier',
  missing: 'missing',
  missingWords: 'missing_words',
  /** Of the record that is closed; the whys are numbered from 1: `why_1`. */
  cause: 'cause',
  parts: 'parts',
  happened: 'happened',
  fixed: 'fixed',
  why: 'why',
  actionText: 'action_text',
  actionOwner: 'action_owner',
  actionDue: 'action_due',
  checkOn: 'check_on',
  /** Of a correction; not those of the request form, which is followed otherwise. */
  correctRule: 'correct_rule',
  correctCategory: 'correct_category',
  correctAsksFor: 'correct_asks_for',
  correctDeviation: 'correct_deviation',
} as const;

/** What the ids of fields for further inputs of a category begin with, before the id of the input. */
export const INPUT = 'inputs.';
export const inputField = (id: string): `inputs.${string}` => `${INPUT}${id}`;
