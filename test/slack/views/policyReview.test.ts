import { describe, expect, it } from 'vitest';
import type { PolicyReview } from '../../../src/core/policyReview.ts';
import {
  closeReviewModal,
  type DrawnReview,
  reviewMessage,
  reviewsInDetails,
} from '../../../src/slack/views/policyReview.ts';
import { hour, idOf } from '../../support/cast.ts';
import { words } from '../../support/orders.ts';
import { buttons, pings, problemsOf, read, textPings } from './support.ts';

const HOSTILE = '<!channel> *bold* <@U0ADA> '.repeat(40);

const review = (over: Partial<PolicyReview> = {}): PolicyReview => ({
  ...{ review: 7, policyVersion: 1, rule: 'discount', same: words('rule=discount'), openedAt: hour(0), closed: null },
  requests: [1, 2, 3],
  ...over,
});
const linked = (count: number, confidential = false) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ number: 100_000 + i, status: 'approved' as const, confidential },
    permalink: `https://harbour.example/archives/C0MANAGE/p${'1'.repeat(60)}`,
  }));
const drawn = (over: Partial<DrawnReview> = {}): DrawnReview => ({
  ...{ state: review(), common: { rule: 'Discount', category: null, customer: 'ACME GmbH' }, within: 90 * 86_400_000 },
  ...{ requests: linked(3), names: { [idOf('cleo')]: 'Cleo' } },
  ...over,
});
const closed = { by: idOf('cleo'), at: hour(3), outcome: 'changed', words: words(HOSTILE) } as const;

describe('the card of a policy review', () => {
  it('says how often, of what, and what is asked of its reader', () => {
    const message = reviewMessage(drawn());
    expect(message.text).toContain('Policy review 7: the same exception was asked for 3 times within 90 days.');
    expect(read(message)).toContain('ACME GmbH');
    expect(buttons(message)).toEqual(['Close review']);
  });

  it('says when it is closed by whom and how, and has no button any more', () => {
    const message = reviewMessage(drawn({ state: review({ closed }) }));
    expect(message.text).toBe('Policy review 7 is closed: the policy is changed.');
    expect(read(message)).toContain('Cleo closed it');
    expect(buttons(message)).toEqual([]);
  });

  it('keeps to itself what is confidential, before and after', () => {
    const requests = [...linked(2), ...linked(1, true)];
    const secret = { ...drawn().common, customer: 'Secret Clinic', rule: 'Hidden rule' };
    for (const state of [review(), review({ closed: { ...closed, words: words('Secret words') } })]) {
      const message = reviewMessage(drawn({ requests, common: secret, state }));
      expect(message.text + read(message)).not.toMatch(/Secret|Hidden/);
    }
  });

  it.each([1, 21, 500])('fits Slack and pings nobody, with %i requests and whatever anybody typed', (count) => {
    const hostile = { requests: linked(count), common: { rule: HOSTILE, category: HOSTILE, customer: HOSTILE } };
    for (const state of [review(), review({ closed })]) {
      const message = reviewMessage(drawn({ ...hostile, state }));
      expect(problemsOf(message)).toEqual([]);
      expect([...pings(message), ...textPings(message)]).toEqual([]);
    }
    expect(problemsOf(closeReviewModal(drawn(hostile), true))).toEqual([]);
  });
});

describe('a request that a review links', () => {
  it('says that it is open, or with which outcome it was closed', () => {
    const told = { text: '', blocks: reviewsInDetails([review(), review({ review: 8, closed })]) };
    expect(read(told)).toContain('Policy review 7: opened');
    expect(read(told)).toContain('Policy review 8: the policy is changed');
  });
});
