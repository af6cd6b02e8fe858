import { ApiError } from '../api/errors.ts';
import type { Answer, Delivery } from '../delivery/transport.ts';
import { asObject, asText, isObject, type Json } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Channel, Message, StateValues, User, View } from '../types.ts';
import * as payload from './payloads.ts';

/** What came of an act: acknowledged, or the code of the toast that the person saw. */
export type Result = { ok: true } | { ok: false; code: string };

/** What came of a submission; messages at fields by the field's block_id or, from `Modal.submit`, by its label. */
export type Submitted =
  | { closed: true }
  | { updated: true }
  | { pushed: true }
  | { errors: { [field: string]: string } }
  /** The code of the toast that the person saw. */
  | { failed: string };

/** Sends a delivery; when the app does not acknowledge it, the person sees why. */
async function send(machine: Machine, user: User, delivery: Delivery): Promise<Answer> {
  const answer = await machine.courier.deliver(delivery);
  if (!answer.ok) complain(machine, user, answer.reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed');
  return answer;
}

const TROUBLE = 'We had some trouble connecting. Try again?';

function complain(machine: Machine, user: User, code: string): void {
  const { name } = machine.workspace.app;
  const text = code === 'operation_timeout' ? `${name} did not respond in time` : TROUBLE;
  machine.workspace.toast(user.id, code, text);
}

const resultOf = (answer: Answer): Result =>
  answer.ok
    ? { ok: true }
    : { ok: false, code: answer.reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed' };

export async function runCommand(
  machine: Machine,
  user: User,
  channel: Channel,
  command: string,
  text: string,
): Promise<Result> {
  const sent = payload.slashCommand(machine, user, channel, command, text);
  const answer = await send(machine, user, { kind: 'slash_commands', payload: sent });
  const body = answer.ok ? (typeof answer.body === 'string' ? { text: answer.body } : asObject(answer.body)) : {};
  if (asText(body.text) === '' && body.blocks === undefined) return resultOf(answer);
  return machine.courier.during(async () => {
    try {
      machine.responseUrls.say({ channel: channel.id, user: user.id, message: undefined }, body);
      return { ok: true };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      complain(machine, user, error.code);
      return { ok: false, code: error.code };
    }
  });
}

export const interactive = (machine: Machine, user: User, json: Json): Promise<Answer> =>
  send(machine, user, { kind: 'interactive', payload: json });

export async function act(
  machine: Machine,
  user: User,
  where: payload.Where,
  action: Json,
  state: StateValues,
): Promise<Result> {
  return resultOf(await interactive(machine, user, payload.blockActions(machine, user, where, action, state)));
}

export async function useShortcut(
  machine: Machine,
  user: User,
  callbackId: string,
  message?: Message,
): Promise<Result> {
  const json =
    message === undefined
      ? payload.shortcut(machine, user, callbackId)
      : payload.messageAction(machine, user, callbackId, message);
  return resultOf(await interactive(machine, user, json));
}

/** Closes a view as its Cancel button does, or the whole stack as the × does. */
export async function closeView(machine: Machine, user: User, view: View, everything: boolean): Promise<void> {
  const stack = [...machine.workspace.stack(user.id)];
  const all = everything || view.clear_on_close;
  const closing = all ? stack : stack.slice(stack.indexOf(view));
  if (all) machine.modals.clear(user.id);
  else machine.modals.close(view);
  for (const each of closing.reverse().filter((closed) => closed.notify_on_close))
    await interactive(machine, user, payload.viewClosed(machine, user, each, all));
}

export async function submitView(
  machine: Machine,
  user: User,
  view: View,
  fields: Set<string>,
  urls: Json[],
): Promise<Submitted> {
  const answer = await interactive(machine, user, payload.viewSubmission(machine, user, view, urls));
  if (!answer.ok) return { failed: answer.reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed' };
  try {
    return apply(machine, view, answer.body, fields);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    complain(machine, user, error.code);
    return { failed: error.code };
  }
}

/** What the app answered a submission with. @throws ApiError when it is not something Slack takes */
function apply(machine: Machine, view: View, body: unknown, fields: Set<string>): Submitted {
  if (body === '' || body === null || body === undefined || (isObject(body) && Object.keys(body).length === 0)) {
    machine.modals.close(view);
    return { closed: true };
  }
  const answer = asObject(body);
  switch (answer.response_action) {
    case 'errors':
      return { errors: fieldErrors(asObject(answer.errors), fields) };
    case 'update':
      machine.modals.update({ view_id: view.id }, answer.view);
      return { updated: true };
    case 'push':
      machine.modals.pushUnder(view, answer.view);
      return { pushed: true };
    case 'clear':
      machine.modals.clear(view.user);
      return { closed: true };
    default:
      throw new ApiError('invalid_response_action');
  }
}

function fieldErrors(errors: Json, fields: Set<string>): { [blockId: string]: string } {
  const entries = Object.entries(errors).map(([blockId, message]): [string, string] => {
    if (!fields.has(blockId) || typeof message !== 'string' || message === '') throw new ApiError('invalid_errors');
    return [blockId, message];
  });
  if (entries.length === 0) throw new ApiError('invalid_errors');
  return Object.fromEntries(entries);
}
