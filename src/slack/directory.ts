/** People, groups and channels of the workspace into Postgres, kept fresh by a job, by Slack's events, and before decisions. */
import type { WebClient } from '@slack/web-api';
import type { Directory } from '../app/ports.ts';
import type { Role } from '../core/values.ts';
import type { Log } from '../log.ts';
import { type Channel, saveChannels } from '../store/channels.ts';
import { keepOnlyGroups, saveGroup, saveGroups, savePeople } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';
import { groupRef, groupRefs } from '../store/standing.ts';
import { isClosed, slackError } from './client.ts';
import { personOf } from './people.ts';

type Deps = { db: Db; client: WebClient; teamId: string; policies: Policies; log: Log };

export type WorkspaceDirectory = Directory & {
  /** Reads everybody, the groups and the channels that the policy names. @throws where Slack does not answer */
  refreshAll(): Promise<void>;
  refreshGroup(id: string): Promise<void>;
};

const PAGE = 200;
const EVERY_KIND = 'public_channel,private_channel';

export function createDirectory({ db, client, teamId, policies, log }: Deps): WorkspaceDirectory {
  const wiring = async () => (await policies.current()).document.wiring;

  /**
   * What Slack does not let the bot read counts as not there: nobody holds a role by it, and everything else goes on.
   * @throws where Slack is only away
   */
  async function orElse<T>(method: string, read: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!isClosed(error)) throw error;
      log.warn({ method, code: slackError(error)?.code }, 'Slack does not let the bot read this; it goes on without');
      return otherwise;
    }
  }

  async function refreshPeople(): Promise<void> {
    for await (const page of client.paginate('users.list', { limit: PAGE })) {
      const { members = [] } = page as Awaited<ReturnType<typeof client.users.list>>;
      await savePeople(
        db,
        teamId,
        members.filter(({ id }) => id).map((user) => personOf(user, teamId)),
      );
    }
  }

  async function membersIn(id: string, listed?: string[]): Promise<string[]> {
    const read = async () => (await client.usergroups.users.list({ usergroup: id })).users ?? [];
    return listed ?? (await orElse('usergroups.users.list', read, []));
  }

  async function refreshGroups(only?: string): Promise<void> {
    const wanted = groupRefs(await wiring());
    // A policy that lists people needs no user groups, and a workspace on a free plan has none to list.
    if (wanted.length === 0) return;
    const read = async () => (await client.usergroups.list({ include_users: true })).usergroups ?? [];
    const usergroups = await orElse('usergroups.list', read, []);
    const named = usergroups.filter(
      ({ id, handle, date_delete }) => !date_delete && (wanted.includes(id ?? '') || wanted.includes(handle ?? '')),
    );
    const told: Parameters<typeof saveGroups>[2] = [];
    for (const { id, handle, name, users } of named)
      if (id && (!only || only === id))
        told.push({ id, handle: handle ?? '', name: name ?? '', members: await membersIn(id, users) });
    await saveGroups(db, teamId, told);
    await keepOnlyGroups(
      db,
      teamId,
      named.map(({ id }) => id ?? ''),
    );
  }

  async function refreshChannels(): Promise<void> {
    const wanted = Object.values((await wiring()).channels);
    const listed =
      (await orElse('conversations.list', () => listChannels(EVERY_KIND, wanted), null)) ??
      (await orElse('conversations.list', () => listChannels('public_channel', wanted), []));
    const known = listed.map(({ id }) => id);
    const others = wanted.filter((ref) => !ref.startsWith('#') && !known.includes(ref));
    const told = await Promise.all([...new Set(others)].map(channelById));
    await saveChannels(db, teamId, [...listed, ...told.filter((channel) => channel !== null)]);
  }

  async function listChannels(types: string, wanted: string[]): Promise<Channel[]> {
    const found: Channel[] = [];
    for await (const page of client.paginate('conversations.list', { types, limit: PAGE })) {
      const { channels = [] } = page as Awaited<ReturnType<typeof client.conversations.list>>;
      for (const channel of channels)
        if (wanted.includes(channel.id ?? '') || wanted.includes(`#${channel.name}`)) found.push(channelRow(channel));
    }
    return found;
  }

  /** A channel that the list does not have, such as a private one where only public ones may be listed. */
  async function channelById(id: string): Promise<Channel | null> {
    const read = async () => {
      const { channel } = await client.conversations.info({ channel: id });
      return channel ? channelRow({ id, ...channel }) : null;
    };
    try {
      return await orElse('conversations.info', read, null);
    } catch (error) {
      if (slackError(error)?.code === 'channel_not_found') return null;
      throw error;
    }
  }

  async function refresh(people: string[], roles: Role[]): Promise<void> {
    const { groups } = await wiring();
    const refs = roles.map((role) => groupRef(groups[role])).filter((ref) => ref !== null);
    const rows = await db.selectFrom('groups').select(['id', 'handle', 'name']).where('team_id', '=', teamId).execute();
    await Promise.all([
      ...people.map(async (user) => {
        const answer = await client.users.info({ user });
        if (answer.user) await savePeople(db, teamId, [personOf(answer.user, teamId)]);
      }),
      ...rows
        .filter(({ id, handle }) => refs.includes(id) || refs.includes(handle))
        .map(async (group) => saveGroup(db, teamId, group, await membersIn(group.id))),
    ]);
  }

  return {
    refresh,
    refreshGroup: (id) => refreshGroups(id),
    async refreshAll() {
      await Promise.all([orElse('users.list', refreshPeople, undefined), refreshGroups(), refreshChannels()]);
    },
  };
}

type SlackChannel = NonNullable<Awaited<ReturnType<WebClient['conversations']['list']>>['channels']>[number];

const channelRow = (channel: SlackChannel): Channel => ({
  id: channel.id ?? '',
  name: channel.name ?? '',
  archived: channel.is_archived ?? false,
  // Where Slack does not say, posting finds out.
  member: channel.is_member ?? true,
  shared: Boolean(channel.is_ext_shared || channel.is_pending_ext_shared || channel.is_org_shared),
  private: channel.is_private ?? false,
  readers: channel.num_members ?? null,
});
