/** Answers to `/exception audit`, and what comes with the file. */
import { bold, type Line, line } from '../../mrkdwn.ts';
import { ex, format } from './names.ts';

export const pack = {
  which: 'Which request? Write its number after it, such as /exception audit EX-12.',
  onItsWay: (number: number): string =>
    `The evidence of ${ex(number)} is being put together: it comes as a direct message from me within a minute. That you asked for it is on the record.`,
  /** @param groups who gets evidence packs */
  notYours: (number: number, groups: string[]): string =>
    `Evidence packs go to ${format.all(groups)} only, since they hold everything. /exception status ${ex(number)} shows you where it stands.`,
  here: (number: number): Line => line`${bold(`The evidence of ${ex(number)}`)}`,
  how: 'Unpack the file and open report.html; README.txt says how anybody can check it, without Slack and without trusting us. It holds everything, confidential or not, so pass it on only to those who may read that.',
  title: (number: number): string => `Evidence of ${ex(number)}`,
  file: (number: number): string => `${ex(number)}-evidence.zip`,
  refused: (number: number, code: string): string =>
    `Slack does not take the file from me (${code}), and the admins know. Meanwhile an operator can make it: npx node src/cli.ts audit export ${ex(number)}`,
};
