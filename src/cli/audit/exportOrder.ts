/** What `audit export` is asked for. */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { dayIn as dateIn } from '../../core/week.ts';
import { dateOf, dayNumber, wallTime } from '../../core/zone.ts';
import type { PackOptions } from '../../pack/index.ts';
import type { Wanted } from '../../pack/population.ts';
import type { Store } from '../../store/connect.ts';
import { createPolicies } from '../../store/policies.ts';
import { CommandError, requestNumber, UsageError } from '../command.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  ...{ from: text, to: text, sample: text, seed: text, 'min-value': text },
  ...{ csv: flag, jsonl: flag, out: text, team: text },
} as const;
const parsed = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

export type Order = {
  format: 'zip' | 'csv' | 'jsonl';
  file: string;
  team: string | undefined;
  what(store: Store, teamId: string): Promise<PackOptions['what']>;
};

/** @throws UsageError */
export function orderIn(args: string[]): Order {
  const { values, positionals } = parsed(args);
  const [wanted, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One request at a time, without ${rest.join(' ')}.`);
  if (values.csv && values.jsonl) throw new UsageError('--csv and --jsonl are two formats: choose one.');
  const format = values.csv ? 'csv' : values.jsonl ? 'jsonl' : 'zip';
  const { from, to, sample, seed, team } = values;
  const fileFor = (name: string) => values.out ?? `${name}.${format}`;
  if (wanted !== undefined) {
    const number = requestNumber(wanted);
    const other = (['from', 'to', 'sample', 'seed', 'min-value'] as const).find((name) => values[name] !== undefined);
    if (other) throw new UsageError(`--${other} chooses from a period, so it does not go with a request.`);
    return { format, file: fileFor(`EX-${number}`), team, what: async () => ({ number }) };
  }
  const days = from && to ? ([dayIn('from', from), dayIn('to', to)] as const) : null;
  if (days && days[0] > days[1]) throw new UsageError(`--from ${from} is later than --to ${to}.`);
  // A sample says how much it takes along; all there is, whole, is what nobody should get who only forgot something.
  if (!days && (from || to || sample === undefined)) throw new UsageError(WHICH);
  if ((sample === undefined) !== (seed === undefined))
    throw new UsageError('--sample and --seed go together: with the same seed anybody can draw the same sample again.');
  const draw = sample && seed ? { count: countIn(sample), seed: seedIn(seed) } : null;
  const minValue = values['min-value'] === undefined ? null : valueIn(values['min-value']);
  const what = async (store: Store, teamId: string): Promise<Wanted> => ({
    ...{ period: await periodOf(store, teamId, days ?? (await allDays(store, teamId))), minValue, draw },
  });
  const sampled = draw ? `-sample-${draw.count}-seed-${draw.seed}` : '';
  return { format, file: fileFor(`exceptions${days ? `-${from}-to-${to}` : ''}${sampled}`), team, what };
}

const WHICH =
  'Say which request, a period with --from and --to, or a sample of all there are with --sample and --seed.';

export function dayIn(name: string, day: string): number {
  const number = /^\d{4}-\d\d-\d\d$/.test(day) ? dayNumber(day) : Number.NaN;
  if (Number.isNaN(number) || dateOf(number) !== day)
    throw new UsageError(`--${name} ${day} is no day: write it like 2026-03-31.`);
  return number;
}

function countIn(sample: string): number {
  if (!/^[1-9]\d{0,5}$/.test(sample)) throw new UsageError(`--sample ${sample} is no number of requests.`);
  return Number(sample);
}

function seedIn(seed: string): string {
  if (!/^[\w-]{1,40}$/.test(seed)) throw new UsageError('--seed is a number or a word, such as 7.');
  return seed;
}

function valueIn(value: string): string {
  if (!/^\d{1,15}(\.\d{1,4})?$/.test(value))
    throw new UsageError(`--min-value ${value} is no amount: write it like 10000.`);
  return value;
}

/** Whole days, as the policy's zone has them. */
export async function periodOf(
  { db }: Store,
  teamId: string,
  [from, to]: readonly [number, number],
): Promise<Wanted['period']> {
  const zone = await zoneOf(db, teamId);
  const start = (day: number) => new Date(wallTime(zone, day, 0)).toISOString();
  return { from: start(from), to: start(to + 1), zone };
}

/** From the first request to the last: as long as nobody asks for another, it draws the same sample again. */
async function allDays({ db }: Store, teamId: string): Promise<readonly [number, number]> {
  const asked = await db
    .selectFrom('requests')
    .select([sql<Date | null>`min(submitted_at)`.as('first'), sql<Date | null>`max(submitted_at)`.as('last')])
    .where('team_id', '=', teamId)
    .executeTakeFirst();
  if (!asked?.first || !asked.last)
    throw new CommandError('Nobody has asked for an exception yet, so there is nothing to draw from.');
  const zone = await zoneOf(db, teamId);
  const dayOf = (at: Date) => dayNumber(dateIn(at.toISOString(), zone));
  return [dayOf(asked.first), dayOf(asked.last)];
}

const zoneOf = async (db: Store['db'], teamId: string): Promise<string> =>
  (await createPolicies(db, teamId).current()).document.wiring.zone;
