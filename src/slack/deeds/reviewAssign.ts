/** Giving a request to somebody by name: only to one who may decide it. */
import { roleOf } from '../../core/policy.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import type { InReview } from '../../core/request.ts';
import { mayDecide } from '../../core/standing.ts';
import { namesOf } from '../../store/people.ts';
import { FIELD } from '../ids.ts';
import type { Listening, Seen } from '../listeners/listening.ts';
import { input, plain, section } from '../views/blocks.ts';
import { role, wordsOf } from '../views/drawn.ts';
import { wording } from '../wording/index.ts';
import { type Deed, personIn } from './deed.ts';

const { deed, role: roleIn } = wording();
const say = deed.assign;

const NOBODY = 'nobody';
const whose = ({ stage, tier }: InReview) => roleOf(stage, tier);

/** Why somebody who was picked cannot decide it, as a sentence; null where they can. */
export async function whyNotTheirs(
  bot: Pick<Listening, 'db' | 'teamId' | 'log' | 'directory' | 'logger' | 'clock'>,
  { state, policy, wiring }: Pick<Seen, 'state' | 'policy' | 'wiring'>,
  to: string,
): Promise<string | null> {
  if (state.status !== 'in_review') return null;
  const standingNow = async () =>
    (await bot.log.load({ teamId: bot.teamId, number: state.number, actor: to, key: null, at: bot.clock.now() }))
      .standing;
  let verdict = mayDecide(state, to, await standingNow(), policy.rules);
  if (isRefusal(verdict) && HEARSAY.includes(verdict.why)) {
    await bot.directory
      .refresh([to], [whose(state)])
      .catch((err) => bot.logger.warn({ err }, 'Slack did not say who is in the role'));
    verdict = mayDecide(state, to, await standingNow(), policy.rules);
  }
  if (!isRefusal(verdict)) return null;
  const names = await namesOf(bot.db, bot.teamId, [to]);
  return say.whyNot(names[to] ?? to, because(verdict), state.number, roleIn(whose(state), { wiring }));
}

/** Answers that hang on what Slack said, which may be old. */
const HEARSAY: Refusal['why'][] = ['directory_stale', 'not_in_role', 'not_eligible'];

function because(refusal: Refusal): Parameters<typeof say.whyNot>[1] {
  switch (refusal.why) {
    case 'self_approval':
      return 'own';
    case 'conflict_of_interest':
      return 'conflict';
    case 'same_person':
    case 'auditor':
    case 'not_in_role':
      return refusal.why;
    case 'not_eligible':
      return refusal.because === 'unknown' ? 'unknown' : 'not_eligible';
    default:
      return 'unknown';
  }
}

export const assign: Deed = {
  name: 'assign',
  button: say.button,
  trial: () => ({ type: 'assign', to: NOBODY }),
  form: {
    title: say.title,
    submit: say.submit,
    field: FIELD.assignee,
    blocks: (drawn) => {
      const { state } = drawn;
      const to = input({
        block_id: FIELD.assignee,
        label: say.to,
        optional: false,
        element: { type: 'users_select', action_id: FIELD.assignee, placeholder: plain(say.pick) },
      });
      if (state.status !== 'in_review') return [to];
      return [section(wordsOf(drawn).deed.assign.says(state.number, role(drawn, whose(state)))), to];
    },
    read: (values) => {
      const to = personIn(values, FIELD.assignee);
      return to === null ? { errors: { [FIELD.assignee]: say.missing } } : { type: 'assign', to };
    },
    async check(bot, order, seen) {
      const why = order.type === 'assign' ? await whyNotTheirs(bot, seen, order.to) : null;
      return why === null ? null : { errors: { [FIELD.assignee]: why } };
    },
  },
};
