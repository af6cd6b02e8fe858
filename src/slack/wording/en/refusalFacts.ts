/** What a refusal may say beside itself, and how it names people and times. */
import type { Wiring } from '../../../core/policy.ts';
import type { ExceptionRequest } from '../../../core/request.ts';
import type { Instant } from '../../../core/values.ts';
import { ex, format } from './names.ts';

export type RefusalFacts = {
  /** The request it is about, where there is one. */
  number: number | null;
  /** The request as it is now; without it the sentences name fewer people. */
  state?: ExceptionRequest | null | undefined;
  wiring?: Wiring | undefined;
  /** Display names by Slack user id. */
  names?: Readonly<Record<string, string>> | undefined;
};
export const it = ({ number }: RefusalFacts) => (number === null ? 'this request' : ex(number));
export const who = (id: string, { names }: RefusalFacts) => names?.[id] ?? 'Somebody else';
export const when = (at: Instant, { wiring }: RefusalFacts) => format.time(at, wiring?.zone ?? 'UTC');
