import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../src/slack/receiver/signature.ts';
import { createHttpReceiver } from '../../src/slack/receiver.ts';
import { click, command, event, get, interactive, json, type Post, SECRET } from '../support/slackHttp.ts';
import { type HttpBot, httpBot } from './httpBot.ts';

const VECTOR = {
  timestamp: '1531420618',
  body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
};
const MINUTE = 60_000;

let bot: HttpBot;
beforeEach(async () => {
  bot = await httpBot();
});
afterEach(() => bot.receiver.stop(0));

describe('who is let in', () => {
  it("accepts the signature of Slack's published example, at its time", () => {
    const { timestamp, signature, body } = VECTOR;
    expect(verify(SECRET, timestamp, signature, Buffer.from(body), 1531420618_000)).toBeNull();
    expect(verify(SECRET, timestamp, signature, Buffer.from(`${body}x`), 1531420618_000)).toBe('signature_wrong');
  });

  it.each<[string, Partial<Post>]>([
    ['no signature', { headers: { 'x-slack-signature': undefined } }],
    ['no timestamp', { headers: { 'x-slack-request-timestamp': undefined } }],
    ['a signature cut short', { headers: { 'x-slack-signature': 'v0=a2114d' } }],
    ['a signature without its version', { headers: { 'x-slack-signature': 'a'.repeat(64) } }],
    ['a signature that is not hex', { headers: { 'x-slack-signature': `v0=${'z'.repeat(64)}` } }],
    ["another app's secret", { secret: 'not-this-one' }],
    ['an empty secret', { secret: '' }],
    ['a timestamp that is no number', { timestamp: 'yesterday' }],
  ])('answers 401 to %s, and no listener hears of it', async (_what, spoiled) => {
    let heard = false;
    bot.app.command('/exception', async ({ ack }) => {
      heard = true;
      await ack();
    });
    const answer = await bot.send({ ...command('help'), ...spoiled });
    expect(answer.status).toBe(401);
    expect(heard).toBe(false);
    expect(bot.given.troubles()).toMatchObject([{ msg: 'refused a request to /slack/events', status: 401 }]);
    expect(await bot.given.metrics.render()).toMatch(/carveout_refused_total\{reason="\w+"\} 1/);
  });

  it('fault 1: does not let anything in through ssl_check without a signature', async () => {
    const body = 'ssl_check=1&token=x';
    expect((await bot.send({ body, headers: { 'x-slack-signature': undefined } })).status).toBe(401);
    expect((await bot.send({ body, secret: 'guessed' })).status).toBe(401);
    expect((await bot.send({ body })).status).toBe(200);
  });

  it('fault 1: does not take an event with a field ssl_check for a check', async () => {
    const answer = await bot.send(json({ ...event('Ev1'), ssl_check: '1' }));
    expect(answer.status).toBe(200);
    expect(bot.given.stored).toEqual(new Set(['T1/Ev1']));
  });

  it.each(['', '   '])('fault 2: refuses to be made with the signing secret "%s"', (signingSecret) => {
    expect(() => createHttpReceiver({ ...bot.given, signingSecret, port: 0, routes: {} })).toThrow(
      /SLACK_SIGNING_SECRET/,
    );
  });

  it.each([
    ['6 minutes old', -6 * MINUTE],
    ['6 minutes ahead', 6 * MINUTE],
    ['a day ahead', 24 * 60 * MINUTE],
  ])('fault 12: refuses what is signed but %s', async (_when, offset) => {
    const timestamp = Math.floor((bot.clock.now + offset) / 1000);
    expect((await bot.send({ ...json(event('Ev1')), timestamp })).status).toBe(401);
    expect(bot.given.stored.size).toBe(0);
  });

  it.each([-4 * MINUTE, 4 * MINUTE])('accepts clocks that differ by %i ms', async (offset) => {
    const timestamp = Math.floor((bot.clock.now + offset) / 1000);
    expect((await bot.send({ ...json(event('Ev1')), timestamp })).status).toBe(200);
  });

  it('fault 12: does nothing twice for an event that is recorded and sent again', async () => {
    const times = bot.heardOf('user_change');
    const recorded = { ...json(event('Ev1')), timestamp: Math.floor(bot.clock.now / 1000) };
    await bot.send(recorded);
    expect((await bot.send(recorded)).status).toBe(200);
    await bot.receiver.stop();
    expect(times()).toBe(1);
  });
});

