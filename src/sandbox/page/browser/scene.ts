import type { Json } from '../../json.ts';
import type { At, Place, Values, WireBlock } from '../wire.ts';
import type { Store } from './store.ts';

/** What is drawn belongs somewhere: a message, a modal or the Home tab, with what is filled in there. */
export type Scene = { store: Store; place: Place; values: Values };

/** One control: its element in its block, and what names and describes it. */
export type Slot = Scene & {
  block: WireBlock;
  element: Json;
  at: At;
  /** Its id in the page. */
  id: string;
  /** For controls that no label is tied to. */
  label: string | undefined;
  required: boolean;
  /** Ids of hint and error. */
  describedBy: string | undefined;
  invalid: boolean;
  /** An input waits for its form; elsewhere each change is an action. */
  input: boolean;
};

const placeId = (place: Place): string =>
  place.where === 'message' ? `${place.channel}-${place.ts}` : place.where === 'modal' ? place.view : 'home';

export const idOf = (place: Place, at: At): string =>
  `${placeId(place)}-${at.block_id}-${at.action_id}`.replaceAll(/[^\w-]/g, '_');

/** What is filled in. */
export const stateOf = ({ values, at }: Pick<Slot, 'values' | 'at'>): Json | undefined =>
  values[at.block_id]?.[at.action_id];
