/** Several weeks of a company's exceptions, made by the bot's own commands, and the Slack in which they were made. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { toWords } from '../app/content.ts';
import type { Intent } from '../app/intents.ts';
import type { Sources } from '../app/ports.ts';
import { deviationOf, policyDocument, type Rules, ruleOf } from '../core/policy.ts';
import type { Instant } from '../core/values.ts';
import type { Log } from '../log.ts';
import { type App, createSandbox, type Saved, seededCompany } from '../sandbox/index.ts';
import type { Case } from './cases/index.ts';
import { openPastBot, type PastBot } from './pastBot.ts';
import { type Moment, timelineUntil } from './timeline.ts';

type PastOptions = {
  databaseUrl: string;
  app: App;
  policyFile: string;
  sources: Sources;
  until: Instant;
  log: Log;
};

/** Milliseconds: the two latest reports stand in the channel, those before them are on the record alone. */
const REPORTS_FOR = 14 * 24 * 3_600_000;

/** Fills a migrated database. @returns what was said in Slack meanwhile */
export async function makePast({ databaseUrl, app, policyFile, sources, until, log }: PastOptions): Promise<Saved> {
  const policy = await readFile(policyFile, 'utf8');
  const { zone } = policyDocument.parse(parse(policy)).wiring;
  const { since, moments } = timelineUntil(until, zone);
  let now = Date.parse(since);
  const sandbox = await createSandbox({ company: seededCompany(), app, rateLimits: 'off', now: () => now });
  const ids = idsIn(seededCompany());
  const numbers = new Map<Case, number>();
  const cases = new Map<number, Case>();
  const isOver = overAmong(moments);
  const bot = await openPastBot({
    ...{ databaseUrl, policy, sources, since, log, apiUrl: sandbox.apiUrl, token: app.botToken, now: () => now },
    setNow: (at) => {
      now = Date.parse(at);
    },
    isWanted: (intent) => {
      // The past has no files, and its policy is looked at from now on.
      if (intent.kind === 'keep_file' || intent.kind === 'look_for_recurrence') return false;
      if (intent.kind === 'digest') return now > Date.parse(until) - REPORTS_FOR;
      const asked = 'number' in intent ? cases.get(intent.number) : undefined;
      if (!asked || !isOver.has(asked)) return true;
      return !isLongAgo(asked) && lasts(intent);
    },
  });
  for (const moment of moments) {
    const { at, asked } = moment;
    await bot.passTo(at);
    const number = await happen(bot, ids, moment, numbers.get(asked) ?? null);
    numbers.set(asked, number);
    cases.set(number, asked);
    if (!isLongAgo(asked)) await bot.deliver();
  }
  await bot.passTo(until);
  await bot.close();
  const saved = sandbox.save();
  await sandbox.stop();
  return saved;
}

/** Such a request is known by lists, figures and reports; its card would lie weeks up in the channel, and takes its time. */
const isLongAgo = ({ at }: Case): boolean => !('hoursAgo' in at);

/** Of what is over, whose turn it was is of no interest any more. */
function lasts(intent: Intent): boolean {
  switch (intent.kind) {
    case 'call':
    case 'nudge':
    case 'escalate':
    case 'read_sources':
      return false;
    case 'tell':
      return intent.notice === 'over';
    default:
      return true;
  }
}

/** Withdrawn, rejected, or approved at both stages. */
function overAmong(moments: Moment[]): ReadonlySet<Case> {
  const isOver = new Set<Case>();
  const confirmed = new Set<Case>();
  for (const { asked, step } of moments) {
    if (step?.does === 'withdraw' || step?.does === 'reject') isOver.add(asked);
    if (step?.does !== 'approve') continue;
    if (confirmed.has(asked)) isOver.add(asked);
    confirmed.add(asked);
  }
  return isOver;
}

async function happen(bot: PastBot, ids: Ids, { asked, step }: Moment, known: number | null): Promise<number> {
  if (known === null) return bot.order(ids(asked.by), null, { type: 'submit', form: formOf(asked, bot.rules, ids) });
  if (step === null) throw new Error('a case is asked for once');
  const by = ids(step.by);
  switch (step.does) {
    case 'approve': {
      const { seen } = await bot.look(known);
      return bot.order(by, known, { type: 'approve', seen, rationale: toWords(step.says), checks: [], conditions: [] });
    }
    case 'reject': {
      const { seen } = await bot.look(known);
      return bot.order(by, known, { type: 'reject', seen, rationale: toWords(step.says) });
    }
    case 'question':
      return bot.order(by, known, { type: 'request_info', words: toWords(step.says) });
    case 'answer': {
      const { state } = await bot.look(known);
      return bot.order(by, known, { type: 'answer_info', question: state.questions.length, words: toWords(step.says) });
    }
    case 'withdraw':
      return bot.order(by, known, { type: 'withdraw', reason: toWords(step.says) });
    case 'step aside':
      return bot.order(by, known, { type: 'declare_conflict' });
    case 'acknowledge':
    case 'nudge': {
      const { state } = await bot.look(known);
      return bot.order(by, known, { type: step.does, kind: step.about, deadline: state.dueAt });
    }
    default:
      return step satisfies never;
  }
}

function formOf(asked: Case, rules: Rules, ids: Ids) {
  const standard = ruleOf(rules, asked.rule)?.standard;
  const asks = String(asked.asks);
  return {
    ...{ origin: 'slash_command' as const, rule: asked.rule, category: asked.category ?? 'customer-retention' },
    beneficiary: asked.for ? ids(asked.for) : null,
    deviation: standard ? deviationOf(asks, standard.value) : asks,
    asksFor: standard ? { value: asks, standard: standard.value, unit: standard.unit } : null,
    value: String(asked.value),
    customer: asked.customer === undefined ? null : toWords(asked.customer),
    rationale: toWords(asked.why),
    impact: toWords(asked.impact),
    evidence: asked.evidence === undefined ? null : toWords(asked.evidence),
    severity: asked.severity ?? ('minor' as const),
    ...{
      otherRule: null,
      component: null,
      errorType: null,
      files: [],
      inputs: {},
      confidential: false,
      askedBefore: null,
    },
    ...{ urgent: asked.urgent ?? false, alreadyHappened: asked.happened ?? false, neededBy: null },
  };
}

type Ids = (handle: string) => string;
const idsIn =
  ({ users }: ReturnType<typeof seededCompany>): Ids =>
  (handle) => {
    const found = users.find(({ name }) => name === handle);
    if (!found) throw new Error(`nobody here is called ${handle}`);
    return found.id;
  };
