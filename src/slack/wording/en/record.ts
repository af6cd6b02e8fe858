/** The whole record of a request, as its details show it. */
import type { MOMENTS } from '../../../core/events/holds.ts';
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
  keptOnce: (sha256: string): string => `The copy that was kept of it was erased. SHA-256 ${sha256}`,
  erased: 'Erased',
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
  precedents: 'Earlier decisions like this',
  notPrecedent: 'Context, not precedent: each case is judged by itself.',
  precedent: (number: number, what: string, outcome: string, on: string): string =>
    `${ex(number)}: ${what}; ${outcome} ${on}`,
  afterwards: 'After the decision',
  reviews: 'Reviews of the policy',
  history: {
    submitted: (by: Inline | null): Line => line`${by ?? 'Carveout'} asked for it.`,
    taken: (by: Inline | null): Line => line`${by ?? 'Somebody'} looked at it.`,
    remarked: (by: Inline | null): Line => line`${by ?? 'Somebody'} replied in the thread.`,
    edited: (by: Inline | null): Line => line`${by ?? 'Somebody'} edited a reply in the thread.`,
    deleted: (by: Inline | null): Line => line`${by ?? 'Somebody'} deleted a reply in the thread.`,
    kept: (name: string): Line => line`The file ${name} was kept.`,
    lost: (name: string): Line => line`The file ${name} could not be kept.`,
    read: (sources: string[]): Line => line`${format.all(sources)} ${sources.length === 1 ? 'was' : 'were'} asked.`,
    reminded: (percent: number): Line => line`${percent} % of the time to decide had passed.`,
    nobodyThere: line`There was nobody to decide it.`,
    somebodyThere: line`There were people to decide it again.`,
    endingNear: (until: string): Line => line`Its end came near: it is good until ${format.day(until)}.`,
    checkDue: line`It is time to look whether the corrective action helped.`,
  },
  size: (bytes: number): string => {
    if (bytes < 1000) return `${bytes} bytes`;
    const [scaled, unit] = bytes < 1_000_000 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
    return `${format.number(scaled.toFixed(1))} ${unit}`;
  },
};
