import { expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { connect } from '../../src/store/connect.ts';
import { sweepOut } from '../../src/store/housekeeping.ts';
import { createTestDatabase } from '../support/database.ts';

it('keeps the key of a click for a week, so that a late repetition is still known as one (fault 5)', async () => {
  const database = await createTestDatabase();
  const { pool, db, close } = connect(database.url, createLogger({ level: 'silent' }), 2);
  await pool.query(`
    insert into inbox (team_id, key, at) values
      ('T1', 'recent', now() - interval '6 days'), ('T1', 'old', now() - interval '8 days'),
      ('T2', 'of another workspace', now() - interval '8 days')`);
  await pool.query(`
    insert into deliveries (team_id, key, surface, status, at) values
      ('T1', 'card/1/1', 'card', 'sent', now() - interval '1 year'),
      ('T1', 'dm/1/U1/1', 'dm', 'gone', now() - interval '1 year'),
      ('T1', 'dm/2/U1/1', 'dm', 'gone', now() - interval '1 day')`);
  await pool.query(`
    insert into pace (team_id, bucket, free_at) values
      ('T1', 'post', now() - interval '2 days'), ('T1', 'update', now() + interval '2 days')`);
  await pool.query(`
    insert into drafts (team_id, person, typed, updated_at) values
      ('T1', 'U1', '{}', '2026-11-01T09:00:00Z'), ('T1', 'U2', '{}', '2026-11-01T09:00:01Z'),
      ('T2', 'U1', '{}', '2026-11-01T09:00:00Z')`);
  const removed = await sweepOut(db, 'T1', '2026-11-15T09:00:00.000Z');
  expect(removed).toEqual({ keys: 1, gone: 1, pace: 1, drafts: 1, pings: 0 });
  const { rows } = await pool.query(`select key from inbox union all select key from deliveries order by 1`);
  expect(rows.map(({ key }) => key)).toEqual(['card/1/1', 'dm/2/U1/1', 'of another workspace', 'recent']);
  await close();
  await database.drop();
});
