/**
 * A review of the policy: the same exception was asked for so often that it is none any more. It links the requests, and
 * ends only with an outcome.
 */
import type { Actor, PolicyReviewEvent, Recorded } from './events.ts';
import type { Rules } from './policy.ts';
import type { Instant, Words } from './values.ts';

type Event = Recorded<PolicyReviewEvent>;
type Of<T extends Event['type']> = Extract<Event, { type: T }>;
export const REVIEW_OUTCOMES = ['changed', 'kept', 'clarified'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

export type PolicyReview = Omit<Of<'policy_review_opened'>, 'type' | 'by' | 'at'> & {
  openedAt: Instant;
  closed: { by: Actor; at: Instant; outcome: ReviewOutcome; words: Words } | null;
};

type Open = { type: 'open' } & Omit<Of<'policy_review_opened'>, 'type' | 'by' | 'at'>;
type Join = { type: 'join'; requests: number[] };
/** @param entitled whether the policy names the person to look after it */
type Close = { type: 'close'; outcome: ReviewOutcome; words: Words; entitled: boolean };
/** Takes back what its requests have in common. */
type Forget = { type: 'forget' };
export type ReviewCommand = { by: Actor; at: Instant } & (Open | Join | Close | Forget);

export type ReviewRefusal = { refused: true } & (
  | { why: 'no_such_review' }
  | { why: 'not_policy_owner' }
  | { why: 'words_missing' }
  | { why: 'review_closed'; by: Actor; at: Instant; outcome: ReviewOutcome }
);

/** @throws Error where the event cannot follow the state: the log is not one that `decideReview` wrote. */
export function evolveReview(state: PolicyReview | null, event: Event): PolicyReview {
  if (event.type === 'policy_review_opened') {
    if (state) throw new Error(`policy review ${state.review} was opened twice`);
    const { type, by, at, ...facts } = event;
    return { ...facts, openedAt: at, closed: null };
  }
  if (!state) throw new Error(`${event.type} came before the review was opened`);
  if (event.type === 'policy_review_erased') return { ...state, same: { ...state.same, nonce: null, text: null } };
  if (state.closed) throw new Error(`${event.type} came after policy review ${state.review} was closed`);
  switch (event.type) {
    case 'policy_review_joined':
      return { ...state, requests: [...new Set([...state.requests, ...event.requests])] };
    case 'policy_review_closed': {
      const { by, at, outcome, words } = event;
      return { ...state, closed: { by, at, outcome, words } };
    }
    default:
      return event satisfies never;
  }
}

/** @returns no events where there is nothing new to link */
export function decideReview(state: PolicyReview | null, command: ReviewCommand): Event[] | ReviewRefusal {
  const { by, at } = command;
  if (command.type === 'open') {
    if (state) throw new Error(`policy review ${state.review} is open already`);
    const { type, ...facts } = command;
    return [{ ...facts, type: 'policy_review_opened' }];
  }
  if (!state) return { refused: true, why: 'no_such_review' };
  const { review, closed, same } = state;
  if (command.type === 'forget')
    return same.text === null ? [] : [{ type: 'policy_review_erased', by, at, review, contents: [same.content] }];
  // What comes after its end is counted anew, towards the next one.
  if (command.type === 'join' && closed) return [];
  if (command.type === 'join') {
    const requests = command.requests.filter((number) => !state.requests.includes(number));
    return requests.length > 0 ? [{ type: 'policy_review_joined', by, at, review, requests }] : [];
  }
  if (!command.entitled) return { refused: true, why: 'not_policy_owner' };
  if (closed) return { refused: true, why: 'review_closed', by: closed.by, at: closed.at, outcome: closed.outcome };
  if (!command.words.text?.trim()) return { refused: true, why: 'words_missing' };
  const { outcome, words } = command;
  return [{ type: 'policy_review_closed', by, at, review, outcome, words }];
}

/** What the requests of one review have in common. A customer stands under their key: `acme gmbh`. */
export type Same = Partial<Record<'rule' | 'category' | 'customer', string>>;

/**
 * What counts as the same as a request.
 * @param of the request's, the customer as their key
 * @returns null where the policy counts nothing, or where what it counts by is not there
 */
export function sameAs({ recurrence }: Pick<Rules, 'recurrence'>, of: Record<keyof Same, string | null>): Same | null {
  if (!recurrence) return null;
  const same = Object.fromEntries(recurrence.same.map((what) => [what, of[what]]));
  return Object.values(same).includes(null) ? null : (same as Same);
}

/** Whether a review is named after a customer. */
export const namesCustomer = ({ same }: PolicyReview): boolean => same.text?.includes(CUSTOMER) ?? false;
const CUSTOMER = 'customer=';

/** `rule=discount customer=acme`. The customer comes last: it alone may hold anything. */
export const sameText = (same: Same): string =>
  (['rule', 'category', 'customer'] as const)
    .flatMap((what) => (same[what] === undefined ? [] : [`${what}=${same[what]}`]))
    .join(' ');
