/** Fetches the bytes of a file and keeps them under their hash; what nobody can have any more is said to be lost. */
import { handle } from '../../app/handle.ts';
import type { Intent } from '../../app/intents.ts';
import type { Clock, EventLog, FetchedFile, LostFile } from '../../app/ports.ts';
import type { Command } from '../../core/command.ts';
import { SYSTEM } from '../../core/events.ts';
import { isRefusal } from '../../core/refusal.ts';
import type { ExceptionRequest } from '../../core/request.ts';
import type { Log } from '../../log.ts';
import { keepBytes } from '../../store/blobs.ts';
import type { Db } from '../../store/schema.ts';

type KeepFile = Extract<Intent, { kind: 'keep_file' }>;

export type KeepFileDeps = {
  db: Db;
  events: EventLog;
  clock: Clock;
  teamId: string;
  log: Log;
  /** @throws Later where it cannot be told now; another error where what came is not the file */
  fetchFile(id: string): Promise<FetchedFile | LostFile>;
  /** Something was committed that somebody is to be told. */
  wake(): void;
};

/** Done again, after a crash or by another replica, it records nothing more. */
export const keepFileWith =
  (deps: KeepFileDeps) =>
  async ({ number, file }: KeepFile): Promise<void> => {
    const { db, events, clock, teamId, log } = deps;
    const { state } = await events.load({ teamId, number, actor: SYSTEM, key: null, at: clock.now() });
    if (!state) throw new Error(`a file of EX-${number} is to be kept, which does not exist`);
    if ([...state.keptFiles, ...state.lostFiles].some(({ id }) => id === file)) return;
    if (state.erasures.some(({ what }) => what.includes('files'))) return;
    const fetched = await deps.fetchFile(file);
    // Bytes first: an event that names them must not come before they are there.
    if ('bytes' in fetched) await keepBytes(db, teamId, fetched.sha256, fetched.bytes);
    const order: Command = { ...commandFor(state, file, fetched), by: SYSTEM, at: clock.now() };
    const result = await handle(events, teamId, order, { number, key: `file/${number}/${file}` });
    // Another request that had the same bytes may have been emptied just before the event was there.
    if ('bytes' in fetched) await keepBytes(db, teamId, fetched.sha256, fetched.bytes);
    const outcome = isRefusal(result) ? result.why : order.type;
    log.info({ request: `EX-${number}`, file, outcome }, 'a file of the evidence');
    if (!isRefusal(result)) deps.wake();
  };

function commandFor(state: ExceptionRequest, file: string, fetched: FetchedFile | LostFile) {
  if ('lost' in fetched) {
    const known = [...state.files, ...state.remarks.flatMap(({ files }) => files)].find(({ id }) => id === file);
    return { type: 'lose_evidence', file, name: fetched.name ?? known?.name ?? file, because: fetched.lost } as const;
  }
  const { bytes: _kept, ...facts } = fetched;
  return { type: 'keep_evidence', file, ...facts } as const;
}
