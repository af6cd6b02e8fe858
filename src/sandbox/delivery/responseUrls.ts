import { byApp, contentOf } from '../api/content.ts';
import { ApiError } from '../api/errors.ts';
import { deleteMessage } from '../deleting.ts';
import { newSecret } from '../ids.ts';
import { asText, type Json } from '../json.ts';
import { LIMIT } from '../limits.ts';
import type { Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { EventSource } from './events.ts';

type Place = {
  channel: string;
  user: string;
  /** The message that the person clicked on, if any. */
  message: Message | undefined;
  issued: number;
  uses: number;
};

/** response_urls: five uses, thirty minutes, on the machine's clock. */
export class ResponseUrls {
  readonly #places = new Map<string, Place>();
  readonly #workspace: Workspace;
  readonly #events: EventSource;
  readonly #now: () => number;
  readonly #origin: () => string;

  constructor(workspace: Workspace, events: EventSource, now: () => number, origin: () => string) {
    this.#workspace = workspace;
    this.#events = events;
    this.#now = now;
    this.#origin = origin;
  }

  issue(kind: 'commands' | 'actions' | 'app', channel: string, user: string, message?: Message): string {
    const path = `/${kind}/${this.#workspace.team.id}/${newSecret()}`;
    this.#places.set(path, { channel, user, message, issued: this.#now(), uses: 0 });
    return this.#origin() + path;
  }

  /** One use; the answer is a status and a word, as hooks.slack.com gives them. */
  respond(path: string, body: Json): { status: number; body: string } {
    const place = this.#places.get(path);
    if (place === undefined) return { status: 404, body: 'invalid_url' };
    if (this.#now() - place.issued > LIMIT.responseUrlTtlMs) return { status: 404, body: 'expired_url' };
    if (place.uses >= LIMIT.responseUrlUses) return { status: 404, body: 'used_url' };
    place.uses += 1;
    try {
      this.say(place, body);
      return { status: 200, body: 'ok' };
    } catch (error) {
      if (error instanceof ApiError) return { status: 400, body: error.code };
      throw error;
    }
  }

  /**
   * Shows an answer to a command or a click: privately unless it says `in_channel`.
   * @throws ApiError when the content is not allowed
   */
  say({ channel, user, message }: Pick<Place, 'channel' | 'user' | 'message'>, body: Json): void {
    const live = message !== undefined && this.#isLive(message) ? message : undefined;
    if (body.delete_original === true) {
      if (live !== undefined) deleteMessage({ workspace: this.#workspace, events: this.#events }, live);
      return;
    }
    const content = contentOf(this.#workspace, asText(body.text), body.blocks);
    if (body.replace_original === true && live !== undefined) {
      Object.assign(live, content);
      this.#workspace.changed(live);
      return;
    }
    const thread = asText(body.thread_ts);
    const posted = this.#workspace.post({
      ...byApp(this.#workspace),
      ...content,
      channel,
      ts: this.#workspace.ts.next(),
      ...(body.response_type === 'in_channel' ? {} : { onlyFor: user }),
      ...(thread === '' ? {} : { thread_ts: thread }),
    });
    const place = this.#workspace.channels.get(channel);
    if (posted.onlyFor === undefined && place !== undefined) this.#events.message(place, posted, 'posted');
  }

  #isLive(message: Message): boolean {
    return message.onlyFor === undefined
      ? this.#workspace.messagesIn(message.channel).includes(message)
      : this.#workspace.ephemerals.includes(message);
  }
}
