import { afterEach, beforeEach, expect, it } from 'vitest';
import { handleWeek } from '../../../src/app/weekReview.ts';
import { createWeekLog } from '../../../src/store/weekReviews.ts';
import { standingFor } from '../../support/cast.ts';
import { waitFor } from '../../support/wait.ts';
import { createOffice, type Office, WHO } from './office.ts';

const WEEK = '2026-W46';
const REPORTED = '2026-11-16T09:00:00.000Z';
const SIGNED = '2026-11-23T10:00:00.000Z';

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

it('a reminder to sign off says that it is done where somebody signed while it was posted', async () => {
  const weeks = createWeekLog(office.store);
  const event = { type: 'week_reported' as const, week: WEEK, dueAt: REPORTED, by: 'system', at: REPORTED };
  const first = { teamId: office.teamId, week: WEEK, expectedVersion: 0, head: null, intents: [], key: null };
  await weeks.append({ ...first, events: [event] });
  let begun = false;
  const when = () => {
    begun = true;
    return true;
  };
  office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'slow', ms: 1_000, times: 1, when });
  const asked = office.deliver({ kind: 'sign_off_due', week: WEEK, time: 1 });
  await waitFor(() => begun, { what: 'the reminder to be on its way' });
  const order = { type: 'sign_off' as const, by: WHO.cara, at: SIGNED, remarks: null, standing: standingFor('cleo') };
  expect(await handleWeek(weeks, office.teamId, WEEK, order)).toEqual({ recorded: true });
  await office.deliver({ kind: 'redraw_digest', week: WEEK });
  await asked;
  const told = office.toPerson('cara').map((message) => office.read(message));
  expect(told).toEqual([expect.stringContaining('You need do nothing.')]);
});
