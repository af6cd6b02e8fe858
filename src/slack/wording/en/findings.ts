/** What does not work in the workspace as it is, and what to do about it; for admins. */
import type { ChannelName } from '../../../core/policy.ts';
import type { Role } from '../../../core/values.ts';
import { format } from './names.ts';

const INSTEAD = {
  team_lead: 'Until then the cards of team leads go out as direct messages.',
  manager: 'Until then the cards of managers go out as direct messages.',
  executive: 'Until then the cards of executives go out as direct messages.',
  audit: 'Until then no weekly report can be posted.',
} satisfies Record<ChannelName, string>;

const WITHOUT = {
  operations: 'Until then nobody can confirm the details of any request.',
  team_leads: 'Until then nobody can authorize requests of the lowest tier.',
  managers: 'Until then nobody can authorize requests of the middle tier.',
  executives: 'Until then nobody can authorize requests of the top tier.',
  ops_supervisors: 'Until then reminders about deadlines go to the admins.',
  customer_success: 'Until then complaints have nobody to go to.',
  compliance: 'Until then nobody stands for compliance.',
  data_quality: 'Until then conflicting data has nobody to go to.',
  admins: "Until then the workspace's owners are told instead.",
  auditors: 'Until then nobody audits the record from within Slack.',
} satisfies Record<Role, string>;

export const findings = {
  channelMissing: (ref: string, name: ChannelName): string =>
    `${ref} does not exist, or the bot cannot see it: create it or correct wiring.channels.${name} in the policy, and invite the bot. ${INSTEAD[name]}`,
  channelArchived: (ref: string, name: ChannelName): string =>
    `${ref} is archived: unarchive it or name another channel in wiring.channels.${name} of the policy. ${INSTEAD[name]}`,
  channelNotJoined: (ref: string): string => `The bot is not in ${ref}: type /invite @carveout there.`,
  channelShared: (ref: string): string =>
    `${ref} is shared with another organization, so outsiders read what is posted there, except what confidential requests say: name a channel of your own in the policy.`,
  channelsPublic: (refs: string[], categories: string[]): string =>
    `Everybody in the company can read ${format.all(refs)}, and requests in the category ${format.all(categories)} are confidential: their cards show only number, tier and deadline there, but what people reply below them is open to all. Make ${refs.length === 1 ? 'the channel' : 'the channels'} private in Slack, or name private ones in wiring.channels of the policy.`,
  groupMissing: (ref: string, role: Role): string =>
    `${ref} does not exist in Slack: create the user group, or list people's ids in wiring.groups.${role} of the policy. ${WITHOUT[role]}`,
  groupEmpty: (ref: string, at: string): string =>
    `${ref} does not exist in Slack, or nobody in it can act: correct wiring.${at} in the policy, or add people. Until then nobody is told what goes to them.`,
  groupSmall: (ref: string, count: number): string =>
    `${ref} has ${count === 0 ? 'nobody' : 'only one person'} who may act: add people, so that one absence does not stop everything.`,
  policyOverdue: (due: string): string =>
    `The policy was to be looked at again by ${format.day(due)}: those who look after it should do so, and then write the next day in wiring.policy_review.due.`,
  scopeMissing: (scope: string): string =>
    `The bot's token lacks the scope ${scope}: add it under "OAuth & Permissions" and install the app again.`,
};
