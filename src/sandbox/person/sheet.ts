import { controlsAt, rowNames, rowsOf } from '../blocks/rows.ts';
import { type Address, type Control, controls, named, optionsOf } from '../blocks/walk.ts';
import { asText, textOf } from '../json.ts';
import type { Machine } from '../machine.ts';
import { type Names, readBlocks } from '../mrkdwn.ts';
import type { User, View } from '../types.ts';
import { shownValue } from './choose.ts';

export type Field = {
  label: string;
  type: string;
  required: boolean;
  hint: string;
  /** Texts to choose from, where there are any. */
  options: string[];
  value: string | string[] | undefined;
};

/** What can be read in a modal or the Home tab, and found there. */
export class Sheet {
  readonly view: View;
  protected readonly machine: Machine;
  protected readonly user: User;

  constructor(machine: Machine, user: User, view: View) {
    this.machine = machine;
    this.user = user;
    this.view = view;
  }

  get title(): string {
    return textOf(this.view.title);
  }

  get submitText(): string {
    return textOf(this.view.submit);
  }

  get isOpen(): boolean {
    return this.machine.workspace.stack(this.user.id).includes(this.view);
  }

  /** Everything that can be read in it, mentions as names, one line a piece. */
  text(): string {
    return readBlocks(this.view.blocks, this.names());
  }

  /** What a reader takes for one thing: each text with the small print and buttons below it. */
  rows(): string[] {
    const names = this.names();
    return rowsOf(this.view.blocks)
      .map((row) => readBlocks(row, names))
      .filter((text) => text !== '');
  }

  /** The row that names this, e.g. `EX-12`. */
  row(name: string): string | undefined {
    const names = this.names();
    const found = rowsOf(this.view.blocks).find((row) => rowNames(row, name, names));
    return found === undefined ? undefined : readBlocks(found, names);
  }

  fields(): Field[] {
    return this.inputs().map(({ label, type, element, block }) => ({
      label,
      type,
      required: block.optional !== true,
      hint: textOf(block.hint),
      options: optionsOf(element).map((option) => textOf(option.text)),
      value: shownValue(this.machine.workspace, this.view.values[block.block_id]?.[asText(element.action_id)]),
    }));
  }

  /** What stands in the field with this label. */
  value(label: string): Field['value'] {
    this.control(label);
    return this.fields().find((field) => field.label === label)?.value;
  }

  protected inputs(): Control[] {
    return controls(this.view.blocks).filter((control) => control.input);
  }

  protected control(label: string, at: Address = {}): Control {
    if (this.view.type === 'modal') this.mustBeOnTop();
    const all = controlsAt(this.view.blocks, at, this.names()).filter(
      ({ type }) => type !== 'button' && type !== 'overflow',
    );
    const found = named(all, label);
    if (found !== undefined) return found;
    throw new Error(
      `"${this.title}" has no field "${label}"; it has ${all.map((c) => `"${c.label}"`).join(', ') || 'none'}`,
    );
  }

  protected names(): Names {
    return this.machine.workspace.names(this.user.id);
  }

  protected mustBeOnTop(): void {
    if (this.machine.workspace.stack(this.user.id).at(-1) !== this.view)
      throw new Error(`"${this.title}" is not the modal in front of ${this.user.real_name}`);
  }
}
