/** A company in several zones: its policy, its people, and when they are away. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Calendar } from '../../src/core/calendar.ts';
import { type Absence, isAway, since, standInOf, wouldLoop } from '../../src/core/cover.ts';
import { hoursOf, type Reminders } from '../../src/core/pings.ts';
import { policyDocument, type Rules } from '../../src/core/policy.ts';
import { coverOf, type Membership, type Principal, type Standing } from '../../src/core/standing.ts';
import { type Instant, ROLES, type Role } from '../../src/core/values.ts';
import type { Chance } from '../random.ts';
import { BEGIN, DAY } from './time.ts';

const HOLIDAYS = {
  berlin: ['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-06', '2027-05-17', '2027-10-03', '2027-12-25'],
  york: ['2027-01-01', '2027-01-18', '2027-05-31', '2027-07-05', '2027-09-06', '2027-11-25', '2027-12-24'],
  kolkata: ['2027-01-26', '2027-03-22', '2027-08-15', '2027-10-02', '2027-10-29'],
};
const ZONES = [
  'Europe/Berlin',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Sydney',
];
/** Of 500 people, those who fill a role; fewer in a smaller company, but never fewer than three. */
const FILLED: Record<Role, number> = {
  ...{ operations: 24, team_leads: 20, managers: 16, executives: 8, ops_supervisors: 6, customer_success: 8 },
  ...{ compliance: 4, data_quality: 4, admins: 3, auditors: 0 },
};

/** The default policy with working hours in three places, three lengths of time to decide, and approvals that end. */
function policyOfTheYear(): Rules {
  const document = parse(readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8'));
  const { rules } = document;
  const place = (zone: string, holidays: string[]) => ({ zone, holidays });
  rules.calendars = {
    berlin: place('Europe/Berlin', HOLIDAYS.berlin),
    york: place('America/New_York', HOLIDAYS.york),
    kolkata: { ...place('Asia/Kolkata', HOLIDAYS.kolkata), hours: ['09:30-13:00', '14:00-18:00'] },
  };
  Object.assign(rules, { calendar: 'berlin', holds_pause: ['regulatory'], validity: { default: '90d', max: '365d' } });
  Object.assign(rules.tiers.team_lead, { sla: '8h', calendar: 'berlin' });
  Object.assign(rules.tiers.manager, { sla: '16h', calendar: 'york' });
  Object.assign(rules.tiers.executive, { sla: '24h', calendar: 'berlin' });
  rules.categories.push({ id: 'asia', name: 'Asia', calendar: 'kolkata' });
  return policyDocument.parse(document).rules;
}

export type Colleague = Principal & { zone: string; hours: Calendar; reminders: Reminders; active: Role[] };
export type Company = {
  rules: Rules;
  people: Colleague[];
  /** @throws Error where there is nobody of that id */
  person(id: string): Colleague;
  absences: Absence[];
  /** When they are back; null where they are there. */
  back(id: string, now: Instant): Instant | null;
  /** Those of the role who are there, and whoever decides for the others. */
  there(role: Role, now: Instant): Colleague[];
  /** Who counts for somebody at `now` about a request that was submitted at `submittedAt`. */
  standing(id: string, submittedAt: Instant, now: Instant): Standing;
};

export function createCompany(count: number, chance: Chance): Company {
  const rules = policyOfTheYear();
  const roles = assignRoles(count, chance);
  const people = Array.from({ length: count }, (_, n) => colleague(n, roles.get(n) ?? [], rules, chance));
  const byId = new Map(people.map((one) => [one.id, one]));
  const person = (id: string): Colleague => {
    const found = byId.get(id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };
  const absences = people.flatMap((one) => absencesOf(one, people, chance));
  // The product refuses an absence by which people would stand in for each other in a circle.
  for (const absence of absences) if (wouldLoop(absences, absence)) absence.delegate = null;
  // Whoever has no role decides nothing, and nobody decides for them.
  const ofRoles = absences.filter(({ person }) => (byId.get(person)?.active.length ?? 0) > 0);
  const inForce = remembering((from: Instant, now: Instant) => since(ofRoles, from, now));
  const own = Map.groupBy(absences, ({ person }) => person);
  const back = (id: string, now: Instant): Instant | null =>
    own.get(id)?.find(({ from, until }) => from <= now && now < until)?.until ?? null;
  const behind = people.filter(({ active }) => active.length > 0);
  const byRole = new Map(ROLES.map((role) => [role, people.filter(({ active }) => active.includes(role))]));
  return {
    ...{ rules, people, person, absences, back },
    there(role, now) {
      const ids = (byRole.get(role) ?? []).map(({ id }) =>
        isAway(own.get(id) ?? [], id, now) ? standInOf(inForce(now, now), id, now) : id,
      );
      return [...new Set(ids)].flatMap((id) => (id === null ? [] : [person(id)]));
    },
    standing(id, submittedAt, now) {
      const { person: known, roles } = person(id);
      return { person: known, roles, cover: coverOf(inForce(submittedAt, now), id, now, behind) };
    },
  };
}

/** The last answer is kept: everybody who is looked at at once is asked about the same time. */
function remembering<T>(ask: (from: Instant, now: Instant) => T): (from: Instant, now: Instant) => T {
  let last: { from: Instant; now: Instant; answer: T } | null = null;
  return (from, now) => {
    if (last?.from !== from || last.now !== now) last = { from, now, answer: ask(from, now) };
    return last.answer;
  };
}

/** Who fills which roles, by their place among the people; some fill two. */
function assignRoles(count: number, chance: Chance): Map<number, Role[]> {
  const roles = new Map<number, Role[]>();
  const places = Array.from({ length: count }, (_, n) => n);
  for (const role of ROLES)
    for (const place of chance.shuffled(places).slice(0, Math.max(3, Math.round((FILLED[role] * count) / 500))))
      roles.set(place, [...(roles.get(place) ?? []), role]);
  return roles;
}

function colleague(n: number, active: Role[], rules: Rules, chance: Chance): Colleague {
  const id = `U${String(n).padStart(4, '0')}`;
  const confirmedAt = new Date(BEGIN).toISOString();
  const known = { id, name: id, home: true, deleted: false, bot: false, guest: false, confirmedAt, age: 0 };
  const place = (role: Role): Membership => ({
    ...{ member: active.includes(role), group: role, source: 'slack', confirmedAt, age: 0 },
  });
  const roles = Object.fromEntries(ROLES.map((role) => [role, place(role)])) as Record<Role, Membership>;
  const zone = chance.pick(ZONES);
  const reminders = chance.happens(0.8) ? 'each' : chance.pick(['hourly', 'urgent'] as const);
  return { id, person: known, roles, active, zone, reminders, hours: hoursOf(rules, zone, 'Europe/Berlin') };
}

/** Two weeks and one in the year, and some days ill; most name a colleague of a role of theirs to decide for them. */
function absencesOf({ id, active }: Colleague, people: Colleague[], chance: Chance): Absence[] {
  const alike = people.filter((other) => other.id !== id && other.active.some((role) => active.includes(role)));
  let from = BEGIN;
  return [14, 7, 1 + chance.below(4), 1 + chance.below(2)].map((days, index) => {
    from += Math.floor(chance.next() * 75 + 5) * DAY;
    const span = { from: new Date(from).toISOString(), until: new Date(from + days * DAY).toISOString() };
    from += days * DAY;
    const delegate = alike.length > 0 && chance.happens(0.6) ? chance.pick(alike).id : null;
    return { id: index + 1, person: id, ...span, delegate, setBy: id, setAt: span.from };
  });
}
