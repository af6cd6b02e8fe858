/** Every sentence a person sees, by locale. A locale that is not there yet reads English. */
import type { Refusal } from '../../core/refusal.ts';
import { isAboutEnding } from './en/endingRefusals.ts';
import { en } from './en/index.ts';
import type { RefusalFacts } from './en/refusalFacts.ts';

export type Wording = typeof en;
export type { RefusalFacts };
export { isAboutEnding };

const LOCALES: ReadonlyMap<string, Wording> = new Map([['en', en]]);

/** @param locale as Slack says it, `en-GB`; the language alone counts */
export const wording = (locale?: string): Wording => LOCALES.get(locale?.split(/[-_]/)[0] ?? 'en') ?? en;

/** A refusal as plain text: what happened, why, and what to do next. */
export const refusalText = (refusal: Refusal, facts: RefusalFacts, locale?: string): string =>
  wording(locale).refusal(refusal, facts);
