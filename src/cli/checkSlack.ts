/** Asks Slack itself, not what the bot stored of it: the check must also work before the first start. */
import type { WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import type { ChannelName, GroupWiring, Wiring } from '../core/policy.ts';
import { ROLES, type Role } from '../core/values.ts';
import { createClient, slackError } from '../slack/client.ts';
import { personOf } from '../slack/people.ts';
import { BOT_SCOPES } from '../slack/scopes.ts';
import { wording } from '../slack/wording/index.ts';
import { type Identity, whoAmI } from '../slack/workspace.ts';
import { count, reasonOf } from './command.ts';
import { silent } from './store.ts';
import { fail, type Line, ok, warn } from './verdict.ts';

const { findings } = wording();
/** So many must be able to act in a role: whoever asks cannot decide. */
const ENOUGH = 2;
/** Without these roles requests stand still; without the others something is less well chased or told. */
const NEEDED: readonly Role[] = ['operations', 'team_leads', 'managers', 'executives', 'ops_supervisors'];

/** @param wiring null where the policy cannot be read: then only what does not need it is tried */
export async function* checkSlack({ slack }: Config, wiring: Wiring | null): AsyncGenerator<Line> {
  const { botToken, apiUrl, delivery } = slack;
  const client = createClient({ token: botToken, apiUrl, log: silent() });
  const identity = await whoAmI(client).catch((error: unknown) => explain('token', error, apiUrl));
  if ('verdict' in identity) return yield identity;
  yield ok('token', `the bot of ${identity.teamName} (${identity.teamId}), by ${apiUrl}`);
  yield* checkScopes(identity);
  if (delivery.mode === 'socket') yield checkSocket(createClient({ token: delivery.appToken, apiUrl, log: silent() }));
  if (!wiring) return;
  yield* orExplained('channels', apiUrl, checkChannels(client, wiring));
  yield* orExplained('groups', apiUrl, checkGroups(client, wiring, identity.teamId));
}

function* checkScopes({ scopes }: Identity): Generator<Line> {
  const missing = BOT_SCOPES.filter((scope) => !scopes.includes(scope));
  if (scopes.length === 0) yield warn('scopes', 'Slack does not say which the token has');
  else if (missing.length === 0) yield ok('scopes', `all ${BOT_SCOPES.length} that are needed`);
  else for (const scope of missing) yield fail('scopes', findings.scopeMissing(scope));
}

async function checkSocket(client: WebClient): Promise<Line> {
  try {
    await client.apps.connections.open();
    return ok('Socket Mode', 'Slack opens a connection');
  } catch (error) {
    const { code } = slackError(error) ?? { code: reasonOf(error) };
    return fail(
      'Socket Mode',
      `Slack opens no connection (${code}): check SLACK_APP_TOKEN, its scope connections:write, and that Socket Mode is on`,
    );
  }
}

async function* checkChannels(client: WebClient, wiring: Wiring): AsyncGenerator<Line> {
  const all = await listChannels(client);
  for (const [name, ref] of Object.entries(wiring.channels) as [ChannelName, string][]) {
    const found = all.filter(({ id, name }) => id === ref || `#${name}` === ref);
    const channel = found.find(({ is_archived }) => !is_archived) ?? found[0];
    const what = `channel ${ref}`;
    if (!channel) yield fail(what, findings.channelMissing(ref, name));
    else if (channel.is_archived) yield fail(what, findings.channelArchived(ref, name));
    else if (channel.is_ext_shared || channel.is_pending_ext_shared || channel.is_org_shared)
      yield fail(what, findings.channelShared(ref));
    else if (!channel.is_member) yield fail(what, findings.channelNotJoined(ref));
    else yield ok(what, `the bot is in it (${channel.id})`);
  }
}

type SlackChannels = NonNullable<Awaited<ReturnType<WebClient['conversations']['list']>>['channels']>;

async function listChannels(client: WebClient): Promise<SlackChannels> {
  const all: SlackChannels = [];
  const types = 'public_channel,private_channel';
  for await (const page of client.paginate('conversations.list', { types, limit: 200 }))
    all.push(...((page as { channels?: SlackChannels }).channels ?? []));
  return all;
}

async function* checkGroups(client: WebClient, wiring: Wiring, teamId: string): AsyncGenerator<Line> {
  const named = ROLES.some((role) => !Array.isArray(wiring.groups[role]));
  const { usergroups = [] } = named ? await client.usergroups.list({ include_users: true }) : {};
  const auditors = new Set(await peopleOf(client, usergroups, wiring.groups.auditors));
  for (const role of ROLES) {
    const wired = wiring.groups[role];
    // Nobody need be there who only reads.
    if (role === 'auditors' && wired.length === 0) continue;
    const enough = role === 'auditors' ? 1 : ENOUGH;
    const ref = [wired].flat().join(', ');
    const what = Array.isArray(wired) ? `role ${role}` : `group ${ref}`;
    const bad = NEEDED.includes(role) ? fail : warn;
    const people = await peopleOf(client, usergroups, wired);
    if (!people) yield bad(what, findings.groupMissing(ref, role));
    else {
      const fit = role === 'auditors' || role === 'admins' ? people : people.filter((id) => !auditors.has(id));
      const active = await countActive(client, fit, teamId, enough);
      if (active < enough) yield bad(what, findings.groupSmall(ref, active));
      else yield ok(what, `${count(people.length, 'person', 'people')}, at least ${enough} of whom may act`);
    }
  }
}

type SlackGroups = NonNullable<Awaited<ReturnType<WebClient['usergroups']['list']>>['usergroups']>;

async function peopleOf(client: WebClient, groups: SlackGroups, wired: GroupWiring): Promise<string[] | null> {
  if (Array.isArray(wired)) return wired;
  const group = groups.find(({ id, handle }) => id === wired || `@${handle}` === wired);
  if (!group?.id) return null;
  return group.users ?? (await client.usergroups.users.list({ usergroup: group.id })).users ?? [];
}

/** Active people of this workspace, neither guests nor bots; asks for no more of them than are needed. */
async function countActive(client: WebClient, people: string[], teamId: string, enough: number): Promise<number> {
  let active = 0;
  for (const user of new Set(people)) {
    if (active >= enough) break;
    const answer = await client.users.info({ user }).catch((error: unknown) => {
      if (slackError(error)?.code === 'user_not_found') return { user: undefined };
      throw error;
    });
    if (!answer.user) continue;
    const { home, deleted, bot, guest } = personOf(answer.user, teamId);
    if (home && !deleted && !bot && !guest) active++;
  }
  return active;
}

async function* orExplained(what: string, apiUrl: string, lines: AsyncGenerator<Line>): AsyncGenerator<Line> {
  try {
    yield* lines;
  } catch (error) {
    yield explain(what, error, apiUrl);
  }
}

const TOKEN_REFUSED = ['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'];

/** @throws what has nothing to do with Slack */
function explain(what: string, error: unknown, apiUrl: string): Line {
  const failure = slackError(error);
  if (!failure) throw error;
  const { code } = failure;
  if (code === 'unreachable' || code === 'no_answer')
    return fail('Slack', `${apiUrl} does not answer: check the network, a proxy, and SLACK_API_URL`);
  if (TOKEN_REFUSED.includes(code))
    return fail('token', `Slack refuses it (${code}): copy the Bot User OAuth Token again into SLACK_BOT_TOKEN`);
  if (code === 'missing_scope') return fail(what, 'cannot be read without the missing scopes');
  return fail(what, `cannot be read: Slack answers ${code}`);
}
