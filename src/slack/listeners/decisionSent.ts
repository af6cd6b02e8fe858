/** A decision modal that was sent: what is wrong with what was filled in, the decision, and the way on. */
import type { ViewResponseAction } from '@slack/bolt';
import { toWords } from '../../app/content.ts';
import { LONGEST_READ } from '../../core/events/review.ts';
import type { Rules } from '../../core/policy.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import { dayIn } from '../../core/week.ts';
import type { DecisionMeta } from '../carried.ts';
import { nextInQueue } from '../desk.ts';
import { FIELD } from '../ids.ts';
import { type Answers, standardSuffices } from '../views/deciding.ts';
import { onwardModal } from '../views/next.ts';
import { wording } from '../wording/index.ts';
import { answersIn, conditionsOf, type Errors, reasonOf, validityOf } from './answers.ts';
import { tryDecisionModal } from './decisionModal.ts';
import { type Actor, act, explain, find, type Listening, type Seen } from './listening.ts';
import type { Submission } from './submission.ts';

const { decision: say, notices } = wording();

type Outcome = Refusal | ViewResponseAction | undefined;
const wrong = (errors: Errors): ViewResponseAction => ({ response_action: 'errors', errors });
const update = (view: ReturnType<typeof onwardModal>): ViewResponseAction => ({ response_action: 'update', view });

/** @param refreshed asks Slack anew who is in the role */
export async function decided(
  submission: Submission,
  meta: DecisionMeta,
  refreshed: (number: number) => void,
): Promise<Outcome> {
  const { bot, actor, view, key } = submission;
  const found = await find(bot, actor, meta.n, key);
  if (isRefusal(found)) return found;
  const answers = answersIn(view.state.values);
  const command = await commandOf(bot, found, meta, answers);
  if ('errors' in command) return wrong(command.errors);
  const result = await act(bot, actor, command, { number: meta.n, key, read: found });
  if (!isRefusal(result)) return meta.q ? onward(bot, actor, meta) : undefined;
  if (result.why === 'directory_stale') refreshed(meta.n);
  return notDecided(bot, actor, meta, answers, result, found.policy.rules);
}

/** The command, or what is wrong at which field. */
async function commandOf(
  bot: Listening,
  { policy: { rules }, wiring }: Seen,
  { act: wanted, seen, o }: DecisionMeta,
  answers: Answers,
) {
  const reason = reasonOf(answers, rules, standardSuffices(rules, { act: wanted, stage: seen.stage }));
  if ('errors' in reason) return reason;
  const decision = { seen, rationale: toWords(reason.text), readMs: readFor(o) };
  if (wanted === 'reject') return { type: 'reject' as const, ...decision };
  const attached = await conditionsOf(bot, answers.conditions, () => dayIn(bot.clock.now(), wiring.zone));
  if ('errors' in attached) return attached;
  const approve = { type: 'approve' as const, ...decision, checks: answers.checks, conditions: attached.conditions };
  if (seen.stage === 'validation') return approve;
  const good = validityOf(answers, bot.clock.now().slice(0, 10));
  return 'errors' in good ? good : { ...approve, ...good };
}

/** A machine whose clock is behind that of the one which opened it has measured nothing. */
function readFor(opened: number | undefined): number | undefined {
  const readMs = opened === undefined ? -1 : Date.now() - opened;
  return readMs < 0 ? undefined : Math.min(readMs, LONGEST_READ);
}

/** Refusals that pass: what was filled in stays, to be sent again or kept. */
const PASSING: Refusal['why'][] = ['on_hold', 'returned', 'tier_unset', 'directory_stale', 'rationale_missing'];

async function notDecided(
  bot: Listening,
  actor: Actor,
  meta: DecisionMeta,
  answers: Answers,
  refusal: Refusal,
  { checklist }: Rules,
): Promise<Outcome> {
  const { n, act: wanted, seen, q, o } = meta;
  if (refusal.why === 'checks_missing') {
    const texts = checklist.filter(({ id }) => refusal.checks.includes(id)).map(({ text }) => text);
    return wrong({ [FIELD.checks]: say.untickedChecks(texts) });
  }
  if (refusal.why === 'validity_unfit' || refusal.why === 'validity_too_long') {
    const field = refusal.why === 'validity_unfit' && refusal.because === 'passed' ? FIELD.validFrom : FIELD.validUntil;
    return wrong({ [field]: await explain(bot, refusal, n) });
  }
  if (refusal.why === 'changed_since') {
    const manner = { queued: q === true, answers, seen, opened: o };
    const view = await tryDecisionModal(bot, actor, n, wanted, manner);
    return isRefusal(view) ? wrong({ [FIELD.rationale]: await explain(bot, view, n) }) : update(view);
  }
  if (PASSING.includes(refusal.why)) return wrong({ [FIELD.rationale]: await explain(bot, refusal, n) });
  return q ? passedBy(bot, actor, n, refusal) : refusal;
}

async function onward(bot: Listening, actor: Actor, { n, act: wanted, seen }: DecisionMeta): Promise<Outcome> {
  const next = (await nextInQueue(bot, actor, n))?.n ?? null;
  const { title, says, done } = say.queue;
  return update(onwardModal(title, says(done[wanted][seen.stage](n), next), n, next));
}

/** Somebody else was first, say: the queue goes on all the same. */
async function passedBy(bot: Listening, actor: Actor, number: number, refusal: Refusal): Promise<Outcome> {
  const next = (await nextInQueue(bot, actor, number))?.n ?? null;
  return update(onwardModal(notices.refused.title, await explain(bot, refusal, number), number, next));
}
