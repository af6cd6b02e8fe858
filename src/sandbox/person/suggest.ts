import type { Control } from '../blocks/walk.ts';
import { asObjects, isObject, type Json } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { User } from '../types.ts';
import { interactive } from './interact.ts';
import * as payload from './payloads.ts';

/** What the app offered last in each external select of a message or view: a person chooses from what they saw. */
const lastOffered = new WeakMap<object, Map<string, Json[]>>();

const keyOf = ({ block, actionId }: Control): string => `${block.block_id} ${actionId}`;

export const offered = (place: object, control: Control): Json[] => lastOffered.get(place)?.get(keyOf(control)) ?? [];

/** Asks the app what an external select offers for a query. */
export async function suggestions(
  machine: Machine,
  user: User,
  where: payload.Where,
  control: Control,
  query: string,
): Promise<Json[]> {
  const asked = { action_id: control.actionId, block_id: control.block.block_id, value: query };
  const answer = await interactive(machine, user, payload.blockSuggestion(machine, user, where, asked));
  const body = answer.ok && isObject(answer.body) ? answer.body : {};
  const options = [
    ...asObjects(body.options),
    ...asObjects(body.option_groups).flatMap((group) => asObjects(group.options)),
  ];
  const place = 'view' in where ? where.view : where.message;
  const known = lastOffered.get(place) ?? new Map<string, Json[]>();
  lastOffered.set(place, known.set(keyOf(control), options));
  return options;
}
