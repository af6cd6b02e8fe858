/** What of the policy's wiring does not work in this workspace as it is now, each with its remedy. */
import type { ChannelName, GroupWiring, PolicyDocument, Rules, Wiring } from '../core/policy.ts';
import { isOverdue } from '../core/policyDue.ts';
import { type Instant, ROLES, type Role, TIERS } from '../core/values.ts';
import { channelOf } from '../store/channels.ts';
import { membersOf, membersOfGroup } from '../store/people.ts';
import type { Db } from '../store/schema.ts';
import { BOT_SCOPES } from './scopes.ts';
import { wording } from './wording/index.ts';

/** `problem` is the same as long as the same thing is wrong, so that it is told once a day. */
export type Finding = {
  problem: string;
  text: string;
  /** Those who see to it are told apart; for the admins it is only listed. */
  told?: boolean;
};

const { findings: says } = wording();

export async function findingsOf(
  db: Db,
  teamId: string,
  { rules, wiring }: PolicyDocument,
  scopes: string[],
  now: Instant,
): Promise<Finding[]> {
  const channels = Object.entries(wiring.channels) as [ChannelName, string][];
  const found = await Promise.all([
    ...channels.map(([name, ref]) => channelFinding(db, teamId, name, ref)),
    ...ROLES.map((role) => groupFinding(db, teamId, wiring, role)),
    publicFinding(db, teamId, rules, wiring),
    ...furtherGroups(wiring).map(({ at, group }) => furtherFinding(db, teamId, at, group)),
  ]);
  const missing = BOT_SCOPES.filter((scope) => scopes.length > 0 && !scopes.includes(scope));
  const scopeFindings = missing.map((scope) => ({ problem: `scope/${scope}`, text: says.scopeMissing(scope) }));
  return [...found.filter((finding) => finding !== null), ...scopeFindings, ...policyFinding(wiring, now)];
}

async function channelFinding(db: Db, teamId: string, name: ChannelName, ref: string): Promise<Finding | null> {
  const problem = `channel/${name}`;
  const channel = await channelOf(db, teamId, ref);
  if (!channel) return { problem, text: says.channelMissing(ref, name) };
  if (channel.archived) return { problem, text: says.channelArchived(ref, name) };
  if (!channel.member) return { problem, text: says.channelNotJoined(ref) };
  return channel.shared ? { problem, text: says.channelShared(ref) } : null;
}

/** Cards of confidential requests say nothing anywhere; what people reply below them is read by whoever reads the channel. */
async function publicFinding(db: Db, teamId: string, rules: Rules, { channels }: Wiring): Promise<Finding | null> {
  const confidential = rules.categories.filter((category) => category.confidential).map(({ name }) => name);
  if (confidential.length === 0) return null;
  const refs = [...new Set(TIERS.map((tier) => channels[tier]))];
  const found = await Promise.all(refs.map((ref) => channelOf(db, teamId, ref)));
  const open = refs.filter((_ref, i) => found[i]?.private === false && !found[i].archived);
  return open.length > 0 ? { problem: 'channels/public', text: says.channelsPublic(open, confidential) } : null;
}

async function groupFinding(db: Db, teamId: string, wiring: Wiring, role: Role): Promise<Finding | null> {
  const problem = `group/${role}`;
  const ref = [wiring.groups[role]].flat().join(', ');
  // Nobody need be there who only reads.
  if (role === 'auditors' && ref === '') return null;
  const { people, found } = await membersOf(db, teamId, wiring, role);
  if (!found) return { problem, text: says.groupMissing(ref, role) };
  return people.length < (role === 'auditors' ? 1 : 2) ? { problem, text: says.groupSmall(ref, people.length) } : null;
}

function policyFinding({ policy_review: review, zone }: Wiring, now: Instant): Finding[] {
  if (!review || !isOverdue(review.due, now, zone)) return [];
  return [{ problem: 'policy_review', text: says.policyOverdue(review.due), told: true }];
}

/** Groups beside the roles, by where the wiring names them. */
const furtherGroups = ({ ownership, policy_owners, policy_review }: Wiring): { at: string; group: GroupWiring }[] => [
  ...ownership.map(({ group }, i) => ({ at: `ownership.${i}.group`, group })),
  ...(policy_owners ? [{ at: 'policy_owners', group: policy_owners }] : []),
  ...(policy_review?.owner ? [{ at: 'policy_review.owner', group: policy_review.owner }] : []),
];

async function furtherFinding(db: Db, teamId: string, at: string, group: GroupWiring): Promise<Finding | null> {
  const { people } = await membersOfGroup(db, teamId, group);
  return people.length > 0 ? null : { problem: `group/${at}`, text: says.groupEmpty([group].flat().join(', '), at) };
}
