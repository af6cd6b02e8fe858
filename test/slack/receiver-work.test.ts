import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpReceiver } from '../../src/slack/receiver.ts';
import { click, command, event, get, interactive, json, SECRET } from '../support/slackHttp.ts';
import { waitFor } from '../support/wait.ts';
import { type HttpBot, httpBot } from './httpBot.ts';

const MINUTE = 60_000;

let bot: HttpBot;
beforeEach(async () => {
  bot = await httpBot();
});
afterEach(() => bot.receiver.stop(0));

describe('clicks and commands', () => {
  it.each([
    ['nothing', undefined, ''],
    ['a text', 'Done.', '{"text":"Done."}'],
    ['a response', { response_action: 'clear' }, '{"response_action":"clear"}'],
  ])('answers 200 with %s', async (_what, response, body) => {
    bot.app.action('approve', async ({ ack }) => ack(response as never));
    expect(await bot.send(interactive(click('approve')))).toMatchObject({ status: 200, body });
  });

  it('answers at the acknowledgement, not at the end of the work', async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    bot.app.action('approve', async ({ ack }) => {
      await ack();
      await work;
    });
    expect((await bot.send(interactive(click('approve')))).status).toBe(200);
    finish();
  });

  it('counts the first acknowledgement; a second is a line in the log, not an error', async () => {
    bot.app.action('approve', async ({ ack }) => {
      await ack({ text: 'first' } as never);
      await ack({ text: 'second' } as never);
    });
    expect(JSON.parse((await bot.send(interactive(click('approve')))).body)).toEqual({ text: 'first' });
    expect(bot.given.troubles()).toMatchObject([{ level: 'warn', action: 'approve', request: 'EX-42' }]);
  });

  it('fault 8: answers 500 to what throws before it acknowledges, says who and which request, and lives on', async () => {
    bot.app.action('approve', async () => {
      throw new Error('out of luck');
    });
    expect((await bot.send(interactive(click('approve')))).status).toBe(500);
    const line = bot.given.lines.find(({ msg }) => msg === 'interactive failed');
    expect(line).toMatchObject({
      ...{ level: 'error', team: 'T1', user: 'U1', type: 'block_actions', action: 'approve', request: 'EX-42' },
      ...{ acknowledged: false, err: { message: 'out of luck' } },
    });
    expect((await bot.send(json(event('Ev1')))).status).toBe(200);
  });

  it('fault 9: an error after the acknowledgement is logged, counted and told', async () => {
    bot.app.action('approve', async ({ ack }) => {
      await ack();
      throw new Error('too late');
    });
    expect((await bot.send(interactive(click('approve')))).status).toBe(200);
    const failure = await waitFor(() => bot.given.failures[0], { what: 'the failure to be told' });
    expect(failure).toMatchObject({ about: { user: 'U1', request: 'EX-42' }, acknowledged: true });
    expect(bot.given.lines.find(({ msg }) => msg === 'interactive failed')).toMatchObject({ acknowledged: true });
    expect(await bot.given.metrics.render()).toContain('carveout_failed_total{kind="interactive"} 1');
  });

  it('answers 500 at once to what nobody acknowledges, so that the person is not left waiting', async () => {
    expect((await bot.send(command('help'))).status).toBe(500);
    expect(bot.given.lines).toContainEqual(
      expect.objectContaining({ level: 'error', msg: 'command failed', user: 'U1' }),
    );
  });

  it('a response that is no JSON is an error of the listener, not a click without answer', async () => {
    bot.app.action('approve', async ({ ack }) => ack({ text: 1n } as never));
    expect((await bot.send(interactive(click('approve')))).status).toBe(500);
  });

  it('fault 3: a slow acknowledgement is a line in the log before Slack gives up, and still counts', async () => {
    bot.app.action('approve', async ({ ack }) => {
      await waitFor(() => bot.given.troubles().length > 0, { what: 'the warning' });
      await ack();
    });
    expect((await bot.send(interactive(click('approve')))).status).toBe(200);
    expect(bot.given.troubles()).toMatchObject([{ level: 'warn', action: 'approve', request: 'EX-42', ms: 2900 }]);
  });
});

