/** Taking personal data out of a record that is over, from a terminal. */
import { parseArgs } from 'node:util';
import { createClock } from '../../app/clock.ts';
import { toWords } from '../../app/content.ts';
import { contentHash, handle } from '../../app/handle.ts';
import { readStoreConfig } from '../../config.ts';
import type { Command as Order } from '../../core/command.ts';
import { decide } from '../../core/decide.ts';
import { type Erasable, erasableOf } from '../../core/erasing.ts';
import { PARTS, type Part } from '../../core/events/audit.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import { refusalText, wording } from '../../slack/wording/index.ts';
import type { Store } from '../../store/connect.ts';
import { createEventLog } from '../../store/eventLog.ts';
import { namesOf } from '../../store/people.ts';
import { createPolicies } from '../../store/policies.ts';
import { clockOffset } from '../../store/workspaces.ts';
import { type Command, CommandError, count, type Io, requestNumber, UsageError } from '../command.ts';
import { oneWorkspace, withStore } from '../store.ts';

export const erase: Command = {
  usage: `audit erase EX-12 --why REASON --by U0123456789 [--what ${PARTS.join(',')}] [--yes] [--team T0123456789]`,
  summary:
    'Erases personal data from a record that is over, for good: in the name of somebody of compliance or the admins. Without --yes it says what would go.',
  async run(args, io) {
    const asked = askedIn(args);
    return withStore(readStoreConfig(io.env), async (store) => {
      const { teamId } = await oneWorkspace(store.db, asked.team);
      const offset = await clockOffset(store.db, teamId);
      const order = { ...asked.order, at: createClock(() => offset).now() };
      return asked.yes
        ? carryOut(store, teamId, asked.number, order, io)
        : foretell(store, teamId, asked.number, order, io);
    });
  },
};

type Erase = Extract<Order, { type: 'erase' }>;
type Asked = { number: number; order: Omit<Erase, 'at'>; yes: boolean; team: string | undefined };

/** @throws UsageError */
function askedIn(args: string[]): Asked {
  const text = { type: 'string' } as const;
  const options = { why: text, by: text, what: text, team: text, yes: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [wanted, ...rest] = positionals;
  if (wanted === undefined || rest.length > 0) throw new UsageError('Say which request, one at a time: EX-12.');
  const { why, by } = values;
  if (!why?.trim()) throw new UsageError('Say why with --why: it stays on the record when the words are gone.');
  if (!why.isWellFormed() || why.includes('\0')) throw new UsageError('--why has characters that cannot be kept.');
  if (!by || !/^[UW][A-Z0-9]{2,}$/.test(by))
    throw new UsageError('Say who answers for it with --by and their Slack id, U0123456789.');
  const order = { type: 'erase', because: 'request', what: partsIn(values.what), words: toWords(why), by } as const;
  return { number: requestNumber(wanted), order, yes: values.yes === true, team: values.team };
}

function partsIn(text: string | undefined): Part[] {
  if (text === undefined) return [...PARTS];
  const named = text.split(',').map((name) => name.trim());
  const unknown = named.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined)
    throw new UsageError(`--what ${unknown} is no part of a record: name some of ${PARTS.join(',')}.`);
  return PARTS.filter((part) => named.includes(part));
}

const logOf = ({ db, pool }: Store, teamId: string) => {
  const policies = createPolicies(db, teamId);
  return { policies, log: createEventLog(pool, policies) };
};

/** Says what would go, or why nothing would, and changes nothing. */
async function foretell(store: Store, teamId: string, number: number, order: Erase, { out }: Io): Promise<number> {
  const { log } = logOf(store, teamId);
  const { state, policy, standing } = await log.load({ teamId, number, actor: order.by, key: null, at: order.at });
  const erasable = erasableOf(await log.history({ teamId, number }));
  const context = { number, policy, standing, contentHash: state ? contentHash(state) : '', exposure: null, erasable };
  const outcome = decide(state, order, context);
  if (isRefusal(outcome)) throw await refused(store, teamId, number, outcome);
  out(`This would be erased from the record of EX-${number}, and could not be brought back:`);
  for (const part of order.what) out(`  ${described(part, erasable)}`);
  out('Say --yes to erase it. What people posted in Slack themselves, packs made before and backups are not touched.');
  return 0;
}

function described(part: Part, erasable: Erasable): string {
  const left = erasable[part].length;
  const things = part === 'files' ? count(left, 'file') : count(left, 'text');
  return `${part}: ${wording().names.part[part]} (${left === 0 ? 'nothing' : things})`;
}

async function carryOut(store: Store, teamId: string, number: number, order: Erase, { out }: Io): Promise<number> {
  const done = await handle(logOf(store, teamId).log, teamId, order, { number, key: null });
  if (isRefusal(done)) throw await refused(store, teamId, number, done);
  const parts = order.what.map((part) => wording().names.part[part]);
  out(`Erased from the record of EX-${number}: ${wording().format.all(parts)}.`);
  out('The running bot draws its messages in Slack anew; where none is running, once one is started.');
  return 0;
}

async function refused(store: Store, teamId: string, number: number, refusal: Refusal): Promise<CommandError> {
  if (refusal.why === 'directory_stale')
    return new CommandError(
      'Nothing was erased: Slack has not said lately who --by is and which groups they are in. Start the bot, which asks, and try again.',
    );
  const { policies, log } = logOf(store, teamId);
  const { state } = await log.load({ teamId, number, actor: '', key: null, at: createClock().now() });
  const names = await namesOf(store.db, teamId, state ? [state.requester, state.owner] : []);
  const { wiring } = (await policies.current()).document;
  return new CommandError(refusalText(refusal, { number, state, wiring, names }));
}
