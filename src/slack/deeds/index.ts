/** Every deed, in the order in which they are offered. */
import type { Deed } from './deed.ts';
import { takeBack } from './review.ts';

export const ALL_DEEDS: readonly Deed[] = [takeBack];
