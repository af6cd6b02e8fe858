/** Seals what was committed, and every few minutes keeps a checkpoint of it. */
import type { KeyObject } from 'node:crypto';
import type { Intent } from '../app/intents.ts';
import type { Clock } from '../app/ports.ts';
import type { Log } from '../log.ts';
import { isCheckpointDue } from '../store/checkpoints.ts';
import { owe } from '../store/outbox.ts';
import { TreeError } from '../store/proofs.ts';
import type { Db } from '../store/schema.ts';
import { seal } from '../store/seal.ts';
import { isHeldUp } from '../store/unsealed.ts';

type SealJob = {
  db: Db;
  teamId: string;
  clock: Clock;
  log: Log;
  /** Ed25519, private; null for none. */
  key: KeyObject | null;
  /** What the admins are told where it cannot go on. */
  text: {
    heldUp: string;
    /** @param what is wrong with the tree */
    broken(what: string): string;
  };
  /** Somebody is to be told of it. */
  wake(): void;
  /** Waited for before each batch of events. */
  letPass?: () => Promise<void>;
};

/** A transaction that is open for so long was forgotten; milliseconds. */
const HELD_UP_FOR = 15 * 60_000;

/** Makes the job; what it remembers is since when it is held up. */
export function sealWith({ db, teamId, clock, log, key, text, wake, letPass }: SealJob): () => Promise<void> {
  let heldUpSince: number | null = null;

  async function alert(problem: string, said: string): Promise<void> {
    const told: Intent = { kind: 'alert', problem, text: said, day: clock.now().slice(0, 10) };
    await owe(db, teamId, [told]);
    wake();
  }

  async function lookWhetherHeldUp(sealed: number): Promise<void> {
    const heldUp = sealed === 0 && (await isHeldUp(db, teamId));
    heldUpSince = heldUp ? (heldUpSince ?? performance.now()) : null;
    if (heldUpSince === null || performance.now() - heldUpSince < HELD_UP_FOR) return;
    log.warn('the seal is held up by a transaction that was left open');
    await alert('seal/held-up', text.heldUp);
  }

  return async () => {
    const at = clock.now();
    try {
      const due = await isCheckpointDue(db, teamId, at);
      const { sealed, checkpoint } = await seal({ db }, teamId, { at, key, checkpoint: due, letPass });
      if (checkpoint) log.info({ size: checkpoint.size }, 'a checkpoint of the record');
      if (checkpoint) wake();
      await lookWhetherHeldUp(sealed);
    } catch (error) {
      if (error instanceof TreeError) await alert('seal/broken', text.broken(error.message));
      throw error;
    }
  };
}
