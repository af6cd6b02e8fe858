/** Which events have a line in the card's thread. */
import type { Recorded } from './events.ts';

/** What the card itself tells, or the thread already holds, or nobody needs to hear of. */
export const UNTOLD = [
  'submitted',
  'taken',
  'remark_made',
  'remark_edited',
  'remark_deleted',
  'evidence_kept',
  'evidence_lost',
  'sources_read',
  'effectiveness_due',
  'reminder_due',
  'staffing_found',
  'ending_near',
] as const satisfies readonly Recorded['type'][];

export type Told = Exclude<Recorded, { type: (typeof UNTOLD)[number] }>;

export const isTold = (event: Recorded): event is Told => !(UNTOLD as readonly string[]).includes(event.type);
