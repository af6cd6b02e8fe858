import { randomUUID } from 'node:crypto';
import { messageShape } from '../api/shapes.ts';
import { deleteMessage } from '../deleting.ts';
import { pingsOfMessage } from '../mrkdwn.ts';
import type { Channel, Message } from '../types.ts';
import { asTyped } from '../typing.ts';
import { Onlooker } from './onlooker.ts';
import { type Upload, upload } from './upload.ts';

export type SayOptions = {
  /** The message to reply to, or its ts. */
  thread?: Message | string;
  files?: Upload[];
  /** Sends a reply to the channel too. */
  broadcast?: boolean;
};

/** A person who writes: messages and replies, and changes of what they wrote themselves. */
export class Writer extends Onlooker {
  /**
   * Writes a message; `app` as channel is the direct messages with the app. Files are uploaded with it. `@handle`,
   * `#channel` and addresses become mentions and links, as Slack's client makes them.
   */
  say(channel: string, text: string, { thread, files = [], broadcast = false }: SayOptions = {}): Message {
    const { workspace, events } = this.machine;
    const place = channel === 'app' ? workspace.im(this.id) : this.channel(channel);
    this.mayWriteIn(place);
    const ts = typeof thread === 'object' ? thread.ts : thread;
    const parent = ts === undefined ? undefined : workspace.find(place.id, ts);
    if (ts !== undefined && parent === undefined) throw new Error('the message to reply to is gone');
    const ids = files.map((file) => upload(workspace, this.id, file, { channel: place.id }).id);
    const typed = asTyped(workspace, text);
    const message = workspace.post({
      ...{ channel: place.id, ts: workspace.ts.next(), user: this.id, client_msg_id: randomUUID(), blocks: [] },
      ...{ text: typed, pings: pingsOfMessage(typed, []) },
      ...(parent === undefined ? {} : { thread_ts: parent.thread_ts ?? parent.ts, broadcast }),
      ...(ids.length === 0 ? {} : { files: ids, subtype: 'file_share' }),
    });
    events.message(place, message, 'posted');
    for (const id of ids)
      events.emit({ type: 'file_shared', channel_id: place.id, file_id: id, user_id: this.id, file: { id } });
    return message;
  }

  /** Replies in a message's thread, wherever that message is. */
  reply(text: string, { to, ...more }: { to: Message } & Omit<SayOptions, 'thread'>): Message {
    this.mustSee(to);
    return this.say(to.channel, text, { thread: to, ...more });
  }

  /** Changes the words of a message of one's own. */
  edit(message: Message, text: string): void {
    const channel = this.#own(message);
    const { workspace, events } = this.machine;
    const typed = asTyped(workspace, text);
    if (typed === message.text) return;
    const before = messageShape(workspace, message, true);
    const edited = { user: this.id, ts: workspace.ts.next() };
    Object.assign(message, { text: typed, pings: pingsOfMessage(typed, []), edited });
    workspace.changed(message);
    events.message(channel, message, 'changed', before);
  }

  /** Deletes a message of one's own. */
  delete(message: Message): void {
    this.#own(message);
    deleteMessage(this.machine, message);
  }

  protected mayWriteIn(place: Channel): void {
    const { user } = this;
    const { home, name } = this.machine.workspace.app;
    if (user.deleted) throw new Error(`${user.real_name} cannot use Slack`);
    if (place.kind === 'im' && (home?.messagesTab === false || home?.messagesReadOnly === true))
      throw new Error(`Sending messages to ${name} has been turned off.`);
    if (!this.machine.workspace.isMember(place, this.id)) throw new Error(`${user.real_name} is not in #${place.name}`);
    if (place.archived) throw new Error(`#${place.name} is archived`);
  }

  #own(message: Message): Channel {
    const channel = this.machine.workspace.channels.get(message.channel);
    this.mustSee(message);
    if (message.user !== this.id || channel === undefined)
      throw new Error(`${this.user.real_name} did not write that message`);
    if (channel.archived) throw new Error(`#${channel.name} is archived`);
    return channel;
  }
}
