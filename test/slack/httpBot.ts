import type { App } from '@slack/bolt';
import { createHttpReceiver, type HttpReceiver } from '../../src/slack/receiver.ts';
import { type Answer, type Post, post, SECRET } from '../support/slackHttp.ts';
import { boltApp, type World, world } from './bolt.ts';

export type HttpBot = {
  app: App;
  receiver: HttpReceiver;
  port: number;
  given: World;
  /** The machine's clock as the receiver sees it, in milliseconds. */
  clock: { now: number };
  /** Signed, at the time of `clock`. */
  send(what: Post): Promise<Answer>;
  /** Counts what a listener of this event hears. */
  heardOf(type: string): () => number;
};

/** Our receiver under a real Bolt app, listening on a port. */
export async function httpBot(): Promise<HttpBot> {
  const given = world();
  const clock = { now: Date.now() };
  const receiver = createHttpReceiver({
    ...given,
    signingSecret: SECRET,
    port: 0,
    host: '127.0.0.1',
    now: () => clock.now,
    routes: {
      '/healthz': (_req, res) => void res.end('well'),
      '/api/v1/': (req, res) => void res.end(`intake ${req.url}`),
      '/broken': () => {
        throw new Error('broken route');
      },
    },
  });
  const app = boltApp(receiver, given);
  const port = await receiver.start();
  return {
    ...{ app, receiver, port, given, clock },
    send: (what) => post(port, { timestamp: Math.floor(clock.now / 1000), ...what }),
    heardOf: (type) => {
      let times = 0;
      app.event(type, async () => {
        times += 1;
      });
      return () => times;
    },
  };
}
