/** Who somebody is at the moment of acting, and what that allows. When Slack cannot say, the answer is no. */
import { type Absence, circleOf, standsInFor } from './cover.ts';
import type { Authority } from './events/review.ts';
import { requiredSources } from './inputs.ts';
import { type Rules, roleOf } from './policy.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import {
  approvalOf,
  customerSince,
  type ExceptionRequest,
  type InReview,
  isClosed,
  needsTier,
  openHolds,
} from './request.ts';
import type { HoldKind, Instant, Role, Stage, Tier } from './values.ts';

/** What Slack last said about a person. */
export type Person = {
  id: string;
  name: string;
  /** Of this workspace, not seen through Slack Connect. */
  home: boolean;
  deleted: boolean;
  bot: boolean;
  guest: boolean;
  confirmedAt: Instant;
  /** Milliseconds since then, on the machine's clock: the business clock may be moved, Slack's answers do not age by that. */
  age: number;
};
/** One person's place in the group that fills a role. */
export type Membership = {
  member: boolean;
  group: string;
  source: 'slack' | 'policy';
  confirmedAt: Instant;
  age: number;
};
type InRoles = {
  person: Person | null;
  /** A role is null where its group could not be found in Slack. */
  roles: Record<Role, Membership | null>;
};
/** Somebody who is away and for whom the person may decide meanwhile. */
export type Principal = InRoles & { id: string };
export type Cover = {
  /** Everybody's, in force at any time since the request was submitted. */
  absences: readonly Absence[];
  principals: readonly Principal[];
  /** Others who count as one with the person through these absences. */
  circle: readonly string[];
};
/** `cover` is left out where nobody is or was away. */
export type Standing = InRoles & { cover?: Cover };

/**
 * What absences mean for one person now.
 * @param absences in force at any time since the request was submitted
 * @param behind what Slack said about those for whom the person may decide, and perhaps about others
 */
export const coverOf = (
  absences: readonly Absence[],
  person: string,
  now: Instant,
  behind: readonly Principal[],
): Cover => ({
  absences,
  principals: standsInFor(absences, person, now).flatMap((id) => behind.find((other) => other.id === id) ?? []),
  circle: circleOf(absences, person).filter((other) => other !== person),
});

/** Whether two count as one for the rule of two people; the standing is that of `by`. */
export const isOneWith = ({ cover }: Standing, by: string, other: string | undefined): boolean =>
  other !== undefined && (other === by || (cover?.circle.includes(other) ?? false));

/** Beyond this, in milliseconds, what Slack said is too old to decide on. */
export const TOO_OLD = 15 * 60_000;
/** Beyond this, in milliseconds, it is asked again before a decision modal is filled. */
export const REFRESH_AFTER = 5 * 60_000;

const ineligible = (person: Person | null): 'outsider' | 'guest' | 'bot' | 'deactivated' | 'unknown' | null => {
  if (!person) return 'unknown';
  if (!person.home) return 'outsider';
  if (person.deleted) return 'deactivated';
  if (person.bot) return 'bot';
  return person.guest ? 'guest' : null;
};

/** Refuses `not_eligible` or `directory_stale`; null lets pass. */
function eligible({ person }: InRoles): Refusal | null {
  const because = ineligible(person);
  if (because) return refuse({ why: 'not_eligible', because });
  return person && person.age > TOO_OLD ? refuse({ why: 'directory_stale' }) : null;
}

/** Whether the person audits the record: then they fill no other role, in whatever groups they are, and lend none. */
export const isAuditor = ({ roles }: InRoles): boolean => roles.auditors?.member === true;

/** Whether the person is of the role themselves: what nobody passes on by being away. */
export const isOf = (standing: InRoles, role: Role): boolean =>
  ineligible(standing.person) === null &&
  standing.roles[role]?.member === true &&
  (role === 'auditors' || !isAuditor(standing));

/** Whether the person fills the role, for themselves or for somebody who is away. Nobody audits for somebody else. */
export const holds = (standing: Standing, role: Role): boolean =>
  isOf(standing, role) ||
  (role !== 'auditors' &&
    ineligible(standing.person) === null &&
    !isAuditor(standing) &&
    (standing.cover?.principals.some((principal) => isOf(principal, role)) ?? false));

/** What is asked of a right: the role, the stage it is for, and the most that its tier may decide. */
type Needed = { role: Role; stage: Stage; tierLimit: string | null };

/**
 * By what right the person acts in a role: their own, or that of somebody who is away, of whom Slack must have said the same
 * as lately. An interest that the absent person declared is not passed over by being away.
 */
