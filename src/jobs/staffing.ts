/** Whether somebody is there to decide what is in review: asked of one request, or of all when people change. */
import { createHash } from 'node:crypto';
import { handle } from '../app/handle.ts';
import type { Intent } from '../app/intents.ts';
import type { Clock, EventLog } from '../app/ports.ts';
import { circleOf, isAway, standInOf } from '../core/cover.ts';
import { SYSTEM } from '../core/events.ts';
import { roleOf } from '../core/policy.ts';
import type { InReview } from '../core/request.ts';
import { independentOf, rolesAhead, type Staff, sameStaffing, staffingOf } from '../core/staffing.ts';
import { type Instant, type Role, type Stage, TIERS, type Tier } from '../core/values.ts';
import type { Log } from '../log.ts';
import { owe } from '../store/outbox.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';
import { fingerprintsOf, inReviewAfter, keepFingerprints, oldestInReview, staffOf } from '../store/staffing.ts';

export type StaffingDeps = {
  db: Db;
  events: EventLog;
  policies: Policies;
  clock: Clock;
  teamId: string;
  log: Log;
  /** Something was committed that somebody is to be told. */
  wake(): void;
  /** Waited for before each page of the requests that are in review. */
  letPass?: () => Promise<void>;
};

/** People may change while it is looked at; more often than this they do not. */
const TRIES = 10;
const PAGE = 200;

/** Records what is found where it has changed, and looks again: who was there may have changed while it was recorded. */
export const checkStaffingWith =
  ({ db, events, clock, teamId, log, wake }: StaffingDeps) =>
  async ({ number }: { number: number }): Promise<void> => {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const at = clock.now();
      const { state, policy, wiring } = await events.load({ teamId, number, actor: SYSTEM, key: null, at });
      if (state?.status !== 'in_review') return;
      const staff = await staffOf(db, teamId, wiring, rolesAhead(state), state.submittedAt);
      const found = staffingOf(state, staff, policy.rules, at);
      if (sameStaffing(state.staffing, found)) return;
      await handle(events, teamId, { type: 'find_staffing', by: SYSTEM, at, ...found }, { number, key: null });
      const missing = found.short.map(({ role }) => role);
      log.info({ request: `EX-${number}`, missing, late: found.late }, 'who is there to decide has changed');
      wake();
    }
  };

/** What a request has yet to pass at a tier, and who decides there. */
type Place = { tier: Tier; stage: Stage; roles: Role[] };
const PLACES: readonly Place[] = TIERS.flatMap((tier) => {
  const authorizers = roleOf('authorization', tier);
  return [
    { tier, stage: 'validation' as const, roles: [roleOf('validation', tier), authorizers] },
    { tier, stage: 'authorization' as const, roles: [authorizers] },
  ];
});
const ROLES_OF_STAGES = [...new Set(PLACES.flatMap(({ roles }) => roles))];

/**
 * Looks whether the people of a role, or who of them is away, have changed since the last look, and if so has each open
 * request checked that is short of somebody since, or no longer. Replicas that look at the same time find the same.
 * @returns how many these are
 */
export async function lookAtStaffing(deps: StaffingDeps): Promise<number> {
  const { db, policies, clock, teamId, wake } = deps;
  const now = clock.now();
  const { wiring } = (await policies.current()).document;
  const [staff, before] = await Promise.all([
    staffOf(db, teamId, wiring, ROLES_OF_STAGES, now),
    fingerprintsOf(db, teamId),
  ]);
  const found = Object.fromEntries(ROLES_OF_STAGES.map((role) => [role, fingerprint(staff, role, now)]));
  const changed = ROLES_OF_STAGES.filter((role) => found[role] !== before[role]);
  const since = changed.length > 0 ? await oldestInReview(db, teamId) : null;
  const owed = since === null ? 0 : await lookThrough(deps, changed, since, now);
  // Kept last: after a crash it is looked at again.
  await keepFingerprints(db, teamId, Object.fromEntries(changed.map((role) => [role, found[role]])));
  if (owed > 0) wake();
  return owed;
}

/** Has those checked whose staffing is not what was found before. @returns how many these are */
async function lookThrough(
  { db, policies, teamId, letPass }: StaffingDeps,
  changed: Role[],
  since: Instant,
  now: Instant,
): Promise<number> {
  const { wiring } = (await policies.current()).document;
  const staff = await staffOf(db, teamId, wiring, ROLES_OF_STAGES, since);
  const there = (role: Role) => independentOf(staff.members[role] ?? [], staff, now);
  const places = PLACES.filter(({ roles }) => roles.some((role) => changed.includes(role))).map((place) => ({
    ...place,
    there: Math.min(...place.roles.map(there)),
  }));
  let owed = 0;
  for (let after = 0; ; ) {
    await letPass?.();
    const page = await inReviewAfter(db, teamId, after, PAGE);
    const checks: Intent[] = [];
    for (const state of page) {
      const place = places.find(({ tier, stage }) => tier === state.tier && stage === state.stage);
      if (!place || !mayBeShort(state, place.there)) continue;
      const found = staffingOf(state, staff, await policies.rules(state.policyVersion), now);
      if (!sameStaffing(state.staffing, found)) checks.push({ kind: 'check_staffing', number: state.number });
    }
    await owe(db, teamId, checks);
    owed += checks.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return owed;
    after = last.number;
  }
}

/** Requester, beneficiary, owner and confirmer do not decide; nor does one of those two who must be left. */
const BARRED = 4;
const LEFT = 2;

/** Whether it was short of somebody, or bars so many that of those who are there not enough may be left. */
const mayBeShort = ({ staffing, conflicted, handovers }: InReview, there: number): boolean =>
  (staffing?.short.length ?? 0) > 0 || conflicted.length + handovers.length > there - BARRED - LEFT;

/** Of everything about the people of a role that a request could be short by. */
function fingerprint({ members, fit, absences }: Staff, role: Role, now: Instant): string {
  const people = members[role] ?? [];
  const circle = new Set(people.flatMap((person) => circleOf(absences, person)));
  const facts = {
    people,
    away: people
      .filter((person) => isAway(absences, person, now))
      .map((person) => [person, standInOf(absences, person, now)]),
    absences: absences
      .filter(({ person }) => circle.has(person))
      .map(({ person, from, until, delegate }) => [person, from, until, delegate]),
    fit: [...fit].filter((person) => circle.has(person)).sort(),
  };
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
