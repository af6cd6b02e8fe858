/** Who listens to what people press, fill in, send and close: found by its id, where Bolt would ask every listener in turn. */
import type {
  App,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';

type Listener<Heard> = (heard: Heard) => Promise<void>;
export type ActionListener = Listener<Pick<SlackActionMiddlewareArgs<BlockAction>, 'ack' | 'body' | 'action'>>;
type SubmissionListener = Listener<Pick<SlackViewMiddlewareArgs<ViewSubmitAction>, 'ack' | 'body'>>;
type ClosingListener = Listener<Pick<SlackViewMiddlewareArgs<ViewClosedAction>, 'ack' | 'body'>>;

/** Each throws where the id has a listener of its kind already: only one of them would be heard. */
export type Routes = {
  /** What is pressed, or chosen where a choice is an act of its own. */
  action(actionId: string, listener: ActionListener): void;
  /** Whatever else is typed or chosen in modals with this callback id, as far as they tell; buttons are never among it. */
  change(callbackId: string, listener: ActionListener): void;
  submission(callbackId: string, listener: SubmissionListener): void;
  /** Of modals that tell when they are closed unsent. */
  closing(callbackId: string, listener: ClosingListener): void;
};

/** @param anythingElse hears every action that has no listener */
export function createRoutes(app: App, anythingElse: ActionListener): Routes {
  const actions = table<ActionListener>('the action');
  const changes = table<ActionListener>('a change in the modal');
  const submissions = table<SubmissionListener>('the submission of the modal');
  const closings = table<ClosingListener>('the closing of the modal');

  app.action<BlockAction>({ type: 'block_actions' }, ({ ack, body, action }) => {
    const change = action.type === 'button' ? undefined : changes.find(body.view?.callback_id);
    const listener = actions.find(action.action_id) ?? change ?? anythingElse;
    return listener({ ack, body, action });
  });
  app.view<ViewSubmitAction>({ type: 'view_submission' }, async ({ ack, body }) => {
    // One of another version is not acknowledged: Slack says that it failed, and leaves what was typed where it is.
    await submissions.find(body.view.callback_id)?.({ ack, body });
  });
  app.view<ViewClosedAction>({ type: 'view_closed' }, async ({ ack, body }) => {
    // Nothing is owed to whoever closes what another version drew.
    await (closings.find(body.view.callback_id)?.({ ack, body }) ?? ack());
  });

  return { action: actions.add, change: changes.add, submission: submissions.add, closing: closings.add };
}

function table<L>(what: string) {
  const listeners = new Map<string, L>();
  return {
    add(id: string, listener: L): void {
      if (listeners.has(id)) throw new Error(`Two listeners for ${what} "${id}": ids in src/slack/ids.ts must differ.`);
      listeners.set(id, listener);
    },
    find: (id: string | undefined): L | undefined => (id === undefined ? undefined : listeners.get(id)),
  };
}
