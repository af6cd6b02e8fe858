import type { Json } from '../json.ts';
import type { View } from '../types.ts';
import type { Args } from './args.ts';
import type { ApiContext, Method } from './context.ts';
import { ApiError, withMessages } from './errors.ts';
import { viewShape } from './shapes.ts';
import { userOf } from './users.ts';

const answer = ({ workspace }: ApiContext, view: View): Json => ({ view: viewShape(workspace, view) });

/** The view of a call: JSON in a form field, or an object. */
function viewOf(args: Args): unknown {
  const view = args.json('view');
  if (view === null) throw withMessages('invalid_arguments', ['[ERROR] must be valid JSON [json-pointer:/view]']);
  return view;
}

const hashOf = (args: Args): string | undefined => args.text('hash') || undefined;

function withTrigger(act: 'open' | 'push'): Method['run'] {
  return (args, context) => {
    if (!args.has('trigger_id'))
      throw withMessages('invalid_arguments', ['[ERROR] missing required field: trigger_id']);
    const trigger = context.triggers.exchange(args.need('trigger_id'));
    return answer(context, context.modals[act](trigger, viewOf(args)));
  };
}

function update(args: Args, context: ApiContext): Json {
  const view_id = args.text('view_id') || undefined;
  const external_id = args.text('external_id') || undefined;
  if (view_id === undefined && external_id === undefined)
    throw withMessages('invalid_arguments', ['[ERROR] missing required field: view_id or external_id']);
  return answer(context, context.modals.update({ view_id, external_id }, viewOf(args), hashOf(args)));
}

function publish(args: Args, context: ApiContext): Json {
  const user = userOf(context.workspace, args.need('user_id'));
  if (user.is_bot || user.deleted) throw new ApiError('invalid_arguments');
  return answer(context, context.modals.publish(user.id, viewOf(args), hashOf(args)));
}

const view = { scopes: [], token: 'bot', tier: 4 } as const;

export const VIEWS: { [name: string]: Method } = {
  'views.open': { ...view, run: withTrigger('open') },
  'views.push': { ...view, run: withTrigger('push') },
  'views.update': { ...view, run: update },
  'views.publish': { ...view, run: publish },
};
