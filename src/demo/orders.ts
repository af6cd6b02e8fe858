/** What a case says, as the bot's own commands. */
import { toWords } from '../app/content.ts';
import { contentHash } from '../app/handle.ts';
import type { Command, Submission } from '../core/command.ts';
import { content, OTHER_RULE } from '../core/events/content.ts';
import { categoryOf, deviationOf, type Rules, ruleOf } from '../core/policy.ts';
import { type ExceptionRequest, openHolds } from '../core/request.ts';
import { type EscalationKind, type Instant, plus } from '../core/values.ts';
import type { Case, Step, Wish } from './cases/index.ts';

/** A command without its author and instant. */
export type Order<C extends Command = Command> = C extends Command ? Omit<C, 'by' | 'at'> : never;
/** The id of whoever has a handle. */
export type Ids = (handle: string) => string;

const DAY = 24 * 3_600_000;
const dayAfter = (at: Instant, days: number): string => plus(at, days * DAY).slice(0, 10);

/** A step that is an order to its request; the others are not the request's alone. */
export type OrderStep = Exclude<Step, { does: 'remark' | 'close policy review' }>;

/** @param form of the request as it was sent in, which an amendment changes */
export function orderOf(
  step: OrderStep,
  at: Instant,
  { state, form, asked, rules, ids }: Subject & { rules: Rules; ids: Ids },
): Order {
  const owed = ({ says, owner, inDays }: { says: string; owner: string; inDays: number }) => ({
    ...{ words: toWords(says), owner: ids(owner), due: dayAfter(at, inDays) },
  });
  switch (step.does) {
    case 'approve': {
      const conditions = (step.conditions ?? []).map(owed).map(({ words: text, ...rest }) => ({ text, ...rest }));
      const checks = seen(state).stage === 'validation' ? rules.checklist.map(({ id }) => id) : [];
      return {
        type: 'approve',
        seen: seen(state),
        rationale: toWords(step.says),
        checks,
        conditions,
        ...validity(step, at),
      };
    }
    case 'reject':
      return { type: 'reject', seen: seen(state), rationale: toWords(step.says) };
    case 'question':
      return { type: 'request_info', words: toWords(step.says) };
    case 'answer':
      return { type: 'answer_info', question: state.questions.length, words: toWords(step.says) };
    case 'withdraw':
      return { type: 'withdraw', reason: toWords(step.says) };
    case 'object':
      return { type: 'object', round: state.round, words: toWords(step.says) };
    case 'complain':
      return { type: 'complain', words: toWords(step.says) };
    case 'revoke':
      return { type: 'revoke', words: toWords(step.says) };
    case 'expedite':
      return { type: 'expedite', justification: toWords(step.says) };
    case 'step aside':
      return { type: 'declare_conflict' };
    case 'take':
      return { type: 'take' };
    case 'hand over':
      return { type: 'hand_over', to: ids(step.to), reason: toWords(step.says) };
    case 'acknowledge':
    case 'nudge':
      return { type: step.does, kind: step.about, deadline: deadlineOf(state, step.about) };
    case 'send back':
      return { type: 'return', missing: [...step.missing], words: toWords(step.says) };
    case 'amend':
      return {
        type: 'amend',
        round: state.round,
        content: content.parse(amended(form, { ...asked, ...step.to }, rules)),
      };
    case 'correct': {
      const { deviation, asksFor } = figuresOf({ ...asked, ...step.to }, rules);
      return { type: 'correct', corrections: { deviation, asksFor }, reason: toWords(step.says) };
    }
    case 'pick tier':
      return { type: 'pick_tier', tier: step.tier, reason: toWords(step.says) };
    case 'hold':
      return { type: 'place_hold', kind: step.kind, source: null, words: toWords(step.says) };
    case 'release': {
      const hold = openHolds(state)[0]?.id ?? 0;
      return { type: 'release_hold', hold, outcome: step.outcome, words: toWords(step.says) };
    }
    case 'carry out':
      return { type: 'execute', outcome: step.outcome, words: toWords(step.says) };
    case 'meet condition':
      return { type: 'meet_condition', condition: step.condition, words: toWords(step.says) };
    case 'close':
      return {
        ...{ type: 'close', cause: step.cause, happened: toWords(step.happened), fixed: toWords(step.fixed) },
        whys: (step.whys ?? []).map((why) => toWords(why)),
        action: step.action ? owed(step.action) : null,
        checkOn: step.checkInDays === undefined ? null : dayAfter(at, step.checkInDays),
      };
    case 'look afterwards':
      return { type: 'check_effectiveness', effective: step.effective, words: toWords(step.says) };
    default:
      return step satisfies never;
  }
}

