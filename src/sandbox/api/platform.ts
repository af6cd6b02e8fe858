import { problemsOfMessage, problemsOfView } from '../blocks/surface.ts';
import { asObject, type Json } from '../json.ts';
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

const PLACES = ['blocks', 'view', 'message'] as const;

/** Looks at blocks, a view or a message (exactly one) without sending it. */
function validateBlocks(args: Args): Json {
  const given = PLACES.filter((name) => args.json(name) !== undefined);
  const [place] = given;
  if (place === undefined || given.length > 1)
    throw withMessages('invalid_arguments', ['[ERROR] must provide exactly one of `blocks`, `view` or `message`']);
  const json = args.json(place);
  const problems =
    place === 'view'
      ? problemsOfView(json, asObject(json).type === 'home' ? 'home' : 'modal', '')
      : problemsOfMessage(place === 'blocks' ? json : asObject(json).blocks, place === 'blocks' ? '' : '/blocks');
  if (problems.length === 0) return {};
  throw new ApiError(`invalid_${place}`, {
    errors: problems.map(validationError),
    response_metadata: { messages: problems },
  });
}

function validationError(problem: string): Json {
  const [, message = problem, pointer = ''] = /^\[ERROR\] (.*) \[json-pointer:(.*)\]$/.exec(problem) ?? [];
  return { pointer, code: 'failed_constraint', message };
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
