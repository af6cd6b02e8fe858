import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../../src/core/events.ts';
import type { ExceptionRequest } from '../../../src/core/request.ts';
import type { Message } from '../../../src/slack/views/message.ts';
import { idOf, NAMES } from '../../support/cast.ts';
import { PROCEDURE } from '../../support/policy.ts';
import { existing, inStories, type Told } from '../../support/story.ts';
import { typed } from './hostile.ts';
import { readAll } from './pages.ts';
import { rewritten } from './rewritten.ts';
import { CAST_NAMES, drawn, pings, problemsOf, textPings } from './support.ts';
import { callsOf, messagesOf, modalsOf } from './surfaces.ts';

type Whole = { state: ExceptionRequest; events: Recorded[] };
const wholeOf = (told: Told[]): Whole => ({
  state: existing(told.at(-1)?.after ?? null),
  events: told.flatMap(({ events }) => events),
});
const always = inStories(25);

/** Texts that hurt, one after the other, as long as forms let them be. */
const hurting = fc.sample(typed(3000), { numRuns: 50, seed: 7 }).filter((text) => text !== '');
const hurt = (nth: number) => hurting[nth % hurting.length] ?? 'x';
/** What a name or a customer may be at most. */
const short = (nth: number) => [...hurt(nth)].slice(0, 80).join('');

const hostile = ({ state, events }: Whole) => {
  const names = Object.fromEntries(NAMES.map((name, nth) => [idOf(name), short(nth)]));
  return { drawing: drawn(rewritten(state, hurt), { rules: PROCEDURE, names }), events: rewritten(events, hurt) };
};

describe('wherever a request may go, whatever people type', () => {
  it(
    'Slack takes every message about it',
    always((told) => {
      const { drawing, events } = hostile(wholeOf(told));
      for (const message of [...messagesOf(drawing, events), ...callsOf(drawing, 'S0OPERATIONS')])
        expect(problemsOf(message)).toEqual([]);
    }),
    120_000,
  );

  it(
    'only what calls a group pings, and pings that group alone',
    always((told) => {
      const { drawing, events } = hostile(wholeOf(told));
      for (const message of messagesOf(drawing, events)) expect([...pings(message), ...textPings(message)]).toEqual([]);
      for (const message of callsOf(drawing, 'S0OPERATIONS'))
        expect(new Set(pings(message)).isSubsetOf(new Set(['S0OPERATIONS']))).toBe(true);
    }),
    120_000,
  );

  it(
    'every message says which request it is about',
    always((told) => {
      const { state, events } = wholeOf(told);
      for (const { text } of messagesOf(drawn(state, { rules: PROCEDURE }), events))
        expect(text).toMatch(/EX-12|waiting for you|You have nothing/);
    }),
    120_000,
  );
});

describe('a confidential request', () => {
  const SECRET = 'hush';
  /** Everything that tells what it says, whom it is about, and who asked. */
  const confidential = ({ state, events }: Whole) => {
    const told = rewritten(state, (nth) => `${SECRET}${nth}`);
    const secret = { ...told, confidential: true, value: '987654.32', deviation: '77.77', urgent: true };
    // Cleo is compliance by name, and called so wherever compliance is told.
    const asking = [state.requester, state.beneficiary, state.owner].filter(
      (person) => person && person !== idOf('cleo'),
    );
    const names = { ...CAST_NAMES, ...Object.fromEntries(asking.map((person) => [person, `${SECRET} ${person}`])) };
    return {
      drawing: drawn(secret as ExceptionRequest, { rules: PROCEDURE, names }),
      events: rewritten(events, (nth) => `${SECRET}${nth}`),
    };
  };
  const TELLING = /hush|987|77\.77|Goodwill|Discount|Another rule|Health|Claim|Urgent ·/;
  // An instant is told in seconds, whose digits may look like an amount.
  const shown = ({ text, blocks }: Message) =>
    `${text}\n${JSON.stringify(blocks)}`.replace(/"timestamp":\d+|<!date\^\d+/g, '');

  it(
    'shows on no message what it says, what it is worth, whom it is about or who asked',
    always((told) => {
      const { drawing, events } = confidential(wholeOf(told));
      for (const message of [...messagesOf(drawing, events), ...callsOf(drawing, 'S0OPERATIONS')])
        expect(shown(message)).not.toMatch(TELLING);
    }),
    120_000,
  );

  it(
    'still says in every push its number, its tier and its deadline or how it ended',
    always((told) => {
      const { drawing } = confidential(wholeOf(told));
      const [card] = messagesOf(drawing, []);
      expect(card?.text).toMatch(/EX-12.*Confidential request, (team lead|manager|executive), /);
      expect(card?.text).toMatch(/decide by|overdue since|approved|rejected|withdrawn/);
    }),
    120_000,
  );

  it(
    'shows in modals what it says',
    always((told) => {
      const { drawing } = confidential(wholeOf(told));
      expect(readAll(drawing)).toContain(drawing.state.rationale.text);
      for (const view of modalsOf(drawing)) expect(problemsOf(view)).toEqual([]);
    }),
    120_000,
  );
});
