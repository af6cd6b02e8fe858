/** One replica of the bot on a real database, and what people do through it. */

import { toWords } from '../../src/app/content.ts';
import { contentHash, type Done, handle } from '../../src/app/handle.ts';
import type { EventLog } from '../../src/app/ports.ts';
import type { Command } from '../../src/core/command.ts';
import { isRefusal, type Refusal } from '../../src/core/refusal.ts';
import type { ExceptionRequest } from '../../src/core/request.ts';
import type { Instant, Stage } from '../../src/core/values.ts';
import { createLogger } from '../../src/log.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { createEventLog } from '../../src/store/eventLog.ts';
import { createPolicies, type Policies } from '../../src/store/policies.ts';
import { readRequest } from '../../src/store/requests.ts';
import { hour, idOf, type Name } from './cast.ts';
import { type Form, type Order, submit } from './given.ts';

export const TEAM = 'T0WORLD';

/** One replica of the bot: connections of its own, nothing in memory that others would need. */
export type Replica = {
  store: Store;
  policies: Policies;
  log: EventLog;
  teamId: string;
  /** @param target the request's number, null for a new one; and the key of the click, null for none */
  order(who: Name | 'system', order: Order, target: Target): Promise<Done | Refusal>;
  /** @returns the new request's number. @throws Error where it was refused */
  submit(who: Name, form?: Partial<Form>, at?: Instant): Promise<number>;
  /** Decides what is there now, unless `seen` says what was. */
  decide(type: 'approve' | 'reject', who: Name, number: number, options?: Deciding): Promise<Done | Refusal>;
  /** The request with its words. @throws Error where there is none */
  read(number: number): Promise<ExceptionRequest>;
  close(): Promise<void>;
};
type Target = { number: number | null; key?: string | null; at?: Instant };
export type Seen = { round: number; stage: Stage; contentHash: string };
type Deciding = { key?: string | null; seen?: Seen; rationale?: string; at?: Instant };

/** What somebody sees who opens the decision modal on `state`. */
export function seenIn(state: ExceptionRequest): Seen {
  if (state.status !== 'in_review') throw new Error(`EX-${state.number} is ${state.status}`);
  return { round: state.round, stage: state.stage, contentHash: contentHash(state) };
}

/** @param connections of its pool: 1 makes every statement wait its turn */
export function createReplica(url: string, connections = 4, teamId = TEAM): Replica {
  const store = connect(url, createLogger({ level: 'silent' }), connections);
  const policies = createPolicies(store.db, teamId);
  const log = createEventLog(store.pool, policies);
  const order: Replica['order'] = (who, given, { number, key = null, at = hour(1) }) =>
    handle(log, teamId, { ...given, by: who === 'system' ? who : idOf(who), at } as Command, { number, key });
  const read: Replica['read'] = async (number) => {
    const found = await readRequest(store.db, policies, teamId, number);
    if (!found) throw new Error(`there is no EX-${number}`);
    return found.state;
  };
  return {
    ...{ store, policies, log, teamId, order, read, close: store.close },
    async submit(who, form = {}, at = hour(0)) {
      const done = await order(who, submit({ rationale: toWords('They waited for six weeks.'), ...form }), {
        number: null,
        at,
      });
      if (isRefusal(done)) throw new Error(`refused: ${JSON.stringify(done)}`);
      return done.number;
    },
    async decide(type, who, number, { key = null, seen, rationale = 'Seen and judged.', at = hour(1) } = {}) {
      const saw = seen ?? seenIn(await read(number));
      const decision = { seen: saw, rationale: toWords(rationale) };
      const given: Order =
        type === 'approve' ? { type, ...decision, checks: [], conditions: [] } : { type, ...decision };
      return order(who, given, { number, key, at });
    },
  };
}
