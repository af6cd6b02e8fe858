/** Rows of lists, the Home tab, and looking for requests. */
import type { Status } from '../../../core/request.ts';
import type { TaskKind } from '../../../core/tasks.ts';
import type { HoldKind } from '../../../core/values.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, format, names } from './names.ts';

const many = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`;

export const row = {
  todo: {
    complete_inputs: 'add what is missing',
    answer_question: 'answer the question',
    pick_tier: 'pick the tier',
    confirm_details: 'confirm the details',
    authorize: 'decide about it',
    clear_hold: 'clear up what it waits for',
    carry_out: 'carry it out',
    meet_condition: 'see to the condition',
    close: 'close the record',
    check_effectiveness: 'say whether the corrective action helped',
  } satisfies Record<TaskKind, string>,
  clear: (hold: HoldKind): string => `clear up what it waits for (${names.hold[hold]})`,
  by: (what: string, due: Inline): Line => line`${what}, by ${due}`,
  overdue: (what: string, due: Inline): Line => line`${what}, overdue since ${due}`,
  urgent: 'urgent',
  expedited: 'expedited',
  complaint: 'a customer complained',
  onHold: 'on hold',
  taken: (by: Inline): Line => line`${by} is looking at it`,
  assigned: (to: Inline): Line => line`assigned to ${to}`,
};

/** `/exception list` */
export const list = {
  waiting: (count: number): string => `Waiting for you (${count})`,
  yours: (count: number): string => `Your requests (${count})`,
  tasks: (count: number): string => `Your tasks (${count})`,
  holds: (count: number): string => `Holds to clear up (${count})`,
  none: {
    all: 'Nothing is waiting for you, and you have no requests. /exception starts one.',
    waiting: 'Nothing is waiting for you.',
    mine: 'You have no requests. /exception starts one.',
    tasks: 'You have nothing to carry out.',
    holds: 'No request is held up by something that you clear up.',
  },
  more: (count: number): string =>
    `and ${format.number(String(count))} more. The Home tab has all of them; /exception status EX-12 shows any.`,
  summary: (waiting: number, yours: number, tasks: number): string => {
    const waits = `${waiting} ${waiting === 1 ? 'request is' : 'requests are'} waiting for you`;
    const owed = tasks === 0 ? '' : `, ${many(tasks, 'task is', 'tasks are')} yours to do`;
    return `${waits}${owed}; you have ${yours} of your own.`;
  },
};

export const home = {
  ask: 'Request an exception',
  find: 'Find',
  refresh: 'Refresh',
  decide: 'Decide',
  change: 'Change',
  previous: 'Previous',
  next: 'Next',
  waiting: (count: number): string => `Waiting for you (${count})`,
  yours: (count: number): string => `Your requests (${count})`,
  tasks: (count: number): string => `Tasks and holds (${count})`,
  nothingWaits: 'Nothing waits for you.',
  nothingAsked: 'You have asked for nothing yet. Request an exception opens the form.',
  nothingToDo: 'Nothing to carry out or to clear up.',
  pageOf: (page: number, pages: number): string => `Page ${page} of ${pages}`,
  draft: (at: Inline): Line =>
    line`${bold('You have not sent this yet:')} a request that you began on ${at}. Only you can see it.`,
  continue: 'Continue',
  discard: 'Discard',
  snoozed: (count: number, until: Inline): Line => line`${many(count, 'request', 'requests')} snoozed until ${until}`,
  showSnoozed: 'Show',
  hideSnoozed: 'Hide',
  bulk: 'With the ticked ones …',
  take: 'Take: say that you look at them',
  snooze: 'Snooze until tomorrow morning',
  reassign: 'Give to somebody else',
  problems: (count: number): string => many(count, 'thing needs fixing', 'things need fixing'),
  moreProblems: (count: number): string => `and ${count} more`,
  asOf: (at: Inline): Line => line`As of ${at}`,
  outsider:
    'Exceptions are for the people of this workspace. Ask the person you work with here to request one for you.',
};

export const bulk = {
  title: 'What was done',
  nothingTicked: 'Nothing is ticked. Tick the requests first, then choose what to do with them.',
  taken: (number: number): string => `${ex(number)} taken: the card says for 30 minutes that you look at it.`,
  snoozed: (number: number): string => `${ex(number)} snoozed.`,
  assigned: (number: number, to: string): string => `${ex(number)} given to ${to}.`,
  /** `why` mostly names it already. */
  notDone: (number: number, why: string): string => (why.startsWith(ex(number)) ? why : `${ex(number)}: ${why}`),
  reassign: {
    title: 'Give to somebody else',
    submit: 'Give',
    close: 'Not now',
    says: (numbers: number[]): string =>
      `Whoever you pick is told that ${numbers.map(ex).join(', ')} ${numbers.length === 1 ? 'is' : 'are'} theirs to look at. Anybody else of the group may still decide.`,
    person: 'Who?',
  },
};

export const find = {
  title: 'Find a request',
  submit: 'Find',
  close: 'Close',
  query: 'What are you looking for?',
  hint: 'A customer, a policy, a number such as EX-12, or words of the request.',
  found: (count: number, query: string): string =>
    count === 1 ? `1 request for “${query}”` : `${count} requests for “${query}”`,
  none: (query: string): string =>
    `Nothing that you may see says “${query}”. Try the customer's name, the policy's, or a number such as EX-12.`,
  which: 'What are you looking for? Write it after it, such as /exception find acme.',
  more: (count: number): string => `and ${count} more. Find in the Home tab shows all of them.`,
  only: (count: number): string => `Only the newest ${count} are listed.`,
  earlier: 'Previous',
  later: 'Next',
};

/** To the owner and operations, about files that could not be kept as evidence. */
export const lost = {
  headline: (number: number, count: number): string =>
    count === 1 ? `A file of ${ex(number)} could not be kept.` : `${count} files of ${ex(number)} could not be kept.`,
  because: {
    gone: (name: string): string =>
      `${name}: Slack does not give it out. It was deleted, lies elsewhere, or was shared where Carveout is not a member.`,
    too_large: (name: string): string => `${name}: larger than the 20 MB that are kept.`,
  },
  whatToDo:
    'Reply in the thread of the card with the file, at most 20 MB, or attach it with Change. The record says that this one could not be kept.',
  whatToDoAfter:
    'Reply in the thread of the card with the file, at most 20 MB. The record says that this one could not be kept.',
};

/** To whoever wrote a reply in a card's thread, privately. */
export const remark = {
  closed: (number: number, status: Status): string =>
    status === 'approved'
      ? `The record of ${ex(number)} is closed, so what you write here is no part of it any more.`
      : `${ex(number)} was ${status}, so what you write here is no part of its record any more.`,
  auditor: (number: number): string =>
    `You are an auditor, so what you write here is no part of the record of ${ex(number)}: auditors take no part in what they audit. Ask whoever answers for it directly, or put it into your own report.`,
  decides: (number: number): string =>
    `What you wrote is kept as a remark, but it decides nothing: ${ex(number)} waits as before. Only the buttons decide. If it is your turn, press Open.`,
};

/** Whom a deed names must be somebody who can act here. */
export const person = {
  notHere: (name: string): string =>
    `${name} is not an active member of this workspace. Pick a colleague who can act here.`,
  guest: (name: string): string => `${name} is a guest here and cannot act on requests. Pick a colleague.`,
  bot: (name: string): string => `${name} is an app. Pick a person.`,
  auditor: (name: string): string => `${name} is an auditor and takes no part in requests. Pick somebody who is none.`,
  missing: 'Please pick a person.',
};
