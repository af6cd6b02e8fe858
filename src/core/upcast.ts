/** Stored events of any age -> the current ones. An event is kept as it was written and brought up to date when read. */
import { type StoredEvent, storedEvent } from './events.ts';

/** The version new events are written with. Raise it with a step in `STEPS` that takes the version before it along. */
export const SCHEMA_VERSION = 3;

type Step = (type: string, data: Record<string, unknown>) => Record<string, unknown>;

/** What a field that a version added holds in the events from before it. */
const ADDED_IN_2: Record<string, Record<string, unknown>> = {
  submitted: {
    otherRule: null,
    component: null,
    errorType: null,
    files: [],
    inputs: {},
    confidential: false,
    askedBefore: null,
    exposure: null,
  },
  stage_approved: { snapshots: [], checks: [], conditions: [] },
  stage_rejected: { snapshots: [] },
};

const ADDED_IN_3: Record<string, Record<string, unknown>> = {
  submitted: { renews: null },
  stage_approved: { validity: null },
  escalation_raised: { step: 1, acknowledgeBy: null },
  escalation_acknowledged: { until: null },
  hold_placed: { pauses: false },
  hold_released: { dueAt: null },
};

/** From the version at its place (1 first) to the next one. */
const STEPS: readonly Step[] = [
  (type, data) => ({ ...ADDED_IN_2[type], ...data }),
  (type, data) => climbed(type, { ...ADDED_IN_3[type], ...data }),
];

/** A complaint that nobody took charge of had a kind of its own before it was the second step of a ladder. */
const climbed: Step = (_type, data) =>
  data.kind === 'complaint_unanswered' ? { ...data, kind: 'complaint', step: 2 } : data;

/**
 * @param data the stored data, words joined in
 * @throws Error where the event is newer than this program or does not fit its schema: reading on would misjudge it
 */
export function upcast(type: string, version: number, data: object): StoredEvent {
  if (version > SCHEMA_VERSION)
    throw new Error(`event ${type} has version ${version}; this program reads up to ${SCHEMA_VERSION}: update it`);
  const current = STEPS.slice(version - 1).reduce((older, step) => step(type, older), { ...data });
  return storedEvent.parse({ ...current, type });
}
