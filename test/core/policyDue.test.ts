import { describe, expect, it } from 'vitest';
import { isOverdue, reminderOf } from '../../src/core/policyDue.ts';

const DUE = '2027-06-30';
const BERLIN = 'Europe/Berlin';

describe('that the policy is to be looked at again', () => {
  it.each([
    ['2027-05-31T06:59:59.999Z', null],
    ['2027-05-31T07:00:00.000Z', 30],
    ['2027-06-23T06:59:00.000Z', 30],
    ['2027-06-23T07:00:00.000Z', 7],
    ['2027-06-29T07:00:00.000Z', 1],
    ['2027-06-30T06:00:00.000Z', 1],
    ['2027-06-30T07:00:00.000Z', 0],
    ['2028-06-30T07:00:00.000Z', 0],
  ])(
    'is said from nine in the morning on, in the zone of the policy: at %s the reminder of %s days before',
    (now, days) => {
      expect(reminderOf(DUE, now, BERLIN)).toBe(days);
    },
  );

  it('is overdue once its day is over there', () => {
    expect(isOverdue(DUE, '2027-06-30T21:59:59.999Z', BERLIN)).toBe(false);
    expect(isOverdue(DUE, '2027-06-30T22:00:00.000Z', BERLIN)).toBe(true);
  });
});
