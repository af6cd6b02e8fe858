/** `/exception report 90d`: the report of any period, as a direct message to those who answer for the exceptions. */
import { isProblem, parsePeriod } from '../../core/period.ts';
import type { Role } from '../../core/values.ts';
import { recordLook } from '../../store/access.ts';
import { owe } from '../../store/outbox.ts';
import { membersOf } from '../../store/people.ts';
import { truncate } from '../limits.ts';
import { asMrkdwn, line } from '../mrkdwn.ts';
import { daysOf } from '../report/names.ts';
import { markupSection } from '../views/blocks.ts';
import type { Message } from '../views/message.ts';
import { wording } from '../wording/index.ts';
import type { Actor, Listening } from './listening.ts';

const MAY: readonly Role[] = ['compliance', 'ops_supervisors', 'admins', 'auditors'];
const { report: say, period: words } = wording();
/** Code points that are read of what was typed: no period is longer. */
const TYPED = 60;

/** @param key of the command: asked once, it comes once @returns what to say privately */
export async function reportAsked(
  bot: Listening,
  { id }: Actor,
  typed: string,
  key: string,
): Promise<Message | string> {
  const { db, teamId, policies, clock } = bot;
  const { wiring } = (await policies.current()).document;
  const held = await Promise.all(
    MAY.map(async (role) => ((await membersOf(db, teamId, wiring, role)).people.includes(id) ? [role] : [])),
  );
  const roles = held.flat();
  if (roles.length === 0) return say.notYours(MAY.map((role) => wording().role(role, { wiring }).group));
  const at = clock.now();
  const period = parsePeriod(truncate(typed, TYPED), at, wiring.zone);
  if (isProblem(period)) return withExamples(words.refusal(period));
  const { from, to } = period;
  // On the record before it is granted: who audits is seen by whoever is audited.
  if (roles.includes('auditors')) await recordLook(db, teamId, { by: id, at, what: 'report', requests: [], from, to });
  await owe(db, teamId, [{ kind: 'report', person: id, from, to, key }]);
  bot.wake();
  return say.onItsWay(daysOf({ figures: period, zone: wiring.zone }));
}

/** What is written in code type is to be typed like that; what they typed themselves cannot become a mention. */
function withExamples(sentence: string): Message {
  const text = asMrkdwn(line`${sentence}`);
  return { text, blocks: [markupSection(text)] };
}
