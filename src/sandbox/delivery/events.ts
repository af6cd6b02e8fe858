import { messageShape } from '../api/shapes.ts';
import { newId } from '../ids.ts';
import type { Json } from '../json.ts';
import { LIMIT } from '../limits.ts';
import type { Channel, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Courier } from './courier.ts';

const KIND = { public: 'channels', private: 'groups', im: 'im' } as const;
/** What an app must be granted, one of each list, before an event is told to it. */
const SCOPES: { [subscription: string]: readonly string[] } = {
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  file_shared: ['files:read'],
  user_change: ['users:read'],
  team_join: ['users:read'],
  ...Object.fromEntries(
    ['created', 'updated', 'members_changed'].map((what) => [`subteam_${what}`, ['usergroups:read']]),
  ),
  ...Object.fromEntries(
    ['rename', 'archive', 'unarchive', 'left'].map((what) => [`channel_${what}`, ['channels:read']]),
  ),
  group_left: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
};
const CHANNEL_TYPE = { public: 'channel', private: 'group', im: 'im' } as const;

/** The Events API: what the app subscribed to, retried three times until it is acknowledged. */
export class EventSource {
  readonly #workspace: Workspace;
  readonly #courier: Courier;
  readonly #retryDelays: readonly number[];
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(workspace: Workspace, courier: Courier, retryDelays: readonly number[] = LIMIT.eventRetryDelaysMs) {
    this.#workspace = workspace;
    this.#courier = courier;
    this.#retryDelays = retryDelays;
  }

  /** `subscription` as the manifest names it, where it differs from the event's type. */
  emit(event: Json & { type: string }, subscription: string = event.type, shared = false): void {
    const { app, team, now, ts } = this.#workspace;
    const scopes = SCOPES[subscription] ?? [];
    const granted = scopes.length === 0 || scopes.some((scope) => app.scopes.includes(scope));
    if (!app.events.includes(subscription) || !granted) return;
    const payload: Json = {
      token: 'verification-token',
      team_id: team.id,
      context_team_id: team.id,
      api_app_id: app.appId,
      event: { event_ts: ts.next(), ...event },
      type: 'event_callback',
      event_id: newId('Ev'),
      event_time: Math.floor(now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: shared,
    };
    void this.#attempt(payload, 0, '');
  }

  /** A message as everybody in the channel hears of it, the app too if it is there. */
  message(channel: Channel, message: Message, how: 'posted' | 'changed' | 'deleted', before?: Json): void {
    if (!channel.members.includes(this.#workspace.app.botUserId)) return;
    const shape = messageShape(this.#workspace, message, true);
    const place = { channel: channel.id, channel_type: CHANNEL_TYPE[channel.kind] };
    const hidden = { type: 'message', hidden: true, ts: this.#workspace.ts.next(), ...place };
    const event =
      how === 'posted'
        ? { ...shape, type: 'message', ...place, event_ts: message.ts, ...this.#root(message) }
        : how === 'changed'
          ? { ...hidden, subtype: 'message_changed', message: shape, previous_message: before ?? shape }
          : { ...hidden, subtype: 'message_deleted', deleted_ts: message.ts, previous_message: before ?? shape };
    this.emit(event, `message.${KIND[channel.kind]}`, channel.shared);
  }

  /** A reply that is shown in the channel too brings along what it answers. */
  #root({ channel, thread_ts, broadcast }: Message): Json {
    const root = broadcast && thread_ts !== undefined ? this.#workspace.find(channel, thread_ts) : undefined;
    return root === undefined ? {} : { root: messageShape(this.#workspace, root, true) };
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #attempt(payload: Json, num: number, reason: string): Promise<void> {
    const answer = await this.#courier.deliver({
      kind: 'events_api',
      payload,
      ...(num === 0 ? {} : { retry: { num, reason } }),
    });
    const delay = this.#retryDelays[num];
    if (answer.ok || answer.noRetry === true || delay === undefined) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(payload, num + 1, answer.reason);
    }, delay);
    timer.unref();
    this.#timers.add(timer);
  }
}
