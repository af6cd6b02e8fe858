/** What Slack says of its own accord about people and groups, so that a change counts at once and not at the next refresh. */
import type { App } from '@slack/bolt';
import type { WorkspaceDirectory } from '../directory.ts';

type After = {
  /** What is done once somebody's account is deactivated. */
  left(): Promise<void>;
  /** What is done once people or groups have changed. */
  changed(): Promise<void>;
};

export function registerDirectoryEvents(app: App, directory: WorkspaceDirectory, { left, changed }: After): void {
  app.event('user_change', async ({ event }) => {
    await directory.refresh([event.user.id], []);
    if (event.user.deleted) await left();
    await changed();
  });
  app.event('team_join', ({ event }) => directory.refresh([event.user.id], []));
  const refresh = async (group: string) => {
    await directory.refreshGroup(group);
    await changed();
  };
  app.event('subteam_members_changed', ({ event }) => refresh(event.subteam_id));
  app.event('subteam_updated', ({ event }) => refresh(event.subteam.id));
  app.event('subteam_created', ({ event }) => refresh(event.subteam.id));
}
