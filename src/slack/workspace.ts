import type { WebClient } from '@slack/web-api';

/** Who the bot is in Slack, and what it may do there. */
export type Identity = { teamId: string; teamName: string; botUserId: string; botId: string; scopes: string[] };

/** @throws where Slack does not answer or refuses the token */
export async function whoAmI(client: WebClient): Promise<Identity> {
  const answer = await client.auth.test();
  return {
    teamId: answer.team_id ?? '',
    teamName: answer.team ?? '',
    botUserId: answer.user_id ?? '',
    botId: answer.bot_id ?? '',
    scopes: answer.response_metadata?.scopes ?? [],
  };
}
