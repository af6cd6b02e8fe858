/** Answers to `/exception report`. */
import { format } from './names.ts';

export const report = {
  /** @param days `24 Aug – 22 Nov 2026` */
  onItsWay: (days: string): string =>
    `The report of ${days} is being made: it comes as a direct message from me within a minute, with its picture and a list of every decision.`,
  /** @param groups who gets reports */
  notYours: (groups: string[]): string =>
    `Reports of all exceptions go to ${format.all(groups)} only. What you asked for yourself, and what waits for you, is in /exception list.`,
};
