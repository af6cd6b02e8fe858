/** The modal in which an absence is set, sent. */
import type { ViewOutput, ViewResponseAction } from '@slack/bolt';
import { handleAbsence } from '../../app/absences.ts';
import { toWords } from '../../app/content.ts';
import { refuse } from '../../core/refusal.ts';
import type { Instant } from '../../core/values.ts';
import { namesOf } from '../../store/people.ts';
import { personIn } from '../deeds/deed.ts';
import { FIELD } from '../ids.ts';
import { stranger, unfit } from '../picked.ts';
import { absenceSetModal } from '../views/away.ts';
import { wording } from '../wording/index.ts';
import { FIELD_OF, rightsOf, sentence } from './awayRights.ts';
import { type Submission, typedText } from './submission.ts';

const { away: say } = wording();

type Values = ViewOutput['state']['values'];
const wrong = (field: string, text: string): ViewResponseAction => ({
  response_action: 'errors',
  errors: { [field]: text },
});

/** A picker of Slack's tells seconds. */
function timeIn(values: Values, field: string): Instant | null {
  const picked: unknown = values[field]?.[field]?.selected_date_time;
  return typeof picked === 'number' ? new Date(picked * 1000).toISOString() : null;
}

export async function awaySent(submission: Submission) {
  const { bot, actor, view, key } = submission;
  const { values } = view.state;
  if (actor.outsider) return refuse({ why: 'not_eligible', because: 'outsider' });
  // Without the field it is the actor's own.
  const person = FIELD.person in values ? personIn(values, FIELD.person) : actor.id;
  if (!person) return wrong(FIELD.person, say.missing.who);
  const [from, until] = [timeIn(values, FIELD.awayFrom), timeIn(values, FIELD.awayUntil)];
  if (!from) return wrong(FIELD.awayFrom, say.missing.time);
  if (!until) return wrong(FIELD.awayUntil, say.missing.time);
  const delegate = personIn(values, FIELD.delegate);
  const problem = await badPick(submission, person, delegate);
  if (problem) return problem;
  const why = typedText(submission, FIELD.reason, null);
  if ('error' in why) return why.error;
  const at = bot.clock.now();
  const done = await handleAbsence(
    bot.people,
    bot.teamId,
    {
      ...{ type: 'set', person, by: actor.id, at, rights: await rightsOf(bot, actor, person) },
      ...{ from, until, delegate, why: why.text === null ? null : toWords(why.text), fit: true },
    },
    key,
  );
  if ('refused' in done) return wrong(FIELD_OF[done.why], await sentence(bot, done, actor));
  bot.wake();
  bot.acted?.(actor.id);
  const names = await namesOf(bot.db, bot.teamId, [person, ...(delegate ? [delegate] : [])]);
  const set = done.find((event) => event.type === 'absence_set') ?? { from, until, delegate };
  const whose = person === actor.id ? null : (names[person] ?? person);
  const replaced = done.some(({ type }) => type === 'absence_ended');
  return { response_action: 'update' as const, view: absenceSetModal(set, { whose, names, replaced }) };
}

/** Somebody who is named must be of this workspace, and able to act in it. */
async function badPick({ bot, actor }: Submission, person: string, delegate: string | null) {
  const absent = person === actor.id ? null : await stranger(bot, person);
  if (absent) return wrong(FIELD.person, absent);
  const standIn = delegate === null ? null : await unfit(bot, delegate);
  return standIn ? wrong(FIELD.delegate, standIn) : null;
}
