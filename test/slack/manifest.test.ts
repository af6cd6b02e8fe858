import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND, SHORTCUT } from '../../src/slack/ids.ts';
import { BOT_SCOPES } from '../../src/slack/scopes.ts';

const ROOT = join(import.meta.dirname, '../..');
const manifest = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const socket = manifest('manifest.json');
const http = manifest('manifest.http.json');
const URL = 'https://YOUR-HOST/slack/events';

/** The events that the listeners' own source subscribes to. */
function heard(): string[] {
  const folder = join(ROOT, 'src/slack/listeners');
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const names = [...sources.join('\n').matchAll(/\.event\('(\w+)'/g)].map(([, name]) => name ?? '');
  // A message is subscribed to by the kind of conversation: the cards' channels may be private.
  return names.flatMap((name) => (name === 'message' ? ['message.channels', 'message.groups'] : [name])).sort();
}

describe('the manifest', () => {
  it('asks for the scopes that the bot checks for, and no other', () => {
    expect(socket.oauth_config.scopes.bot).toEqual([...BOT_SCOPES]);
  });

  it('subscribes to the events that are listened to, and no other', () => {
    expect([...socket.settings.event_subscriptions.bot_events].sort()).toEqual(heard());
  });

  it('has the command that is listened to', () => {
    expect(socket.features.slash_commands.map(({ command }: { command: string }) => command)).toEqual([COMMAND]);
  });

  it('has the shortcuts that are listened to', () => {
    const shortcuts = socket.features.shortcuts.map(({ callback_id, type }: Record<string, string>) => [
      callback_id,
      type,
    ]);
    expect(shortcuts).toEqual([
      [SHORTCUT.ask, 'global'],
      [SHORTCUT.askAboutMessage, 'message'],
      [SHORTCUT.complain, 'message'],
    ]);
  });

  it('stays within what Slack takes', () => {
    for (const { name, description } of socket.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    expect(socket.display_information.name.length).toBeLessThanOrEqual(35);
    expect(socket.display_information.description.length).toBeLessThanOrEqual(140);
  });

  it('names no address where events come by Socket Mode', () => {
    expect(socket.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(socket)).not.toContain('http');
  });

  it('for HTTP is the same app, with one address for everything', () => {
    const addressed = structuredClone(socket);
    addressed.features.slash_commands[0].url = URL;
    addressed.settings.event_subscriptions.request_url = URL;
    addressed.settings.interactivity.request_url = URL;
    addressed.settings.socket_mode_enabled = false;
    expect(http).toEqual(addressed);
  });
});
