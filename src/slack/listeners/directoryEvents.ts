/** What Slack says of its own accord about people and groups, so that a change counts at once and not at the next refresh. */
import type { App } from '@slack/bolt';
import type { WorkspaceDirectory } from '../directory.ts';

/** @param left what is done once somebody's account is deactivated */
export function registerDirectoryEvents(app: App, directory: WorkspaceDirectory, left: () => Promise<void>): void {
  app.event('user_change', async ({ event }) => {
    await directory.refresh([event.user.id], []);
    if (event.user.deleted) await left();
  });
  app.event('team_join', ({ event }) => directory.refresh([event.user.id], []));
  app.event('subteam_members_changed', ({ event }) => directory.refreshGroup(event.subteam_id));
  app.event('subteam_updated', ({ event }) => directory.refreshGroup(event.subteam.id));
  app.event('subteam_created', ({ event }) => directory.refreshGroup(event.subteam.id));
}
