import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { hour } from '../support/cast.ts';
import { withClient } from '../support/database-url.ts';
import { deleteRemark, editRemark, remark } from '../support/given.ts';
import { TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const contentOf = (id: string) =>
  world.store.db.selectFrom('contents').selectAll().where('id', '=', id).executeTakeFirst();
const audit = async () => (await verifyChains(world.store.db, TEAM)).faults;
let at = 1;
const order = (number: number, given: Parameters<World['order']>[1]) =>
  world.order('ben', given, { number, at: hour(at++) });

describe('a reply whose writer deletes it', () => {
  it('loses its words, before and after it was edited, and keeps its place and who wrote it', async () => {
    const number = await world.submit('ada');
    await order(number, remark('They called me a fool.', '1.1'));
    await order(number, editRemark('They were unkind.', '1.1'));
    const [said] = (await world.read(number)).remarks;
    const ids = [said?.words.content ?? '', ...(said?.earlier ?? [])];
    expect(ids).toHaveLength(2);
    await order(number, deleteRemark('1.1'));
    for (const id of ids) expect(await contentOf(id)).toMatchObject({ id, nonce: null, bytes: null });
    const state = await world.read(number);
    expect(state.remarks).toMatchObject([{ ts: '1.1', words: { text: null }, deleted: { by: expect.any(String) } }]);
    const stored = JSON.stringify(await world.store.db.selectFrom('contents').select('bytes').execute());
    expect(stored).not.toContain('fool');
    expect(stored).not.toContain('unkind');
  });

  it('leaves a record that stands the audit', async () => {
    expect(await audit()).toEqual([]);
  });

  it('takes away nothing that somebody else said, though it read the same', async () => {
    const number = await world.submit('ada');
    const same = (ts: string) => ({ ...remark('Same here.', ts), words: toWords('Same here.') });
    await order(number, same('2.1'));
    await world.order('zoe', same('2.2'), { number, at: hour(at++) });
    await order(number, deleteRemark('2.1'));
    const { remarks } = await world.read(number);
    expect(remarks.map(({ words }) => words.text)).toEqual([null, 'Same here.']);
  });
});

describe('words that were taken away otherwise', () => {
  /** By somebody who owns the tables, past their triggers. */
  const tamper = (statement: string, values: unknown[]) =>
    withClient(world.url, async (client) => {
      await client.query('set session_replication_role = replica');
      await client.query(statement, values);
    });

  it.each([
    ['emptied', 'update contents set nonce = null, bytes = null where id = $1'],
    ['removed', 'delete from contents where id = $1'],
  ])('are missed by the audit: %s', async (how, statement) => {
    const number = await world.submit('ada');
    await order(number, remark(`This is not to be ${how}.`, '3.1'));
    const id = (await world.read(number)).remarks[0]?.words.content ?? '';
    const { nonce, bytes } = (await contentOf(id)) ?? { nonce: null, bytes: null };
    await tamper(statement, [id]);
    expect(await audit()).toEqual([{ stream: `request/${number}`, seq: 2, what: 'words_missing', content: id }]);
    const back = `insert into contents values ($1, $2, $3, $4)
      on conflict (team_id, id) do update set nonce = excluded.nonce, bytes = excluded.bytes`;
    await tamper(back, [TEAM, id, nonce, bytes]);
    expect(await audit()).toEqual([]);
  });

  it.each([
    ['half there', "update contents set nonce = null where bytes = 'Erase me.'"],
    ['others', "update contents set bytes = 'Other words.' where bytes = 'Erase me.'"],
    ['gone without a trace', "delete from contents where bytes = 'Erase me.'"],
  ])('cannot be %s, whoever owns the tables', async (_what, statement) => {
    await order(await world.submit('ada'), remark('Erase me.', `4.${at}`));
    await expect(withClient(world.url, (client) => client.query(statement))).rejects.toThrow(/refused/);
  });
});
