import type { Json } from '../../json.ts';
import type { Names } from '../../mrkdwn.ts';
import type { Act, Directory, Hint, News, Piece, Place, State, TrafficLine, WireUser } from '../wire.ts';
import { channelAt, type Here, nameOf, personNamed, placeNamed, readAddress, writeAddress } from './address.ts';
import { type Answer, load, sendAct } from './api.ts';
import { Drafts } from './drafts.ts';
import { Ear } from './ear.ts';
import { applyMessage } from './messages.ts';

export type Toast = { id: number; text: string };
export type Question = { confirm: Json; answer: (yes: boolean) => void };

const TOAST_MS = 6000;
const TRAFFIC_KEPT = 500;

const isHint = (news: News): news is Hint => ['hello', 'people', 'channels'].includes(news.kind);

/** All that one window knows, and everything a person can do in it. */
export class Store {
  directory: Directory = {
    ...{
      people: [],
      team: { id: '', name: '', domain: '' },
      app: { id: '', name: '', homeTab: true, messagesTab: true, writable: true },
      commands: [],
      shortcuts: [],
    },
    ...{ tour: [], panels: [], clock: false, names: {} },
  };
  state: State | undefined;
  here: Here = { at: { tab: 'messages' } };
  /** A message to bring into view, by its ts. */
  wanted = '';
  /** The ts of the message that is being edited. */
  editing: string | undefined;
  toasts: Toast[] = [];
  question: Question | undefined;
  /** Messages at fields of the modal in front, by block_id. */
  errors: { view: string; fields: { [blockId: string]: string } } = { view: '', fields: {} };
  /** Controls that wait for the app, by key. */
  readonly busy = new Set<string>();
  readonly traffic: TrafficLine[] = [];
  emoji: { [name: string]: string } = {};
  readonly drafts = new Drafts();
  /** Called when something went over the wire. */
  readonly onNews = new Set<() => void>();
  readonly #changed: () => void;
  /** What the workspace's clock said, and when this window heard it. */
  #clock = { said: Date.now(), heard: performance.now() };
  #me = '';
  readonly #ear = new Ear();
  #modalActs: Promise<unknown> = Promise.resolve();
  #toasts = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get me(): WireUser {
    const found = this.directory.people.find(({ id }) => id === this.#me);
    if (found === undefined) throw new Error('nobody is in front of this window');
    return found;
  }

  names(): Names {
    const { names } = this.directory;
    const name = (id: string) => names[id] ?? id;
    return { user: name, group: name, channel: name, timeZone: this.me.tz };
  }

  /** ms; the workspace's clock now. */
  now(): number {
    return this.#clock.said + performance.now() - this.#clock.heard;
  }

  setClock(said: number): void {
    this.#clock = { said, heard: performance.now() };
  }

  /** Ids of the groups this person is in. */
  groups(): Set<string> {
    const { names } = this.directory;
    return new Set(Object.keys(names).filter((id) => id.startsWith('S') && this.me.groups.includes(names[id] ?? '')));
  }

