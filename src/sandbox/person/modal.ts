import { fileShape } from '../api/fileShape.ts';
import { controlsAt } from '../blocks/rows.ts';
import { type Address, type Control, optionsOf } from '../blocks/walk.ts';
import { asObject, asObjects, asText, type Json } from '../json.ts';
import { LIMIT } from '../limits.ts';
import { readBlocks } from '../mrkdwn.ts';
import { type ChosenBy, chosen, clientError, dispatches, filled } from './choose.ts';
import { act, closeView, type Result, type Submitted, submitView } from './interact.ts';
import { Sheet } from './sheet.ts';
import { offered, suggestions } from './suggest.ts';
import { upload } from './upload.ts';

/** A modal (or the Home tab) as the person in front of it uses it: by labels and texts. */
export class Modal extends Sheet {
  /**
   * Types into a field, replacing what was there, and presses Enter where that does not begin a new line. The app hears
   * of it where it asked for that.
   */
  fill(label: string, text: string, at: Address = {}): Promise<Result> {
    const control = this.control(label, at);
    return this.#set(control, filled(control, text));
  }

  /** Types without leaving the field: the app hears nothing yet. */
  type(label: string, text: string, at: Address = {}): void {
    const control = this.control(label, at);
    this.#put(control, filled(control, text));
  }

  /** Chooses by the texts (or values) of options, names of people or channels; an empty list chooses nothing. */
  async choose(
    label: string,
    texts: string | string[],
    { by = 'text', ...at }: Address & { by?: ChosenBy } = {},
  ): Promise<Result> {
    const control = this.control(label, at);
    const wanted = [texts].flat();
    const suggested = !control.type.includes('external')
      ? []
      : by === 'value'
        ? offered(this.view, control)
        : await this.suggestions(label, wanted[0] ?? '', at);
    return this.#set(control, chosen(this.machine.workspace, control, wanted, suggested, by));
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
    return suggestions(this.machine, this.user, { view: this.view }, this.control(label, at), query);
  }

  /** Uploads a file into a field. @throws when it is larger than Slack takes in a form */
  attach(label: string, name: string, bytes: Buffer, at: Address = {}): Promise<Result> {
    const { workspace } = this.machine;
    const control = this.control(label, at);
    if (bytes.length > LIMIT.fileInputBytes) throw new Error(`${name} is too large: Slack takes 10 MB in a form`);
    const file = upload(workspace, this.user.id, { name, bytes }, 'form');
    return this.#set(control, { type: control.type, files: [...this.#files(control), fileShape(workspace, file)] });
  }

  /** Takes a file back out of a field, by its id. */
  detach(label: string, id: string, at: Address = {}): Promise<Result> {
    const control = this.control(label, at);
    const file = this.machine.workspace.files.get(id);
    if (file !== undefined) file.forApp = false;
    return this.#set(control, { type: control.type, files: this.#files(control).filter((each) => each.id !== id) });
  }

  #files({ block, actionId }: Control): Json[] {
    return asObjects(this.view.values[block.block_id]?.[actionId]?.files);
  }

  /** Ticks a checkbox by the text beside it, and leaves the others as they are; `on: false` takes its tick away. */
  tick(text: string, { on = true, ...at }: Address & { on?: boolean } = {}): Promise<Result> {
    const names = this.names();
    const reads = (option: Json): boolean => readBlocks([asObject(option.text)], names) === text;
    const boxes = controlsAt(this.view.blocks, at, names).filter(({ type }) => type === 'checkboxes');
    const control = boxes.find(({ element }) => optionsOf(element).some(reads));
    if (control === undefined) throw new Error(`"${this.title}" has no checkbox "${text}"`);
    const ticked = asObjects(this.view.values[control.block.block_id]?.[control.actionId]?.selected_options);
    const chosen = optionsOf(control.element).filter((option) =>
      reads(option) ? on : ticked.some(({ value }) => value === option.value),
    );
    return this.#set(control, { type: control.type, selected_options: chosen });
  }

  /** Presses the submit button; messages at fields come by the field's label. */
  async submit(): Promise<Submitted> {
    const sent = await this.send();
    if (!('errors' in sent)) return sent;
    const labels = new Map(this.inputs().map(({ block, label }) => [block.block_id, label]));
    const entries = Object.entries(sent.errors).map(([blockId, message]) => [labels.get(blockId) ?? blockId, message]);
    return { errors: Object.fromEntries(entries) };
  }

  /**
   * Presses the submit button; messages at fields come by the field's block_id.
   * Required and malformed fields are caught before anything is sent, as in Slack.
   */
  async send(): Promise<Submitted> {
    this.mustBeOnTop();
    if (this.view.submit === null) throw new Error(`"${this.title}" has no submit button`);
    const errors = this.inputs().flatMap((control): [string, string][] => {
      const problem = clientError(control, this.view.values[control.block.block_id]?.[control.actionId]);
      return problem === undefined ? [] : [[control.block.block_id, problem]];
    });
    if (errors.length > 0) return { errors: Object.fromEntries(errors) };
    const fields = new Set(this.inputs().map(({ block }) => block.block_id));
    return submitView(this.machine, this.user, this.view, fields, this.#responseUrls());
  }

  /** Presses Cancel; with `everything` the ×, which closes the whole stack. */
  async close({ everything = false } = {}): Promise<void> {
    this.mustBeOnTop();
    await closeView(this.machine, this.user, this.view, everything);
  }

  #put({ block, actionId }: Control, state: Json): void {
    this.view.values[block.block_id] = { ...this.view.values[block.block_id], [actionId]: state };
    this.machine.workspace.changes.emit({ kind: this.view.type, user: this.user.id });
  }

  async #set(control: Control, state: Json): Promise<Result> {
    this.#put(control, state);
    if (!dispatches(control)) return { ok: true };
    const action = { action_id: control.actionId, block_id: control.block.block_id, ...state };
    return act(this.machine, this.user, { view: this.view }, action, {});
  }

  #responseUrls(): Json[] {
    return this.inputs().flatMap(({ block, element, actionId }) => {
      const state = this.view.values[block.block_id]?.[actionId];
      const channel = asText(state?.selected_conversation) || asText(state?.selected_channel);
      if (element.response_url_enabled !== true || channel === '') return [];
      const response_url = this.machine.responseUrls.issue('app', channel, this.user.id);
      return [{ block_id: block.block_id, action_id: actionId, channel_id: channel, response_url }];
    });
  }
}
