import type { UsersInfoResponse } from '@slack/web-api';

type SlackUser = NonNullable<UsersInfoResponse['user']>;

/** What the directory keeps of a Slack user. Flags that are absent count as not set; a foreign team counts as foreign. */
export function personOf(user: SlackUser, teamId: string) {
  const ofOrganization = user.enterprise_user?.teams?.includes(teamId) ?? false;
  const home = !user.is_stranger && (!user.team_id || user.team_id === teamId || ofOrganization);
  const bots = [user.is_bot, user.is_app_user, user.is_workflow_bot, user.is_connector_bot, user.id === 'USLACKBOT'];
  return {
    id: user.id ?? '',
    name: user.profile?.display_name || user.real_name || user.name || (user.id ?? ''),
    home,
    deleted: user.deleted ?? false,
    bot: bots.some(Boolean),
    guest: Boolean(user.is_restricted || user.is_ultra_restricted),
    owner: Boolean(user.is_owner || user.is_primary_owner),
    zone: user.tz ?? null,
    locale: user.locale ?? null,
  };
}
