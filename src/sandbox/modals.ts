import { ApiError, withMessages } from './api/errors.ts';
import { problemsOfFiles } from './api/slackFiles.ts';
import { problemsOfView, viewTooLarge, withIds } from './blocks/surface.ts';
import { controls, isStateful } from './blocks/walk.ts';
import type { Trigger } from './delivery/triggers.ts';
import { newId } from './ids.ts';
import { asObject, asObjects, asText, isObject, type Json } from './json.ts';
import { LIMIT } from './limits.ts';
import { initialState } from './state.ts';
import type { StateValues, View } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Modals and Home views: what is open, on top of what, and what is filled in. */
export class Modals {
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  open(trigger: Trigger, json: unknown): View {
    const stack = this.#workspace.stack(trigger.user);
    const below = trigger.view === undefined ? undefined : stack.find((view) => view.id === trigger.view);
    return below === undefined ? this.#openRoot(trigger.user, json) : this.#pushOn(below, json);
  }

  /** @throws push_limit_reached, and whatever is wrong with the view */
  push(trigger: Trigger, json: unknown): View {
    const below = this.#workspace.stack(trigger.user).find((view) => view.id === trigger.view);
    if (below === undefined)
      throw withMessages('invalid_arguments', ['[ERROR] the trigger_id is not from an open modal']);
    return this.#pushOn(below, json);
  }

  pushUnder(view: View, json: unknown): View {
    return this.#pushOn(view, json);
  }

  /** @throws not_found, hash_conflict, and whatever is wrong with the view */
  update(
    selector: { view_id?: string | undefined; external_id?: string | undefined },
    json: unknown,
    hash?: string,
  ): View {
    const view = [...this.#workspace.openViews()].find((each) =>
      selector.view_id === undefined ? each.external_id === selector.external_id : each.id === selector.view_id,
    );
    if (view === undefined) throw new ApiError('not_found');
    if (hash !== undefined && hash !== view.hash) throw new ApiError('hash_conflict');
    this.#fill(view, this.#read(json, view.type, view));
    return view;
  }

  /** @throws not_enabled, hash_conflict, and whatever is wrong with the view */
  publish(user: string, json: unknown, hash?: string): View {
    if (this.#workspace.app.home?.homeTab === false) throw new ApiError('not_enabled');
    const before = this.#workspace.homes.get(user);
    if (hash !== undefined && hash !== before?.hash) throw new ApiError('hash_conflict');
    const read = this.#read(json, 'home', before);
    const home = before ?? this.#blank('home', user);
    this.#fill(home, read);
    this.#workspace.homes.set(user, home);
    this.#workspace.changes.emit({ kind: 'home', user });
    return home;
  }

  /** Takes a view off its stack, with everything above it. */
  close(view: View): void {
    const stack = this.#workspace.stack(view.user);
    const index = stack.indexOf(view);
    if (index >= 0) stack.splice(index);
    this.#workspace.changes.emit({ kind: 'modal', user: view.user });
  }

  clear(user: string): void {
    this.#workspace.stack(user).length = 0;
    this.#workspace.changes.emit({ kind: 'modal', user });
  }

  #openRoot(user: string, json: unknown): View {
    const read = this.#read(json, 'modal');
    const view = this.#blank('modal', user);
    this.#fill(view, read);
    const stack = this.#workspace.stack(user);
    stack.length = 0;
    stack.push(view);
    this.#workspace.changes.emit({ kind: 'modal', user });
    return view;
  }

  #pushOn(below: View, json: unknown): View {
    const stack = this.#workspace.stack(below.user);
    const depth = stack.indexOf(below) + 1;
    if (depth >= LIMIT.modalStack) throw new ApiError('push_limit_reached');
    const read = this.#read(json, 'modal');
    const view = this.#blank('modal', below.user);
    view.root_view_id = below.root_view_id;
    view.previous_view_id = below.id;
    this.#fill(view, read);
    stack.splice(depth);
    stack.push(view);
    this.#workspace.changes.emit({ kind: 'modal', user: below.user });
    return view;
  }

  #read(json: unknown, wanted: View['type'], self?: View): Json {
    if (json === undefined) throw withMessages('invalid_arguments', ['[ERROR] missing required field: view']);
    if (viewTooLarge(json)) throw new ApiError('view_too_large');
    const blocks = isObject(json) ? json.blocks : undefined;
    const problems = [...problemsOfView(json, wanted), ...problemsOfFiles(this.#workspace, blocks, '/view/blocks')];
    if (problems.length > 0 || !isObject(json)) throw withMessages('invalid_arguments', problems);
    const { scopes } = this.#workspace.app;
    if (hasFileInput(json) && !scopes.includes('files:read'))
      throw new ApiError('missing_scope', { needed: 'files:read', provided: scopes.join(',') });
    const external = asText(json.external_id);
    const taken = [...this.#workspace.openViews()].some((view) => view !== self && view.external_id === external);
    if (external !== '' && taken) throw new ApiError('duplicate_external_id');
    return json;
  }

  #blank(type: View['type'], user: string): View {
    const id = newId('V');
    return {
      ...{ id, type, user, title: null, submit: null, close: null, blocks: [], private_metadata: '', callback_id: '' },
      ...{ external_id: '', clear_on_close: false, notify_on_close: false, submit_disabled: false, hash: '' },
      ...{ root_view_id: id, previous_view_id: null, values: {} },
    };
  }

  #fill(view: View, json: Json): void {
    const before = view.values;
    view.title = part(json.title);
    view.submit = part(json.submit);
    view.close = part(json.close);
    view.private_metadata = asText(json.private_metadata);
    view.callback_id = asText(json.callback_id);
    view.external_id = asText(json.external_id);
    view.clear_on_close = json.clear_on_close === true;
    view.notify_on_close = json.notify_on_close === true;
    view.submit_disabled = json.submit_disabled === true;
    view.hash = this.#workspace.ts.hash();
    view.blocks = withIds(asObjects(json.blocks));
    view.values = keepFilled(initialState(view.blocks), before, view);
    this.#workspace.changes.emit({ kind: view.type, user: view.user });
  }
}

const hasFileInput = (view: Json): boolean =>
  asObjects(view.blocks).some(({ element }) => asObject(element).type === 'file_input');

const part = (value: unknown): Json | null => (isObject(value) ? value : null);

/** What a person typed stays where block_id, action_id and type are still the same. */
function keepFilled(fresh: StateValues, before: StateValues, view: View): StateValues {
  for (const { block, actionId, type } of controls(view.blocks)) {
    const kept = before[block.block_id]?.[actionId];
    const values = fresh[block.block_id];
    if (values !== undefined && kept !== undefined && kept.type === type && isStateful(type)) values[actionId] = kept;
  }
  return fresh;
}
