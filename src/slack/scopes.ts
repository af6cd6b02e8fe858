/** What the bot's token must allow; the manifests ask for the same. */
export const BOT_SCOPES = [
  'commands',
  'chat:write',
  'im:write',
  'users:read',
  'usergroups:read',
  'channels:read',
  'groups:read',
  // To read back whether a message was posted when Slack did not say.
  'channels:history',
  'groups:history',
  'im:history',
  // For evidence: a form takes no files without it.
  'files:read',
  // For the picture and the list of decisions that a report brings, and for evidence packs.
  'files:write',
] as const;
