/** Listeners of one kind of news. */
export class Emitter<T> {
  readonly #listeners = new Set<(news: T) => void>();

  /** @returns a function that stops listening. */
  on(listener: (news: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(news: T): void {
    for (const listener of [...this.#listeners]) listener(news);
  }

  /** Resolves with the first news that `test` accepts; rejects with a sentence after `timeout` ms. */
  next(test: (news: T) => boolean, timeout: number, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        off();
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`${what} did not happen within ${timeout} ms`));
      }, timeout);
      const off = this.on((news) => {
        if (!test(news)) return;
        done();
        resolve(news);
      });
    });
  }
}
