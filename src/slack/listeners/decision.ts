/** Approve and Reject: the modal that names the act, and its submission. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { toWords } from '../../app/content.ts';
import { needsFreshSources } from '../../core/freshness.ts';
import { roleOf } from '../../core/policy.ts';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import { approvalOf } from '../../core/request.ts';
import { couldAlsoAuthorize, mayDecide, REFRESH_AFTER } from '../../core/standing.ts';
import { owe } from '../../store/outbox.ts';
import { slackError } from '../client.ts';
import { draw } from '../drawn.ts';
import { ACTION, type DecisionMeta, decisionMeta, FIELD, type Ref, ref, VIEW } from '../ids.ts';
import { decisionModal } from '../views/decision.ts';
import { loadingModal, noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { type Actor, act, explain, find, type Listening, type Seen } from './listening.ts';
import { onPress, type Press, show } from './press.ts';
import { onSubmission, typedText } from './submission.ts';

const { notices, label } = wording();
type Act = DecisionMeta['act'];

export function registerDecision(app: App, bot: Listening): void {
  onPress(app, bot, ACTION.approve, ref, (press, pressed) => open(press, pressed, 'approve'));
  onPress(app, bot, ACTION.reject, ref, (press, pressed) => open(press, pressed, 'reject'));
  onSubmission(
    app,
    bot,
    { callbackId: VIEW.decide, schema: decisionMeta, field: FIELD.rationale },
    async (submission, meta) => {
      const typed = typedText(submission, FIELD.rationale, label.rationale);
      if ('error' in typed) return typed.error;
      const { actor, key } = submission;
      const decision = { seen: meta.seen, rationale: toWords(typed.text ?? '') };
      const command =
        meta.act === 'approve'
          ? { type: 'approve' as const, ...decision, checks: [], conditions: [] }
          : { type: 'reject' as const, ...decision };
      const result = await act(bot, actor, command, { number: meta.n, key });
      if (!isRefusal(result)) return undefined;
      if (result.why === 'changed_since') return reopened(bot, actor, meta, typed.text ?? '');
      if (result.why === 'directory_stale') refreshInBackground(bot, actor, meta.n);
      return result;
    },
  );
}

/** Opens at once where what Slack said is recent; else says that it is loading while Slack is asked. */
async function open(press: Press, { n, r, s }: Ref, wanted: Act): Promise<void> {
  const { bot, actor, refuse: say } = press;
  const seen = await find(bot, actor, n);
  if (isRefusal(seen)) return say(seen, n);
  const moved = movedOn(seen, r, s);
  if (moved) return say(moved, n);
  const verdict = mayDecide(seen.state, actor.id, seen.standing, seen.policy.rules);
  const stale = needsRefresh(seen, verdict);
  if (!stale && isRefusal(verdict)) return say(verdict, n);
  const { state, wiring, version } = seen;
  const old = needsFreshSources(state, wiring, bot.clock.now());
  if (!stale && !old) {
    await show(press, await modal(bot, seen, wanted));
    return;
  }
  const loading = await show(press, loadingModal());
  if (!loading) return;
  if (stale) await refresh(bot, actor, n).catch((error) => unanswered(bot, n, error));
  const waiting = { view: loading, person: actor.id, act: wanted };
  if (!old) return fillDecision(bot, { ...waiting, number: n });
  await owe(bot.db, bot.teamId, [{ kind: 'read_sources', number: n, seq: version, moment: 'decision', fill: waiting }]);
  bot.wake();
}

const unanswered = (bot: Listening, number: number, err: unknown) =>
  bot.logger.warn({ err, request: `EX-${number}` }, 'Slack did not say who is in the role');

/** The modal in which this person decides, or what keeps them from it. */
export async function decisionModalFor(bot: Listening, actor: Actor, number: number, act: Act): Promise<ModalView> {
  const seen = await find(bot, actor, number);
  const verdict = isRefusal(seen) ? seen : mayDecide(seen.state, actor.id, seen.standing, seen.policy.rules);
  return isRefusal(seen) || isRefusal(verdict)
    ? noticeModal(notices.refused.title, await explain(bot, verdict as Refusal, number))
    : modal(bot, seen, act);
}

type Waiting = { view: string; person: string; act: Act; number: number };

/** Fills the modal that said it was loading. Whoever closed it meanwhile does not wait for it any more. */
export async function fillDecision(bot: Listening, { view, person, act, number }: Waiting): Promise<void> {
  const filled = await decisionModalFor(bot, { id: person, outsider: false }, number, act);
  await bot.client.views.update({ view_id: view, view: filled }).catch((error) => {
    if (slackError(error)?.code !== 'not_found') throw error;
  });
}

/** A button drawn for a stage that was decided since: says by whom. */
function movedOn({ state }: Seen, round: number, stage: Ref['s']): Refusal | null {
  if (state.status !== 'in_review') return null;
  if (round !== state.round) return refuse({ why: 'changed_since' });
  const decided = stage && stage !== state.stage && approvalOf(state, stage);
  return decided
    ? refuse({ why: 'already_decided', stage, outcome: 'approved', by: decided.by, at: decided.at })
    : null;
}

/** Only where the answer hangs on the directory: what the request itself rules out, it rules out whatever Slack says. */
function needsRefresh({ state, standing }: Seen, verdict: ReturnType<typeof mayDecide>): boolean {
  if (state.status !== 'in_review') return false;
  const membership = standing.roles[roleOf(state.stage, state.tier)];
  const old =
    (standing.person?.age ?? Number.POSITIVE_INFINITY) > REFRESH_AFTER || (membership?.age ?? 0) > REFRESH_AFTER;
  if (isRefusal(verdict))
    return verdict.why === 'directory_stale' || (old && ['not_in_role', 'not_eligible'].includes(verdict.why));
  return old;
}

async function refresh(bot: Listening, actor: Actor, number: number): Promise<void> {
  const { state } = await bot.log.load({ teamId: bot.teamId, number, actor: actor.id, key: null });
  const roles = state?.status === 'in_review' ? [roleOf(state.stage, state.tier)] : [];
  await bot.directory.refresh([actor.id], roles);
}

function refreshInBackground(bot: Listening, actor: Actor, number: number): void {
  refresh(bot, actor, number).catch((error) => unanswered(bot, number, error));
}

async function modal(
  bot: Listening,
  { state, standing, contentHash }: Seen,
  act: Act,
  stale: string[] | null = null,
  rationale = '',
) {
  const drawn = await draw(bot, state.number);
  if (!drawn || state.status !== 'in_review') throw new Error(`EX-${state.number} is not in review`);
  const seen = { round: state.round, stage: state.stage, contentHash };
  return decisionModal({ drawn, act, seen, couldAlsoAuthorize: couldAlsoAuthorize(state, standing), stale, rationale });
}

/** The same modal on what the request is now, with the rationale kept. */
async function reopened(bot: Listening, actor: Actor, meta: DecisionMeta, rationale: string) {
  const seen = await find(bot, actor, meta.n);
  if (isRefusal(seen)) return seen;
  const verdict = mayDecide(seen.state, actor.id, seen.standing, seen.policy.rules);
  if (isRefusal(verdict)) return verdict;
  const view = await modal(bot, seen, meta.act, [], rationale);
  return { response_action: 'update' as const, view };
}
