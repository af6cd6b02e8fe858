import { type Body, isObject } from './body.ts';

/** What a log line says about a delivery: who, where, what, and which request. Never what people typed. */
export type About = {
  team?: string | undefined;
  user?: string | undefined;
  type?: string | undefined;
  action?: string | undefined;
  request?: string | undefined;
  retry?: number | undefined;
};

export function about(body: Body): About {
  const view = object(body.view);
  const event = object(body.event);
  const action = object(Array.isArray(body.actions) ? body.actions[0] : undefined);
  return {
    team: text(object(body.team).id) ?? text(body.team_id),
    user: text(object(body.user).id) ?? text(body.user_id) ?? text(event.user),
    type: text(event.type) ?? text(body.type) ?? text(body.command),
    action: text(action.action_id) ?? text(view.callback_id) ?? text(body.callback_id),
    request: requestIn(text(action.value)) ?? requestIn(text(view.private_metadata)),
  };
}

/** Buttons and modals carry the request's number as `n`, in every version. */
function requestIn(carried: string | undefined): string | undefined {
  try {
    const { n } = object(JSON.parse(carried ?? ''));
    return typeof n === 'number' ? `EX-${n}` : undefined;
  } catch {
    return undefined;
  }
}

const object = (value: unknown): Body => (isObject(value) ? value : {});
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
