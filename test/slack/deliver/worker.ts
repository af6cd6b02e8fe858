/** A replica of the delivering side as a process of its own, so that a test can kill it. */
import { createCourtesy } from '../../../src/jobs/courtesy.ts';
import { createQueue } from '../../../src/jobs/queue.ts';
import { createLogger } from '../../../src/log.ts';
import { createClient } from '../../../src/slack/client.ts';
import { createDeliverer, NO_ERRANDS } from '../../../src/slack/deliver/index.ts';
import { connect } from '../../../src/store/connect.ts';
import { createPolicies } from '../../../src/store/policies.ts';

const [url = '', apiUrl = '', token = '', teamId = ''] = process.argv.slice(2);
const log = createLogger({ level: 'silent' });
const store = connect(url, log, 8);
const clock = { now: () => '2026-11-23T10:00:00.000Z' };
const policies = createPolicies(store.db, teamId);
const client = createClient({ token, apiUrl, log });
const timing = { lease: 9_000 };
const postDigest = async () => undefined;
const { deliver } = createDeliverer({
  db: store.db,
  policies,
  client,
  teamId,
  clock,
  log,
  timing,
  postDigest,
  errands: NO_ERRANDS,
});
const givenUpText = () => 'given up';
const courtesy = createCourtesy();
await createQueue({ db: store.db, connectionString: url, teamId, deliver, clock, log, givenUpText, courtesy }).start();
