import { App, type Receiver } from '@slack/bolt';
import { createMetrics } from '../../src/app/metrics.ts';
import { createLogger } from '../../src/log.ts';
import { boltLogger } from '../../src/slack/boltLogger.ts';
import type { SlackEvent } from '../../src/slack/receiver/body.ts';
import type { Failure } from '../../src/slack/receiver/dispatch.ts';

type Line = { level: string; msg: string; [field: string]: unknown };

/** What both receivers are given, and what came of it. */
export function world() {
  const lines: Line[] = [];
  const stored = new Set<string>();
  const failures: Failure[] = [];
  const store = { broken: false };
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  return {
    lines,
    /** Lines at `warn` and above. */
    troubles: () => lines.filter(({ level }) => level === 'warn' || level === 'error'),
    stored,
    store,
    failures,
    log,
    metrics: createMetrics(),
    onFailure: (failure: Failure) => void failures.push(failure),
    storeEvent: async ({ team_id, event_id }: SlackEvent): Promise<boolean> => {
      if (store.broken) throw new Error('the database does not answer');
      const key = `${team_id}/${event_id}`;
      const isNew = !stored.has(key);
      stored.add(key);
      return isNew;
    },
  };
}
export type World = ReturnType<typeof world>;

/** A real Bolt app on the receiver; it makes no call to Slack of its own. */
export const boltApp = (receiver: Receiver, { log }: Pick<World, 'log'>): App =>
  new App({
    receiver,
    token: 'xoxb-1-2-abc',
    botId: 'B1',
    botUserId: 'UBOT',
    tokenVerificationEnabled: false,
    logger: boltLogger(log),
    convoStore: false,
  });
