import { mimeOf } from '../api/files.ts';
import { fileShape } from '../api/shapes.ts';
import { type Address, type Control, controls, isAt, named, optionsOf } from '../blocks/walk.ts';
import { newId } from '../ids.ts';
import { asObjects, asText, type Json, textOf } from '../json.ts';
import type { Machine } from '../machine.ts';
import { readBlocks } from '../mrkdwn.ts';
import type { User, View } from '../types.ts';
import { type ChosenBy, chosen, clientError, filled, shownValue } from './choose.ts';
import { act, closeView, type Result, type Submitted, submitView } from './interact.ts';
import { offered, suggestions } from './suggest.ts';

export type Field = {
  label: string;
  type: string;
  required: boolean;
  hint: string;
  /** Texts to choose from, where there are any. */
  options: string[];
  value: string | string[] | undefined;
};

/** A modal (or the Home tab) as the person in front of it uses it: by labels and texts. */
export class Modal {
  readonly view: View;
  readonly #machine: Machine;
  readonly #user: User;

  constructor(machine: Machine, user: User, view: View) {
    this.#machine = machine;
    this.#user = user;
    this.view = view;
  }

  get title(): string {
    return textOf(this.view.title);
  }

  get submitText(): string {
    return textOf(this.view.submit);
  }

  get isOpen(): boolean {
    return this.#machine.workspace.stack(this.#user.id).includes(this.view);
  }

