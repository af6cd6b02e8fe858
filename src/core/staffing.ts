/** Whether two different people are there to decide a request, and when there will be where they are not. */
import { type Absence, circleOf, isAway, since, standInOf } from './cover.ts';
import type { ShortStage } from './events/timing.ts';
import { type Rules, roleOf } from './policy.ts';
import { approvalOf, askers, type InReview, needsTier } from './request.ts';
import { timeLeft } from './sla.ts';
import type { Instant, Role, Stage } from './values.ts';

/** Who is there, as far as the request's roles are concerned. */
export type Staff = {
  /** Active people of each role; of one that is left out there is nobody. */
  members: Readonly<Partial<Record<Role, readonly string[]>>>;
  /** Delegates who may decide at all: active people of the workspace, neither guests nor bots. */
  fit: ReadonlySet<string>;
  /** Those that were in force since the request was submitted, and those to come. */
  absences: readonly Absence[];
};
export type Staffing = { short: ShortStage[]; late: boolean };

/** Stages that it still has to pass. Who authorizes is not known before its tier is. */
const stagesAhead = (state: InReview): Stage[] => {
  if (state.stage === 'authorization') return ['authorization'];
  return needsTier(state) ? ['validation'] : ['validation', 'authorization'];
};

export const rolesAhead = (state: InReview): Role[] => stagesAhead(state).map((stage) => roleOf(stage, state.tier));

/**
 * What is missing at `now`, by stage; `late` where the deadline comes before anybody who could help is back. Whoever is away
 * counts by whoever stands in for them, and with those as one person.
 */
export function staffingOf(state: InReview, staff: Staff, rules: Rules, now: Instant): Staffing {
  const { empty, left } = lookAt(state, staff, now);
  const short = (left.length > 0 ? [helpedFirst(state, staff, now)] : empty).map((stage): ShortStage => {
    const role = roleOf(stage, state.tier);
    const until = reliefOf(state, staff, left.length > 0 ? null : stage, now);
    return { stage, role, until, away: awayOf(state, staff, role, now), left };
  });
  const late = short.some(({ until }) => until === null || timeLeft(rules, state, until) <= 0);
  return { short, late };
}

/** Whether both say the same, however their keys were stored. */
export const sameStaffing = (before: Staffing | null, after: Staffing): boolean =>
  (before?.late ?? false) === after.late && told(before?.short ?? []) === told(after.short);
const told = (short: ShortStage[]): string =>
  JSON.stringify(short.map(({ stage, role, until, away, left }) => [stage, role, until, away, left]));

type Look = {
  /** Stages for which there is nobody. */
  empty: Stage[];
  /** Those who are there for both stages and yet count as one person. */
  left: string[];
};

function lookAt(state: InReview, staff: Staff, at: Instant): Look {
  const free = stagesAhead(state).map((stage) => ({ stage, people: freeFor(state, staff, stage, at) }));
  const empty = free.filter(({ people }) => people.length === 0).map(({ stage }) => stage);
  const [first, second] = free;
  if (empty.length > 0 || !first || !second) return { empty, left: [] };
  const covers = since(staff.absences, state.submittedAt, at);
  const two = first.people.some((one) => {
    const circle = circleOf(covers, one);
    return second.people.some((other) => !circle.includes(other));
  });
  return { empty, left: two ? [] : [...new Set([...first.people, ...second.people])] };
}

/** Who may decide the stage at that time: those of its role who are there, and those who stand in for the others. */
function freeFor(state: InReview, staff: Staff, stage: Stage, at: Instant): string[] {
  const barred = barredAt(state, staff, at);
  const members = allowedOf(staff, roleOf(stage, state.tier), barred);
  return thoseThere(members, staff, at).filter((person) => !barred.has(person));
}

const allowedOf = ({ members }: Staff, role: Role, barred: ReadonlySet<string>): string[] =>
  (members[role] ?? []).filter((person) => !barred.has(person));

/** These people, and in the place of each who is away whoever stands in for them. */
function thoseThere(
  members: readonly string[],
  { fit, absences }: Pick<Staff, 'fit' | 'absences'>,
  at: Instant,
): string[] {
  const there = members.flatMap((person) => {
    if (!isAway(absences, person, at)) return person;
    const standIn = standInOf(absences, person, at);
    return standIn !== null && fit.has(standIn) ? standIn : [];
  });
  return [...new Set(there)];
}

/**
 * Who does not decide (again): whoever asks, wrote in it as its owner, or confirmed its details, and who counts as one with
 * them; and whoever declared an interest, which is their own.
 */
function barredAt(state: InReview, { absences }: Staff, at: Instant): ReadonlySet<string> {
  const covers = since(absences, state.submittedAt, at);
  const confirmed = approvalOf(state, 'validation')?.by;
  const wrote = state.amendments.filter(({ as }) => as === 'owner').map(({ by }) => by);
  const involved = [...askers(state), ...wrote, ...(confirmed ? [confirmed] : [])];
  return new Set([...involved.flatMap((person) => circleOf(covers, person)), ...state.conflicted]);
}

const awayOf = (state: InReview, staff: Staff, role: Role, now: Instant): string[] =>
  allowedOf(staff, role, barredAt(state, staff, now)).filter((person) => isAway(staff.absences, person, now));

/** The next instants at which somebody goes or comes back. */
const turns = ({ absences }: Staff, now: Instant): Instant[] =>
  [...new Set(absences.flatMap(({ from, until }) => [from, until]))].filter((at) => at > now).sort();

/** When there is somebody for the stage, of null for all of them; null where nobody is expected. */
const reliefOf = (state: InReview, staff: Staff, stage: Stage | null, now: Instant): Instant | null =>
  turns(staff, now).find((at) => {
    const { empty, left } = lookAt(state, staff, at);
    return left.length === 0 && (stage === null ? empty.length === 0 : !empty.includes(stage));
  }) ?? null;

/** Of two stages for which one person is left: the one for which somebody else comes first, or else the second. */
function helpedFirst(state: InReview, staff: Staff, now: Instant): Stage {
  const relief = reliefOf(state, staff, null, now);
  const helped = (stage: Stage) => {
    const before = freeFor(state, staff, stage, now);
    return relief !== null && freeFor(state, staff, stage, relief).some((person) => !before.includes(person));
  };
  return helped('validation') && !helped('authorization') ? 'validation' : 'authorization';
}

/**
 * How many people there are of these roles at least, each taken for themselves and whoever counts as one with them: with
 * many, no request can be short of somebody.
 */
export const independentOf = (members: readonly string[], staff: Omit<Staff, 'members'>, now: Instant): number =>
  new Set(thoseThere(members, staff, now).map((person) => circleOf(staff.absences, person).toSorted().join())).size;
