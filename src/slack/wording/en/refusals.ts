/** A sentence or two for each refusal: what happened, why, and what to do next. */
import { roleOf } from '../../../core/policy.ts';
import type { Refusal } from '../../../core/refusal.ts';
import type { Stage } from '../../../core/values.ts';
import { endingRefusal, isAboutEnding } from './endingRefusals.ts';
import { procedureRefusal } from './procedureRefusals.ts';
import { it, type RefusalFacts, when, who } from './refusalFacts.ts';
import { role } from './roles.ts';

type Of<W extends Refusal['why']> = Extract<Refusal, { why: W }>;

const DONE = { validation: 'confirmed the details of', authorization: 'authorized' } satisfies Record<Stage, string>;
const MAY = { validation: 'confirm the details of', authorization: 'authorize' } satisfies Record<Stage, string>;

const admins = (facts: RefusalFacts) => role('admins', facts).oneOf;

/** Whoever decides instead, as the start of a sentence. */
function others(facts: RefusalFacts): string {
  const { state } = facts;
  if (state?.status !== 'in_review') return 'Somebody else';
  const { oneOf } = role(roleOf(state.stage, state.tier), facts);
  return oneOf.replace(/^one/, 'One');
}

const NOT_ELIGIBLE: Record<Of<'not_eligible'>['because'], string> = {
  outsider: 'your account belongs to another workspace, and only people of this one decide about its exceptions',
  guest: 'your account is a guest account, and guests do not decide about exceptions',
  bot: 'this is a bot account, and only people decide about exceptions',
  deactivated: 'Slack says that your account is deactivated',
  unknown: 'Slack could not say who you are, and without that the answer has to be no',
};

function notEligible({ because }: Of<'not_eligible'>, facts: RefusalFacts): string {
  const next =
    because === 'unknown'
      ? `Please press again in a minute; if it stays like this, tell ${admins(facts)}.`
      : `${others(facts)} has to decide; if your account is set up wrongly, tell ${admins(facts)}.`;
  return `Nothing was decided about ${it(facts)}: ${NOT_ELIGIBLE[because]}. ${next}`;
}

function alreadyDecided(refusal: Of<'already_decided'>, facts: RefusalFacts): string {
  const did = refusal.outcome === 'rejected' ? 'rejected' : DONE[refusal.stage];
  return (
    `${who(refusal.by, facts)} already ${did} ${it(facts)} (${when(refusal.at, facts)}), so yours was not recorded. ` +
    `Open ${it(facts)} to see what was decided and why.`
  );
}

const notInRole = ({ role: needed, stage }: Of<'not_in_role'>, facts: RefusalFacts) =>
  `Only ${role(needed, facts).members} can ${MAY[stage]} ${it(facts)}. ` +
  `Ask one of them; if you should be one, ask ${admins(facts)} to add you.`;

const SELF = {
  requester: (number: string) => `You asked for ${number}`,
  beneficiary: (number: string) => `${number} was asked for on your behalf`,
  owner: (number: string) => `You answer for ${number}`,
};
const THEIRS = {
  requester: (who: string, number: string) => `${who} asked for ${number}`,
  beneficiary: (who: string, number: string) => `${number} was asked for on behalf of ${who}`,
  owner: (who: string, number: string) => `${who} answers for ${number}`,
};
const ONE = 'you count as one, since one of you stands or stood in for the other while it was open';

function selfApproval({ as, through }: Of<'self_approval'>, facts: RefusalFacts): string {
  const theirs =
    through === undefined ? SELF[as](it(facts)) : `${THEIRS[as](who(through, facts), it(facts))}, and ${ONE}`;
  return `${theirs}, so somebody else must decide it. ${others(facts)} will; you need do nothing.`;
}

function samePerson({ through }: Of<'same_person'>, facts: RefusalFacts): string {
  const confirmed = through === undefined ? 'You' : who(through, facts);
  const one = through === undefined ? '' : ` With ${who(through, facts)} ${ONE}.`;
  return `${confirmed} confirmed the details of ${it(facts)}, and two different people must agree.${one} ${others(facts)} has to authorize it; you need do nothing.`;
}

