/** The policy document: `rules`, of which a request keeps the version it was made under, and `wiring`, always current. */
import Big from 'big.js';
import { z } from 'zod';
import { duration, UNIT } from './duration.ts';
import { OTHER_RULE } from './events/content.ts';
import type { Exposure } from './events/submission.ts';
import { id } from './id.ts';
import { procedure } from './procedure.ts';
import { retention } from './retention.ts';
import { reconcile, sourceWiring } from './sources.ts';
import { timing } from './timing.ts';
import { ROLES, type Role, type Stage, severity, TIERS, type Tier, tier } from './values.ts';
import { zone } from './zone.ts';

/** A figure as the file has it, kept as text so that 49.5 stays 49.5. */
const figure = z.number().nonnegative().transform(String);

const tierRule = z.strictObject({
  /** Deviation in percent from which this tier decides. */
  from: figure,
  /** In working time, where a calendar counts. */
  sla: duration,
  calendar: id.optional(),
  /** Highest decision value this tier may allow, in `currency`; null for none. */
  authority: z.union([figure, z.literal('none').transform(() => null)]),
});

const policyRule = z.strictObject({
  id,
  name: z.string().min(1).max(75),
  text: z.string().min(1).max(1500),
  /** What the rule allows, where that is a figure: `{value: 30, unit: days}`. */
  standard: z
    .strictObject({ value: z.number().positive().transform(String), unit: z.string().min(1).max(20) })
    .optional(),
});
export type PolicyRule = z.infer<typeof policyRule>;

const category = z.strictObject({
  id,
  name: z.string().min(1).max(75),
  /** Whether the form insists on a customer. */
  customer: z.enum(['required', 'optional']).default('required'),
  /** Ids of the inputs without which nobody can judge such a case. */
  inputs: z.array(id).default([]),
  /** Ids of the sources that must have answered before anybody approves. */
  sources: z.array(id).default([]),
  /** Only those who may see the request read what it says; everybody else its number, tier and deadline. */
  confidential: z.boolean().default(false),
  /** Time to decide, of all tiers or by tier; left out, the tier's. */
  sla: z.union([duration, z.partialRecord(tier, duration)]).optional(),
  calendar: id.optional(),
});

const rules = z
  .strictObject({
    currency: z
      .string('expected an ISO 4217 code such as USD')
      .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD'),
    tiers: z.strictObject({ team_lead: tierRule, manager: tierRule, executive: tierRule }),
    /** How long before the deadline the supervisors hear of it. */
    escalate_before: duration.default(2 * UNIT.h),
    /** A select holds a hundred, and one of them is that the rule is not listed. */
    policies: z.array(policyRule).min(1).max(99),
    categories: z.array(category).min(1).max(100),
    default_category: id,
    ...procedure,
    ...timing,
    /** Fields on which sources must agree. */
    reconcile: reconcile.default([]),
  })
  .superRefine((value, context) => {
    const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const { team_lead, manager, executive } = value.tiers;
    if (team_lead.from !== '0') problem(['tiers', 'team_lead', 'from'], 'expected 0: the lowest tier takes the rest');
    if (!new Big(manager.from).gt(team_lead.from))
      problem(['tiers', 'manager', 'from'], 'expected more than team_lead.from');
    if (!new Big(executive.from).gt(manager.from))
      problem(['tiers', 'executive', 'from'], 'expected more than manager.from');
    if (executive.authority !== null)
      problem(['tiers', 'executive', 'authority'], 'expected none: nobody stands above the top tier to take more');
    if (!value.categories.some(({ id }) => id === value.default_category))
      problem(
        ['default_category'],
        `expected one of the categories: ${value.categories.map(({ id }) => id).join(', ')}`,
      );
    for (const [at, { inputs }] of value.categories.entries()) {
      const unknown = inputs.find((id) => !value.inputs.some((input) => input.id === id));
      if (unknown) problem(['categories', at, 'inputs'], `expected ids of rules.inputs, but ${unknown} is none`);
    }
    if (value.policies.some(({ id }) => id === OTHER_RULE))
      problem(['policies'], `expected another id than ${OTHER_RULE}, which stands for a rule that is not listed`);
    const calendars = Object.keys(value.calendars).join(', ') || 'none is there';
    const named = [
      { path: ['calendar'], name: value.calendar },
      ...TIERS.map((tier) => ({ path: ['tiers', tier, 'calendar'], name: value.tiers[tier].calendar })),
      ...value.categories.map((each, at) => ({ path: ['categories', at, 'calendar'], name: each.calendar })),
    ];
    for (const { path, name } of named)
      if (name !== undefined && !(name in value.calendars))
        problem(path, `expected one of rules.calendars (${calendars}), but ${name} is none`);
    for (const list of ['policies', 'categories', 'inputs', 'checklist', 'causes'] as const) {
      const ids = value[list].map(({ id }) => id);
      const twice = ids.find((id, i) => ids.indexOf(id) !== i);
      if (twice) problem([list], `expected each id once, but ${twice} stands twice`);
    }
  });
