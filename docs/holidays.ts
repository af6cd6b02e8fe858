/**
 * `npm run holidays -- DE-BE 2026 2028`: the public holidays of a country, state or region as a calendar of the policy
 * has them. They are looked up here, while developing, and pasted, so that a deadline never moves with a library's update.
 */
import Holidays from 'date-holidays';
import { DAY, dateOf, dayNumber } from '../src/core/zone.ts';

const USAGE = `npm run holidays -- <place> <year> [<last year>]
The place is a country (DE), with a state (DE-BE) or a region of it (DE-BY-A) where holidays differ.`;

type Asked = { place: string; from: number; to: number };

/**
 * @returns lines of YAML, indented as in policy.yaml; days of which nobody works only a part are left out
 * @throws Error that says what would have been expected
 */
export function holidayLines({ place, from, to }: Asked): string[] {
  const holidays = holidaysOf(place);
  const years = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  const days = years.flatMap((year) => holidays.getHolidays(year)).flatMap(wholeDays);
  // One day can be several holidays.
  const names = Map.groupBy(days, ({ day }) => day);
  return [
    `      # ${place} ${from} to ${to}; compare with what is published there, since some are set year by year.`,
    '      holidays:',
    ...[...names].map(([day, of]) => `        - ${day} # ${of.map(({ name }) => name).join(', ')}`).sort(),
  ];
}

function holidaysOf(place: string): Holidays {
  const [country = '', state, region] = place.split('-');
  const known = new Holidays();
  within(country, known.getCountries('en'), 'a country');
  if (state) within(state, known.getStates(country, 'en'), `a state of ${country}`);
  if (state && region) within(region, known.getRegions(country, state, 'en'), `a region of ${country}-${state}`);
  return new Holidays({ country, ...(state && { state }), ...(region && { region }) }, { types: ['public'] });
}

function within(code: string, known: Readonly<Record<string, string>> | undefined, what: string): void {
  const codes = Object.keys(known ?? {});
  if (!codes.includes(code))
    throw new Error(`expected ${what} (${codes.join(', ') || 'none is known'}), found "${code}"`);
}

/** A holiday may last for days. */
function wholeDays({ date, start, end, name }: ReturnType<Holidays['getHolidays']>[number]) {
  const first = dayNumber(date.slice(0, 10));
  // A day of 23 or 25 hours is one too.
  const count = Math.round((end.getTime() - start.getTime()) / DAY);
  const isWhole = date.includes(' 00:00:00');
  return Array.from({ length: isWhole ? count : 0 }, (_, n) => ({ day: dateOf(first + n), name }));
}

function readArguments([place, from, to = from]: string[]): Asked {
  const years = [Number(from), Number(to)] as const;
  const isYear = (year: number) => Number.isInteger(year) && year >= 1970 && year <= 2100;
  if (!place || !years.every(isYear) || years[1] < years[0]) throw new Error(USAGE);
  return { place: place.toUpperCase(), from: years[0], to: years[1] };
}

if (import.meta.main)
  try {
    console.log(holidayLines(readArguments(process.argv.slice(2))).join('\n'));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