  async start(): Promise<void> {
    [this.directory, this.emoji] = await Promise.all([load<Directory>('people'), load<Store['emoji']>('emoji.json')]);
    const address = readAddress(location.search);
    await this.become(personNamed(this.directory, address.as) ?? '', address);
    addEventListener('popstate', () => {
      const { as, at, thread } = readAddress(location.search);
      void this.become(personNamed(this.directory, as) ?? this.#me, { at, thread }, 'stay');
    });
    // A hidden tab lets go of its stream: browsers open only six connections to one server.
    addEventListener('visibilitychange', () => (document.hidden ? this.#ear.close() : void this.#listen()));
    void load<{ entries: TrafficLine[] }>('traffic').then(({ entries }) => {
      this.traffic.unshift(...entries.filter(({ id }) => !this.traffic.some((line) => line.id === id)));
      this.#changed();
    });
  }

  /** Someone else sits down in front of this window. */
  async become(user: string, to: { at?: string; thread?: string } = {}, history: 'push' | 'stay' = 'push') {
    const at = to.at ?? (this.state === undefined ? '' : nameOf(this.state, this.here));
    if (user !== this.#me) {
      this.drafts.clear();
      this.editing = undefined;
      this.#me = user;
      await this.#listen();
    }
    if (this.state === undefined) return;
    const thread = to.thread ?? '';
    this.#go({ at: placeNamed(this.state, at), ...(thread === '' ? {} : { thread }) }, history);
  }

  go(at: Here['at'], thread?: string): void {
    this.#go({ at, ...(thread === undefined ? {} : { thread }) }, 'push');
  }

  #go(here: Here, history: 'push' | 'stay'): void {
    if (this.state === undefined) return;
    this.here = here;
    const address = writeAddress(this.me.handle, nameOf(this.state, here), here.thread);
    if (address !== location.search)
      window.history[history === 'push' ? 'pushState' : 'replaceState'](null, '', address);
    document.title = `${nameOf(this.state, here)} · ${this.me.name} · Local Slack`;
    if ('tab' in here.at) void this.#openTab(here.at.tab);
    this.#changed();
  }

  /** The app hears of it, where it has such a tab. */
  async #openTab(tab: 'home' | 'messages'): Promise<void> {
    const { homeTab, messagesTab } = this.directory.app;
    if (tab === 'home' ? homeTab : messagesTab) await this.act({ act: 'home', tab });
  }

  /** The message whose words are being changed here, by its ts; undefined: none any more. */
  edit(ts: string | undefined): void {
    this.editing = ts;
    this.#changed();
  }

  /** Follows a link to a message, into its thread if it is a reply. */
  openMessage(channel: string, ts: string): void {
    const found = this.state?.channels.find(({ id }) => id === channel);
    const message = found?.messages.find((each) => each.ts === ts);
    if (found === undefined || message === undefined) {
      this.toast('You cannot see that message.');
      return;
    }
    this.wanted = ts;
    const thread = message.thread_ts !== undefined && message.thread_ts !== ts ? message.thread_ts : undefined;
    this.go(found.kind === 'im' ? { tab: 'messages' } : { channel }, thread);
  }

  /** What this person does. A refusal is shown as a toast. */
  async act(act: Act): Promise<Answer> {
    const answer = await sendAct(this.#me, act);
    if (!answer.ok && act.act !== 'type') this.toast(answer.error ?? 'That did not work.');
    return answer;
  }

  /** An act in a modal comes after all before it: what was typed must arrive before the button is pressed. */
  inOrder(place: Place, act: Act): Promise<Answer> {
    if (act.act !== 'type') this.drafts.flush();
    if (place.where !== 'modal') return this.act(act);
    const next = this.#modalActs.then(() => this.act(act));
    this.#modalActs = next;
    return next;
  }

  /** Does something that waits for the app; the control named by `key` shows that it does. */
  async waiting<T>(key: string, work: () => Promise<T>): Promise<T | undefined> {
    if (this.busy.has(key)) return undefined;
    this.busy.add(key);
    this.#changed();
    try {
      return await work();
    } finally {
      this.busy.delete(key);
      this.#changed();
    }
  }

  /** Asks what a control's `confirm` says; true when the person agrees or there is nothing to ask. */
  agreed(confirm: unknown): Promise<boolean> {
    if (typeof confirm !== 'object' || confirm === null) return Promise.resolve(true);
    return new Promise((resolve) => {
      const answer = (yes: boolean) => {
        this.question = undefined;
        this.#changed();
        resolve(yes);
      };
      this.question = { confirm: confirm as Json, answer };
      this.#changed();
    });
  }

  toast(text: string): void {
    this.#toasts += 1;
    const toast = { id: this.#toasts, text };
    this.toasts = [...this.toasts.slice(-2), toast];
    setTimeout(() => this.dropToast(toast.id), TOAST_MS);
    this.#changed();
  }

  dropToast(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
    this.#changed();
  }

  redraw(): void {
    this.#changed();
  }

  /** Hears of every change from now on. Resolves when the window knows all there is. */
  #listen(): Promise<void> {
    return this.#ear.listen(
      this.#me,
      (news) => this.#hear(news),
      (line) => {
        this.traffic.push(line);
        if (this.traffic.length > TRAFFIC_KEPT) this.traffic.shift();
        for (const listener of this.onNews) listener();
        this.#changed();
      },
    );
  }

  async #hear(news: News): Promise<void> {
    if (isHint(news)) {
      if (news.kind !== 'hello') this.directory = await load<Directory>('people');
      await this.#reload();
    } else if (this.state !== undefined) this.#apply(this.state, news);
    this.#changed();
  }

  #apply(state: State, news: Piece): void {
    switch (news.kind) {
      case 'message':
        applyMessage(state, news);
        break;
      case 'modal':
        state.modals = news.modals;
        this.drafts.keepOnly(new Set(news.modals.map(({ id }) => id)));
        break;
      case 'home':
        state.home = news.home;
        break;
      case 'toast':
        this.toast(news.text);
        break;
      case 'read': {
        const channel = state.channels.find(({ id }) => id === news.channel);
        if (channel !== undefined) channel.read = news.ts;
        break;
      }
      case 'clock':
        this.setClock(Date.parse(news.now));
        break;
      default:
        news satisfies never;
    }
  }

  #take(state: State): void {
    this.state = state;
    this.setClock(state.now);
  }

  async #reload(): Promise<void> {
    const user = this.#me;
    const state = await load<State>(`state?as=${user}`).catch(() => undefined);
    if (state === undefined || user !== this.#me) return;
    this.#take(state);
    if (channelAt(state, this.here.at) === undefined) this.#go({ at: placeNamed(state, '') }, 'stay');
  }
}