describe('what is understood', () => {
  it('answers the challenge of a Request URL, but only a signed one', async () => {
    const challenge = json({ type: 'url_verification', challenge: 'c3p0' });
    expect(await bot.send(challenge)).toMatchObject({ status: 200, body: '{"challenge":"c3p0"}' });
    expect((await bot.send({ ...challenge, secret: 'guessed' })).status).toBe(401);
  });

  it.each(['application/x-www-form-urlencoded; charset=utf-8', 'application/x-www-form-urlencoded'])(
    'reads commands sent as %s',
    async (contentType) => {
      bot.app.command('/exception', async ({ command: { text }, ack }) => ack({ text: `You said ${text}` }));
      const answer = await bot.send({ ...command('Großzügig & 50 % über + unter'), contentType });
      expect(JSON.parse(answer.body)).toEqual({ text: 'You said Großzügig & 50 % über + unter' });
    },
  );

  it('hands on what people typed exactly as they typed it', async () => {
    const typed = '50 % über + "unter" & \\ \u{1F680} =?\n<!channel>';
    bot.app.action('approve', async ({ body, ack }) => ack({ text: JSON.stringify(body) } as never));
    const payload = click('approve', typed);
    const plain = await bot.send(interactive(payload));
    const percent = await bot.send({
      body: `payload=${encodeURIComponent(JSON.stringify(payload)).replaceAll('%7B', '%7b')}`,
    });
    const amongOthers = await bot.send({ body: `ssl_check=0&${interactive(payload).body}` });
    for (const answer of [plain, percent, amongOthers])
      expect(JSON.parse(JSON.parse(answer.body).text)).toEqual(payload);
  });

  it.each<[string, Post]>([
    ['JSON null', json(null)],
    ['a JSON list', json([])],
    ['a JSON number', json(7)],
    ['a JSON text', json('x')],
    ['broken JSON', { body: '{"type":', contentType: 'application/json' }],
    ['an empty body', { body: '', contentType: 'application/json' }],
    ['an empty form', { body: '' }],
    ['a form whose payload is null', { body: 'payload=null' }],
    ['a form whose payload is broken', { body: 'payload=%7B%22type' }],
    ['a form with a broken escape', { body: 'payload=%7B%2' }],
    ['a form with an escape that is not hex', { body: 'payload=%zz' }],
    ['an interaction without a type', interactive({ user: { id: 'U1' } })],
    ['bytes that are no text', { body: 'payload=%FF%FE' }],
    ['an event without an id', json({ ...event('x'), event_id: undefined })],
    ['an event that is null', json({ ...event('x'), event: null })],
    ['a type nobody knows', json({ type: 'surprise' })],
    ['a picture', { body: 'GIF89a', contentType: 'image/gif' }],
    ['no content type', { body: '{}', contentType: '' }],
  ])('fault 11: answers 400 to %s, and lives on', async (_what, malformed) => {
    expect((await bot.send(malformed)).status).toBe(400);
    expect(bot.given.troubles()).toMatchObject([{ reason: 'malformed', status: 400 }]);
    expect((await bot.send(json(event('Ev1')))).status).toBe(200);
  });

  it.each<[string, Post]>([
    ['an interaction of no known type', interactive({ type: 'surprise' })],
    ['a click by nobody', interactive({ type: 'block_actions', actions: [] })],
    ['a submission of nothing', interactive({ type: 'view_submission', view: null })],
  ])('answers 500 to %s, and lives on', async (_what, strange) => {
    expect((await bot.send(strange)).status).toBe(500);
    expect((await bot.send(json(event('Ev1')))).status).toBe(200);
  });

  it('answers 413 to a body over a megabyte, however it is announced, and lives on', async () => {
    const body = `payload=${'x'.repeat(1_100_000)}`;
    expect((await bot.send({ body })).status).toBe(413);
    expect((await bot.send({ body, headers: { 'transfer-encoding': 'chunked' } })).status).toBe(413);
    expect((await bot.send(json(event('Ev1')))).status).toBe(200);
  });

  it('takes a body just under a megabyte', async () => {
    bot.app.action('approve', async ({ ack }) => ack());
    expect((await bot.send(interactive(click('approve', 'x'.repeat(900_000))))).status).toBe(200);
  });

  it('serves the other routes, and says what it does not know', async () => {
    expect(await get(bot.port, '/healthz?verbose')).toMatchObject({ status: 200, body: 'well' });
    expect(await get(bot.port, '/api/v1/alerts')).toMatchObject({ status: 200, body: 'intake /api/v1/alerts' });
    expect((await get(bot.port, '/nowhere')).status).toBe(404);
    expect((await get(bot.port, '/slack/events')).status).toBe(405);
    expect((await get(bot.port, '/broken')).status).toBe(500);
    expect(bot.given.troubles()).toMatchObject([{ level: 'error', path: '/broken' }]);
  });
});