function over({ status, by, at }: Of<'request_over'>, facts: RefusalFacts): string {
  return (
    `${it(facts)} was ${status} by ${who(by, facts)} (${when(at, facts)}), so nothing about it can be changed. ` +
    'If an exception is still needed, ask for a new one with /exception.'
  );
}

const notRequester = (facts: RefusalFacts) => {
  const { state, names } = facts;
  const name = state ? names?.[state.owner] : undefined;
  const who = state && state.owner !== state.requester ? 'who answers for' : 'who asked for';
  return `Only the person ${who} ${it(facts)} can do this. Ask ${name ?? 'them'} to do it.`;
};

export function refusal(refused: Refusal, facts: RefusalFacts): string {
  switch (refused.why) {
    case 'not_found':
      return `There is no ${facts.number === null ? 'such request' : it(facts)} that you can see. Check the number, or use /exception list to see yours.`;
    case 'not_eligible':
      return notEligible(refused, facts);
    case 'directory_stale':
      return 'Nothing was decided: who is in which group was last confirmed by Slack too long ago. Slack is being asked now; please press again in a few seconds.';
    case 'role_unknown':
      return `Nothing was decided: Slack does not know ${role(refused.role, facts).group}, so nobody can act for that group. Tell ${admins(facts)}; they can create it, or list its people in the policy.`;
    case 'not_in_role':
      return notInRole(refused, facts);
    case 'auditor':
      return `You are ${role('auditors', facts).oneOf}, so nothing was recorded: auditors read everything and take no part in it, whatever other groups they are in. Whoever's turn it is does it; if you should not be an auditor, ask ${admins(facts)} to take you out.`;
    case 'not_auditor':
      return `Only ${role('auditors', facts).members} see every request. Use /exception find or /exception list for those that you may see; if you should be an auditor, ask ${admins(facts)}.`;
    case 'look_not_recorded':
      return 'Nothing is shown: what auditors look at is put on the record first, and that did not work just now. Please try again in a minute.';
    case 'self_approval':
      return selfApproval(refused, facts);
    case 'same_person':
      return samePerson(refused, facts);
    case 'conflict_of_interest':
      return `You declared a personal interest in ${it(facts)}, so you no longer decide it. ${others(facts)} will; you need do nothing.`;
    case 'already_decided':
      return alreadyDecided(refused, facts);
    case 'request_over':
      return over(refused, facts);
    case 'changed_since':
      return `${it(facts)} changed while you were reading, so nothing was decided. Open it again, look at what changed, then decide.`;
    case 'rationale_missing':
      return 'Nothing was recorded, because no words came with it. Write at least a sentence, then send it again.';
    case 'not_requester':
      return notRequester(facts);
    case 'no_such_question':
      return `${it(facts)} has no such question. Open it to see what is being asked.`;
    case 'question_answered':
      return `That question about ${it(facts)} has been answered already, so yours was not recorded. Open ${it(facts)} to read the answer.`;
    case 'not_supervisor':
      return `Only those whom this reminder about ${it(facts)} was sent to can act on it. Ask ${role('ops_supervisors', facts).oneOf} to do so.`;
    case 'no_such_escalation':
      return `This reminder is not about ${it(facts)} as it is now. Open it to see its state and its deadline.`;
    case 'already_acknowledged':
      return `${who(refused.by, facts)} is handling ${it(facts)} already (since ${when(refused.at, facts)}). You need do nothing; open it to see its state.`;
    case 'week_not_reported':
      return 'That week has no report yet, so there is nothing to sign off. It is posted on the Monday after; check the audit channel then.';
    case 'not_signer':
      return `Only ${role('compliance', facts).members} sign the weekly report off, so nothing was recorded. Ask ${role('compliance', facts).oneOf}; what you have to say about it can be said in the report's thread.`;
    case 'already_signed_off':
      return `${who(refused.by, facts)} signed this week's report off already (${when(refused.at, facts)}), so yours was not recorded. You need do nothing; what you have to add can be said in the report's thread.`;
    case 'nudged_just_now':
      return `${who(refused.by, facts)} sent a nudge about ${it(facts)} just now (${when(refused.at, facts)}), so no second one was sent. Try again in 15 minutes.`;
    default:
      return isAboutEnding(refused) ? endingRefusal(refused, facts) : procedureRefusal(refused, facts);
  }
}
