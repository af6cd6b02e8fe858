/** What every listener has at hand, and the few steps that all of them take. */
import type { WebClient } from '@slack/web-api';
import { contentHash, type Done, handle, type Target } from '../../app/handle.ts';
import type { Metrics } from '../../app/metrics.ts';
import type { Clock, Directory, EventLog, Loaded, PersonLog, ReviewLog, WeekLog } from '../../app/ports.ts';
import type { Command } from '../../core/command.ts';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import { conditionsOf, type ExceptionRequest } from '../../core/request.ts';
import { mayView } from '../../core/standing.ts';
import type { Log } from '../../log.ts';
import { namesOf } from '../../store/people.ts';
import type { Policies } from '../../store/policies.ts';
import type { Db } from '../../store/schema.ts';
import type { Finding } from '../findings.ts';
import { refusalText } from '../wording/index.ts';

export type Listening = {
  teamId: string;
  log: EventLog;
  reviews: ReviewLog;
  people: PersonLog;
  weeks: WeekLog;
  db: Db;
  policies: Policies;
  clock: Clock;
  directory: Directory;
  client: WebClient;
  /** Says that something was committed and is to be told. */
  wake(): void;
  /** What of the policy's wiring does not work, each with its remedy. */
  findings(): Finding[];
  /** Hands over what people answered for who have left. */
  leavers(): Promise<void>;
  /** Says that the person has done something, so that what they see of their own affairs is drawn anew. */
  acted?(person: string): void;
  logger: Log;
  metrics: Metrics;
};

/** Who acts, as Slack signed it: never from text, metadata or a display name. */
export type Actor = { id: string; outsider: boolean };

type SignedBody = { user: { id: string; team_id?: string }; team?: { id: string } | null };

/** A person of another workspace can press buttons in a shared channel; their team says so. */
export const actorOf = ({ user, team }: SignedBody, teamId: string): Actor => ({
  id: user.id,
  outsider: (user.team_id ?? teamId) !== teamId || (team?.id ?? teamId) !== teamId,
});

type Unsigned<C = Command> = C extends Command ? Omit<C, 'by' | 'at'> : never;

/** Carries a command out. The line in the log has the request's number whatever comes of it. */
export async function carryOut(bot: Listening, order: Command, target: Target): Promise<Done | Refusal> {
  const result = await handle(bot.log, bot.teamId, order, target);
  const outcome = isRefusal(result) ? result.why : result.repeated ? 'repeated' : 'done';
  const number = isRefusal(result) ? target.number : result.number;
  bot.metrics.commands.add(outcome);
  bot.logger.info({ request: `EX-${number ?? 'new'}`, command: order.type, by: order.by, outcome }, 'command');
  if (!isRefusal(result)) bot.wake();
  return result;
}

/** Carries a command out for the person who acts, now. */
export async function act(bot: Listening, actor: Actor, command: Unsigned, target: Target): Promise<Done | Refusal> {
  if (actor.outsider) return refuse({ why: 'not_eligible', because: 'outsider' });
  const order = { ...command, by: actor.id, at: bot.clock.now() } as Command;
  const result = await carryOut(bot, order, target);
  if (!isRefusal(result)) bot.acted?.(actor.id);
  return result;
}

export type Seen = Loaded & { state: ExceptionRequest; contentHash: string };

/**
 * The request as it is and who the actor is to it, for those who have it before them or may decide about it.
 * @param key of the click that is to be handled next, so that what is read here serves for that as well
 */
export async function find(
  bot: Listening,
  actor: Actor,
  number: number,
  key: string | null = null,
): Promise<Seen | Refusal> {
  if (actor.outsider) return refuse({ why: 'not_eligible', because: 'outsider' });
  const at = bot.clock.now();
  const loaded = await bot.log.load({ teamId: bot.teamId, number, actor: actor.id, key, at });
  const { state } = loaded;
  return state ? { ...loaded, state, contentHash: contentHash(state) } : refuse({ why: 'not_found' });
}

/** The same for those who may read it; for anybody else it does not exist. */
export async function look(bot: Listening, actor: Actor, number: number): Promise<Seen | Refusal> {
  const seen = await find(bot, actor, number);
  if (isRefusal(seen) || mayView(seen.state, actor.id, seen.standing)) return seen;
  return refuse({ why: 'not_found' });
}

/** The refusal as a sentence for the person who met it. */
export async function explain(bot: Listening, refusal: Refusal, number: number | null): Promise<string> {
  const state = number === null ? null : await stateOf(bot, number);
  const by = [...('by' in refusal ? [refusal.by] : []), ...('through' in refusal ? [refusal.through ?? ''] : [])];
  const owing = state && refusal.why === 'incomplete' ? conditionsOf(state).map(({ owner }) => owner) : [];
  const names = await namesOf(bot.db, bot.teamId, [...by, ...owing, ...(state ? [state.requester, state.owner] : [])]);
  const { wiring } = (await bot.policies.current()).document;
  return refusalText(refusal, { number, state, wiring, names });
}

async function stateOf({ log, teamId, clock }: Listening, number: number): Promise<ExceptionRequest | null> {
  return (await log.load({ teamId, number, actor: '', key: null, at: clock.now() })).state;
}
