/** What is typed into the form for a new request is kept as it is typed, for the person who types it. */
import { isDeepStrictEqual } from 'node:util';
import type { BlockAction, ViewOutput } from '@slack/bolt';
import type { Typed } from '../../core/form.ts';
import type { Rules } from '../../core/policy.ts';
import type { Instant } from '../../core/values.ts';
import { type Draft, dropDraft, keepDraft, readDraft } from '../../store/drafts.ts';
import { type FormMeta, formMeta } from '../carried.ts';
import { byAction, typedIn, withHidden } from '../form.ts';
import { emptyForm } from '../views/requestForm.ts';
import type { Actor, Listening } from './listening.ts';
import type { Brought, Door } from './newRequest.ts';
import { submissionKey } from './submission.ts';

export type Kept = Omit<Draft, 'origin'> & { origin: Door; at: Instant };

/** What the person typed last and did not send; null where that is nothing. */
export async function keptDraft(bot: Listening, actor: Actor, rules: Rules): Promise<Kept | null> {
  const draft = await readDraft(bot.db, bot.teamId, actor.id, bot.clock.now());
  if (!draft) return null;
  // Kept by an older version of the program, it may lack fields.
  const typed = { ...emptyForm(rules), ...draft.typed };
  const origin = formMeta.shape.origin.catch('slash_command').parse(draft.origin);
  return isBlank(typed, rules) ? null : { ...draft, origin, typed };
}

function isBlank({ inputs, ...typed }: Typed, rules: Rules): boolean {
  const { inputs: _none, ...empty } = emptyForm(rules);
  return isDeepStrictEqual(typed, empty) && Object.values(inputs).every((text) => text === null);
}

/** Nothing has reached the form yet, so anything that does is newer. */
const AT_OPENING = '0';

export async function keepAtOpening(
  bot: Listening,
  actor: Actor,
  view: string,
  origin: Door,
  { typed, again, renews }: Brought,
): Promise<void> {
  const { rules } = (await bot.policies.current()).document;
  const filled = { ...emptyForm(rules), ...typed };
  const draft = { typed: filled, origin, again: again ?? null, renews: renews ?? null, view, stamp: AT_OPENING };
  await keep(bot, actor, draft);
}

/** @returns what stands in the form and what it does not show now, after keeping it */
export async function keepTyped(
  bot: Listening,
  actor: Actor,
  { view, actions }: { view: ViewOutput; actions: BlockAction['actions'] },
  meta: FormMeta,
): Promise<Typed> {
  const shown = typedIn(view.state.values, meta.files);
  const before = await readDraft(bot.db, bot.teamId, actor.id, bot.clock.now());
  const ofThis = before && (before.view === view.id || before.at === meta.since);
  const typed = ofThis ? withHidden(shown, before.typed, byAction(view.state.values)) : shown;
  const stamp = actions[0]?.action_ts ?? AT_OPENING;
  const { origin, again = null, renews = null } = meta;
  await keep(bot, actor, { typed, origin, again, renews, view: view.id, stamp });
  return typed;
}

/** What was typed last into this form; null where it was sent meanwhile, or could not be kept. */
export async function draftOf(bot: Listening, actor: Actor, view: string): Promise<Typed | null> {
  const draft = await readDraft(bot.db, bot.teamId, actor.id, bot.clock.now());
  return draft?.view === view ? draft.typed : null;
}

export async function keep(bot: Listening, actor: Actor, draft: Draft): Promise<void> {
  const sentKey = submissionKey(actor.id, draft.view);
  await keepDraft(bot.db, bot.teamId, actor.id, draft, { now: bot.clock.now(), sentKey });
}

/** What was sent is no draft any more; another that was left alone stays one. */
export async function dropSent(bot: Listening, actor: Actor, view: string, { since }: FormMeta): Promise<void> {
  const draft = await readDraft(bot.db, bot.teamId, actor.id, bot.clock.now());
  if (draft && (draft.view === view || draft.at === since)) await dropDraft(bot.db, bot.teamId, actor.id);
}
