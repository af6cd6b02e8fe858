/** A sample that anybody can draw again from the same numbers and the same seed, with any tool that knows SHA-256. */
import { hash } from 'node:crypto';

export const METHOD =
  'Each number of the population is written after the seed and a colon, as in 7:12, and hashed with SHA-256; in the order of these hashes, written in lower-case hexadecimal, the first ones are the sample.';

export type Draw = { seed: string; count: number };

/** @returns the numbers that were drawn, the lowest first; all of them where there are no more */
export const drawn = (numbers: readonly number[], { seed, count }: Draw): number[] =>
  numbers
    .map((number) => ({ number, place: hash('sha256', `${seed}:${number}`, 'hex') }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, count)
    .map(({ number }) => number)
    .sort((a, b) => a - b);
