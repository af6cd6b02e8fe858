/** Figures, sums and times as a locale writes them. Decimals are texts and stay exact: none passes through a float. */
import type { Instant } from '../../core/values.ts';

/** A decimal as text, `12500.5`: `Intl` formats texts digit by digit. */
const exact = (decimal: string) => decimal as Intl.StringNumericLiteral;
const ALL_DIGITS = 100;

export type Format = {
  /** `1,000.25` */
  number(decimal: string): string;
  /** `12.5 %` */
  percent(decimal: string): string;
  /** `$12,500`, `$12,500.50`; every digit that was given. */
  money(decimal: string, currency: string): string;
  /** `Fri 4 Dec, 16:00 CET` in an IANA zone. */
  time(at: Instant, zone: string): string;
  /** `15:00`, or `15:30` where the zone is half an hour off. */
  hour(at: Instant, zone: string): string;
  /** `2026-12-04` as `4 Dec 2026`: a day, in no zone. */
  day(isoDate: string): string;
  /** Milliseconds as `90 minutes`, `4 hours`, `48 hours`. */
  duration(ms: number): string;
  /** `Ann, Bob or Cid` */
  oneOf(items: string[]): string;
  /** `Ann, Bob and Cid` */
  all(items: string[]): string;
};

/** Making a formatter of `Intl` takes longer than drawing a card with it, and a policy knows few currencies and zones. */
function kept<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const there = known.get(name);
    if (there !== undefined) return there;
    const made = make(name);
    known.set(name, made);
    return made;
  };
}

const SECOND = ['second', 1000] as const;
/** The largest that it is a whole number of is written; no days, which people count by the calendar. */
const UNITS = [['hour', 3_600_000], ['minute', 60_000], SECOND] as const;

/**
 * @param tag the locale figures are written in, `en`
 * @param dates the locale dates are written in, `en-GB`: the order of day and month differs within a language
 */
export function formatOf(tag: string, dates: string): Format {
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: ALL_DIGITS });
  const list = (type: 'conjunction' | 'disjunction') => {
    const format = new Intl.ListFormat(dates, { type });
    return (items: string[]) => format.format(items);
  };
  const money = kept(
    (currency) =>
      new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        trailingZeroDisplay: 'stripIfInteger',
        maximumFractionDigits: ALL_DIGITS,
      }),
  );
  const time = kept(
    (timeZone) =>
      new Intl.DateTimeFormat(dates, {
        timeZone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
      }),
  );
  const hour = kept((timeZone) => new Intl.DateTimeFormat(dates, { timeZone, hour: '2-digit', minute: '2-digit' }));
  const day = new Intl.DateTimeFormat(dates, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
  const unit = kept((unit) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }));
  return {
    number: (decimal) => number.format(exact(decimal)),
    percent: (decimal) => `${number.format(exact(decimal))} %`,
    money: (decimal, currency) => money(currency).format(exact(decimal)),
    time: (at, zone) => time(zone).format(new Date(at)),
    hour: (at, zone) => hour(zone).format(new Date(at)),
    day: (isoDate) => day.format(new Date(`${isoDate}T00:00:00Z`)),
    duration: (ms) => {
      const [name, size] = UNITS.find(([, size]) => ms % size === 0) ?? SECOND;
      return unit(name).format(Math.ceil(ms / size));
    },
    oneOf: list('disjunction'),
    all: list('conjunction'),
  };
}
