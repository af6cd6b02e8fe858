/** The request form for a request that is there: changed or completed by its owner, or asked for again once rejected. */
import type { ViewOutput, ViewResponseAction } from '@slack/bolt';
import { contentOf } from '../../core/changes.ts';
import { checkForm, type Typed } from '../../core/form.ts';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import { askers, type ExceptionRequest } from '../../core/request.ts';
import { differing, merged, typedOf } from '../../core/retyped.ts';
import { over } from '../../core/standing.ts';
import { contentAt } from '../../store/contentAt.ts';
import { namesOf } from '../../store/people.ts';
import { type RequestView, readRequest } from '../../store/requests.ts';
import { type FormMeta, ref } from '../carried.ts';
import { byAction, fieldErrors, fieldText, typedIn, withHidden } from '../form.ts';
import { submittedContent } from '../formWords.ts';
import { ACTION, FIELD } from '../ids.ts';
import type { Amending } from '../views/formModel.ts';
import { wording } from '../wording/index.ts';
import { carried, formView } from './formView.ts';
import { act, type Listening, look } from './listening.ts';
import { newForm } from './newRequest.ts';
import { onPress, show } from './press.ts';
import type { Routes } from './routes.ts';
import type { Submission } from './submission.ts';

const { formErrors } = wording();

/** The form's meta of a request that is changed. */
type AmendMeta = FormMeta & { n: number; at: number };
export const isAmending = (meta: FormMeta): meta is AmendMeta => meta.n !== undefined && meta.at !== undefined;

export function registerAmend(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.amend, ref, async (press, { n }) => {
    const seen = await look(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    if (press.actor.id !== seen.state.owner) return press.refuse(refuse({ why: 'not_requester' }), n);
    if (seen.state.status !== 'in_review') return press.refuse(over(seen.state), n);
    const request = await readRequest(bot.db, bot.policies, bot.teamId, n);
    if (!request) return press.refuse(refuse({ why: 'not_found' }), n);
    const values = formOf(request.state);
    const meta: AmendMeta = { v: 1, origin: 'shortcut', n, at: request.version, ...carried(values.files) };
    await show(press, await amendForm(bot, request, meta, values));
  });
  onPress(routes, bot, ACTION.askAgain, ref, async (press, { n }) => {
    const seen = await look(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    if (!askers(seen.state).includes(press.actor.id)) return press.refuse(refuse({ why: 'not_requester' }), n);
    const request = await readRequest(bot.db, bot.policies, bot.teamId, n);
    if (request?.state.status !== 'rejected') return press.refuse(refuse({ why: 'changed_since' }), n);
    const brought = { typed: asAskedAgain(request.state, press.actor.id, bot.clock.now().slice(0, 10)), again: n };
    const { view } = await newForm(bot, press.actor, 'shortcut', brought);
    await show(press, view);
  });
}

const formOf = (state: ExceptionRequest): Typed => typedOf(contentOf(state), state.beneficiary);

/** Nobody asks on behalf of themselves, and not for a day that has passed. */
export function asAskedAgain(state: ExceptionRequest, by: string, today: string): Typed {
  const { neededBy, beneficiary, ...typed } = formOf(state);
  return {
    ...typed,
    neededBy: neededBy && neededBy >= today ? neededBy : null,
    beneficiary: beneficiary === by ? null : beneficiary,
  };
}

/** The form again while it is filled, with what it now implies. A field that comes back says what the request says. */
export async function followAmend(bot: Listening, view: ViewOutput, meta: AmendMeta) {
  const request = await readRequest(bot.db, bot.policies, bot.teamId, meta.n);
  if (!request) return null;
  const { values } = view.state;
  const typed = withHidden(typedIn(values, meta.files), formOf(request.state), byAction(values));
  return amendForm(bot, request, meta, typed);
}

async function amendForm(bot: Listening, request: RequestView, meta: AmendMeta, values: Typed) {
  const amending = await amendingOf(bot, request, meta);
  const { state, rules } = request;
  return formView(bot, { values, meta, changing: { amending, rules, tierPicked: state.tierPicked?.tier ?? null } });
}

async function amendingOf(bot: Listening, { state, rules }: RequestView, { n, was }: AmendMeta): Promise<Amending> {
  const { returned } = state;
  const approvers = state.approvals.filter(({ round }) => round === state.round).map(({ by }) => by);
  const names = await namesOf(bot.db, bot.teamId, [...approvers, ...(returned ? [returned.by] : [])]);
  const base = was === undefined ? null : await contentAt(bot.db, bot.teamId, n, was);
  const [before, now] = [base && typedOf(base, state.beneficiary), formOf(state)];
  return {
    number: n,
    returned: returned && {
      missing: rules.inputs.filter(({ id }) => returned.missing.includes(id)),
      by: names[returned.by] ?? null,
      words: returned.words?.text ?? null,
    },
    approvedBy: approvers.map((by) => names[by] ?? by),
    changed: before ? differing(before, now).map((field) => fieldText(field, before, now, rules)) : [],
  };
}

/** Sends what differs. Where others changed the request meanwhile, says so first, with everything typed still there. */
export async function sendChanges(
  submission: Submission,
  meta: AmendMeta,
): Promise<Refusal | ViewResponseAction | undefined> {
  const { bot, actor, view, key } = submission;
  const { n, at } = meta;
  const seen = await look(bot, actor, n);
  if (isRefusal(seen)) return seen;
  const [request, base] = await Promise.all([
    readRequest(bot.db, bot.policies, bot.teamId, n),
    contentAt(bot.db, bot.teamId, n, at),
  ]);
  if (!request || !base) return refuse({ why: 'not_found' });
  const { state, rules, version } = request;
  if (state.status !== 'in_review') return over(state);
  const mine = { ...typedIn(view.state.values, meta.files), beneficiary: state.beneficiary };
  const { typed, changed } = merged(typedOf(base, state.beneficiary), mine, formOf(state));
  if (changed.length > 0) {
    const next = { ...meta, ...carried(typed.files), was: at, at: version, pass: (meta.pass ?? 0) + 1 };
    return { response_action: 'update', view: await amendForm(bot, request, next, typed) };
  }
  const result = checkForm(typed, rules, earliest(typed, state, bot.clock.now().slice(0, 10)));
  if ('problems' in result) return { response_action: 'errors', errors: fieldErrors(result.problems, typed, rules) };
  const { beneficiary, ...checked } = result.checked;
  const content = submittedContent(checked, contentOf(state));
  const done = await act(bot, actor, { type: 'amend', round: state.round, content }, { number: n, key });
  // Changed since it was read a moment ago: looked at anew, it is merged and shown.
  if (isRefusal(done) && done.why === 'changed_since') return sendChanges(submission, meta);
  if (isRefusal(done) && done.why === 'nothing_changed')
    return { response_action: 'errors', errors: { [FIELD.policy]: formErrors.nothingChanged } };
  return isRefusal(done) ? done : undefined;
}

/** A day that passed since it was asked for may stay as it is. */
const earliest = ({ neededBy }: Typed, state: ExceptionRequest, today: string): string =>
  neededBy !== null && neededBy === state.neededBy && neededBy < today ? neededBy : today;
