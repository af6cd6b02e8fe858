/** A modal that was sent: decoded, carried out, and answered inside it, with what was typed still there. */
import type { ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { z } from 'zod';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import { decode } from '../carried.ts';
import { noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { type Actor, actorOf, explain, type Listening } from './listening.ts';
import type { Routes } from './routes.ts';

export type Submission = {
  bot: Listening;
  actor: Actor;
  view: ViewOutput;
  /** The modal: however often Slack delivers its submission, it counts once. */
  key: string;
  text(field: string): string | null;
};
/** Nothing for success, which closes; a refusal; or what Slack is to do with the modal. */
type Outcome = Refusal | ViewResponseAction | undefined;

const { notices, formErrors } = wording();

/** Under which a modal's submission counts once. */
export const submissionKey = (person: string, view: string): string => `view/${person}/${view}`;

/**
 * @param field where the modal says that something went wrong on our side, so that nothing typed is lost
 */
export function onSubmission<T extends object>(
  routes: Routes,
  bot: Listening,
  on: { callbackId: string; schema: z.ZodType<T>; field: string },
  run: (submission: Submission, meta: T) => Promise<Outcome>,
): void {
  routes.submission(on.callbackId, async ({ ack, body }) => {
    const { view } = body;
    const meta = decode(on.schema, view.private_metadata);
    if (meta === null) return ack(replaced(notices.oldModal));
    const actor = actorOf(body, bot.teamId);
    const number = 'n' in meta && typeof meta.n === 'number' ? meta.n : null;
    const text = (field: string) => view.state.values[field]?.[field]?.value ?? null;
    let outcome: ViewResponseAction | undefined;
    try {
      const result = await run({ bot, actor, view, key: submissionKey(actor.id, view.id), text }, meta);
      outcome = result && isRefusal(result) ? await refused(bot, result, number, on.field) : (result ?? closed(view));
    } catch (error) {
      bot.logger.error(
        { err: error, by: actor.id, request: number && `EX-${number}` },
        `sending ${on.callbackId} failed`,
      );
      outcome = { response_action: 'errors', errors: { [on.field]: notices.failedKept } };
    }
    await (outcome ? ack(atBlocks(outcome, view, on.field)) : ack());
  });
}

/** Errors are told by the field; Slack wants the block it stands in now, and takes none of a block that is not there. */
function atBlocks(outcome: ViewResponseAction, { state }: ViewOutput, fallback: string): ViewResponseAction {
  if (outcome.response_action !== 'errors') return outcome;
  const blocks = Object.entries(state.values);
  const blockOf = (field: string) => blocks.find(([, actions]) => field in actions)?.[0];
  const errors = Object.entries(outcome.errors).map(([field, text]) => [
    blockOf(field) ?? blockOf(fallback) ?? field,
    text,
  ]);
  return { ...outcome, errors: Object.fromEntries(errors) };
}

/** Closes this modal, and those it lies on. */
const closed = (view: ViewOutput): ViewResponseAction | undefined =>
  view.root_view_id && view.root_view_id !== view.id ? { response_action: 'clear' } : undefined;

const replaced = (text: string): ViewResponseAction => ({
  response_action: 'update',
  view: noticeModal(notices.refused.title, text),
});

async function refused(
  bot: Listening,
  refusal: Refusal,
  number: number | null,
  field: string,
): Promise<ViewResponseAction> {
  const text = await explain(bot, refusal, number);
  const again = refusal.why === 'directory_stale' || refusal.why === 'rationale_missing';
  return again ? { response_action: 'errors', errors: { [field]: text } } : replaced(text);
}

/** What somebody typed, or what is wrong with it in a sentence. */
export function typedText(
  submission: Submission,
  field: string,
  required: string | null,
): { text: string | null } | { error: ViewResponseAction } {
  const text = submission.text(field)?.trim() ?? '';
  const problem = (sentence: string) => ({
    error: { response_action: 'errors' as const, errors: { [field]: sentence } },
  });
  if (text === '') return required === null ? { text: null } : problem(formErrors.required(required));
  if (!text.isWellFormed() || text.includes('\0')) return problem(formErrors.unreadable);
  return { text };
}
