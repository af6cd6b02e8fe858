import { viewShape } from '../api/shapes.ts';
import { controlsAt } from '../blocks/rows.ts';
import { type Address, type Control, optionsOf } from '../blocks/walk.ts';
import { asText, type Json, textOf } from '../json.ts';
import type { Message, StateValues } from '../types.ts';
import type { ChosenBy } from './choose.ts';
import * as interact from './interact.ts';
import { actionBase, Menus } from './menus.ts';
import { textsOf } from './onlooker.ts';
import type { Where } from './payloads.ts';
import { visibleMessages } from './sight.ts';
import { Writer } from './writer.ts';

export type ClickOptions = Address & {
  /** Where to look; by default the open modal, then what was posted last, then Home. */
  in?: Message | 'modal' | 'home' | 'message';
  /** What the person answers to a confirmation dialog; yes unless told otherwise. */
  confirm?: boolean;
};

/** One person in front of Slack: acts by label and button text, sees only what that person would see. */
export class Person extends Writer {
  readonly #menus = new Menus(this.machine, this.user);

  /** Types a slash command, in the app's direct messages unless a channel is named. */
  async command(command: string, text = '', { channel }: { channel?: string } = {}): Promise<interact.Result> {
    this.#mayUseApp();
    const { workspace } = this.machine;
    const { app } = workspace;
    if (!app.scopes.includes('commands') || !app.commands.some((known) => known.command === command))
      throw new Error(`${command} is not a valid command. In Slack, that's how you'd be told, too.`);
    const place = channel === undefined ? workspace.im(this.id) : this.channel(channel);
    this.mayWriteIn(place);
    await this.#closeModals();
    return interact.runCommand(this.machine, this.user, place, command, text);
  }

  /**
   * Uses a global shortcut by its name, or a message's: the newest one in which `on` can be read, or exactly that one.
   * @throws when the app has declared no such shortcut, or nobody could use it there
   */
  async shortcut(name: string, on?: Message | string): Promise<interact.Result> {
    this.#mayUseApp();
    const type = on === undefined ? 'global' : 'message';
    const { app } = this.machine.workspace;
    const declared = app.scopes.includes('commands') ? app.shortcuts : [];
    const found = declared.find((each) => each.name === name && each.type === type);
    if (found === undefined) throw new Error(`there is no ${type} shortcut "${name}"`);
    const message = typeof on === 'string' ? this.find(on) : on;
    if (message !== undefined) this.#mayPointAt(message);
    await this.#closeModals();
    return interact.useShortcut(this.machine, this.user, found.callbackId, message);
  }

  /** Opens the app's Home tab; the app hears of it each time, and is shown the Home that is there. */
  openHome(): void {
    if (this.machine.workspace.app.home?.homeTab === false) throw new Error('the app has no Home tab');
    const home = this.machine.workspace.homes.get(this.id);
    this.#opened('home', home === undefined ? {} : { view: viewShape(this.machine.workspace, home) });
  }

  /** Opens the app's direct messages; the app hears of that, too. */
  openMessages(): void {
    if (this.machine.workspace.app.home?.messagesTab === false) throw new Error('the app has no Messages tab');
    this.#opened('messages', {});
  }

