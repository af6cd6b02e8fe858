/** Looking for requests: the database narrows, and who may see what is for the core to say. */
import { OTHER_RULE } from '../core/events/content.ts';
import { mayView, type Standing } from '../core/standing.ts';
import { namesOf } from '../store/people.ts';
import { requestsNumbered } from '../store/requests.ts';
import { search } from '../store/search.ts';
import type { Actor, Listening } from './listeners/listening.ts';
import type { Row } from './views/rows.ts';

/** How many are looked at; of them, how many are told. */
const CANDIDATES = 400;
const TOLD = 100;

export type FoundRequests = {
  rows: Row[];
  /** There may be more. */
  full: boolean;
  /** Of whoever looked. */
  standing: Standing;
};

/** `EX-12`, `ex 12`, `12`. */
export const numberIn = (text: string): number | null => {
  const digits = /^(?:ex[-\s]?)?0*(\d{1,9})$/i.exec(text)?.[1];
  return digits ? Number(digits) : null;
};

/** What this person may see of what says this, the newest first. */
export async function findRequests(bot: Listening, actor: Actor, text: string): Promise<FoundRequests> {
  const { db, teamId, policies } = bot;
  const { document } = await policies.current();
  const { standing } = await bot.log.load({ teamId, number: null, actor: actor.id, key: null, at: bot.clock.now() });
  if (actor.outsider) return { rows: [], full: false, standing };
  const wanted = text.toLowerCase();
  const rules = document.rules.policies.filter(({ name }) => name.toLowerCase().includes(wanted)).map(({ id }) => id);
  const other = 'other'.startsWith(wanted) && wanted.length > 2 ? [OTHER_RULE] : [];
  const asked = { text, number: numberIn(text), rules: [...rules, ...other] };
  const numbers = await search(db, teamId, asked, CANDIDATES);
  const found = await requestsNumbered(db, policies, teamId, numbers);
  const seen = found.filter(({ state }) => mayView(state, actor.id, standing));
  const told = seen.slice(0, TOLD);
  const names = await namesOf(db, teamId, [
    ...new Set(told.flatMap(({ state }) => (state.status === 'in_review' ? [] : [state.by]))),
  ]);
  return {
    rows: told.map(({ state, rules }) => ({ drawn: { state, rules, wiring: document.wiring, names }, task: null })),
    full: seen.length > TOLD,
    standing,
  };
}
