/** What is said where approvals are made to wait, and where they are let go on. */
import type { HoldKind } from '../../../../core/values.ts';
import { type Inline, type Line, line } from '../../../mrkdwn.ts';
import { ex, names } from '../names.ts';
import type { RoleWords } from '../roles.ts';

export const holdDeeds = {
  placeHold: {
    button: 'Place hold',
    title: 'Place a hold',
    submit: 'Place hold',
    says: (number: number): string =>
      `Nobody can approve ${ex(number)} until the hold is released; rejecting and withdrawing stay possible.`,
    moves: (by: string): string =>
      `Where data is unavailable, the deadline moves by ${by}, once a source. It does not move for the other reasons.`,
    kind: 'Why must it wait?',
    kinds: {
      data_unavailable: 'Data is unavailable',
      data_conflict: 'Sources contradict each other',
      regulatory: 'A regulation may apply',
    } satisfies Record<HoldKind, string>,
    /** Who gets it then; options have room for 75 characters. */
    goesTo: (who: string): string => `Goes to ${who}`,
    source: 'Which source?',
    sourceHint: 'Only where data is unavailable.',
    anotherSource: 'Another source',
    words: 'What is wrong?',
    hint: 'What is missing, what contradicts what, or which rule may apply. The requester and whoever clears it up read this.',
    choose: 'Choose one',
  },
  releaseHold: {
    button: 'Release hold',
    title: 'Release a hold',
    submit: 'Send',
    held: (number: number, kind: HoldKind, source: string | null): string =>
      `${ex(number)} waits because ${names.hold[kind]}${source === null ? '' : `: ${source}`}.`,
    said: (by: Inline, at: Inline): Line => line`${by} placed the hold ${at} and wrote:`,
    found: (at: Inline): Line => line`Found ${at}, when the sources were asked.`,
    sideBySide: (field: string): string => `${field}, as each source has it:`,
    outcome: {
      data_unavailable: 'What takes the place of the data?',
      data_conflict: 'What becomes of it?',
      regulatory: 'Your guidance',
    } satisfies Record<HoldKind, string>,
    outcomes: {
      alternate_documents: { text: 'Other documents show it', more: 'Name them below' },
      waived: { text: 'It goes on without', more: 'You waive it by name; say why below' },
      resolved: { text: 'It is settled which is right', more: 'Say below which, and why' },
      proceed: { text: 'Proceed', more: 'Nothing stands against it' },
      proceed_with_conditions: {
        text: 'Proceed with conditions',
        more: 'Whoever authorizes it reads them first',
      },
      must_not: { text: 'Must not', more: 'Ends the request: rejected by compliance' },
    },
    words: {
      data_unavailable: 'Which documents, or why it is waived',
      data_conflict: 'What is right, and why',
      regulatory: 'Which rule, and what it asks for',
    } satisfies Record<HoldKind, string>,
    hint: 'Kept on the record. Those who decide and the requester read this.',
    ends: '“Must not” ends the request: it is rejected by compliance, for the reason that you write here.',
    goesOn: (who: RoleWords): string => `Once no hold is left, it is the turn of ${who.group} again.`,
  },
  retrySources: {
    button: 'Ask the source again',
    asked: {
      title: 'Asked again',
      text: (number: number): string =>
        `The sources are being asked about ${ex(number)} again. The card shows in a few seconds what they say; a source that answers ends the hold it caused.`,
    },
  },
};
