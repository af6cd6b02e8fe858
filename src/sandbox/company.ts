import type { App, Company, UserSeed } from './types.ts';

/** A fictional wholesaler: everybody the default policy needs, and those who must never decide. */
const TEAM = 'T0HARBOUR1';
const ZONE = { berlin: 'Europe/Berlin', london: 'Europe/London', york: 'America/New_York', tokyo: 'Asia/Tokyo' };

/** Initials on a coloured disc, small enough to send inline. */
function picture(name: string, hue: number): string {
  const initials = name
    .split(' ')
    .map((part) => part[0])
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" rx="12" fill="hsl(${hue} 45% 42%)"/><text x="36" y="46" font-family="sans-serif" font-size="28" fill="#fff" text-anchor="middle">${initials}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const PEOPLE = [
  ['U0NINA', 'nina', 'Nina Hartwig', 'Account manager', ZONE.berlin, {}],
  ['U0TOM', 'tom', 'Tom Okafor', 'Account manager', ZONE.london, {}],
  ['U0ELIF', 'elif', 'Elif Demir', 'Account manager', ZONE.berlin, {}],
  ['U0OLGA', 'olga', 'Olga Petrova', 'Operations', ZONE.berlin, {}],
  ['U0OMAR', 'omar', 'Omar Haddad', 'Operations', ZONE.london, {}],
  ['U0BEA', 'bea', 'Bea Lindqvist', 'Head of operations', ZONE.berlin, {}],
  ['U0LENA', 'lena', 'Lena Fischer', 'Team lead, sales', ZONE.berlin, {}],
  ['U0LIAM', 'liam', 'Liam Byrne', 'Team lead, service', ZONE.london, {}],
  ['U0MARA', 'mara', 'Mara Conti', 'Regional manager', ZONE.berlin, {}],
  ['U0MATT', 'matt', 'Matt Sato', 'Regional manager', ZONE.tokyo, {}],
  ['U0ERIN', 'erin', 'Erin Wallace', 'Chief financial officer', ZONE.york, {}],
  ['U0EVAN', 'evan', 'Evan Moreau', 'Chief operating officer', ZONE.london, {}],
  ['U0CARA', 'cara', 'Cara Jensen', 'Compliance officer', ZONE.berlin, {}],
  ['U0DAVE', 'dave', 'Dave Novak', 'Data quality', ZONE.berlin, {}],
  ['U0WANDA', 'wanda', 'Wanda Brandt', 'IT, workspace owner', ZONE.berlin, { is_owner: true, is_admin: true }],
  ['U0GUS', 'gus', 'Gus Alvarez', 'Contractor', ZONE.london, { is_restricted: true }],
  ['U0SVEN', 'sven', 'Sven Dahl', 'Buyer at Nordwind', ZONE.berlin, { is_stranger: true, team_id: 'T0NORDWND' }],
  ['U0RITA', 'rita', 'Rita Gomez', 'Left in spring', ZONE.berlin, { deleted: true }],
  ['U0ROBOT', 'deploybot', 'Deploy Bot', '', ZONE.berlin, { is_bot: true }],
  ['U0PAULA', 'paula', 'Paula Meier', 'Internal auditor', ZONE.berlin, {}],
] as const satisfies readonly (readonly [string, string, string, string, string, Partial<UserSeed>])[];

const users = (): UserSeed[] =>
  PEOPLE.map(([id, name, real_name, title, tz, rest], index) => ({
    id,
    name,
    real_name,
    tz,
    ...rest,
    profile: {
      display_name: real_name.split(' ')[0] ?? name,
      real_name,
      title,
      email: `${name}@${name === 'sven' ? 'nordwind' : 'harbour'}.example`,
      image_72: picture(real_name, (index * 47) % 360),
    },
  }));

const group = (id: string, handle: string, name: string, ...members: string[]) => ({
  id,
  handle,
  name,
  users: members,
});

/** Every channel of the default policy has a few, never all, of the people whose turn can come there. */
const channel = (id: string, name: string, ...members: string[]) => ({
  id,
  name,
  kind: 'public' as const,
  members,
});

