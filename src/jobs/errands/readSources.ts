/** Asks the sources about a request's customer and records what they say; then fills the modal that waits for it. */
import { toWords } from '../../app/content.ts';
import { handle } from '../../app/handle.ts';
import type { Intent } from '../../app/intents.ts';
import type { Clock, EventLog, Sources } from '../../app/ports.ts';
import type { Discrepancy, StoredReading } from '../../core/events/holds.ts';
import { SYSTEM } from '../../core/events.ts';
import { requiredSources } from '../../core/inputs.ts';
import type { Wiring } from '../../core/policy.ts';
import { isRefusal } from '../../core/refusal.ts';
import { type Conflict, conflictsIn, factsText, type Reading } from '../../core/sources.ts';
import type { Log } from '../../log.ts';
import type { Policies } from '../../store/policies.ts';
import { type RequestView, readRequest } from '../../store/requests.ts';
import type { Db } from '../../store/schema.ts';

type ReadSources = Extract<Intent, { kind: 'read_sources' }>;
/** Who waits for which modal, to do what. */
export type Waiting = NonNullable<ReadSources['fill']> & { number: number };

export type ReadSourcesDeps = {
  db: Db;
  events: EventLog;
  policies: Policies;
  clock: Clock;
  teamId: string;
  log: Log;
  sources: Sources;
  /** Fills the modal from the request as it then is, whatever became of the sources. */
  fill(waiting: Waiting): Promise<void>;
  /** Something was committed that somebody is to be told. */
  wake(): void;
};

/** Done again, after a crash or by another replica, it asks again but records nothing more. */
export const readSourcesWith =
  (deps: ReadSourcesDeps) =>
  async (intent: ReadSources): Promise<void> => {
    const view = await readRequest(deps.db, deps.policies, deps.teamId, intent.number);
    if (!view) throw new Error(`EX-${intent.number} is to be looked up but does not exist`);
    if (view.state.status === 'in_review') await record(deps, intent, view);
    if (intent.fill) await deps.fill({ ...intent.fill, number: intent.number });
  };

async function record(deps: ReadSourcesDeps, intent: ReadSources, { state, rules }: RequestView): Promise<void> {
  const { events, policies, clock, teamId, log, sources } = deps;
  const { number, seq, moment } = intent;
  const wired = (await policies.current()).document.wiring.sources;
  const readings = await sources.read(wired, asked(wired, requiredSources(rules, state)), customerOf(state));
  const result = await handle(
    events,
    teamId,
    {
      ...{ type: 'record_sources', by: SYSTEM, at: clock.now(), moment },
      readings: readings.map(stored),
      discrepancies: conflictsIn(readings, rules.reconcile).map(sideBySide(state)),
    },
    { number, key: `sources/${number}/${seq}/${moment}` },
  );
  const outcomes = Object.fromEntries(readings.map(({ source, outcome }) => [source, outcome]));
  const became = isRefusal(result) ? result.why : result.repeated ? 'repeated' : 'done';
  // Not the customer: a name may be confidential.
  log.info({ request: `EX-${number}`, moment, sources: outcomes, outcome: became }, 'sources asked');
  deps.wake();
}

/** Those of the policy as it is, and those that the request cannot do without: one that is wired no longer says so. */
const asked = (wired: Wiring['sources'], required: string[]): string[] => [
  ...new Set([...Object.keys(wired), ...required]),
];

const customerOf = ({ customer }: RequestView['state']): string => customer?.text ?? '';

/** A source that failed has said something as well: why. */
const stored = ({ source, name, ...said }: Reading): StoredReading => ({
  ...{ source, name, outcome: said.outcome },
  content: toWords(factsText(said)),
});

/** What a hold of the request has on record already keeps its id there: by that the core knows a discrepancy again. */
const sideBySide =
  ({ holds }: RequestView['state']) =>
  ({ field, label, values }: Conflict): Discrepancy => ({
    ...{ field, label },
    values: values.map(({ source, name, value }) => {
      const before = holds
        .flatMap(({ discrepancies }) => discrepancies)
        .filter((known) => known.field === field)
        .flatMap((known) => known.values)
        .find((known) => known.source === source && known.value.text === value);
      return { source, name, value: before?.value ?? toWords(value) };
    }),
  });