function authorityFor(conflicted: readonly string[], standing: Standing, needed: Needed): Authority | Refusal {
  const own = authorityIn(standing, needed);
  if (!isRefusal(own) || own.why === 'not_eligible' || own.why === 'directory_stale' || own.why === 'auditor')
    return own;
  const principals = standing.cover?.principals.filter(({ id }) => !conflicted.includes(id)) ?? [];
  let stale: Refusal | null = null;
  for (const principal of principals) {
    const theirs = authorityIn(principal, needed);
    if (!isRefusal(theirs)) return { ...theirs, displayName: standing.person?.name ?? '', onBehalfOf: principal.id };
    if (theirs.why === 'directory_stale') stale = theirs;
  }
  return stale ?? own;
}

/** By what right somebody acts in a role, or `not_eligible`, `auditor`, `directory_stale`, `role_unknown`, `not_in_role`. */
function authorityIn(standing: InRoles, { role, stage, tierLimit }: Needed): Authority | Refusal {
  const no = eligible(standing);
  if (no) return no;
  if (isAuditor(standing)) return refuse({ why: 'auditor' });
  const membership = standing.roles[role];
  if (!membership) return refuse({ why: 'role_unknown', role });
  if (membership.age > TOO_OLD) return refuse({ why: 'directory_stale' });
  if (!membership.member) return refuse({ why: 'not_in_role', role, stage });
  const { group, source, confirmedAt } = membership;
  return { role, group, source, confirmedAt, displayName: standing.person?.name ?? '', tierLimit, onBehalfOf: null };
}

/**
 * Whether the person may decide the stage whose turn it is, and by what right. Refuses `request_over`,
 * `not_eligible`, `auditor`, `self_approval`, `conflict_of_interest`, `same_person`, `directory_stale`, `role_unknown`,
 * `not_in_role`.
 */
export function mayDecide(state: ExceptionRequest, by: string, standing: Standing, rules: Rules): Authority | Refusal {
  if (state.status !== 'in_review') return over(state);
  const barred = barredFrom(state, by, standing);
  if (barred) return barred;
  const { stage, tier } = state;
  const needed = { role: roleOf(stage, tier), stage, tierLimit: rules.tiers[tier].authority };
  return authorityFor(state.conflicted, standing, needed);
}

/**
 * What an approval has to wait for, whoever gives it: `returned`, `tier_unset`, `on_hold` or `sources_pending`. Null lets
 * pass; rejecting never waits.
 */
export function mustWait(state: InReview, rules: Rules): Refusal | null {
  if (state.returned) return refuse({ why: 'returned', by: state.returned.by, at: state.returned.at });
  if (needsTier(state)) return refuse({ why: 'tier_unset' });
  const kinds = openHolds(state).map(({ kind }) => kind);
  if (kinds.length > 0) return refuse({ why: 'on_hold', kinds: [...new Set(kinds)] });
  const since = customerSince(state);
  const heard = [...state.snapshots, ...state.holds].filter(({ at }) => at >= since).map(({ source }) => source);
  const sources = requiredSources(rules, state).filter((source) => !heard.includes(source));
  return sources.length > 0 ? refuse({ why: 'sources_pending', sources }) : null;
}

/** Who clears up a hold. */
export const HOLD_ROLE = {
  data_unavailable: 'operations',
  data_conflict: 'data_quality',
  regulatory: 'compliance',
} as const satisfies Record<HoldKind, Role>;

/**
 * Whether the person may act for a role on this request beside its stages: release a hold, expedite, carry out. By what
 * right, or the refusals of `mayDecide` with `not_of` for `not_in_role`.
 */
export function mayActAs(
  state: ExceptionRequest,
  by: string,
  standing: Standing,
  role: Role,
  rules: Rules,
): Authority | Refusal {
  const own = isAuditor(standing) ? refuse({ why: 'auditor' }) : interestOf(state, by, standing);
  if (own) return own;
  const tierLimit = rules.tiers[state.tier].authority;
  return actingAs(role, authorityFor(state.conflicted, standing, { role, stage: 'validation', tierLimit }));
}

/** Whether the person may act for a role in what is about no single request. By what right, or refusals as above. */
export const mayFill = (standing: Standing, role: Role): Authority | Refusal =>
  actingAs(role, authorityFor([], standing, { role, stage: 'validation', tierLimit: null }));

const actingAs = (role: Role, authority: Authority | Refusal): Authority | Refusal =>
  isRefusal(authority) && authority.why === 'not_in_role' ? refuse({ why: 'not_of', role }) : authority;

/** Who may make a request quicker: a department's manager, or an executive where it is theirs to decide. */
export const EXPEDITE_ROLE = {
  team_lead: 'managers',
  manager: 'managers',
  executive: 'executives',
} as const satisfies Record<Tier, Role>;

