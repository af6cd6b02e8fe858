import { describe, expect, it } from 'vitest';
import { type Figure, readMoney, readPercent, readQuantity } from '../../src/core/figures.ts';

const is = (value: string): Figure => ({ ok: true, value });
const problem = (problem: 'missing' | 'not_a_figure' | 'negative'): Figure => ({ ok: false, problem });
const either = (one: string, other: string): Figure => ({ ok: false, problem: 'ambiguous', readings: [one, other] });

describe('a percentage', () => {
  it.each([
    ['12.5', '12.5'],
    ['12,5', '12.5'],
    ['12.5 %', '12.5'],
    ['12,50%', '12.5'],
    [' 35 ', '35'],
    ['+35', '35'],
    ['.5', '0.5'],
    ['0.125', '0.125'],
    ['0,125', '0.125'],
    ['1 000', '1000'],
    ['1’000', '1000'],
    ['1\u00a0000,5', '1000.5'],
    ['１２．５％', '12.5'],
    ['1.234,5', '1234.5'],
    ['1,234.5', '1234.5'],
    ['007', '7'],
  ])('reads %j as %s', (typed, value) => expect(readPercent(typed)).toEqual(is(value)));

  it('asks back what could be thousands or a fraction', () => {
    expect(readPercent('12.500')).toEqual(either('12.5', '12500'));
    expect(readPercent('1,250 %')).toEqual(either('1.25', '1250'));
  });

  it.each([
    [null, 'missing'],
    ['', 'missing'],
    ['  ', 'missing'],
    ['%', 'missing'],
    ['-5', 'negative'],
    ['-12,5 %', 'negative'],
    ['abc', 'not_a_figure'],
    ['5-10', 'not_a_figure'],
    ['10–15 %', 'not_a_figure'],
    ['1.2.3', 'not_a_figure'],
    ['1,23,456', 'not_a_figure'],
    ['1e3', 'not_a_figure'],
    ['5 to 10', 'not_a_figure'],
    ['$5', 'not_a_figure'],
    ['--5', 'not_a_figure'],
    ['0.500.000', 'not_a_figure'],
    ['Infinity', 'not_a_figure'],
    ['½', 'not_a_figure'],
  ] as const)('says what is wrong with %j: %s', (typed, why) => expect(readPercent(typed)).toEqual(problem(why)));
});

describe('an amount', () => {
  it.each([
    ['12500', '12500'],
    ['$12,500', '12500'],
    ['12,500', '12500'],
    ['12,500.00', '12500'],
    ['12.500,00', '12500'],
    ['USD 12,500', '12500'],
    ['12500 usd', '12500'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1.234.567,89', '1234567.89'],
    ['12,5', '12.5'],
    ['0', '0'],
    ['0,500', '0.5'],
    ['99999999999999999.99', '99999999999999999.99'],
  ])('in dollars reads %j as %s, and loses no digit', (typed, value) =>
    expect(readMoney(typed, 'USD')).toEqual(is(value)),
  );

  it('asks back whether a point before three digits groups thousands', () =>
    expect(readMoney('$12.500', 'USD')).toEqual(either('12.5', '12500')));

  it('knows another currency when it sees one, and does not convert it', () => {
    expect(readMoney('€500', 'USD')).toEqual({ ok: false, problem: 'other_currency', currency: 'EUR' });
    expect(readMoney('500 CHF', 'USD')).toEqual({ ok: false, problem: 'other_currency', currency: 'CHF' });
    expect(readMoney('500 €', 'EUR')).toEqual(is('500'));
  });

  it.each([
    [null, 'missing'],
    ['', 'missing'],
    ['$', 'missing'],
    ['$-5', 'negative'],
    ['12k', 'not_a_figure'],
    ['about 500', 'not_a_figure'],
    ['500-900', 'not_a_figure'],
    ['US$ 500 $', 'not_a_figure'],
  ] as const)('says what is wrong with %j: %s', (typed, why) => expect(readMoney(typed, 'USD')).toEqual(problem(why)));
});

describe('a quantity in the rule’s unit', () => {
  it.each([
    ['45', 'days', '45'],
    ['45 days', 'days', '45'],
    ['1 day', 'days', '1'],
    ['45 DAYS', 'days', '45'],
    ['15%', '%', '15'],
    ['2,5 working days', 'working days', '2.5'],
  ])('reads %j (%s) as %s', (typed, unit, value) => expect(readQuantity(typed, unit)).toEqual(is(value)));

  it('does not take another unit for its own, nor a range for a figure', () => {
    expect(readQuantity('6 weeks', 'days')).toEqual(problem('not_a_figure'));
    expect(readQuantity('30-45 days', 'days')).toEqual(problem('not_a_figure'));
    expect(readQuantity('days', 'days')).toEqual(problem('missing'));
    expect(readQuantity('1.500 days', 'days')).toEqual(either('1.5', '1500'));
  });
});
