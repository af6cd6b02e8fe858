/** The one way a command reaches a request: load, decide, append; again where somebody else was first. */
import { createHash } from 'node:crypto';
import { attentionAt } from '../core/attention.ts';
import type { Command, Context } from '../core/command.ts';
import { decide } from '../core/decide.ts';
import { erasableOf } from '../core/erasing.ts';
import type { Exposure } from '../core/events/submission.ts';
import type { Recorded } from '../core/events.ts';
import { evolve } from '../core/evolve.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Renewing } from '../core/renewing.ts';
import { type ExceptionRequest, initial, materialOf, type State } from '../core/request.ts';
import { plus } from '../core/values.ts';
import type { Intent } from './intents.ts';
import { intentsOf } from './owed.ts';
import type { EventLog, Handled, Loaded } from './ports.ts';

/** What came of a command, and whether it had come of the same click before. */
export type Done = Handled & { repeated: boolean };

/** Simultaneous submissions contend for the next number, so patience is in proportion to a crowd, not to a bug. */
const TRIES = 100;

/** A state never changes once it is read, and of what somebody decides the hash is asked for more than once. */
const hashes = new WeakMap<ExceptionRequest, string>();

/** SHA-256 of what an approval is given to. */
export function contentHash(state: ExceptionRequest): string {
  let hash = hashes.get(state);
  if (hash === undefined) {
    hash = createHash('sha256')
      .update(JSON.stringify(materialOf(state)))
      .digest('hex');
    hashes.set(state, hash);
  }
  return hash;
}

const streamOf = (number: number): string => `request/${number}`;

export type Target = {
  /** Null for a new request. */
  number: number | null;
  /** Of the click, under which it counts once. */
  key: string | null;
  /** What was read of it a moment ago for the same person and key: the first attempt need not read it again. */
  read?: Loaded | undefined;
};

/**
 * @returns what was done, or a refusal of `decide`
 * @throws where the database does not answer: nothing was done, or what was done is found again under the same key
 */
export async function handle(log: EventLog, teamId: string, command: Command, target: Target): Promise<Done | Refusal> {
  let barred = '';
  let { read } = target;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const loaded = read ?? (await log.load({ teamId, ...about(target), actor: command.by, at: command.at }));
    read = undefined;
    if (loaded.repeated) return { ...loaded.repeated, repeated: true };
    const number = target.number ?? loaded.nextNumber;
    const exposure = await exposureOf(log, teamId, command, loaded);
    const renewing = await renewingOf(log, teamId, command);
    const erasing = await erasingOf(log, teamId, command, target.number);
    const events = decide(loaded.state, command, { ...contextOf(loaded, number, exposure), renewing, ...erasing });
    if (isRefusal(events)) return events;
    if (events.length === 0) return idle(log, teamId, number, loaded);
    const done = await append(log, teamId, number, loaded, events, target.key);
    if (done && done !== 'same_person') return done;
    // Postgres checks constraints in no promised order, so this can also be the other half of a double click, or a number
    // taken meanwhile: what is there now tells. Met again on unchanged ground, it is the database that knows better.
    const ground = `${number} ${loaded.version}`;
    if (done && barred === ground) return refuse({ why: 'same_person', stage: 'authorization' });
    if (done) barred = ground;
  }
  throw new Error(`EX-${target.number ?? 'new'}: others kept being first, ${TRIES} times`);
}

const about = ({ number, key }: Target) => ({ number, key });

const contextOf = ({ state, policy, standing }: Loaded, number: number, exposure: Exposure | null): Context => ({
  number,
  policy,
  standing,
  contentHash: state ? contentHash(state) : '',
  exposure,
});

/**
 * What counts together with the request, where the policy says that anything does and the command may change the tier. Read
 * after `load`, so that two submissions that race for one number see each other.
 */
async function exposureOf(
  log: EventLog,
  teamId: string,
  command: Command,
  { state, policy }: Loaded,
): Promise<Exposure | null> {
  const { splitting } = policy.rules;
  const figures = splitting && figuresOf(command, state);
  if (!figures) return null;
  const since = plus(command.at, -splitting.within);
  return log.exposure({ teamId, number: state?.number ?? null, ...figures, since });
}

