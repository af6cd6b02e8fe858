import { CURRENT } from './current.ts';
import { FIRST } from './first.ts';
import { LATER } from './later.ts';
import { PROCEDURE } from './procedure.ts';
import { SECOND } from './second.ts';
import { TIMED } from './timed.ts';

export const CASES = [...FIRST, ...SECOND, ...LATER, ...CURRENT, ...PROCEDURE, ...TIMED];
export type { Case, Step, Wish } from './case.ts';
export { DAYS } from './case.ts';
