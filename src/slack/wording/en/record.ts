/** The whole record of a request, as its details show it. */
import type { MOMENTS } from '../../../core/events/holds.ts';
import type { Execution } from '../../../core/request.ts';
import type { TaskKind } from '../../../core/tasks.ts';
import type { Tier } from '../../../core/values.ts';
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, format, names } from './names.ts';

type Moment = (typeof MOMENTS)[number];

export const record = {
  page: (page: number, of: number): string => `Page ${page} of ${of}`,
  more: 'Show more',
  back: 'Back',
  otherActs: 'More',
  /** Several of one kind: which of them the button is about. */
  each: (button: string, which: number): string => `${button} (${which})`,
  tasks: 'What it waits for',
  task: {
    complete_inputs: 'Complete what is missing',
    answer_question: 'Answer the question',
    pick_tier: 'Pick the tier',
    confirm_details: 'Confirm the details',
    authorize: 'Authorize it',
    clear_hold: 'Clear up the hold',
    carry_out: 'Carry it out',
    meet_condition: 'Meet a condition',
    close: 'Close the record',
    check_effectiveness: 'Check whether the corrective action helped',
  } satisfies Record<TaskKind, string>,
  todo: (what: string, who: Inline, due: Inline | null): Line =>
    due === null ? line`${what}: ${who}` : line`${what}: ${who}, by ${due}`,
  looksAtIt: (by: Inline, until: Inline): Line => line`${by} looks at it until ${until}.`,
  assignedTo: (to: Inline, by: Inline): Line => line`${by} gave it to ${to}.`,
  answersFor: (owner: Inline): Line => line`${owner} answers for it now.`,
  missing: (by: Inline | null, at: Inline): Line =>
    by === null ? line`It was sent back ${at}, since this is missing:` : line`${by} sent it back ${at}. Missing:`,
  inputs: 'What the policy asks for',
  evidence: 'Files',
  file: (name: string, type: string, size: string): string => `${name} (${type}, ${size})`,
  kept: (sha256: string): string => `Kept. SHA-256 ${sha256}`,
  notKept: 'Not kept yet: its bytes are being fetched.',
  link: (at: number): string => `Link ${at}`,
  sources: 'What the sources said',
  read: {
    ok: (name: string, at: Inline, when: string): Line => line`${name}, ${at}, ${when}:`,
    not_found: (name: string, at: Inline, when: string): Line =>
      line`${name}, ${at}, ${when}: it does not know the customer.`,
    failed: (name: string, at: Inline, when: string): Line => line`${name}, ${at}, ${when}: it gave no answer.`,
  },
  moment: {
    submission: 'when it was asked for',
    validation: 'before the details',
    authorization: 'before the authorization',
    decision: 'while somebody set about deciding',
    retry: 'when asked again',
  } satisfies Record<Moment, string>,
  edits: 'Changes',
  holds: 'Holds',
  conditions: 'Conditions',
  decisions: 'Decisions',
  ticked: (checks: string[]): string => `Checked: ${checks.join('; ')}`,
  earlierRound: 'This approval counts no more, since the request changed after it.',
  tookBack: (by: Inline, at: Inline): Line => line`${by} took a confirmation back ${at}:`,
  pickedTier: (by: Inline, at: Inline, tier: Tier): Line => line`${by} picked the tier ${at}: ${names.tier[tier]}.`,
  expedited: (by: Inline, at: Inline): Line => line`${by} expedited it ${at}:`,
  complaints: 'Customer complaints',
  complained: (by: Inline, at: Inline): Line => line`${by} reported a complaint ${at}:`,
  remarks: 'Remarks in the thread',
  remarked: (by: Inline, at: Inline, edited: Inline | null): Line =>
    edited === null ? line`${by}, ${at}:` : line`${by}, ${at}, edited ${edited}:`,
  remarkDeleted: (by: Inline, at: Inline): Line => line`${by} deleted a reply ${at}.`,
  attachedFiles: (files: string[]): string => `With ${files.join(', ')}`,
  execution: 'Carried out',
  executed: {
    done: (by: Inline, at: Inline): Line => line`${by} reported it as done ${at}:`,
    could_not: (by: Inline, at: Inline): Line => line`${by} reported that it could not be done ${at}:`,
  } satisfies Record<Execution['outcome'], (by: Inline, at: Inline) => Line>,
  closure: 'Closed record',
  closedBy: (by: Inline, at: Inline): Line => line`${by} closed it ${at}.`,
  cause: 'Cause',
  happened: 'What happened',
  fixed: 'How it was fixed',
  why: (which: number): string => `Why? (${which})`,
  action: (owner: Inline, due: string): Line => line`Corrective action, for ${owner} by ${due}:`,
  checkOn: (day: string): string => `Whether it helped is looked at on ${day}.`,
  checked: (by: Inline, at: Inline, effective: string): Line =>
    line`${by} looked at it ${at}. Did it help? ${effective}:`,
  phases: 'Time taken',
  phase: { details: 'Details', authorization: 'Authorization', execution: 'Carrying out', closing: 'Closing' },
  soFar: (time: string): string => `${time} so far`,
  duration: (ms: number): string => {
    const minutes = Math.floor(ms / 60_000);
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
    if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
    return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
  },
  involved: 'People involved',
  precedents: 'Earlier decisions like this',
  notPrecedent: 'Context, not precedent: each case is judged by itself.',
  precedent: (number: number, what: string, outcome: string, on: string): string =>
    `${ex(number)}: ${what}; ${outcome} ${on}`,
  size: (bytes: number): string => {
    if (bytes < 1000) return `${bytes} bytes`;
    const [scaled, unit] = bytes < 1_000_000 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
    return `${format.number(scaled.toFixed(1))} ${unit}`;
  },
};
