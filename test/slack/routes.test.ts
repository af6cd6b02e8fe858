import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRoutes, type Routes } from '../../src/slack/listeners/routes.ts';
import { click, interactive } from '../support/slackHttp.ts';
import { type HttpBot, httpBot } from './httpBot.ts';

let bot: HttpBot;
let routes: Routes;
let heard: string[];
/** Notes that it was heard, and by whom. */
const hears =
  (who: string) =>
  async ({ ack }: { ack: () => Promise<void> }) => {
    heard.push(who);
    await ack();
  };
beforeEach(async () => {
  bot = await httpBot();
  heard = [];
  routes = createRoutes(bot.app, hears('anything else'));
});
afterEach(() => bot.receiver.stop(0));

const inModal = (callback_id: string) => ({ view: { id: 'V1', type: 'modal', callback_id, state: { values: {} } } });
const modal = (type: 'view_submission' | 'view_closed', callback_id: string) => ({
  ...{ type, team: { id: 'T1' }, user: { id: 'U1', team_id: 'T1' } },
  ...inModal(callback_id),
});
const chosen = (action_id: string, callback_id: string) => ({
  ...click(action_id),
  ...inModal(callback_id),
  actions: [{ action_id, block_id: 'b', type: 'static_select', selected_option: { value: 'x' }, action_ts: '1.2' }],
});
const send = async (payload: object) => ({ ...(await bot.send(interactive(payload))), heard });

describe('what is pressed or chosen', () => {
  beforeEach(() => {
    routes.action('approve', hears('approve'));
    routes.action('reject', hears('reject'));
    routes.change('form', hears('form'));
  });

  it.each([
    ['a button', click('approve'), 'approve'],
    ['a button in a modal that is followed', { ...click('reject'), ...inModal('form') }, 'reject'],
    ['a choice that is an act of its own, also there', chosen('approve', 'form'), 'approve'],
    ['any other choice there', chosen('severity', 'form'), 'form'],
    ['a choice in another modal', chosen('severity', 'decide'), 'anything else'],
    ['a button that nobody knows', click('approve_all'), 'anything else'],
    [
      'a button that nobody knows in a modal that is followed',
      { ...click('more'), ...inModal('form') },
      'anything else',
    ],
    ['a button whose id begins as another does', click('approve2'), 'anything else'],
    ['a button with the id of a modal', click('form'), 'anything else'],
  ])('%s is heard by one listener', async (_what, payload, by) => {
    expect(await send(payload)).toMatchObject({ status: 200, heard: [by] });
    expect(bot.given.troubles()).toEqual([]);
  });
});

describe('a modal', () => {
  beforeEach(() => {
    routes.submission('form', hears('sent'));
    routes.closing('form', hears('closed'));
    routes.submission('decide', hears('decided'));
  });

  it.each([
    ['that is sent', modal('view_submission', 'form'), ['sent']],
    ['that is closed', modal('view_closed', 'form'), ['closed']],
    ['that is closed where only its sending is listened to', modal('view_closed', 'decide'), []],
    ['of another version that is closed', modal('view_closed', 'once_known'), []],
  ])('%s is no trouble, and heard by no other listener', async (_what, payload, by) => {
    expect(await send(payload)).toMatchObject({ status: 200, body: '', heard: by });
    expect(bot.given.troubles()).toEqual([]);
  });

  it('of another version that is sent fails where it stands, so that Slack keeps what was typed', async () => {
    expect(await send(modal('view_submission', 'once_known'))).toMatchObject({ status: 500, heard: [] });
    expect(bot.given.troubles()).toMatchObject([{ msg: 'interactive failed', user: 'U1', acknowledged: false }]);
  });
});

describe('an id', () => {
  it.each(['action', 'change', 'submission', 'closing'] as const)('has one listener of a kind: %s', (kind) => {
    routes[kind]('approve', hears('first'));
    expect(() => routes[kind]('approve', hears('second'))).toThrow(/^Two listeners for .* "approve"/);
  });

  it('may be that of a button and of the modal it opens', async () => {
    routes.action('answer', hears('pressed'));
    routes.submission('answer', hears('sent'));
    await send(click('answer'));
    expect(await send(modal('view_submission', 'answer'))).toMatchObject({ status: 200, heard: ['pressed', 'sent'] });
  });
});
