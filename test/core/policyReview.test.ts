import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideReview,
  evolveReview,
  type PolicyReview,
  type ReviewCommand,
  sameAs,
  sameText,
} from '../../src/core/policyReview.ts';
import { hour, idOf } from '../support/cast.ts';
import { words } from '../support/orders.ts';

type Order = ReviewCommand extends infer C ? (C extends ReviewCommand ? Omit<C, 'by' | 'at'> : never) : never;
const open: Order = {
  ...{ type: 'open', review: 1, policyVersion: 1, rule: 'discount', same: words('rule=discount') },
  requests: [1, 2, 3],
};
const join = (...requests: number[]): Order => ({ type: 'join', requests });
const close = (over: Partial<Extract<Order, { type: 'close' }>> = {}): Order => ({
  ...{ type: 'close', outcome: 'kept', words: words('It is right as it is.'), entitled: true },
  ...over,
});

/** What the orders come to one after the other, and why each that was refused was. */
function told(orders: Order[]) {
  let state: PolicyReview | null = null;
  const refused: string[] = [];
  for (const [index, order] of orders.entries()) {
    const outcome = decideReview(state, { ...order, by: idOf('cleo'), at: hour(index) } as ReviewCommand);
    if ('refused' in outcome) refused.push(outcome.why);
    else state = outcome.reduce(evolveReview, state);
  }
  return { state: state as PolicyReview | null, refused };
}

describe('a policy review', () => {
  it('links what comes in while it is open, each once', () => {
    expect(told([open, join(3, 4), join(4)]).state?.requests).toEqual([1, 2, 3, 4]);
  });

  it('closes only with an outcome in words, by somebody who looks after the policy', () => {
    const { state, refused } = told([open, close({ entitled: false }), close({ words: words('  ') })]);
    expect(refused).toEqual(['not_policy_owner', 'words_missing']);
    expect(state?.closed).toBeNull();
    expect(told([open, close({ outcome: 'changed' })]).state?.closed).toMatchObject({
      outcome: 'changed',
      at: hour(1),
    });
  });

  it('closes once, and links nothing any more', () => {
    const { state, refused } = told([open, close(), close({ outcome: 'changed' }), join(9)]);
    expect(refused).toEqual(['review_closed']);
    expect(state).toMatchObject({ requests: [1, 2, 3], closed: { outcome: 'kept' } });
  });

  it('does not exist before it is opened', () => {
    expect(told([close(), join(1)]).refused).toEqual(['no_such_review', 'no_such_review']);
  });

  it('whatever comes in whatever order, never loses a request nor changes an outcome', () => {
    const anything = fc.oneof(
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }).map((numbers) => join(...numbers)),
      fc.record({ outcome: fc.constantFrom('changed', 'kept', 'clarified'), entitled: fc.boolean() }).map(close),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), (orders) => {
        let before = told([open]).state;
        for (let length = 1; length <= orders.length; length++) {
          const { state } = told([open, ...orders.slice(0, length)]);
          expect(state?.requests).toEqual(expect.arrayContaining(before?.requests ?? []));
          expect(new Set(state?.requests).size).toBe(state?.requests.length);
          if (before?.closed) expect(state).toEqual(before);
          before = state;
        }
      }),
    );
  });
});

describe('what counts as the same', () => {
  const request = { rule: 'discount', category: 'customer', customer: 'acme category=x' };
  const recurrence = (...same: ('rule' | 'customer' | 'category')[]) => ({
    recurrence: { same, count: 3, within: 1000 },
  });

  it('is what the policy names, in whatever order it names it', () => {
    const one = sameAs(recurrence('customer', 'rule'), request);
    const other = sameAs(recurrence('rule', 'customer'), request);
    expect(one && sameText(one)).toBe('rule=discount customer=acme category=x');
    expect(other && sameText(other)).toBe(one && sameText(one));
  });

  it('is nothing without a customer where customers count, nor where the policy counts nothing', () => {
    expect(sameAs(recurrence('rule', 'customer'), { ...request, customer: null })).toBeNull();
    expect(sameAs(recurrence('rule'), { ...request, customer: null })).toEqual({ rule: 'discount' });
    expect(sameAs({}, request)).toBeNull();
  });

  it('is never confused, whatever a customer is called', () => {
    const customer = fc.string();
    fc.assert(
      fc.property(customer, customer, fc.boolean(), fc.boolean(), (a, b, x, y) => {
        const of = (name: string, withCategory: boolean) => {
          const policy = withCategory ? recurrence('rule', 'category', 'customer') : recurrence('rule', 'customer');
          return sameText(sameAs(policy, { ...request, customer: name }) ?? {});
        };
        if (of(a, x) === of(b, y)) expect([a, x]).toEqual([b, y]);
      }),
    );
  });
});
