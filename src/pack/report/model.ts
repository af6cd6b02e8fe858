/** What a report is made of. */
import type { Rules, Wiring } from '../../core/policy.ts';
import type { Erasure } from '../../core/request.ts';
import type { Instant } from '../../core/values.ts';
import type { Checkpoint } from '../../proof/checkpoint.ts';
import type { Drawn } from '../../slack/views/drawn.ts';
import type { RequestRecord, SealedStream } from '../record.ts';

/** A version of the policy, as it was published. */
export type PolicyText = { version: number; sha256: string; document: string; publishedAt: Instant };

export type ReportModel = {
  record: RequestRecord;
  /** The version that it was made under, and its rules. */
  policy: PolicyText;
  rules: Rules;
  /** Who filled which role when it was asked for. */
  wiring: Wiring;
  /** Display names as Slack last said them; who is not known is absent. */
  names: Readonly<Record<string, string>>;
  /** Where versions of the policy lie, from the report. */
  policyFiles: ReadonlyMap<number, string>;
  /** The stream of published policies: the report proves it too. */
  policies: SealedStream;
  checkpoint: Checkpoint;
  /** The checkpoint's text, signed or not. */
  note: string;
  /** The pack's folder, from the report: `` or `../`. */
  root: string;
};

/** What the sentences that Slack shows as well are drawn from. */
export const drawnOf = ({ record, rules, wiring, names }: ReportModel): Drawn => ({
  ...{ state: record.state, rules, wiring, names, inModal: true },
});

export type Gone = { by: string; at: Instant; erasure: Erasure | null };

/** Who erased the words, and when; null where nobody did. */
export function goneBy({ state }: RequestRecord, content: string): Gone | null {
  const erasure = state.erasures.find(({ contents }) => contents.includes(content));
  if (erasure) return { by: erasure.by, at: erasure.at, erasure };
  const remark = state.remarks.find(({ words, earlier }) => words.content === content || earlier.includes(content));
  return remark?.deleted ? { ...remark.deleted, erasure: null } : null;
}
