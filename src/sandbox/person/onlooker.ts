import { controlsAt } from '../blocks/rows.ts';
import { type Address, type Control, optionsOf } from '../blocks/walk.ts';
import { textOf } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Names } from '../mrkdwn.ts';
import type { Channel, Message, Toast, User } from '../types.ts';
import { Modal } from './modal.ts';
import { maySee, readMessage, sees, visibleMessages } from './sight.ts';

const WAIT_MS = 10_000;

/** What one person sees of Slack, and nothing beyond it. */
export class Onlooker {
  readonly id: string;
  protected readonly machine: Machine;

  constructor(machine: Machine, id: string) {
    this.machine = machine;
    this.id = id;
  }

  get user(): User {
    const user = this.machine.workspace.users.get(this.id);
    if (user === undefined) throw new Error(`nobody here has the id ${this.id}`);
    return user;
  }

  /** The Home tab as last published, if ever. */
  home(): Modal | undefined {
    const view = this.machine.workspace.homes.get(this.id);
    return view === undefined ? undefined : new Modal(this.machine, this.user, view);
  }

  /** The modal in front, if one is open. */
  modal(): Modal | undefined {
    const view = this.machine.workspace.stack(this.id).at(-1);
    return view === undefined ? undefined : new Modal(this.machine, this.user, view);
  }

  /** The modal in front as soon as there is one that `test` accepts. `timeout` in ms. */
  async waitForModal(test: (modal: Modal) => boolean = () => true, { timeout = WAIT_MS } = {}): Promise<Modal> {
    const now = this.modal();
    if (now !== undefined && test(now)) return now;
    const accepted = (): boolean => {
      const modal = this.modal();
      return modal !== undefined && test(modal);
    };
    const { changes } = this.machine.workspace;
    await changes.next(
      (change) => change.kind === 'modal' && change.user === this.id && accepted(),
      timeout,
      'the awaited modal',
    );
    return this.modal() ?? this.waitForModal(test, { timeout });
  }

  /** The Home tab as soon as there is one that `test` accepts. */
  async waitForHome(test: (home: Modal) => boolean = () => true, { timeout = WAIT_MS } = {}): Promise<Modal> {
    const now = this.home();
    if (now !== undefined && test(now)) return now;
    const accepted = (): boolean => {
      const home = this.home();
      return home !== undefined && test(home);
    };
    const { changes } = this.machine.workspace;
    await changes.next(
      (change) => change.kind === 'home' && change.user === this.id && accepted(),
      timeout,
      'the awaited Home',
    );
    return this.home() ?? this.waitForHome(test, { timeout });
  }

  /** A channel's messages, threads left out, oldest first. @throws when this person cannot see the channel */
  channelMessages(nameOrId: string): Message[] {
    const channel = this.channel(nameOrId);
    return this.machine.workspace
      .messagesIn(channel.id)
      .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts || message.broadcast);
  }

  /** A message and the replies to it, oldest first; the whole thread of a reply. */
  thread(message: Message): Message[] {
    this.mustSee(message);
    const { workspace } = this.machine;
    const { channel, thread_ts } = message;
    const parent = (thread_ts === undefined ? undefined : workspace.find(channel, thread_ts)) ?? message;
    return [parent, ...workspace.repliesTo(channel, parent.ts)];
  }

  /** The newest message in sight in which `text` can be read. @throws when there is none */
  find(text: string, { channel }: { channel?: string } = {}): Message {
    const place = channel === undefined ? undefined : this.channel(channel).id;
    const found = visibleMessages(this.machine, this.user).findLast(
      (message) =>
        (place === undefined || message.channel === place) &&
        readMessage(this.machine, message, this.id).includes(text),
    );
    if (found === undefined) throw new Error(`${this.user.real_name} sees no message that says "${text}"`);
    return found;
  }

  /** Direct messages with the app, oldest first. */
  dms(): Message[] {
    const { workspace } = this.machine;
    return [...workspace.messagesIn(workspace.im(this.id).id)];
  }

  ephemerals(): Message[] {
    return this.machine.workspace.ephemerals.filter((message) => message.onlyFor === this.id);
  }

  toasts(): Toast[] {
    return this.machine.workspace.toasts.filter((toast) => toast.user === this.id);
  }

  /** A message as this person reads it. */
  read(message: Message): string {
    this.mustSee(message);
    return readMessage(this.machine, message, this.id);
  }

  /** The texts of a message's (or view's) buttons, an overflow menu's options included; with `row`, of one row. */
  buttons(where: Message | Modal, at: Address = {}): string[] {
    return controlsAt('view' in where ? where.view.blocks : where.blocks, at, this.names()).flatMap(textsOf);
  }

  /** Names for ids, and the time zone, as this person's client has them. */
  protected names(): Names {
    return this.machine.workspace.names(this.id);
  }

  protected channel(nameOrId: string): Channel {
    const channel = this.machine.workspace.channelNamed(nameOrId);
    if (channel === undefined || !maySee(this.machine, this.user, channel))
      throw new Error(`${this.user.real_name} sees no channel "${nameOrId}"`);
    return channel;
  }

  protected mustSee(message: Message): void {
    if (!sees(this.machine, this.user, message)) throw new Error(`${this.user.real_name} does not see that message`);
  }
}

/** The text of a button, or of each option of an overflow menu. */
export const textsOf = (control: Control): string[] => {
  if (control.type === 'button') return [control.label];
  return control.type === 'overflow' ? optionsOf(control.element).map((option) => textOf(option.text)) : [];
};