/** A fresh copy: what happens to one sandbox's company happens to no other's. */
export const seededCompany = (bot: string = APP.botUserId): Company => ({
  team: { id: TEAM, name: 'Harbour & Sons', domain: 'harbour' },
  users: users(),
  groups: [
    group('S0OPERAT', 'operations', 'Operations', 'U0OLGA', 'U0OMAR', 'U0BEA'),
    group('S0TEAMLD', 'team-leads', 'Team leads', 'U0LENA', 'U0LIAM'),
    group('S0MANAGE', 'managers', 'Managers', 'U0MARA', 'U0MATT', 'U0BEA'),
    group('S0EXECUT', 'executives', 'Executives', 'U0ERIN', 'U0EVAN'),
    group('S0SUPERV', 'ops-supervisors', 'Operations supervisors', 'U0BEA', 'U0EVAN'),
    group('S0CUSTOM', 'customer-success', 'Customer success', 'U0LIAM', 'U0TOM'),
    group('S0COMPLI', 'compliance', 'Compliance', 'U0CARA', 'U0WANDA'),
    group('S0DATAQU', 'data-quality', 'Data quality', 'U0DAVE', 'U0OMAR'),
    group('S0ADMINS', 'carveout-admins', 'Carveout admins', 'U0WANDA', 'U0CARA'),
    group('S0AUDITO', 'auditors', 'Auditors', 'U0PAULA'),
  ],
  channels: [
    channel('C0GENERAL', 'general', ...PEOPLE.flatMap(([id, , , , , rest]) => ('team_id' in rest ? [] : [id]))),
    channel('C0RANDOM', 'random', 'U0NINA', 'U0TOM', 'U0ELIF', 'U0LENA', 'U0LIAM', 'U0WANDA'),
    channel('C0TEAMLD', 'exceptions-team-lead', bot, 'U0OLGA', 'U0OMAR', 'U0LENA', 'U0NINA', 'U0TOM'),
    channel('C0MANAGE', 'exceptions-manager', bot, 'U0OLGA', 'U0BEA', 'U0MARA', 'U0NINA'),
    channel('C0EXECUT', 'exceptions-executive', bot, 'U0OLGA', 'U0OMAR', 'U0ERIN', 'U0CARA'),
    channel('C0AUDIT', 'exceptions-audit', bot, 'U0CARA', 'U0WANDA', 'U0EVAN', 'U0ERIN', 'U0BEA', 'U0PAULA'),
    { ...channel('C0NORDWND', 'shared-nordwind', bot, 'U0NINA', 'U0OLGA', 'U0SVEN'), shared: true },
  ],
});

/** Made-up credentials of an app that asks for everything an exceptions bot could use. */
const APP: App = {
  appId: 'A0CARVEOUT',
  botUserId: 'U0CARVEOUT',
  botId: 'B0CARVEOUT',
  name: 'Carveout',
  botToken: 'xoxb-sandbox-bot-token',
  appToken: 'xapp-sandbox-app-token',
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
  scopes: [
    ...['commands', 'chat:write', 'im:write', 'users:read', 'usergroups:read', 'files:write', 'files:read'],
    ...['channels:read', 'groups:read', 'channels:history', 'groups:history', 'im:history'],
  ],
  commands: [{ command: '/exception', description: 'Ask for an exception', usageHint: '[help | status EX-12 | list]' }],
  shortcuts: [],
  events: [
    ...['app_home_opened', 'user_change', 'team_join', 'subteam_members_changed', 'subteam_updated', 'file_shared'],
    ...['message.channels', 'message.groups', 'message.im', 'channel_archive', 'channel_rename'],
    ...['member_left_channel', 'member_joined_channel', 'tokens_revoked'],
  ],
};

/** The app as the sandbox knows it, with what the caller wants to be different. */
export const seededApp = (changes: Partial<App> = {}): App => ({ ...structuredClone(APP), ...changes });
