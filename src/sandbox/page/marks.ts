import { Emitter } from '../emitter.ts';

/** Up to where each person has read each channel, as Slack keeps it: for all of a person's windows alike. */
export class Marks {
  readonly news = new Emitter<{ user: string; channel: string; ts: string }>();
  readonly #read = new Map<string, string>();
  readonly #now: () => number;
  #opened: string | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What was there before anybody opened the page counts as read. */
  of(user: string, channel: string): string {
    this.#opened ??= (this.#now() / 1000).toFixed(6);
    return this.#read.get(`${user} ${channel}`) ?? this.#opened;
  }

  set(user: string, channel: string, ts: string): void {
    if (Number(ts) <= Number(this.of(user, channel))) return;
    this.#read.set(`${user} ${channel}`, ts);
    this.news.emit({ user, channel, ts });
  }
}