export type Rules = z.infer<typeof rules>;

const channel = z
  .string('expected a channel such as #exceptions-manager, or its id')
  .regex(
    /^(#[\p{Ll}\p{Lo}\p{N}_-]{1,80}|[CG][A-Z0-9]{6,})$/u,
    'expected a channel such as #exceptions-manager, or its id',
  );
const group = z.union([
  z
    .string()
    .regex(
      /^(@[a-z0-9._-]{1,80}|S[A-Z0-9]{6,})$/,
      'expected a user group such as @operations, its id, or a list of user ids',
    ),
  z.array(z.string().regex(/^[UW][A-Z0-9]{2,}$/, 'expected a Slack user id such as U012ABCDEF')).min(1),
]);
/** A user group by handle or id, or the ids of the people themselves. */
export type GroupWiring = z.infer<typeof group>;

type Needed = Exclude<Role, 'auditors'>;
const neededGroups = Object.fromEntries(
  ROLES.filter((name) => name !== 'auditors').map((name) => [name, group]),
) as Record<Needed, typeof group>;

const wiring = z.strictObject({
  /** IANA zone of the week and of the times that are written out. */
  zone,
  channels: z.strictObject({ team_lead: channel, manager: channel, executive: channel, audit: channel }),
  /** Not every company has auditors of its own. */
  groups: z.strictObject({
    ...neededGroups,
    auditors: group.optional().transform((wired): GroupWiring => wired ?? []),
  }),
  /** What can be asked about a customer, by the id that the rules name it with. */
  sources: z.record(id, sourceWiring).default({}),
  /** Who owns a kind of case, told when one is submitted: by direct message where it is major or critical. */
  ownership: z.array(z.strictObject({ category: id.optional(), severity: severity.optional(), group })).default([]),
  /** Who looks at a policy rule from which the same exception is asked for again and again; left out, compliance. */
  policy_owners: group.optional(),
  /** How long compliance has to sign a week's report off, from when it is posted; after that it is chased. */
  sign_off_within: duration.default(3 * UNIT.d),
  /** When the policy itself is looked at again, and who sees to it; left out, its owners. */
  policy_review: z.strictObject({ due: z.iso.date(), owner: group.optional() }).optional(),
  /** For how long what is part of a closed record is kept; left out, everything is. */
  retention: retention.optional(),
});
export type Wiring = z.infer<typeof wiring>;
export type ChannelName = keyof Wiring['channels'];

export const policyDocument = z.strictObject({ rules, wiring }).superRefine((document, context) => {
  const { sources } = document.wiring;
  const known = Object.keys(sources).join(', ') || 'none is wired';
  const expectSource = (path: (string | number)[], source: string | undefined) => {
    if (source === undefined || source in sources) return;
    const message = `expected a source that wiring.sources has (${known}), but ${source} is none`;
    context.addIssue({ code: 'custom', path: ['rules', ...path], message });
  };
  for (const [at, category] of document.rules.categories.entries())
    for (const [n, source] of category.sources.entries()) expectSource(['categories', at, 'sources', n], source);
  for (const [at, { category }] of document.wiring.ownership.entries())
    if (category !== undefined && !categoryOf(document.rules, category))
      context.addIssue({
        code: 'custom',
        path: ['wiring', 'ownership', at, 'category'],
        message: `expected one of the categories: ${document.rules.categories.map(({ id }) => id).join(', ')}`,
      });
  for (const [at, { source }] of document.rules.inputs.entries()) expectSource(['inputs', at, 'source'], source);
  for (const [at, { sources: agreeing, field }] of document.rules.reconcile.entries())
    for (const [n, source] of agreeing.entries()) {
      expectSource(['reconcile', at, 'sources', n], source);
      if (sources[source] && !(field in sources[source].fields))
        context.addIssue({
          code: 'custom',
          path: ['rules', 'reconcile', at, 'field'],
          message: `expected a field that each of its sources has, but ${source} has no ${field}`,
        });
    }
});
export type PolicyDocument = z.infer<typeof policyDocument>;

export const ruleOf = (rules: Rules, id: string): PolicyRule | undefined =>
  rules.policies.find((rule) => rule.id === id);
export const categoryOf = (rules: Rules, id: string) => rules.categories.find((category) => category.id === id);

/** The tier by how far the request deviates: 49.5 is manager, 50 executive. Unmeasured, the lowest, until operations picks one. */
export const tierByDeviation = (rules: Rules, deviation: string | null): Tier =>
  TIERS.findLast((tier) => new Big(deviation ?? '0').gte(rules.tiers[tier].from)) ?? 'team_lead';

const highest = (...tiers: Tier[]): Tier => TIERS.findLast((tier) => tiers.includes(tier)) ?? 'team_lead';

/** `tier`, or the lowest above it whose authority covers the value. */
function covering(rules: Rules, tier: Tier, value: string): Tier {
  const covers = (candidate: Tier) => {
    const limit = rules.tiers[candidate].authority;
    return limit === null || new Big(value).lte(limit);
  };
  return TIERS.slice(TIERS.indexOf(tier)).find(covers) ?? 'executive';
}

type Figures = {
  deviation: string | null;
  value: string;
  exposure?: Exposure | null;
  picked?: Tier | null;
  /** The tier that it was rerouted to, below which it does not come back. */
  rerouted?: Tier | null;
};

/**
 * Where a request belongs: by deviation (or as operations picked it), then up until the tier's authority covers the value.
 * What counts together with it counts in both.
 */
export function placeOf(rules: Rules, { deviation, value, exposure, picked, rerouted }: Figures) {
  const alone = tierByDeviation(rules, deviation);
  const together = exposure ? tierByDeviation(rules, exposure.deviation) : alone;
  const byDeviation = highest(alone, together, ...(picked ? [picked] : []));
  const covered = covering(rules, byDeviation, exposure?.value ?? value);
  const tier = rerouted ? highest(covered, rerouted) : covered;
  return { tier, tierByDeviation: byDeviation };
}

/**
 * How far `asked` lies from the rule's standard, in percent to two places: 45 days instead of 30 is `50`.
 * Less than the standard deviates as well: from 10 to 5 is 50.
 */
export const deviationOf = (asked: string, standard: string): string =>
  new Big(asked).minus(standard).abs().times(100).div(standard).round(2).toString();

const TIER_ROLE = { team_lead: 'team_leads', manager: 'managers', executive: 'executives' } as const satisfies Record<
  Tier,
  Role
>;

/** Whose turn a stage is. */
export const roleOf = (stage: Stage, tier: Tier): Role => (stage === 'validation' ? 'operations' : TIER_ROLE[tier]);
