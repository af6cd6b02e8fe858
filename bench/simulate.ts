/**
 * A year of a company on a clock of its own: with absences, outages of an hour, a weekend and a month, and a clock that jumps.
 * `npm run simulate -- --people 500 --requests 20000 --seed 1`; ends with 1 where anything was said twice or never.
 */
import { parseArgs } from 'node:util';
import { simulateYear } from './year/simulate.ts';
import { perDay } from './year/tally.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '500' },
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
});
const [people, requests, seed] = [Number(values.people), Number(values.requests), Number(values.seed)];
const began = performance.now();
const tally = simulateYear({ people, requests, seed });
const seconds = (performance.now() - began) / 1000;

const faults = {
  'said or told twice': tally.duplicates,
  'due and never said or told': tally.misses,
  'told outside working hours': tally.outsideHours,
  'told sooner than promised': tally.tooSoon,
  'decided wrongly': tally.wrongDecisions,
};
const day = (byDay: Map<string, number>): string => {
  const { median, p99, max, medianOfBusyDays } = perDay(byDay, tally.personDays);
  return `median ${median}, p99 ${p99}, max ${max}; on days with any, median ${medianOfBusyDays}`;
};
const rows = [
  [`people ${people}, requests ${tally.requests}, seed ${seed}`, `${seconds.toFixed(1)} s`],
  ...Object.entries(faults).map(([what, found]) => [what, String(found.length)]),
  ['steps for which nobody of the role was there', String(tally.toNobody)],
  ['messages with reminders', `${tally.pings}, ${tally.urgentPings} of them only of what is urgent`],
  ['of these a person and day', day(tally.pingsByDay)],
  ['escalations a person and day', day(tally.escalationsByDay)],
  ...Object.entries(tally.events)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, times]) => [`  ${type.replaceAll('_', ' ')}`, String(times)]),
];
console.log(rows.map(([what = '', figure = '']) => `${what.padEnd(46)}  ${figure}`).join('\n'));
for (const [what, found] of Object.entries(faults))
  if (found.length > 0) console.log(`\n${what}:\n${found.slice(0, 5).join('\n')}`);
process.exitCode = Object.values(faults).some((found) => found.length > 0) ? 1 : 0;
