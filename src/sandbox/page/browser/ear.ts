import type { News, TrafficLine } from '../wire.ts';

/** One window's stream of news. */
export class Ear {
  #source: EventSource | undefined;

  close(): void {
    this.#source?.close();
    this.#source = undefined;
  }

  /** Hears of every change for this person from now on. Resolves once the first news has been dealt with. */
  listen(user: string, hear: (news: News) => Promise<void>, traffic: (line: TrafficLine) => void): Promise<void> {
    this.close();
    const source = new EventSource(`/_sandbox/stream?as=${user}`);
    this.#source = source;
    source.addEventListener('traffic', ({ data }) => traffic(JSON.parse(data) as TrafficLine));
    return new Promise((resolve) => {
      // One after the other: what comes while everything is being asked for waits until it is there.
      let before: Promise<void> = Promise.resolve();
      source.addEventListener('change', ({ data }) => {
        const news = JSON.parse(data) as News;
        before = before.then(async () => {
          if (source !== this.#source) return;
          await hear(news);
          resolve();
        });
      });
    });
  }
}
