/** Orders as people give them, for rules told in words: `amend({ value: '5' })`, `release(1, 'proceed')`. */
import { toWords } from '../../src/app/content.ts';
import { contentHash } from '../../src/app/handle.ts';
import { contentOf } from '../../src/core/changes.ts';
import type { Command, Seen } from '../../src/core/command.ts';
import type { Content, EvidenceFile } from '../../src/core/events/content.ts';
import type { Discrepancy, HoldOutcome, StoredReading } from '../../src/core/events/holds.ts';
import type { ExceptionRequest } from '../../src/core/request.ts';
import { factsText } from '../../src/core/sources.ts';
import type { EscalationKind, HoldKind, Instant, Tier } from '../../src/core/values.ts';
import { idOf, type Name } from './cast.ts';

type OrderOf<C> = C extends Command ? Omit<C, 'by' | 'at'> : never;
/** A command without who and when. */
export type Order = OrderOf<Command>;
/** An order that depends on what its giver sees. */
export type Ordering = Order | ((state: ExceptionRequest) => Order);
export type Form = Extract<Command, { type: 'submit' }>['form'];

export const words = (text: string) => toWords(text, '00'.repeat(16));

export const form = (over: Partial<Form> = {}): Form => ({
  beneficiary: null,
  origin: 'slash_command',
  askedBefore: null,
  rule: 'goodwill',
  otherRule: null,
  category: 'customer',
  component: null,
  errorType: null,
  deviation: '12.5',
  asksFor: null,
  value: '900',
  customer: words('ACME GmbH'),
  rationale: words('They waited for six weeks.'),
  impact: words('We keep them.'),
  evidence: null,
  files: [],
  inputs: {},
  severity: 'minor',
  urgent: false,
  alreadyHappened: false,
  neededBy: null,
  confidential: false,
  ...over,
});

export const submit = (over: Partial<Form> = {}): Order => ({ type: 'submit', form: form(over) });
/** What somebody sees who opens the decision modal now. */
const seenNow = (state: ExceptionRequest): Seen => ({
  round: state.round,
  stage: 'stage' in state ? state.stage : 'authorization',
  contentHash: contentHash(state),
});
type Approving = Extract<Order, { type: 'approve' }>;
type Extras = Partial<Pick<Approving, 'checks' | 'conditions' | 'validity'>>;
export const approve =
  (rationale = 'Seen and judged.', over: Partial<Seen> = {}, extras: Extras = {}) =>
  (state: ExceptionRequest): Order => ({
    type: 'approve',
    seen: { ...seenNow(state), ...over },
    rationale: words(rationale),
    checks: [],
    conditions: [],
    ...extras,
  });
export const reject =
  (rationale = 'Seen and judged.', over: Partial<Seen> = {}) =>
  (state: ExceptionRequest): Order => ({
    type: 'reject',
    seen: { ...seenNow(state), ...over },
    rationale: words(rationale),
  });
export const ask = (text = 'Which invoice?'): Order => ({ type: 'request_info', words: words(text) });
export const answer = (question = 1, text = 'Number 7.'): Order => ({
  type: 'answer_info',
  question,
  words: words(text),
});
export const withdraw = (reason: string | null = null): Order => ({
  type: 'withdraw',
  reason: reason === null ? null : words(reason),
});

export const amend =
  (over: Partial<Content>) =>
  (state: ExceptionRequest): Order => ({
    type: 'amend',
    round: state.round,
    content: { ...contentOf(state), ...over },
  });
type Corrections = Extract<Order, { type: 'correct' }>['corrections'];
export const correct = (corrections: Corrections, reason = 'The contract says so.'): Order => ({
  type: 'correct',
  corrections,
  reason: words(reason),
});
/** @param round the one that the correction opened */
export const object = (round = 2, text = 'It was not like that.'): Order => ({
  type: 'object',
  round,
  words: words(text),
});
export const pickTier = (tier: Tier, reason = 'Such cases are theirs.'): Order => ({
  type: 'pick_tier',
  tier,
  reason: words(reason),
});
export const sendBack = (missing: string[], text: string | null = null): Order => ({
  type: 'return',
  missing,
  words: text === null ? null : words(text),
});
export const handOver = (to: Name): Order => ({ type: 'hand_over', to: idOf(to), reason: null });
export const takeBack = (reason = 'I looked at the wrong contract.'): Order => ({
  type: 'take_back',
  reason: words(reason),
});
export const take: Order = { type: 'take' };
export const assign = (to: Name): Order => ({ type: 'assign', to: idOf(to) });
export const declareConflict: Order = { type: 'declare_conflict' };
export const closeQuestion = (question = 1): Order => ({ type: 'close_question', question });
export const reopenQuestion = (question = 1): Order => ({ type: 'reopen_question', question });