/** What it renews. Read after `load`: of two that renew the same at once, the second is refused by the database and looks again. */
async function renewingOf(log: EventLog, teamId: string, command: Command): Promise<Renewing | null> {
  const number = command.type === 'submit' ? (command.form.renews ?? null) : null;
  if (number === null) return null;
  const [{ state }, renewedBy] = await Promise.all([
    log.load({ teamId, number, actor: command.by, key: null, at: command.at }),
    log.renewedBy({ teamId, number }),
  ]);
  return { of: state, renewedBy };
}

/** What there is to erase. Read after `load`: where more was written in between, the append finds that out. */
async function erasingOf(log: EventLog, teamId: string, { type }: Command, number: number | null) {
  if (type !== 'erase' || number === null) return {};
  return { erasable: erasableOf(await log.history({ teamId, number })) };
}

/** The customer and rule that a command leaves the request with; null where it does not touch them. */
function figuresOf(command: Command, state: State): { customer: string | null; rule: string } | null {
  if (command.type === 'submit') return { customer: command.form.customer?.text ?? '', rule: command.form.rule };
  if (command.type === 'amend') return { customer: command.content.customer?.text ?? '', rule: command.content.rule };
  if (command.type === 'correct' && state) return { customer: null, rule: command.corrections.rule ?? state.rule };
  return null;
}

/** @returns null where somebody else was first, or the key had been handled meanwhile: load again */
async function append(
  log: EventLog,
  teamId: string,
  number: number,
  loaded: Loaded,
  events: Recorded[],
  key: string | null,
): Promise<Done | 'same_person' | null> {
  const { state, intents, erase, eraseFiles } = follow(loaded, events);
  const handled = { number, version: loaded.version + events.length };
  const outcome = await log.append({
    teamId,
    stream: streamOf(number),
    expectedVersion: loaded.version,
    head: loaded.head,
    events,
    intents,
    request: {
      state,
      attentionAt: attentionAt(state, loaded.policy.rules),
      absences: loaded.standing.cover?.absences ?? [],
    },
    erase,
    eraseFiles,
    key,
    handled,
  });
  if (outcome === 'appended') return { ...handled, repeated: false };
  return outcome === 'same_person' ? 'same_person' : null;
}

/** Nothing to append, but a request that was looked at must not be due any longer. */
async function idle(log: EventLog, teamId: string, number: number, { state, version, policy }: Loaded): Promise<Done> {
  if (state) await log.reschedule({ teamId, number, version, attentionAt: attentionAt(state, policy.rules) });
  return { number, version, repeated: false };
}

function follow({ state, version, policy, wiring }: Loaded, events: Recorded[]) {
  let next: State = state ?? initial;
  const intents: Intent[] = [];
  const erase: string[] = [];
  const eraseFiles: string[] = [];
  for (const [index, event] of events.entries()) {
    const before = next;
    next = evolve(next, event);
    intents.push(...intentsOf(event, version + index + 1, { before, state: next, rules: policy.rules, wiring }));
    erase.push(...takenBack(event, next));
    if (event.type === 'erased') eraseFiles.push(...event.files);
  }
  if (!next) throw new Error('a command without events has nothing to append');
  return { state: next, intents: fold(intents), erase, eraseFiles };
}

/** The words of a deleted remark, as they were and as they had been before it was edited; and what is erased. */
function takenBack(event: Recorded, { remarks }: ExceptionRequest): string[] {
  if (event.type === 'erased') return event.contents;
  if (event.type !== 'remark_deleted') return [];
  const deleted = remarks.find(({ channel, ts }) => channel === event.channel && ts === event.ts);
  return deleted ? [deleted.words.content, ...deleted.earlier] : [];
}

/** One redraw serves all events of a command. */
const fold = (intents: Intent[]): Intent[] =>
  intents.filter(
    (intent, index) =>
      intent.kind !== 'redraw' ||
      intents.findIndex((other) => other.kind === 'redraw' && other.number === intent.number) === index,
  );