describe('events', () => {
  it('fault 3: acknowledges as soon as the event is stored, however long the work takes', async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    bot.app.event('user_change', () => work);
    expect((await bot.send(json(event('Ev1')))).status).toBe(200);
    expect(bot.given.stored).toEqual(new Set(['T1/Ev1']));
    finish();
  });

  it('fault 4: an event that could not be stored is not acknowledged, and its retry is processed', async () => {
    const times = bot.heardOf('user_change');
    bot.given.store.broken = true;
    expect((await bot.send(json(event('Ev1')))).status).toBe(500);
    expect(bot.given.troubles()).toMatchObject([
      { level: 'error', msg: 'event failed', type: 'user_change', acknowledged: false },
    ]);
    bot.given.store.broken = false;
    const retry = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' };
    expect((await bot.send({ ...json(event('Ev1')), headers: retry })).status).toBe(200);
    await waitFor(() => times() === 1, { what: 'the retry to be processed' });
  });

  it('fault 5: a retry long after the first delivery is acknowledged and processed no second time', async () => {
    const seen: (number | undefined)[] = [];
    bot.app.event('user_change', async ({ context }) => void seen.push(context.retryNum));
    await bot.send(json(event('Ev1')));
    bot.clock.now += 70 * MINUTE;
    const retry = { 'x-slack-retry-num': '3', 'x-slack-retry-reason': 'http_timeout' };
    expect((await bot.send({ ...json(event('Ev1')), headers: retry })).status).toBe(200);
    await bot.receiver.stop();
    expect(seen).toEqual([undefined]);
  });

  it('fault 9: an error after the acknowledgement of an event is logged with what is known', async () => {
    bot.app.event('user_change', async () => {
      throw new Error('no such person');
    });
    expect((await bot.send(json(event('Ev1')))).status).toBe(200);
    const failure = await waitFor(() => bot.given.failures[0], { what: 'the failure' });
    expect(failure.about).toMatchObject({ team: 'T1', type: 'user_change' });
  });

  it('says in the log when Slack holds events back', async () => {
    const limited = json({
      type: 'app_rate_limited',
      team_id: 'T1',
      minute_rate_limited: 1518467820,
      api_app_id: 'A1',
    });
    expect((await bot.send(limited)).status).toBe(200);
    expect(bot.given.troubles()).toMatchObject([{ level: 'warn', team: 'T1' }]);
  });
});

describe('stopping', () => {
  it('lets a click under way be answered, and accepts nothing new', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    bot.app.action('approve', async ({ ack }) => {
      begin();
      await work;
      await ack({ text: 'done' } as never);
    });
    const answer = bot.send(interactive(click('approve')));
    await begun;
    const stopped = bot.receiver.stop();
    await expect(get(bot.port, '/healthz')).rejects.toThrow(/ECONNREFUSED/);
    finish();
    expect((await answer).body).toContain('done');
    await stopped;
  });

  it('waits for work that goes on after the acknowledgement, but not for ever', async () => {
    let done = false;
    const { promise: never } = Promise.withResolvers<void>();
    bot.app.event('user_change', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done = true;
    });
    bot.app.event('team_join', () => never);
    await bot.send(json(event('Ev1')));
    await bot.send(json(event('Ev2', 'team_join')));
    await bot.receiver.stop(50);
    expect(done).toBe(true);
  });

  it('says which port is taken and what to do', async () => {
    const second = createHttpReceiver({
      ...bot.given,
      signingSecret: SECRET,
      port: bot.port,
      host: '127.0.0.1',
      routes: {},
    });
    await expect(second.start()).rejects.toThrow(
      `Cannot listen on port ${bot.port}: another program uses it. Set PORT`,
    );
  });
});
