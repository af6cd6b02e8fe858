import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { WireChannel, WireMessage } from '../wire.ts';
import { drawMessage } from './message.ts';
import { threadsIn, timeline } from './messages.ts';
import type { Store } from './store.ts';
import { dayName } from './time.ts';
import { View } from './view.ts';

/** How many of the newest messages are drawn before somebody asks for more. */
const PAGE = 60;
const SAME_BREATH_SECONDS = 300;
const NEAR_BOTTOM = 120;

const follows = (message: WireMessage, before: WireMessage | undefined): boolean =>
  before !== undefined &&
  before.user === message.user &&
  before.onlyFor === message.onlyFor &&
  message.onlyFor === undefined &&
  message.blocks.length === 0 &&
  Number(message.ts) - Number(before.ts) < SAME_BREATH_SECONDS;

/** A channel's messages or a thread's: days, the line above what is new, and a place at the end that is kept. */
class MessageList extends View {
  static override properties = {
    store: { attribute: false },
    channel: { attribute: false },
    thread: {},
    tick: {},
    shown: { state: true },
  };
  declare store: Store;
  declare channel: WireChannel;
  /** The ts of a thread's first message; without it, the channel. */
  declare thread: string | undefined;
  /** Counts the window's redraws, so that this list redraws with it. */
  declare tick: number;
  declare shown: number;
  #where = '';
  #atEnd = true;
  #newFrom = '';
  /** The message that was brought into view because somebody followed a link; once, not at every redraw. */
  #found = '';

  constructor() {
    super();
    this.shown = PAGE;
  }

  protected override willUpdate(): void {
    const where = `${this.store.me.id} ${this.channel.id} ${this.thread ?? ''}`;
    const { scrollHeight, scrollTop, clientHeight } = this;
    this.#atEnd = where !== this.#where || scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    if (where === this.#where) return;
    this.#where = where;
    this.shown = PAGE;
    this.#newFrom = this.channel.read;
  }

  protected override updated(): void {
    const { wanted } = this.store;
    const found = wanted === this.#found ? null : this.querySelector(`[data-ts="${wanted}"]`);
    if (found !== null) {
      found.scrollIntoView({ block: 'center' });
      this.#found = wanted;
    } else if (this.#atEnd) this.scrollTop = this.scrollHeight;
    this.#markRead();
  }

  /** What is in view is read. */
  #markRead(): void {
    const { channel, store } = this;
    const last = channel.messages.at(-1)?.ts;
    if (document.hidden || this.thread !== undefined || last === undefined || Number(last) <= Number(channel.read))
      return;
    channel.read = last;
    void store.act({ act: 'read', channel: channel.id, ts: last });
    queueMicrotask(() => store.redraw());
  }

  #row(message: WireMessage, before: WireMessage | undefined, threads: Map<string, WireMessage[]>): TemplateResult {
    const { store, thread } = this;
    const { tz } = store.me;
    const now = store.now();
    const day = dayName(message.ts, now, tz);
    const isNewDay = thread === undefined && (before === undefined || dayName(before.ts, now, tz) !== day);
    const isNew = (ts: string) => Number(ts) > Number(this.#newFrom);
    const startsNew =
      thread === undefined &&
      before !== undefined &&
      isNew(message.ts) &&
      !isNew(before.ts) &&
      message.user !== store.me.id;
    const open =
      thread === undefined ? { openThread: () => store.go(store.here.at, message.thread_ts ?? message.ts) } : {};
    return html`
      ${isNewDay ? html`<div class="day"><span>${day}</span></div>` : nothing}
      ${startsNew ? html`<div class="new"><span>New</span></div>` : nothing}
      ${drawMessage(store, {
        ...{ message, replies: threads.get(message.ts) ?? [] },
        ...{ follows: !isNewDay && !startsNew && follows(message, before), ...open },
      })}
    `;
  }

  protected override render(): TemplateResult {
    const { state } = this.store;
    if (state === undefined) return html``;
    const threads = threadsIn(state, this.channel);
    const all = this.thread === undefined ? timeline(state, this.channel) : this.#inThread(this.thread, threads);
    const wanted = all.findIndex(({ ts }) => ts === this.store.wanted);
    const hidden = Math.max(0, Math.min(all.length - this.shown, wanted < 0 ? all.length : wanted));
    const rows = all.slice(hidden);
    return html`
      ${
        hidden > 0
          ? html`<button type="button" class="link-button earlier" @click=${() => this.#earlier()}>Show earlier messages (${hidden})</button>`
          : nothing
      }
      ${repeat(
        rows,
        ({ ts, onlyFor }) => `${ts} ${onlyFor ?? ''}`,
        (message, index) => this.#row(message, rows[index - 1], threads),
      )}
    `;
  }

  #earlier(): void {
    this.#atEnd = false;
    this.shown += PAGE;
  }

  #inThread(ts: string, threads: Map<string, WireMessage[]>): WireMessage[] {
    const parent = this.channel.messages.find((message) => message.ts === ts);
    return [...(parent === undefined ? [] : [parent]), ...(threads.get(ts) ?? [])];
  }
}

customElements.define('message-list', MessageList);
