import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explore } from '../../docs/explore.ts';
import { statesPage } from '../../docs/states.ts';
import { SITUATIONS } from '../../src/core/situation.ts';

const explored = explore();
const committed = readFileSync(new URL('../../docs/states.md', import.meta.url), 'utf8');
/** Where nothing is left to do. */
const ENDS = ['rejected', 'withdrawn', 'closed'];

describe('the situations of a request', () => {
  it('are all reached', () =>
    expect(SITUATIONS.filter((situation) => explored.steps.every(({ to }) => to !== situation))).toEqual([]));

  it('have an owner who has something to do, but for the ends', () => {
    const owned = new Set<string>(explored.tasks.map(({ situation }) => situation));
    expect(SITUATIONS.filter((situation) => !owned.has(situation)).sort()).toEqual([...ENDS].sort());
  });

  it('lead on to another, but for the ends', () => {
    const left = new Set<string | null>(explored.steps.filter(({ from, to }) => from !== to).map(({ from }) => from));
    // A closed one comes back when the day of its check has come.
    expect(SITUATIONS.filter((situation) => !left.has(situation))).toEqual(['rejected', 'withdrawn']);
  });

  it('are drawn in docs/states.md as the rules have them: else run `npx node docs/states.ts`', () =>
    expect(committed).toBe(statesPage(explored)));
});
