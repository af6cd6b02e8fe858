/** Open requests of somebody whose account is deactivated go to a supervisor, who is told: nobody else would answer for them. */
import { toWords } from '../app/content.ts';
import { handle } from '../app/handle.ts';
import type { Clock, EventLog } from '../app/ports.ts';
import { SYSTEM } from '../core/events.ts';
import type { Wiring } from '../core/policy.ts';
import { isRefusal } from '../core/refusal.ts';
import { askers, type ExceptionRequest } from '../core/request.ts';
import type { Log } from '../log.ts';
import { membersOf } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import { requestsOfLeavers } from '../store/requests.ts';
import type { Db } from '../store/schema.ts';

export type LeaversDeps = {
  db: Db;
  events: EventLog;
  policies: Policies;
  clock: Clock;
  teamId: string;
  log: Log;
  /** What is recorded as the reason. */
  reason: string;
};

/** @returns numbers of the requests that were handed over; of those that have nobody to go to */
export async function handOverLeavers(deps: LeaversDeps): Promise<{ handed: number[]; left: number[] }> {
  const { db, events, policies, clock, teamId, log, reason } = deps;
  const open = await requestsOfLeavers(db, teamId);
  const handed: number[] = [];
  const left: number[] = [];
  if (open.length === 0) return { handed, left };
  const { wiring } = (await policies.current()).document;
  for (const { number, owner } of open) {
    const { state } = await events.load({ teamId, number, actor: SYSTEM, key: null, at: clock.now() });
    const to = state && (await heirOf(db, teamId, wiring, state));
    if (!to) {
      left.push(number);
      continue;
    }
    const order = { type: 'hand_over', by: SYSTEM, at: clock.now(), to, reason: toWords(reason) } as const;
    // The same leaver hands the same request over once, whoever notices first and however often.
    const key = `leaver/${number}/${owner}/${state.handovers.length}`;
    const result = await handle(events, teamId, order, { number, key });
    if (isRefusal(result)) continue;
    log.info({ request: `EX-${number}`, from: owner, to }, 'handed over: its owner has left');
    handed.push(number);
  }
  return { handed, left };
}

/** The first of the supervisors who has had nothing to do with it, else the first who did not ask. */
async function heirOf(db: Db, teamId: string, wiring: Wiring, state: ExceptionRequest): Promise<string | null> {
  const { people } = await membersOf(db, teamId, wiring, 'ops_supervisors');
  const asking = askers(state);
  const involved = [...asking, ...state.approvals.map(({ by }) => by), ...state.conflicted];
  const apart = (from: string[]) => people.find((person) => !from.includes(person)) ?? null;
  return apart(involved) ?? apart(asking);
}
