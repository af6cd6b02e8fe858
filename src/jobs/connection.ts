/**
 * Over Socket Mode nothing that people press or type arrives while the connection is lost, and no program outside can see it.
 * Messages still go out, so the admins are told.
 */
import type { Clock } from '../app/ports.ts';
import { owe } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';

/** Slack hangs up now and then, and another connection is there within seconds; milliseconds. */
const LOST = 3 * 60_000;

type Deps = {
  db: Db;
  teamId: string;
  clock: Clock;
  /** Milliseconds without a connection, on the machine's clock; 0 while there is one. */
  lostMs: () => number;
  text: (minutes: number) => string;
  wake: () => void;
};

/** @returns a look at the connection; what it finds is told once a day */
export function watchConnectionWith({ db, teamId, clock, lostMs, text, wake }: Deps): () => Promise<void> {
  let told = '';
  return async () => {
    const ms = lostMs();
    const day = clock.now().slice(0, 10);
    if (ms < LOST || told === day) return;
    await owe(db, teamId, [{ kind: 'alert', problem: 'connection', text: text(Math.floor(ms / 60_000)), day }]);
    told = day;
    wake();
  };
}
