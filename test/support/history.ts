import { readFileSync } from 'node:fs';
import { toWords } from '../../src/app/content.ts';
import { contentHash, handle } from '../../src/app/handle.ts';
import type { Command } from '../../src/core/command.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { createLogger } from '../../src/log.ts';
import { connect } from '../../src/store/connect.ts';
import { createEventLog } from '../../src/store/eventLog.ts';
import { saveGroup, savePeople } from '../../src/store/people.ts';
import { createPolicies } from '../../src/store/policies.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { readRequest } from '../../src/store/requests.ts';

export const TEAM = 'T0HISTORY';
const POLICY = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');

/** Who is in the company, by what they do in it. */
export const PEOPLE = {
  asker: { id: 'U0ASKER', name: 'Ada Asker', groups: [] },
  operator: { id: 'U0OPERATOR', name: 'Olga Operator', groups: ['operations'] },
  otherOperator: { id: 'U0OPAL', name: 'Opal Operator', groups: ['operations'] },
  lead: { id: 'U0LEAD', name: 'Lee Lead', groups: ['team-leads'] },
  otherLead: { id: 'U0LIZ', name: 'Liz Lead', groups: ['team-leads'] },
  otherAsker: { id: 'U0ABE', name: 'Abe Asker', groups: [] },
  manager: { id: 'U0MANAGER', name: 'Mia Manager', groups: ['managers'] },
  executive: { id: 'U0EXECUTIVE', name: 'Eve Executive', groups: ['executives'] },
  supervisor: { id: 'U0SUPERVISOR', name: 'Sam Supervisor', groups: ['ops-supervisors'] },
} as const;

type Order = Command extends infer C ? (C extends Command ? Omit<C, 'by' | 'at'> : never) : never;
export type Ask = {
  rule?: string;
  customer?: string | null;
  deviation?: string | null;
  value?: string;
  happened?: boolean;
  confidential?: boolean;
  by?: keyof typeof PEOPLE;
};

/** A company's past, made by the same commands that make it in Slack: nothing is inserted by hand. */
export async function createHistory(url: string, teamId = TEAM, zone = 'UTC') {
  const store = connect(url, createLogger({ level: 'silent' }), 4);
  await publishPolicy(
    store,
    teamId,
    POLICY.replace('\n  zone: UTC\n', `\n  zone: ${zone}\n`),
    '2026-01-01T00:00:00.000Z',
  );
  await savePeople(
    store.db,
    teamId,
    Object.values(PEOPLE).map(({ id, name }) => ({
      ...{ id, name, home: true, deleted: false, bot: false, guest: false, owner: false, zone: null, locale: null },
    })),
  );
  const groups = Object.values(PEOPLE).flatMap((person) =>
    person.groups.map((handle) => ({ handle, person: person.id })),
  );
  for (const handle of new Set(groups.map((group) => group.handle))) {
    const members = groups.filter((group) => group.handle === handle).map(({ person }) => person);
    await saveGroup(store.db, teamId, { id: `S0${handle.toUpperCase()}`, handle, name: handle }, members);
  }
  const policies = createPolicies(store.db, teamId);
  const log = createEventLog(store.pool, policies);

  /** @returns the request's number */
  async function order(by: string, at: string, number: number | null, command: Order): Promise<number> {
    const done = await handle(log, teamId, { ...command, by, at } as Command, { number, key: null });
    if (isRefusal(done)) throw new Error(`refused: ${JSON.stringify(done)}`);
    return done.number;
  }

  /** @param readMs how long they had it open; left out where nobody measured */
  async function decide(
    type: 'approve' | 'reject',
    by: string,
    at: string,
    number: number,
    readMs?: number,
  ): Promise<void> {
    const state = (await readRequest(store.db, policies, teamId, number))?.state;
    if (state?.status !== 'in_review') throw new Error(`EX-${number} is not in review`);
    const seen = { round: state.round, stage: state.stage, contentHash: contentHash(state) };
    const extras = { checks: [], conditions: [], readMs };
    await order(by, at, number, { type, seen, rationale: toWords('seen and judged'), ...extras });
  }

  return {
    ...store,
    ...{ order, decide, policies },
    ask: (
      at: string,
      {
        rule = 'refund-window',
        customer = 'ACME',
        deviation = '10',
        value = '500',
        happened = false,
        confidential = false,
        by = 'asker',
      }: Ask = {},
    ) =>
      order(PEOPLE[by].id, at, null, {
        type: 'submit',
        form: {
          ...{
            beneficiary: null,
            origin: 'slash_command',
            askedBefore: null,
            rule,
            otherRule: null,
            category: customer === null ? 'internal' : 'customer-retention',
            component: null,
            errorType: null,
            deviation,
            asksFor: null,
          },
          ...{
            value,
            customer: customer === null ? null : toWords(customer),
            rationale: toWords('because'),
            impact: toWords('little'),
            evidence: null,
            files: [],
            inputs: {},
          },
          ...{ severity: 'minor', urgent: false, alreadyHappened: happened, neededBy: null, confidential },
        },
      }),
    confirm: (at: string, number: number) => decide('approve', PEOPLE.operator.id, at, number),
    approve: (at: string, number: number, by: keyof typeof PEOPLE = 'lead') =>
      decide('approve', PEOPLE[by].id, at, number),
    reject: (at: string, number: number, by: keyof typeof PEOPLE = 'operator') =>
      decide('reject', PEOPLE[by].id, at, number),
    withdraw: (at: string, number: number) => order(PEOPLE.asker.id, at, number, { type: 'withdraw', reason: null }),
    tick: (at: string, number: number) => order('system', at, number, { type: 'tick' }),
  };
}
export type History = Awaited<ReturnType<typeof createHistory>>;
