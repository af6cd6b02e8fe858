/** The demo's app in the local Slack asks for what the manifest asks for, so that what works here works there. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type App, seededApp } from '../sandbox/index.ts';

const MANIFEST = new URL('../../manifest.json', import.meta.url);

const manifest = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string() })),
    shortcuts: z
      .array(
        z.object({
          ...{ name: z.string(), type: z.enum(['global', 'message']) },
          ...{ callback_id: z.string(), description: z.string() },
        }),
      )
      .default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

export function demoApp(): App {
  const { features, oauth_config, settings } = manifest.parse(JSON.parse(readFileSync(MANIFEST, 'utf8')));
  return seededApp({
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      ...{ command, description, usageHint: usage_hint },
    })),
    shortcuts: features.shortcuts.map(({ callback_id, ...shortcut }) => ({ ...shortcut, callbackId: callback_id })),
  });
}
