/** What auditors load into their own tools: a row a request, a row a decision, and requests as JSON. */
import { stringify } from 'csv-stringify/sync';
import { OTHER_RULE } from '../core/events/content.ts';
import { SYSTEM } from '../core/events.ts';
import { categoryOf, type Rules, ruleOf } from '../core/policy.ts';
import { type Approval, approvalOf, type ExceptionRequest } from '../core/request.ts';
import type { Words } from '../core/values.ts';
import type { RequestRecord } from './record.ts';

export type Listed = { record: RequestRecord; rules: Rules; names: Readonly<Record<string, string>> };
type Cell = string | number | boolean | null;
type Column<Row> = readonly [name: string, of: (row: Row) => Cell];

const text = (words: Words | null): string | null => words && (words.text ?? '(erased)');
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const nameIn = ({ names }: Listed, id: string | null | undefined): string | null =>
  id ? (id === SYSTEM ? 'Carveout' : (names[id] ?? id)) : null;

type Reading = (state: ExceptionRequest, listed: Listed) => Cell;
const of =
  (read: Reading) =>
  (listed: Listed): Cell =>
    read(listed.record.state, listed);

const counted = (state: ExceptionRequest, stage: 'validation' | 'authorization'): Approval | null =>
  approvalOf(state, stage) ?? (state.status === 'rejected' && state.stage === stage ? state.rejection : null);
const approved = <T>(state: ExceptionRequest, read: (state: Extract<ExceptionRequest, { status: 'approved' }>) => T) =>
  state.status === 'approved' ? read(state) : null;

const REQUEST: readonly Column<Listed>[] = [
  ['request', of(({ number }) => `EX-${number}`)],
  ['number', of(({ number }) => number)],
  ['status', of(({ status }) => status)],
  ['asked_at', of(({ submittedAt }) => submittedAt)],
  ['requester', of(({ requester }) => requester)],
  ['requester_name', of(({ requester }, listed) => nameIn(listed, requester))],
  ['beneficiary', of(({ beneficiary }) => beneficiary)],
  ['owner', of(({ owner }) => owner)],
  ['customer', of(({ customer }) => text(customer))],
  ['policy_version', of(({ policyVersion }) => policyVersion)],
  ['rule', of(({ rule }) => rule)],
  [
    'rule_name',
    of((state, { rules }) =>
      state.rule === OTHER_RULE ? text(state.otherRule) : (ruleOf(rules, state.rule)?.name ?? null),
    ),
  ],
  ['category', of(({ category }) => category)],
  ['category_name', of(({ category }, { rules }) => categoryOf(rules, category)?.name ?? null)],
  ['severity', of(({ severity }) => severity)],
  ['urgent', of(({ urgent }) => yesNo(urgent))],
  ['confidential', of(({ confidential }) => yesNo(confidential))],
  ['already_happened', of(({ alreadyHappened }) => yesNo(alreadyHappened))],
  ['deviation_percent', of(({ deviation }) => deviation)],
  ['value', of(({ value }) => value)],
  ['currency', of(({ currency }) => currency)],
  ['tier', of(({ tier }) => tier)],
  ['round', of(({ round }) => round)],
  ['due_at', of(({ dueAt }) => dueAt)],
  ['rationale', of(({ rationale }) => text(rationale))],
  ['details_by', of((state) => counted(state, 'validation')?.by ?? null)],
  ['details_by_name', of((state, listed) => nameIn(listed, counted(state, 'validation')?.by))],
  ['details_at', of((state) => counted(state, 'validation')?.at ?? null)],
  ['authorization_by', of((state) => counted(state, 'authorization')?.by ?? null)],
  ['authorization_by_name', of((state, listed) => nameIn(listed, counted(state, 'authorization')?.by))],
  ['authorization_at', of((state) => counted(state, 'authorization')?.at ?? null)],
  ['over_at', of((state) => (state.status === 'in_review' ? null : state.at))],
  ['conditions', of(({ conditions, round }) => conditions.filter((one) => one.round === round).length)],
  ['good_until', of((state) => approved(state, ({ validity }) => validity?.until ?? null))],
  ['carried_out_at', of((state) => approved(state, ({ execution }) => execution?.at ?? null))],
  ['carried_out', of((state) => approved(state, ({ execution }) => execution?.outcome ?? null))],
  ['closed_at', of((state) => approved(state, ({ closure }) => closure?.at ?? null))],
  ['cause', of((state) => approved(state, ({ closure }) => closure?.cause ?? null))],
  ['ended', of((state) => approved(state, ({ ended }) => ended?.how ?? null))],
  ['holds', of(({ holds }) => holds.length)],
  ['escalations', of(({ escalations }) => escalations.length)],
  ['complaints', of(({ complaints }) => complaints.length)],
  ['files', of(({ keptFiles }) => keptFiles.length)],
  ['erasures', of(({ erasures }) => erasures.length)],
  ['last_event_hash', ({ record }) => record.events.at(-1)?.hash ?? null],
];

type Decided = { listed: Listed; outcome: 'approved' | 'rejected'; decision: Approval };
const DECISION: readonly Column<Decided>[] = [
  ['request', ({ listed }) => `EX-${listed.record.number}`],
  ['round', ({ decision }) => decision.round],
  ['stage', ({ decision }) => decision.stage],
  ['outcome', ({ outcome }) => outcome],
  ['at', ({ decision }) => decision.at],
  ['by', ({ decision }) => decision.by],
  ['by_name', ({ decision }) => decision.authority.displayName],
  ['on_behalf_of', ({ decision }) => decision.authority.onBehalfOf],
  ['role', ({ decision }) => decision.authority.role],
  ['group', ({ decision }) => decision.authority.group],
  ['group_source', ({ decision }) => decision.authority.source],
  ['group_confirmed_at', ({ decision }) => decision.authority.confirmedAt],
  ['tier_limit', ({ decision }) => decision.authority.tierLimit],
  ['counts', ({ listed, decision }) => yesNo(decision.round === listed.record.state.round)],
  ['checks', ({ decision }) => decision.checks.join(' ')],
  ['snapshots', ({ decision }) => decision.snapshots.length],
  ['rationale', ({ decision }) => text(decision.rationale)],
  ['content_hash', ({ decision }) => decision.contentHash],
];

const csv = (rows: Cell[][]): string => stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
/** Excel takes a file for UTF-8 that begins with this. */
const BOM = '\ufeff';

export const requestsHead = (): string => BOM + csv([REQUEST.map(([name]) => name)]);
export const decisionsHead = (): string => BOM + csv([DECISION.map(([name]) => name)]);

export const requestRow = (listed: Listed): string => csv([REQUEST.map(([, of]) => of(listed))]);

export function decisionRows(listed: Listed): string {
  const { state } = listed.record;
  const approvals = state.approvals.map((decision) => ({ listed, decision, outcome: 'approved' as const }));
  const rejections =
    state.status === 'rejected' ? [{ listed, decision: state.rejection, outcome: 'rejected' as const }] : [];
  const all: Decided[] = [...approvals, ...rejections].sort((a, b) => (a.decision.at < b.decision.at ? -1 : 1));
  return csv(all.map((decided) => DECISION.map(([, of]) => of(decided))));
}

/** One line: all that is known of the request, its words joined in. */
export const requestLine = ({ record }: Listed): string => `${JSON.stringify(record.state)}\n`;
