/** Approve and Reject: the modal that names the act, and its submission. */
import type { ModalView } from '@slack/types';
import { needsFreshSources } from '../../core/freshness.ts';
import { roleOf } from '../../core/policy.ts';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import { approvalOf } from '../../core/request.ts';
import { REFRESH_AFTER } from '../../core/standing.ts';
import { owe } from '../../store/outbox.ts';
import { decisionMeta, type Ref, ref } from '../carried.ts';
import { ACTION, FIELD, VIEW } from '../ids.ts';
import { loadingModal } from '../views/notice.ts';
import { registerAnswers, registerNext } from './decisionForm.ts';
import { type Act, barredFrom, decisionModalOf, fillDecision } from './decisionModal.ts';
import { decided } from './decisionSent.ts';
import { type Actor, find, type Listening, type Seen } from './listening.ts';
import { onPress, type Press, show } from './press.ts';
import type { Routes } from './routes.ts';
import { onSubmission } from './submission.ts';

export function registerDecision(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.approve, ref, (press, pressed) => openDecision(press, pressed, 'approve'));
  onPress(routes, bot, ACTION.reject, ref, (press, pressed) => openDecision(press, pressed, 'reject'));
  registerNext(routes, bot, (press, next, put) => openDecision(press, next, 'approve', true, put));
  registerAnswers(routes, bot);
  const on = { callbackId: VIEW.decide, schema: decisionMeta, field: FIELD.rationale };
  onSubmission(routes, bot, on, (submission, meta) =>
    decided(submission, meta, (number) => refreshInBackground(bot, submission.actor, number)),
  );
}

/**
 * Opens at once where what Slack and the sources said is recent; else says that it is loading while they are asked.
 * @param queued whether it leads on to the next of the queue
 * @param put puts the modal where it belongs, by default on top; answers with its id
 */
export async function openDecision(
  press: Press,
  { n, r, s }: Ref,
  wanted: Act,
  queued = false,
  put = (view: ModalView) => show(press, view),
): Promise<void> {
  const { bot, actor, refuse: refused } = press;
  const seen = await find(bot, actor, n);
  if (isRefusal(seen)) return refused(seen, n);
  const moved = movedOn(seen, r, s);
  if (moved) return refused(moved, n);
  const barred = barredFrom(seen, actor.id, wanted);
  const asksSlack = needsRefresh(seen, barred);
  if (barred && !asksSlack) return refused(barred, n);
  const asksSources = needsFreshSources(seen.state, seen.wiring, bot.clock.now());
  if (!asksSlack && !asksSources) {
    const view = await decisionModalOf(bot, seen, wanted, { queued });
    if (isRefusal(view)) return refused(view, n);
    await put(view);
    return;
  }
  const view = await put(loadingModal());
  if (view) await load(bot, actor, seen, { view, person: actor.id, act: wanted, queued }, { asksSlack, asksSources });
}

type Waits = { view: string; person: string; act: Act; queued: boolean };

/** Asks whoever has to be asked; the modal is filled after that. The sources are asked by a job, which fills it. */
async function load(
  bot: Listening,
  actor: Actor,
  { state, version }: Seen,
  waits: Waits,
  { asksSlack, asksSources }: { asksSlack: boolean; asksSources: boolean },
): Promise<void> {
  const { number } = state;
  if (asksSlack)
    await refresh(bot, actor, number).catch((error) =>
      bot.logger.warn({ err: error, request: `EX-${number}` }, 'Slack did not say who is in the role'),
    );
  if (!asksSources) return fillDecision(bot, { ...waits, number });
  const { queued, ...fill } = waits;
  await owe(bot.db, bot.teamId, [
    {
      ...{ kind: 'read_sources', number, seq: version, moment: 'decision' },
      fill: { ...fill, ...(queued ? { queued } : {}) },
    },
  ]);
  bot.wake();
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
function needsRefresh({ state, standing }: Seen, barred: Refusal | null): boolean {
  if (state.status !== 'in_review') return false;
  const membership = standing.roles[roleOf(state.stage, state.tier)];
  const old =
    (standing.person?.age ?? Number.POSITIVE_INFINITY) > REFRESH_AFTER || (membership?.age ?? 0) > REFRESH_AFTER;
  if (barred) return barred.why === 'directory_stale' || (old && ['not_in_role', 'not_eligible'].includes(barred.why));
  return old;
}

async function refresh(bot: Listening, actor: Actor, number: number): Promise<void> {
  const at = bot.clock.now();
  const { state, standing } = await bot.log.load({ teamId: bot.teamId, number, actor: actor.id, key: null, at });
  const roles = state?.status === 'in_review' ? [roleOf(state.stage, state.tier)] : [];
  const behind = standing.cover?.principals.map(({ id }) => id) ?? [];
  await bot.directory.refresh([actor.id, ...behind], roles);
}

function refreshInBackground(bot: Listening, actor: Actor, number: number): void {
  refresh(bot, actor, number).catch((error) => bot.logger.warn({ err: error }, 'Slack did not say who is in the role'));
}
