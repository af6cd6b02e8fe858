/** Reviews of the policy: the same exception was asked for so often that the rule itself is looked at. */
import type { ReviewOutcome } from '../../../core/policyReview.ts';
import type { Status } from '../../../core/request.ts';
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { format, names } from './names.ts';

const OUTCOME = {
  changed: 'the policy is changed',
  kept: 'the policy stays as it is',
  clarified: 'the policy is clarified',
} satisfies Record<ReviewOutcome, string>;

const named = (review: number): string => `Policy review ${review}`;
const DAY = 86_400_000;

export const policyReview = {
  /** The whole of it, on its day and before. @param today `2026-12-04` */
  due: (due: string, today: string): string => {
    const when =
      due < today
        ? `was to be looked at again by ${format.day(due)}`
        : due === today
          ? 'is to be looked at again today'
          : `is to be looked at again by ${format.day(due)}`;
    return `The exception policy ${when}: do its limits, deadlines and people still fit? Change what does not, then write the next day in wiring.policy_review.due. You get this because the policy names you for it.`;
  },
  named,
  opened: (review: number, times: number, within: number): string => {
    const days = Math.round(within / DAY);
    const time = days >= 1 ? `${format.number(String(days))} ${days === 1 ? 'day' : 'days'}` : format.duration(within);
    return `${named(review)}: the same exception was asked for ${format.number(String(times))} times within ${time}.`;
  },
  closed: (review: number, outcome: ReviewOutcome): string => `${named(review)} is closed: ${OUTCOME[outcome]}.`,
  by: (who: Inline, at: Inline): Line => line`${who} closed it ${at} and wrote:`,
  byWhom: (who: Inline, at: Inline): Line => line`${who} closed it ${at}.`,
  requests: 'Requests:',
  request: (status: Status): string => ` (${names.status[status].toLowerCase()})`,
  confidentialRequest: ' (confidential)',
  andMore: (count: number): string => `, and ${format.number(String(count))} more`,
  veiled: 'One of the requests is confidential, so what they have in common is shown only in the window of the button.',
  veiledClosed: 'One of the requests is confidential, so what was written is shown only in their details.',
  whatNow: 'Should the rule change, stay, or be made clearer? The review stays open until you say which, and why.',
  why: 'You get this because you look after this policy.',
  rule: 'Policy',
  customer: 'Customer',
  category: 'Category',
  button: 'Close review',
  modal: {
    title: 'Close policy review',
    submit: 'Close review',
    close: 'Not now',
    outcome: 'Outcome',
    outcomes: {
      changed: 'The policy is changed',
      kept: 'The policy stays as it is',
      clarified: 'The policy is clarified',
    } satisfies Record<ReviewOutcome, string>,
    words: 'What was decided, and why',
    hint: 'Those whose requests it links read the outcome. Publish a changed policy file for it to take effect.',
  },
  /** In the details of a request that it links. */
  inDetails: {
    opened: (review: number, at: Inline): Line =>
      line`${named(review)}: opened ${at}, since the same was asked for often.`,
    closed: (review: number, outcome: ReviewOutcome, at: Inline): Line =>
      line`${named(review)}: ${OUTCOME[outcome]}, ${at}.`,
  },
  refusal: {
    no_such_review: 'There is no such policy review. Nothing was changed.',
    not_policy_owner: (who: string): string =>
      `Only ${who} can close this policy review, so nothing was changed. Ask one of them.`,
    review_closed: (by: string, at: string, outcome: ReviewOutcome): string =>
      `${by} closed this policy review already (${at}): ${OUTCOME[outcome]}. Yours was not recorded.`,
    words_missing: 'Write what was decided, and why.',
  },
  /** To the admins. */
  nobody: (review: number): string =>
    `${named(review)} waits, but nobody can be found who looks after the policy. Check the group that the policy names under wiring.policy_owners (or compliance) and who is in it.`,
};
