/** What is said where personal data is taken out of a record that is over. */
import type { Part } from '../../../../core/events/audit.ts';
import { ex } from '../names.ts';

export const erasingDeeds = {
  erase: {
    button: 'Erase personal data',
    title: 'Erase personal data',
    submit: 'Erase for good',
    says: (number: number): string =>
      `What you tick is erased from the record of ${ex(number)} for good. This cannot be undone: nobody can bring it back. That there was something stays, and so do the decisions, with who made them and when.`,
    what: 'Erase',
    parts: {
      customer: ["The customer's name", 'Also from searches and from reviews of the policy'],
      words: ['What people wrote', 'The request, remarks, questions, answers and the closing'],
      sources: ['What sources said', 'Every answer about the customer that was kept'],
      reasons: ['Reasons of decisions', 'Of approvals and rejections, conditions, holds, corrections'],
      files: ['Copies of files', 'Those in the record; the originals in Slack stay there'],
    } satisfies Record<Part, [string, string]>,
    tick: 'Tick what is to be erased.',
    words: 'Reason',
    hint: 'Who asked for it, and on what ground. This stays for auditors to read: do not name whoever is to be forgotten.',
    stays:
      'Without the reasons of decisions, auditors can no longer read why it was decided like this. What people posted in Slack themselves, reports and packs made before, and backups are not touched.',
  },
};