/** What bars a person from this request whatever their role. */
function barredFrom(state: InReview, by: string, standing: Standing): Refusal | null {
  const because = ineligible(standing.person);
  if (because) return refuse({ why: 'not_eligible', because });
  if (isAuditor(standing)) return refuse({ why: 'auditor' });
  const own = interestOf(state, by, standing);
  if (own) return own;
  const confirmed = approvalOf(state, 'validation')?.by;
  if (confirmed === undefined || !isOneWith(standing, by, confirmed)) return null;
  return refuse({ why: 'same_person', stage: state.stage, ...(confirmed === by ? {} : { through: confirmed }) });
}

/** The same for whoever counts as one with them, but for interests declared: those are a person's own. */
function interestOf(state: ExceptionRequest, by: string, { cover }: Standing): Refusal | null {
  const own = interestIn(state, by);
  if (own) return own;
  for (const through of cover?.circle ?? []) {
    const theirs = interestIn(state, through);
    if (theirs?.why === 'self_approval') return { ...theirs, through };
  }
  return null;
}

/** What bars a person because the request is theirs. Whoever wrote in it as its owner does not judge it after handing it over. */
function interestIn(state: ExceptionRequest, by: string): Refusal | null {
  if (by === state.requester) return refuse({ why: 'self_approval', as: 'requester' });
  if (by === state.beneficiary) return refuse({ why: 'self_approval', as: 'beneficiary' });
  const wrote = state.amendments.some((amendment) => amendment.as === 'owner' && amendment.by === by);
  if (by === state.owner || wrote) return refuse({ why: 'self_approval', as: 'owner' });
  return state.conflicted.includes(by) ? refuse({ why: 'conflict_of_interest' }) : null;
}

/**
 * Whether the person could decide this request at either stage, and so has an interest to declare. Null lets pass; else the
 * refusals of `mayDecide`.
 */
export function mayStepAside(state: ExceptionRequest, by: string, standing: Standing): Refusal | null {
  if (state.status !== 'in_review') return over(state);
  const barred = barredFrom(state, by, standing);
  if (barred) return barred;
  const roles = [roleOf('validation', state.tier), roleOf('authorization', state.tier)];
  const role = roleOf(state.stage, state.tier);
  return roles.some((role) => holds(standing, role)) ? null : refuse({ why: 'not_in_role', role, stage: state.stage });
}

/** Whether the person may ask: a guest may, somebody of another company, a bot or a closed account may not. */
export function mayAsk({ person }: Standing): Refusal | null {
  const because = ineligible(person);
  return because && because !== 'guest' && because !== 'unknown' ? refuse({ why: 'not_eligible', because }) : null;
}

export const over = (state: Exclude<ExceptionRequest, { status: 'in_review' }>): Refusal => {
  if (state.status === 'approved' && state.closure)
    return refuse({ why: 'record_closed', by: state.closure.by, at: state.closure.at });
  return refuse({ why: 'request_over', status: state.status, by: state.by, at: state.at });
};

/** The refusal of whoever comes to a record that is closed; null while it is open. */
export const closedAlready = (state: ExceptionRequest): Refusal | null =>
  state.status !== 'in_review' && isClosed(state) ? over(state) : null;

/** Whether confirming the details bars the person from an authorization they could otherwise give. */
export const couldAlsoAuthorize = (state: ExceptionRequest, standing: Standing): boolean =>
  state.status === 'in_review' && state.stage === 'validation' && holds(standing, roleOf('authorization', state.tier));

/**
 * Requester, beneficiary, owner, those who were given something to do about it, the roles of its stages, holds and
 * escalations, who may expedite it, supervisors, compliance and auditors; nobody else.
 */
export function mayView(state: ExceptionRequest, by: string, standing: Standing): boolean {
  const named = [state.requester, state.beneficiary, state.owner, state.assigned?.to, ...tasked(state)];
  if (named.includes(by)) return true;
  const concerned: Role[] = [
    'ops_supervisors',
    'compliance',
    'auditors',
    roleOf('validation', state.tier),
    roleOf('authorization', state.tier),
    EXPEDITE_ROLE[state.tier],
    ...state.holds.map(({ kind }) => HOLD_ROLE[kind]),
    ...state.escalations.flatMap(({ roles }) => roles),
  ];
  return concerned.some((role) => holds(standing, role));
}

/** People who owe something by name: a condition, or the corrective action. */
const tasked = (state: ExceptionRequest): string[] => [
  ...state.conditions.map(({ owner }) => owner),
  ...(state.status === 'approved' && state.closure?.action ? [state.closure.action.owner] : []),
];
