/** What came of a year, counted. */
export type Tally = {
  requests: number;
  /** Events by type; of escalations, by kind and step. */
  events: Record<string, number>;
  /** Said or told twice. */
  duplicates: string[];
  /** Due and never said, or never told, or a request that nobody can go on with. */
  misses: string[];
  /** Told outside the person's working hours without being urgent. */
  outsideHours: string[];
  /** Told sooner after the last message than people are promised. */
  tooSoon: string[];
  /** Decided by nobody, or by two who count as one. */
  wrongDecisions: string[];
  /** Steps of escalations for which nobody of the role was there: the admins hear of them. */
  toNobody: number;
  pings: number;
  urgentPings: number;
  /** Messages by person and day, for those that somebody was sent on. */
  pingsByDay: Map<string, number>;
  escalationsByDay: Map<string, number>;
  /** People with a role times working days of the year: the days on which somebody could be pinged. */
  personDays: number;
};

export const newTally = (): Tally => ({
  ...{ requests: 0, events: {}, duplicates: [], misses: [], outsideHours: [], tooSoon: [], wrongDecisions: [] },
  ...{ toNobody: 0, pings: 0, urgentPings: 0, pingsByDay: new Map(), escalationsByDay: new Map(), personDays: 0 },
});

export const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

/** Of all days of all people, those without a message among them. */
export function perDay(byDay: Map<string, number>, personDays: number) {
  const sorted = [...byDay.values()].sort((a, b) => a - b);
  const silent = Math.max(0, personDays - sorted.length);
  const at = (share: number): number => {
    const place = Math.floor(share * (silent + sorted.length - 1)) - silent;
    return place < 0 ? 0 : (sorted[place] ?? 0);
  };
  const busy = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return { median: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0, medianOfBusyDays: busy };
}
