/** Signing a week's report off, in Slack: the report shows it, its thread tells it, and those who have not are asked. */

import { dayIn } from '../../core/week.ts';
import { CHASES } from '../../core/weekReview.ts';
import { presentMembers } from '../../store/absences.ts';
import { deliveriesUnder, deliveryOf, markDrawn, markGone } from '../../store/deliveries.ts';
import { owe } from '../../store/outbox.ts';
import { membersOf } from '../../store/people.ts';
import { digestAsPosted } from '../digestPost.ts';
import { drawSignOff } from '../drawnSignOff.ts';
import { digestMessage } from '../views/digest.ts';
import type { Message } from '../views/message.ts';
import { chaseMessage, type DrawnSignOff, signedLine, signOffBlocks } from '../views/signOff.ts';
import { wording } from '../wording/index.ts';
import { type Deps, isPosted, type Posted } from './deps.ts';
import { isRefused } from './errors.ts';
import { alone } from './lease.ts';
import { permalinkOf } from './permalink.ts';
import { toPerson } from './person.ts';
import { drawingOf, postOnce } from './post.ts';
import { alertOf } from './route.ts';
import { forEach } from './several.ts';
import { update } from './update.ts';

/** Under which the report of a whole week is posted. */
const reportKey = (week: string): string => `digest/${week}`;
const chaseKey = (week: string): string => `sign_off/${week}/`;

/** Draws whatever shows whether the report was signed off, from the state as it is. Of a week without report there is nothing. */
export const redrawDigest = (deps: Deps, { week }: { week: string }): Promise<void> =>
  alone(deps, `sign_off/${week}`, () => draw(deps, week));

async function draw(deps: Deps, week: string): Promise<void> {
  const drawn = await drawSignOff(deps, week);
  if (!drawn) return;
  const report = await reportOf(deps, week);
  if (report) await inReport(deps, report, drawn);
  const link = report && (await permalinkOf(deps, report));
  const asked = (await deliveriesUnder(deps.db, deps.teamId, chaseKey(week))).filter(isPosted);
  await forEach(asked, (posted) => drawAgain(deps, posted, chaseMessage(drawn, timeOf(posted), link)));
}

async function reportOf({ db, teamId }: Deps, week: string): Promise<Posted | null> {
  const report = await deliveryOf(db, teamId, reportKey(week));
  return isPosted(report) ? report : null;
}

/** The report itself keeps what it said: its figures are those of when it was posted. */
async function inReport(deps: Deps, report: Posted, drawn: DrawnSignOff): Promise<void> {
  const main = digestAsPosted(report);
  if (main) await drawAgain(deps, report, digestMessage(main, signOffBlocks(drawn)));
  const message = signedLine(drawn);
  if (!message) return;
  const { channel, ts } = report;
  await postOnce(deps, { key: `${report.key}/signed-off`, surface: 'sign_off', channel, thread_ts: ts, message });
}

async function drawAgain({ db, teamId, ...deps }: Deps, posted: Posted, message: Message): Promise<void> {
  const drawing = drawingOf(message);
  if (posted.drawn === drawing) return;
  try {
    await update({ db, teamId, ...deps }, posted, message);
    await markDrawn(db, teamId, posted.key, drawing);
  } catch (error) {
    if (!isRefused(error, 'message', 'route', 'person')) throw error;
    await markGone(db, teamId, posted.key);
  }
}

const timeOf = ({ subject }: Posted): number => (typeof subject.time === 'number' ? subject.time : 1);

/** Nobody has signed in time: those who sign are asked, each by direct message, and at last the admins hear of it. */
export async function signOffDue(deps: Deps, { week, time }: { week: string; time: number }): Promise<void> {
  const { db, teamId, clock } = deps;
  const drawn = await drawSignOff(deps, week);
  if (!drawn || drawn.state.signedOff) return;
  const { days, dueAt, wiring } = drawn;
  const { signOff: say, role } = wording();
  const { group } = role('compliance', drawn);
  const tellAdmins = (text: string) => owe(db, teamId, [alertOf(deps, `sign_off/${week}`, text)]);
  if (time > CHASES) return tellAdmins(say.nobodySigned(days, dayIn(dueAt, wiring.zone), CHASES, group));
  const members = await membersOf(db, teamId, wiring, 'compliance');
  const { people } = await presentMembers(db, teamId, wiring, members, clock.now());
  if (people.length === 0) await tellAdmins(say.nobodyToSign(days, group));
  const report = await reportOf(deps, week);
  const message = chaseMessage(drawn, time, report && (await permalinkOf(deps, report)));
  await forEach(people, (person) =>
    toPerson(deps, person, {
      ...{ key: `${chaseKey(week)}${time}/${person}`, surface: 'sign_off', message, subject: { time } },
    }),
  );
  // It may have been signed off while they were asked.
  await redrawDigest(deps, { week });
}