  /** Everything that can be read in it, mentions as names, one line a piece. */
  text(): string {
    return readBlocks(this.view.blocks, this.#machine.workspace.names(this.#user.id));
  }

  fields(): Field[] {
    return this.#inputs().map(({ label, type, element, block }) => ({
      label,
      type,
      required: block.optional !== true,
      hint: textOf(block.hint),
      options: optionsOf(element).map((option) => textOf(option.text)),
      value: shownValue(this.#machine.workspace, this.view.values[block.block_id]?.[asText(element.action_id)]),
    }));
  }

  /** What stands in the field with this label. */
  value(label: string): Field['value'] {
    this.#control(label);
    return this.fields().find((field) => field.label === label)?.value;
  }

  /** Types into a field, replacing what was there. */
  fill(label: string, text: string, at: Address = {}): Promise<Result> {
    const control = this.#control(label, at);
    return this.#set(control, filled(control, text));
  }

  /** Types without leaving the field: the app hears nothing yet. */
  type(label: string, text: string, at: Address = {}): void {
    const control = this.#control(label, at);
    this.#put(control, filled(control, text));
  }

  /** Chooses by the texts (or values) of options, names of people or channels; an empty list chooses nothing. */
  async choose(
    label: string,
    texts: string | string[],
    { by = 'text', ...at }: Address & { by?: ChosenBy } = {},
  ): Promise<Result> {
    const control = this.#control(label, at);
    const wanted = [texts].flat();
    const suggested = !control.type.includes('external')
      ? []
      : by === 'value'
        ? offered(this.view, control)
        : await this.suggestions(label, wanted[0] ?? '', at);
    return this.#set(control, chosen(this.#machine.workspace, control, wanted, suggested, by));
  }

  /** `date` as YYYY-MM-DD; for a date-and-time field an ISO instant. */
  pickDate(label: string, date: string): Promise<Result> {
    return this.fill(label, date);
  }

  pickUser(label: string, who: string | string[]): Promise<Result> {
    return this.choose(label, who);
  }

  /** What an external select offers for a query. */
  suggestions(label: string, query: string, at: Address = {}): Promise<Json[]> {
    return suggestions(this.#machine, this.#user, { view: this.view }, this.#control(label, at), query);
  }

  attach(label: string, name: string, bytes: Buffer, at: Address = {}): Promise<Result> {
    const { workspace } = this.#machine;
    const control = this.#control(label, at);
    const id = newId('F');
    workspace.files.set(id, {
      ...{ id, name, title: name, bytes, size: bytes.length, mimetype: mimeOf(name), user: this.#user.id },
      ...{ created: workspace.now(), channels: [], complete: true },
    });
    const before = asObjects(this.view.values[control.block.block_id]?.[control.actionId]?.files);
    const files = [...before, fileShape(workspace, workspace.files.get(id))];
    return this.#set(control, { type: control.type, files });
  }

  /** Takes a file back out of a field, by its id. */
  detach(label: string, id: string, at: Address = {}): Promise<Result> {
    const control = this.#control(label, at);
    const files = asObjects(this.view.values[control.block.block_id]?.[control.actionId]?.files);
    return this.#set(control, { type: control.type, files: files.filter((file) => file.id !== id) });
  }

  /** Presses the submit button; messages at fields come by the field's label. */
  async submit(): Promise<Submitted> {
    const sent = await this.send();
    if (!('errors' in sent)) return sent;
    const labels = new Map(this.#inputs().map(({ block, label }) => [block.block_id, label]));
    const entries = Object.entries(sent.errors).map(([blockId, message]) => [labels.get(blockId) ?? blockId, message]);
    return { errors: Object.fromEntries(entries) };
  }

  /**
   * Presses the submit button; messages at fields come by the field's block_id.
   * Required and malformed fields are caught before anything is sent, as in Slack.
   */
  async send(): Promise<Submitted> {
    this.#mustBeOnTop();
    if (this.view.submit === null) throw new Error(`"${this.title}" has no submit button`);
    const errors = this.#inputs().flatMap((control): [string, string][] => {
      const problem = clientError(control, this.view.values[control.block.block_id]?.[control.actionId]);
      return problem === undefined ? [] : [[control.block.block_id, problem]];
    });
    if (errors.length > 0) return { errors: Object.fromEntries(errors) };
    const fields = new Set(this.#inputs().map(({ block }) => block.block_id));
    return submitView(this.#machine, this.#user, this.view, fields, this.#responseUrls());
  }

  /** Presses Cancel; with `everything` the ×, which closes the whole stack. */
  async close({ everything = false } = {}): Promise<void> {
    this.#mustBeOnTop();
    await closeView(this.#machine, this.#user, this.view, everything);
  }

  #inputs(): Control[] {
    return controls(this.view.blocks).filter((control) => control.input);
  }

  #control(label: string, at: Address = {}): Control {
    if (this.view.type === 'modal') this.#mustBeOnTop();
    const all = controls(this.view.blocks).filter((c) => c.type !== 'button' && c.type !== 'overflow' && isAt(c, at));
    const found = named(all, label);
    if (found !== undefined) return found;
    throw new Error(
      `"${this.title}" has no field "${label}"; it has ${all.map((c) => `"${c.label}"`).join(', ') || 'none'}`,
    );
  }

  #mustBeOnTop(): void {
    if (this.#machine.workspace.stack(this.#user.id).at(-1) !== this.view)
      throw new Error(`"${this.title}" is not the modal in front of ${this.#user.real_name}`);
  }

  #put({ block, actionId }: Control, state: Json): void {
    this.view.values[block.block_id] = { ...this.view.values[block.block_id], [actionId]: state };
    this.#machine.workspace.changes.emit({ kind: this.view.type, user: this.#user.id });
  }

  async #set(control: Control, state: Json): Promise<Result> {
    const { block, actionId, input } = control;
    this.#put(control, state);
    if (input && block.dispatch_action !== true) return { ok: true };
    const action = { action_id: actionId, block_id: block.block_id, ...state };
    return act(this.#machine, this.#user, { view: this.view }, action, {});
  }

  #responseUrls(): Json[] {
    return this.#inputs().flatMap(({ block, element, actionId }) => {
      const state = this.view.values[block.block_id]?.[actionId];
      const channel = asText(state?.selected_conversation) || asText(state?.selected_channel);
      if (element.response_url_enabled !== true || channel === '') return [];
      const response_url = this.#machine.responseUrls.issue('app', channel, this.#user.id);
      return [{ block_id: block.block_id, action_id: actionId, channel_id: channel, response_url }];
    });
  }
}
