/** Rounds of figures -> a table, and the ratios that matter. */

/** One server in one round. */
export type Figures = {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Microseconds of CPU a request. */
  nodeMicros: number;
  /** null where it cannot be told. */
  postgresMicros: number | null;
};
export type Round<Name extends string> = Record<Name, Figures>;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
};

/** @param sorted ascending */
export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;

/** Medians over the rounds, a row a server. */
export function table<Name extends string>(rounds: readonly Round<Name>[], labels: Record<Name, string>): string {
  const names = Object.keys(labels) as Name[];
  const of = (name: Name, figure: keyof Figures): number =>
    median(rounds.map((round) => round[name][figure] ?? Number.NaN));
  const rows = names.map((name) => [
    labels[name],
    of(name, 'requestsPerSecond').toFixed(0),
    of(name, 'p50Ms').toFixed(2),
    of(name, 'p99Ms').toFixed(2),
    of(name, 'nodeMicros').toFixed(0),
    of(name, 'postgresMicros').toFixed(0),
  ]);
  return aligned([['', 'req/s', 'p50 ms', 'p99 ms', 'Node µs/req', 'Postgres µs/req'], ...rows]);
}

/** How much faster `above` is than `below`: compared within each round, so that noise falls on both. */
export function ratio<Name extends string>(rounds: readonly Round<Name>[], above: Name, below: Name): string {
  const all = rounds.map((round) => round[above].requestsPerSecond / round[below].requestsPerSecond);
  return `${median(all).toFixed(2)} (from ${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)})`;
}

export function aligned(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ')).join('\n');
}
