import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/values.ts';
import { channelOf, saveChannels } from '../../src/store/channels.ts';
import {
  keepOnlyGroups,
  membersOf,
  namesOf,
  saveGroup,
  saveGroups,
  savePeople,
  usable,
} from '../../src/store/people.ts';
import { staffOf } from '../../src/store/staffing.ts';
import { hour, idOf } from '../support/cast.ts';
import { policyWith, readPolicy, WIRING } from '../support/policy.ts';
import { TEAM } from '../support/replica.ts';
import { createWorld, slackPerson, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const db = () => world.store.db;
const members = (role: Role, wiring = WIRING) => membersOf(db(), TEAM, wiring, role);
const NOBODY_AUDITS = readPolicy(policyWith('    auditors: "@auditors"\n', '')).wiring;
const OPERATIONS = { id: 'S0OPERATIONS', handle: 'operations', name: 'Operations' };

describe('who may fill a role', () => {
  it('are the members of its group, by handle or by id', async () => {
    const expected = {
      people: [idOf('audrey'), idOf('carl'), idOf('dora'), idOf('olga'), idOf('otto')],
      groupId: 'S0OPERATIONS',
      found: true,
    };
    expect(await members('operations', NOBODY_AUDITS)).toEqual(expected);
    const byId = policyWith('"@operations"', 'S0OPERATIONS', policyWith('    auditors: "@auditors"\n', ''));
    expect(await members('operations', readPolicy(byId).wiring)).toEqual(expected);
  });

  it('are not those who audit; then the group is not mentioned either, since that would call them', async () => {
    const others = [idOf('carl'), idOf('dora'), idOf('olga'), idOf('otto')];
    expect(await members('operations')).toEqual({ people: others, groupId: null, found: true });
    expect(await members('auditors')).toMatchObject({ people: [idOf('audrey')], groupId: 'S0AUDITORS' });
    const staff = await staffOf(db(), TEAM, WIRING, ['operations', 'executives'], hour(0));
    expect(staff.members).toEqual({ operations: others, executives: [idOf('dora'), idOf('eve')] });
    expect(await usable(db(), TEAM, WIRING, [idOf('audrey'), idOf('zoe')])).toEqual([idOf('zoe')]);
  });

  it('are those the policy lists', async () => {
    expect(await members('compliance')).toEqual({ people: [idOf('cleo')], groupId: null, found: true });
  });

  it('are active people of this workspace: no guest, bot, outsider or deactivated account', async () => {
    const odd = [{ guest: true }, { bot: true }, { home: false }, { deleted: true }];
    const people = odd.map((over, index) => slackPerson(`U0ODD${index}`, over));
    await savePeople(db(), TEAM, people);
    const ids = people.map(({ id }) => id);
    await saveGroup(db(), TEAM, { id: 'S0DATA_QUALITY', handle: 'data-quality', name: 'x' }, [...ids, idOf('zoe')]);
    expect((await members('data_quality')).people).toEqual([idOf('zoe')]);
    const listed = readPolicy(policyWith('[U0CLEO]', `[U0CLEO, ${ids.join(', ')}, U0UNHEARDOF]`)).wiring;
    expect((await members('compliance', listed)).people).toEqual([idOf('cleo')]);
  });

  it('are nobody where the group is not found', async () => {
    const gone = readPolicy(policyWith('"@operations"', '"@no-such-group"')).wiring;
    expect(await members('operations', gone)).toEqual({ people: [], groupId: null, found: false });
  });

  it('are those of this workspace alone, though another has a group of the same name', async () => {
    await savePeople(db(), 'T0OTHER', [slackPerson('U0OTHER')]);
    await saveGroup(db(), 'T0OTHER', OPERATIONS, ['U0OTHER']);
    expect((await members('operations')).people).not.toContain('U0OTHER');
    expect((await membersOf(db(), 'T0OTHER', WIRING, 'operations')).people).toEqual(['U0OTHER']);
  });
});

describe('the admins', () => {
  it('are the workspace’s owners where there is no group of admins, so that there is somebody to tell', async () => {
    await keepOnlyGroups(db(), TEAM, ['S0OPERATIONS', 'S0TEAM_LEADS']);
    await savePeople(db(), TEAM, [
      slackPerson(idOf('ada'), { name: 'ada of the cast', owner: true }),
      slackPerson('U0FORMER', { owner: true, deleted: true }),
    ]);
    expect(await members('admins')).toEqual({ people: [idOf('ada')], groupId: null, found: false });
  });

  it('are the members of the group once there is one', async () => {
    await saveGroup(db(), TEAM, { id: 'S0ADMINS', handle: 'carveout-admins', name: 'Admins' }, [idOf('sam')]);
    expect(await members('admins')).toEqual({ people: [idOf('sam')], groupId: 'S0ADMINS', found: true });
  });
});

describe('what Slack says now replaces what it said before', () => {
  it('of a group’s members, each once', async () => {
    await saveGroup(db(), TEAM, OPERATIONS, [idOf('olga'), idOf('olga'), idOf('ben')]);
    expect((await members('operations')).people).toEqual([idOf('ben'), idOf('olga')]);
    await saveGroup(db(), TEAM, OPERATIONS, []);
    expect(await members('operations')).toEqual({ people: [], groupId: 'S0OPERATIONS', found: true });
  });

  it('of a group, when several replicas hear it at once', async () => {
    const replicas = [world, world.replica(), world.replica()];
    await Promise.all(
      replicas.map(({ store }) => saveGroup(store.db, TEAM, OPERATIONS, [idOf('olga'), idOf('otto'), idOf('dora')])),
    );
    expect((await members('operations')).people).toHaveLength(3);
  });

  it('of all groups, when several replicas hear of them at once and in another order', async () => {
    const groups = [
      { ...OPERATIONS, members: [idOf('olga'), idOf('otto'), idOf('olga')] },
      { id: 'S0MANAGERS', handle: 'managers', name: 'm', members: [idOf('mia'), idOf('sam')] },
      { id: 'S0EXECUTIVES', handle: 'executives', name: 'e', members: [] },
    ];
    const replicas = [world, world.replica(), world.replica()];
    const hear = ({ store }: (typeof replicas)[number], index: number) =>
      saveGroups(store.db, TEAM, index % 2 ? groups : groups.toReversed());
    for (let again = 0; again < 5; again++) await Promise.all(replicas.map(hear));
    expect((await members('operations')).people).toEqual([idOf('olga'), idOf('otto')].sort());
    expect((await members('managers')).people).toEqual([idOf('mia'), idOf('sam')].sort());
    expect(await members('executives')).toEqual({ people: [], groupId: 'S0EXECUTIVES', found: true });
  });

  it('of a group that is gone: it fills no role any longer', async () => {
    await saveGroup(db(), TEAM, { id: 'S0MANAGERS', handle: 'managers', name: 'm' }, [idOf('mia')]);
    await keepOnlyGroups(db(), TEAM, ['S0OPERATIONS', 'S0TEAM_LEADS']);
    expect(await members('managers')).toEqual({ people: [], groupId: null, found: false });
  });

  it('of people: names, and who left', async () => {
    await savePeople(db(), TEAM, [slackPerson(idOf('otto'), { name: 'Otto', deleted: true })]);
    expect(await namesOf(db(), TEAM, [idOf('otto'), 'U0UNHEARDOF'])).toEqual({ [idOf('otto')]: 'Otto' });
    expect((await members('operations')).people).not.toContain(idOf('otto'));
    expect(await namesOf(db(), TEAM, [])).toEqual({});
  });

  it('of thousands of people at once', async () => {
    const many = Array.from({ length: 1201 }, (_, index) => slackPerson(`U0MANY${index}`));
    await savePeople(db(), TEAM, many);
    expect(
      Object.keys(
        await namesOf(
          db(),
          TEAM,
          many.map(({ id }) => id),
        ),
      ),
    ).toHaveLength(1201);
  });
});

describe('a decision rests on what Slack said', () => {
  const age = (table: 'people' | 'groups', minutes: number) =>
    sql`update ${sql.table(table)} set fetched_at = clock_timestamp() - make_interval(mins => ${minutes})
      where team_id = ${TEAM}`.execute(db());

  it('a quarter of an hour ago at most: else it is refused, and taken again once asked anew', async () => {
    const number = await world.submit('ben');
    await age('people', 16);
    expect(await world.decide('approve', 'olga', number)).toMatchObject({ why: 'directory_stale' });
    await savePeople(db(), TEAM, [slackPerson(idOf('olga'))]);
    await age('groups', 16);
    expect(await world.decide('approve', 'olga', number)).toMatchObject({ why: 'directory_stale' });
    await age('groups', 14);
    expect(await world.decide('approve', 'olga', number)).toMatchObject({ version: 2 });
  });

  it('27: whoever left the workspace since the card was posted decides nothing', async () => {
    const number = await world.submit('ben');
    await savePeople(db(), TEAM, [slackPerson(idOf('olga'), { deleted: true })]);
    expect(await world.decide('approve', 'olga', number)).toMatchObject({
      why: 'not_eligible',
      because: 'deactivated',
    });
  });

  it('18: and nobody decides where the group is gone', async () => {
    const number = await world.submit('ben');
    await keepOnlyGroups(db(), TEAM, []);
    expect(await world.decide('approve', 'dora', number)).toMatchObject({ why: 'directory_stale' });
    expect((await world.read(number)).approvals).toEqual([]);
  });
});

describe('a channel', () => {
  const channel = (id: string, name: string, archived = false) => ({
    ...{ id, name, archived, member: true, shared: false, private: false, readers: 7 },
  });

  it('is found by name or id, and where a name was used again, the one in use', async () => {
    await saveChannels(db(), TEAM, [channel('C0OLD', 'exceptions', true), channel('C0NEW', 'exceptions')]);
    expect(await channelOf(db(), TEAM, '#exceptions')).toMatchObject({ id: 'C0NEW' });
    expect(await channelOf(db(), TEAM, 'C0OLD')).toMatchObject({ archived: true });
    expect(await channelOf(db(), TEAM, '#nowhere')).toBeNull();
  });

  it('that Slack no longer names is forgotten', async () => {
    await saveChannels(db(), TEAM, [channel('C0NEW', 'renamed')]);
    expect(await channelOf(db(), TEAM, '#exceptions')).toBeNull();
    expect(await channelOf(db(), TEAM, '#renamed')).toMatchObject({ id: 'C0NEW' });
  });
});
