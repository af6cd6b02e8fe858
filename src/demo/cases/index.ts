import { CURRENT } from './current.ts';
import { FIRST } from './first.ts';
import { LATER } from './later.ts';

export const CASES = [...FIRST, ...LATER, ...CURRENT];
export type { Case, Step } from './case.ts';
export { DAYS } from './case.ts';
