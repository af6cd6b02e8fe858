import { problemsOfMessage, problemsOfView } from '../blocks/surface.ts';
import { asObject, isObject, type Json } from '../json.ts';
import type { Args } from './args.ts';
import type { ApiContext, Method } from './context.ts';
import { ApiError, withMessages } from './errors.ts';

function authTest(_args: Args, { workspace }: ApiContext): Json {
  const { app, team } = workspace;
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: workspace.users.get(app.botUserId)?.name ?? '',
    team_id: team.id,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  };
}

function apiTest(args: Args): Json {
  const error = args.text('error');
  if (error !== undefined) throw new ApiError(error, { args: args.raw });
  return { args: args.raw };
}

/** Looks at blocks, a view, or a message without sending it. */
function validateBlocks(args: Args): Json {
  const view = args.json('view');
  const message = args.json('message');
  const blocks = args.json('blocks') ?? (isObject(message) ? message.blocks : undefined);
  if (view === undefined && blocks === undefined)
    throw withMessages('invalid_arguments', ['[ERROR] missing required field: blocks, view or message']);
  const problems =
    view === undefined
      ? problemsOfMessage(blocks)
      : problemsOfView(view, asObject(view).type === 'home' ? 'home' : 'modal');
  if (problems.length > 0) throw withMessages('invalid_blocks', problems);
  return {};
}

export const PLATFORM: { [name: string]: Method } = {
  'auth.test': { scopes: [], token: 'any', tier: 'free', run: authTest },
  'api.test': { scopes: [], token: 'none', tier: 4, run: apiTest },
  'blocks.validate': { scopes: [], token: 'bot', tier: 4, run: validateBlocks },
  'apps.connections.open': {
    scopes: ['connections:write'],
    token: 'app',
    tier: 3,
    run: (_args, { socket, origin }) => ({ url: socket.ticketUrl(origin()) }),
  },
};
