/** The list of every decision that goes with a report, and what is said where it cannot go with it. */
import { count, were } from './count.ts';

export const list = {
  columns: {
    request: 'Request',
    tier: 'Tier',
    outcome: 'Outcome',
    confidential: 'Confidential',
    policy: 'Policy',
    category: 'Category',
    customer: 'Customer',
    deviation: 'Deviation (%)',
    value: 'Value',
    currency: 'Currency',
    happened: 'Already happened',
    asked: 'Asked at (UTC)',
    due: 'Decide by (UTC)',
    decided: 'Decided at (UTC)',
    late: 'Late',
    detailsBy: 'Details by',
    detailsAt: 'Details at (UTC)',
    authorizationBy: 'Authorization by',
    authorizationAt: 'Authorization at (UTC)',
  },
  yes: 'yes',
  no: 'no',
  /** Instead of what a confidential request says. */
  veiled: 'confidential',
  /** @param days `16–22 Nov 2026` */
  title: (days: string): string => `Every decision, ${days}`,
  said: (n: number, leftOut: number): string => {
    const rest = leftOut > 0 ? ` ${count(leftOut)} later ones are left out: audit export lists them all.` : '';
    return n === 0 ? 'Nothing was decided.' : `${were(n, 'decision', 'decisions')} as a list for a spreadsheet.${rest}`;
  },
  /** In the message, where Slack took no picture. */
  without: 'Without picture and list: Slack takes no files from Carveout here. The administrators know what to allow.',
  /** In the thread, where it took the picture and not the list. */
  notTaken:
    'The list of every decision could not be attached: Slack did not take the file. The administrators know what to allow.',
};