const validity = ({ goodForDays }: { goodForDays?: number }, at: Instant) =>
  goodForDays === undefined ? {} : { validity: { from: dayAfter(at, 0), until: dayAfter(at, goodForDays) } };

type Subject = { state: ExceptionRequest; form: Submission; asked: Case };

/** What a decider has before their eyes. */
const seen = (state: ExceptionRequest) => {
  if (state.status !== 'in_review') throw new Error(`the demo's past: EX-${state.number} is not in review`);
  return { round: state.round, stage: state.stage, contentHash: contentHash(state) };
};

const deadlineOf = ({ escalations, dueAt }: ExceptionRequest, kind: EscalationKind): Instant =>
  escalations.findLast((escalation) => escalation.kind === kind)?.deadline ?? dueAt;

/** @param before number of the request that it asks again for, or renews */
export const formOf = (asked: Case, rules: Rules, ids: Ids, before: number | null): Submission => ({
  renews: asked.renews ? before : null,
  ...{ origin: 'slash_command', rule: asked.rule, category: asked.category ?? 'customer-retention' },
  beneficiary: asked.for ? ids(asked.for) : null,
  ...{ askedBefore: asked.again ? before : null, ...figuresOf(asked, rules), value: String(asked.value) },
  ...{ otherRule: words(asked.otherRule), customer: words(asked.customer), evidence: words(asked.evidence) },
  ...{ rationale: toWords(asked.why), impact: toWords(asked.impact) },
  inputs: inputsOf(asked),
  severity: asked.severity ?? 'minor',
  confidential: categoryOf(rules, asked.category ?? '')?.confidential ?? false,
  ...{ component: null, errorType: null, files: [], neededBy: null },
  ...{ urgent: asked.urgent ?? false, alreadyHappened: asked.happened ?? false },
});

const words = (text: string | undefined) => (text === undefined ? null : toWords(text));

const inputsOf = ({ inputs = {} }: Pick<Wish, 'inputs'>): Submission['inputs'] =>
  Object.fromEntries(Object.entries<string>(inputs).map(([id, text]) => [id, toWords(text)]));

function figuresOf({ rule, asks }: Pick<Wish, 'rule' | 'asks'>, rules: Rules) {
  const standard = rule === OTHER_RULE ? undefined : ruleOf(rules, rule)?.standard;
  if (asks === null) return { deviation: null, asksFor: null };
  const value = String(asks);
  if (!standard) return { deviation: value, asksFor: null };
  const asksFor = { value, standard: standard.value, unit: standard.unit };
  return { deviation: deviationOf(value, standard.value), asksFor };
}

/** What stays as it was keeps the id of its words. */
function amended(form: Submission, wish: Wish, rules: Rules): Submission {
  const kept = (before: Submission['customer'], text: string | undefined) =>
    before && before.text === text ? before : words(text);
  return {
    ...form,
    ...{ ...figuresOf(wish, rules), value: String(wish.value), inputs: inputsOf(wish) },
    ...{ customer: kept(form.customer, wish.customer), evidence: kept(form.evidence, wish.evidence) },
    rationale: kept(form.rationale, wish.why) ?? form.rationale,
    impact: kept(form.impact, wish.impact) ?? form.impact,
  };
}
