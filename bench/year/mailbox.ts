/** What waits to be told to one person, and when they were told. */
import { type Listener, tellAt, toTell, type Waiting } from '../../src/core/pings.ts';
import type { Instant } from '../../src/core/values.ts';
import type { Colleague } from './company.ts';

type Ping = Waiting & { number: number; key: string };

export type Mailbox = {
  /** Notes what is due to them; nothing twice. @returns when to look whether it can be told */
  note(ping: Ping, now: Instant): Instant | null;
  /** @param back when they are back; null where they are not away */
  look(now: Instant, back: Instant | null): { told: Ping[]; next: Instant | null };
  /** Nothing of what was told was still theirs, so there was no message. */
  forget(): void;
  waiting(): readonly Ping[];
};

export function createMailbox({ reminders, hours }: Colleague): Mailbox {
  const known = new Set<string>();
  let waiting: Ping[] = [];
  let pingedAt: Instant | null = null;
  let before: Instant | null = null;
  const listener = (): Listener => ({ reminders, since: null, pingedAt, hours });
  return {
    note(ping, now) {
      const id = `${ping.number} ${ping.key}`;
      if (known.has(id)) return null;
      known.add(id);
      // It would wait for the day on which they want to hear of more, and nobody here changes their mind.
      if (reminders === 'urgent' && !ping.urgent) return null;
      waiting.push(ping);
      return ping.dueAt > now ? ping.dueAt : now;
    },
    look(now, back) {
      const heard = waiting.map((ping) => ({
        ...ping,
        dueAt: back !== null && back > ping.dueAt ? back : ping.dueAt,
        ping,
      }));
      const told = toTell(listener(), heard, now);
      before = pingedAt;
      if (told.some(({ urgent }) => !urgent)) pingedAt = now;
      const taken = new Set(told.map(({ ping }) => ping));
      waiting = waiting.filter((ping) => !taken.has(ping));
      const left = heard.filter(({ ping }) => !taken.has(ping));
      return { told: [...taken], next: tellAt(listener(), left, now) };
    },
    forget() {
      pingedAt = before;
    },
    waiting: () => waiting,
  };
}