const message = (ts: string) => ({ channel: 'C0MANAGER', ts });
/** @param ts Slack's id of the reply */
export const remark = (text = 'Same as in May.', ts = '1.1', files: EvidenceFile[] = []): Order => ({
  type: 'remark',
  ...message(ts),
  words: words(text),
  files,
});
export const editRemark = (text: string, ts = '1.1'): Order => ({
  type: 'edit_remark',
  ...message(ts),
  words: words(text),
});
export const deleteRemark = (ts = '1.1'): Order => ({ type: 'delete_remark', ...message(ts) });

export const acknowledge = (kind: EscalationKind, deadline: Instant): Order => ({
  type: 'acknowledge',
  kind,
  deadline,
});
export const nudge = (kind: EscalationKind, deadline: Instant): Order => ({ type: 'nudge', kind, deadline });
export const complain = (text = 'They called and were angry.'): Order => ({ type: 'complain', words: words(text) });
export const expedite = (justification = 'Their plant stands still.'): Order => ({
  type: 'expedite',
  justification: words(justification),
});
/** @param to the tier that its giver has before their eyes */
export const reroute = (reason = 'Nobody of theirs is there.', to?: Tier): Order => ({
  type: 'reroute',
  ...(to ? { to } : {}),
  reason: words(reason),
});
export const revoke = (text = 'The contract has ended.'): Order => ({ type: 'revoke', words: words(text) });
export const tick: Order = { type: 'tick' };

/** @param value what it says of the customer's revenue; null where it cannot be reached */
export const reading = (source: string, value: string | null): StoredReading =>
  value === null
    ? { source, name: source, outcome: 'failed', content: null }
    : { source, name: source, outcome: 'ok', content: words(factsText(said(value))) };
const said = (value: string) => ({ outcome: 'ok' as const, facts: [{ field: 'revenue', label: 'Revenue', value }] });
export const discrepancy = (crm: string, billing: string): Discrepancy => ({
  field: 'revenue',
  label: 'Revenue',
  values: [
    { source: 'crm', name: 'crm', value: words(crm) },
    { source: 'billing', name: 'billing', value: words(billing) },
  ],
});
export const sourcesSay = (readings: StoredReading[], discrepancies: Discrepancy[] = []): Order => ({
  type: 'record_sources',
  moment: 'submission',
  readings,
  discrepancies,
});
/** A picture as Slack knows it. */
export const picture = (id = 'F0BOX', name = 'box.png'): EvidenceFile => ({ id, name, size: 5, type: 'image/png' });
export const keep = ({ id, name, size, type }: EvidenceFile): Order => ({
  type: 'keep_evidence',
  ...{ file: id, name, size, mediaType: type, sha256: 'ab'.repeat(32) },
});
export const hold = (kind: HoldKind, source: string | null = null, text = 'We cannot go on like this.'): Order => ({
  type: 'place_hold',
  ...{ kind, source, words: words(text) },
});
export const release = (hold: number, outcome: HoldOutcome, text = 'Looked into.'): Order => ({
  type: 'release_hold',
  ...{ hold, outcome, words: words(text) },
});

export const execute = (outcome: 'done' | 'could_not' = 'done', text = 'Refunded.'): Order => ({
  type: 'execute',
  outcome,
  words: words(text),
});
export const meet = (condition = 1, text: string | null = 'The device is back.'): Order => ({
  type: 'meet_condition',
  condition,
  words: text === null ? null : words(text),
});
type Closing = Omit<Extract<Order, { type: 'close' }>, 'type'>;
export const close = (over: Partial<Closing> = {}): Order => ({
  type: 'close',
  cause: 'our-mistake',
  happened: words('The parcel was lost.'),
  fixed: words('A new one was sent.'),
  whys: [],
  action: null,
  checkOn: null,
  ...over,
});
export const checkEffect = (effective: 'yes' | 'partly' | 'no' = 'yes', text = 'None since.'): Order => ({
  type: 'check_effectiveness',
  effective,
  words: words(text),
});