  #opened(tab: 'home' | 'messages', more: Json): void {
    this.#mayUseApp();
    const { workspace, events } = this.machine;
    events.emit({ type: 'app_home_opened', user: this.id, channel: workspace.im(this.id).id, tab, ...more });
  }

  /**
   * Presses a button, or chooses an overflow menu's option, by its text.
   * @throws when there is no such button in sight, naming those there are
   */
  async click(text: string, options: ClickOptions = {}): Promise<interact.Result> {
    const { control, where, option } = this.#find(text, options);
    if (!('view' in where && where.view.type === 'modal')) await this.#closeModals();
    if (control.element.confirm !== undefined && options.confirm === false) return { ok: true };
    const action = option === undefined ? buttonAction(control) : { ...actionBase(control), selected_option: option };
    return interact.act(
      this.machine,
      this.user,
      where,
      action,
      'view' in where ? {} : this.#menus.values(where.message),
    );
  }

  /** Chooses in a menu of a message, found by the text beside it or its placeholder. */
  choose(
    label: string,
    texts: string | string[],
    { in: message, ...how }: Address & { in: Message; by?: ChosenBy },
  ): Promise<interact.Result> {
    this.mustSee(message);
    return this.#menus.choose(message, label, [texts].flat(), how);
  }

  /** Picks a date (YYYY-MM-DD) or a time (HH:mm) in a message, or types into a field of it. */
  pick(
    label: string,
    value: string,
    { in: message, ...how }: Address & { in: Message; quietly?: boolean },
  ): Promise<interact.Result> {
    this.mustSee(message);
    return this.#menus.pick(message, label, value, how);
  }

  /** What an external select in a message offers for a query. */
  suggestions(label: string, query: string, { in: message, ...at }: Address & { in: Message }): Promise<Json[]> {
    this.mustSee(message);
    return this.#menus.suggestions(message, label, query, at);
  }

  /** What is chosen and typed in a message's controls, as this person sees it. */
  valuesIn(message: Message): StateValues {
    return this.#menus.values(message);
  }

  #find(
    text: string,
    { in: place, ...at }: ClickOptions,
  ): { control: Control; where: Where; option: Json | undefined } {
    const places = this.#places(place);
    for (const where of places)
      for (const control of controlsAt('view' in where ? where.view.blocks : where.message.blocks, at, this.names())) {
        if (control.type === 'button' && control.label === text) return { control, where, option: undefined };
        const option =
          control.type === 'overflow' ? optionsOf(control.element).find((o) => textOf(o.text) === text) : undefined;
        if (option !== undefined) return { control, where, option };
      }
    const seen = places
      .flatMap((where) => controlsAt('view' in where ? where.view.blocks : where.message.blocks, at, this.names()))
      .flatMap(textsOf);
    const there = [...new Set(seen)].map((each) => `"${each}"`).join(', ');
    throw new Error(
      `${this.user.real_name} sees no button "${text}"; there ${there === '' ? 'is none' : `are ${there}`}`,
    );
  }

  #places(place: ClickOptions['in']): Where[] {
    const modal = this.modal();
    const home = this.home();
    const inModal: Where[] = modal === undefined ? [] : [{ view: modal.view }];
    const inHome: Where[] = home === undefined ? [] : [{ view: home.view }];
    const inMessages = (): Where[] =>
      visibleMessages(this.machine, this.user)
        .reverse()
        .map((message) => ({ message }));
    if (place === 'modal') return inModal;
    if (place === 'home') return inHome;
    if (place === 'message') return inMessages();
    if (place === undefined) return [...inModal, ...inMessages(), ...inHome];
    this.mustSee(place);
    return [{ message: place }];
  }

  async #closeModals(): Promise<void> {
    await this.modal()?.close({ everything: true });
  }

  /** What only one person sees, and what is no longer there, has no shortcuts. */
  #mayPointAt(message: Message): void {
    this.mustSee(message);
    if (message.onlyFor !== undefined || message.subtype === 'tombstone')
      throw new Error('that message has no shortcuts');
  }

  /** Commands, shortcuts and Home are the workspace's own people's. */
  #mayUseApp(): void {
    const { user } = this;
    if (user.deleted || user.is_bot) throw new Error(`${user.real_name} cannot use Slack`);
    if (user.is_stranger)
      throw new Error(`${user.real_name} is from another company and cannot use this app's commands`);
  }
}

function buttonAction(control: Control): Json {
  const { text, value, style, url } = control.element;
  return {
    ...actionBase(control),
    text,
    ...(asText(value) === '' ? {} : { value }),
    ...(style ? { style } : {}),
    ...(url ? { url } : {}),
  };
}
