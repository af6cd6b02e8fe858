/** People, groups and channels of the workspace into Postgres, kept fresh by a job, by Slack's events, and before decisions. */
import type { WebClient } from '@slack/web-api';
import type { Directory } from '../app/ports.ts';
import type { Role } from '../core/values.ts';
import { type Channel, saveChannels } from '../store/channels.ts';
import { keepOnlyGroups, saveGroup, savePeople } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';
import { groupRef, groupRefs } from '../store/standing.ts';
import { personOf } from './people.ts';

type Deps = { db: Db; client: WebClient; teamId: string; policies: Policies };

export type WorkspaceDirectory = Directory & {
  /** Reads everybody, the groups and the channels that the policy names. @throws where Slack does not answer */
  refreshAll(): Promise<void>;
  refreshGroup(id: string): Promise<void>;
};

const PAGE = 200;

export function createDirectory({ db, client, teamId, policies }: Deps): WorkspaceDirectory {
  const wiring = async () => (await policies.current()).document.wiring;

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
    return listed ?? (await client.usergroups.users.list({ usergroup: id })).users ?? [];
  }

  async function refreshGroups(only?: string): Promise<void> {
    const wanted = groupRefs(await wiring());
    // A policy that lists people needs no user groups, and a workspace on a free plan has none to list.
    if (wanted.length === 0) return;
    const { usergroups = [] } = await client.usergroups.list({ include_users: true });
    const named = usergroups.filter(({ id, handle }) => wanted.includes(id ?? '') || wanted.includes(handle ?? ''));
    for (const { id, handle, name, users } of named)
      if (id && (!only || only === id))
        await saveGroup(db, teamId, { id, handle: handle ?? '', name: name ?? '' }, await membersIn(id, users));
    await keepOnlyGroups(
      db,
      teamId,
      named.map(({ id }) => id ?? ''),
    );
  }

  async function refreshChannels(): Promise<void> {
    const wanted = Object.values((await wiring()).channels);
    const found: Channel[] = [];
    for await (const page of client.paginate('conversations.list', {
      types: 'public_channel,private_channel',
      limit: PAGE,
    })) {
      const { channels = [] } = page as Awaited<ReturnType<typeof client.conversations.list>>;
      for (const channel of channels)
        if (wanted.includes(channel.id ?? '') || wanted.includes(`#${channel.name}`)) found.push(channelRow(channel));
    }
    await saveChannels(db, teamId, found);
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
      await Promise.all([refreshPeople(), refreshGroups(), refreshChannels()]);
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
