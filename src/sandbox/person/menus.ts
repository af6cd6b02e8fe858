import { controlsAt } from '../blocks/rows.ts';
import { type Address, type Control, named } from '../blocks/walk.ts';
import type { Json } from '../json.ts';
import type { Machine } from '../machine.ts';
import { initialState } from '../state.ts';
import type { Message, StateValues, User } from '../types.ts';
import { type ChosenBy, chosen, dispatches, filled } from './choose.ts';
import { act, type Result } from './interact.ts';
import { offered, suggestions } from './suggest.ts';

/** The controls of messages that hold a value, as one person uses them. */
export class Menus {
  readonly #machine: Machine;
  readonly #user: User;
  /** What this person chose and typed, by message. */
  readonly #values = new WeakMap<Message, StateValues>();

  constructor(machine: Machine, user: User) {
    this.#machine = machine;
    this.#user = user;
  }

  values(message: Message): StateValues {
    return { ...initialState(message.blocks), ...this.#values.get(message) };
  }

  async choose(
    message: Message,
    label: string,
    wanted: string[],
    { by = 'text', ...at }: Address & { by?: ChosenBy },
  ): Promise<Result> {
    const control = this.#menu(message, label, at);
    const suggested = !control.type.includes('external')
      ? []
      : by === 'value'
        ? offered(message, control)
        : await this.suggestions(message, label, wanted[0] ?? '', at);
    return this.#set(message, control, chosen(this.#machine.workspace, control, wanted, suggested, by), false);
  }

  async pick(
    message: Message,
    label: string,
    value: string,
    { quietly = false, ...at }: Address & { quietly?: boolean },
  ): Promise<Result> {
    const control = this.#menu(message, label, at);
    return this.#set(message, control, filled(control, value), quietly);
  }

  suggestions(message: Message, label: string, query: string, at: Address): Promise<Json[]> {
    return suggestions(this.#machine, this.#user, { message }, this.#menu(message, label, at), query);
  }

  #menu(message: Message, label: string, at: Address): Control {
    const names = this.#machine.workspace.names(this.#user.id);
    const menus = controlsAt(message.blocks, at, names).filter(({ type }) => type !== 'button');
    const found = named(menus, label);
    if (found === undefined) throw new Error(`the message has no menu "${label}"`);
    return found;
  }

  /** An input block waits until something else is pressed, unless it dispatches; anything else is an action at once. */
  async #set(message: Message, control: Control, state: Json, quietly: boolean): Promise<Result> {
    const values = this.values(message);
    values[control.block.block_id] = { ...values[control.block.block_id], [control.actionId]: state };
    this.#values.set(message, values);
    this.#machine.workspace.changes.emit({ kind: 'values', user: this.#user.id, message });
    if (quietly || !dispatches(control)) return { ok: true };
    return act(this.#machine, this.#user, { message }, { ...actionBase(control), ...state }, values);
  }
}

export const actionBase = (control: Control): Json => ({
  type: control.type,
  action_id: control.actionId,
  block_id: control.block.block_id,
});
