/** A few requests, made by the same commands that make them in Slack, of which the filler makes copies. */
import { toWords } from '../../src/app/content.ts';
import { contentHash, handle } from '../../src/app/handle.ts';
import type { Command } from '../../src/core/command.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import type { Store } from '../../src/store/connect.ts';
import { createEventLog } from '../../src/store/eventLog.ts';
import { saveGroup, savePeople } from '../../src/store/people.ts';
import { createPolicies } from '../../src/store/policies.ts';
import { readRequest } from '../../src/store/requests.ts';
import { TEAM } from '../submission.ts';

type Order = Command extends infer C ? (C extends Command ? Omit<C, 'by' | 'at'> : never) : never;
type Step = [who: string, order: Order | 'approve' | 'reject'];

/** By the group that lets them decide; the others ask. */
const GROUPS: Readonly<Record<string, string>> = {
  U0OLGA: 'operations',
  U0LEE: 'team-leads',
  U0SAM: 'ops-supervisors',
};
const words = (text: string) => toWords(text);
const remark = (ts: string, text: string): Order => ({
  ...{ type: 'remark', channel: 'C0TEAMLEAD', ts, files: [] },
  words: words(text),
});

const submit = (value: string, customer: string): Order => ({
  type: 'submit',
  form: {
    ...{ beneficiary: 'U0BEN', origin: 'slash_command', askedBefore: null, rule: 'refund-window', otherRule: null },
    ...{ category: 'customer-retention', component: null, errorType: null, deviation: '10', asksFor: null, value },
    customer: words(customer),
    rationale: words('The parcel was held at customs for two weeks, which was not their fault.'),
    impact: words('One refund; a customer of six years stays.'),
    evidence: words('Ticket 48213, and the carrier’s letter of 3 March.'),
    ...{ files: [], inputs: {}, severity: 'minor', urgent: false, alreadyHappened: false },
    ...{ neededBy: null, confidential: false },
  },
});
const discussed: Step[] = [
  ['U0OLGA', { type: 'take' }],
  ['U0OLGA', { type: 'request_info', words: words('When did the parcel leave the harbour?') }],
  ['U0NINA', { type: 'answer_info', question: 1, words: words('On the 12th, nine days late.') }],
  ['U0ZOE', remark('1.1', 'The carrier confirms it.')],
];
/** Ten events each. */
const EXAMPLES: Step[][] = [
  [
    ['U0NINA', submit('500', 'Nordwind GmbH')],
    ...discussed,
    ['U0OLGA', 'approve'],
    ['U0LEE', 'approve'],
    ['U0OLGA', { type: 'execute', outcome: 'done', words: words('Refunded with the run of Friday.') }],
    ['U0ZOE', remark('1.2', 'They have thanked us.')],
    ['U0NINA', remark('1.3', 'So have we.')],
  ],
  [
    ['U0NINA', submit('1250.50', 'Südwind AG')],
    ...discussed,
    ['U0NINA', remark('2.2', 'They ask again.')],
    ['U0OLGA', 'approve'],
    ['U0ZOE', remark('2.3', 'The contract says otherwise.')],
    ['U0LEE', remark('2.4', 'It does, in section 7.')],
    ['U0LEE', 'reject'],
  ],
  [
    ['U0NINA', submit('90', 'Ostwind & Co.')],
    ...discussed,
    ['U0NINA', remark('3.2', 'They ask again.')],
    ['U0ZOE', remark('3.3', 'The papers are on their way.')],
    ['U0NINA', remark('3.4', 'They have come.')],
    ['U0OLGA', 'approve'],
    ['U0LEE', { type: 'take' }],
  ],
];

/** @param begin milliseconds; the steps of an example are an hour apart @returns their numbers */
export async function makeExamples(store: Store, begin: number): Promise<number[]> {
  await populate(store);
  const policies = createPolicies(store.db, TEAM);
  const log = createEventLog(store.pool, policies);
  const numbers: number[] = [];
  for (const steps of EXAMPLES) {
    let number: number | null = null;
    for (const [hour, [by, given]] of steps.entries()) {
      const at = new Date(begin + hour * 3_600_000).toISOString();
      const order: Order = typeof given === 'string' ? await decision(given, number ?? 0) : given;
      const done = await handle(log, TEAM, { ...order, by, at } as Command, { number, key: null });
      if (isRefusal(done)) throw new Error(`step ${hour + 1} of an example was refused: ${done.why}`);
      number = done.number;
    }
    if (number !== null) numbers.push(number);
  }
  return numbers;

  async function decision(type: 'approve' | 'reject', number: number): Promise<Order> {
    const state = (await readRequest(store.db, policies, TEAM, number))?.state;
    if (state?.status !== 'in_review') throw new Error(`EX-${number} is not in review`);
    const seen = { round: state.round, stage: state.stage, contentHash: contentHash(state) };
    const rationale = words('Checked with the customer; the figures are right.');
    return type === 'approve' ? { type, seen, rationale, checks: [], conditions: [] } : { type, seen, rationale };
  }
}

async function populate({ db }: Store): Promise<void> {
  const person = { home: true, deleted: false, bot: false, guest: false, owner: false, zone: null, locale: null };
  const ids = ['U0NINA', 'U0BEN', 'U0ZOE', ...Object.keys(GROUPS)];
  await savePeople(
    db,
    TEAM,
    ids.map((id) => ({ ...person, id, name: id.slice(2) })),
  );
  for (const [id, handle] of Object.entries(GROUPS))
    await saveGroup(db, TEAM, { id: `S0${handle.toUpperCase()}`, handle, name: handle }, [id]);
}
