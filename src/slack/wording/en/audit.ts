/** What auditors see in place of a queue. */
import { format } from './names.ts';

const WHICH = {
  all: 'All requests',
  in_review: 'In review',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
};
type Which = keyof typeof WHICH;

export const audit = {
  title: 'Requests',
  which: WHICH,
  counted: (which: Which, count: number): string =>
    count === 0 ? `${WHICH[which]}: none.` : `${WHICH[which]}: ${format.number(String(count))}, the newest first.`,
  more: (count: number): string =>
    `and ${format.number(String(count))} more. The Home tab has all of them; /exception find looks for some.`,
  /** Below every list. */
  recorded: 'That you looked at these is on the record.',
  heading: 'You are an auditor',
  says: 'You can read every request, also confidential ones, and change none: whatever other groups you are in, you take no part in what others ask for. Each request, list, report and file that you look at is put on the record first, with your name and the time.',
  pick: 'Show requests …',
  also: 'A report of any period: /exception report 90d. The evidence of one request as a file that proves itself: /exception audit EX-12. The weekly reports stand in the audit channel.',
};
