/** How the cases of the past happen: each in its own order, side by side with the others. */
import { toWords } from '../app/content.ts';
import type { Sources } from '../app/ports.ts';
import type { Submission } from '../core/command.ts';
import type { Rules } from '../core/policy.ts';
import type { Reading } from '../core/sources.ts';
import type { Instant } from '../core/values.ts';
import type { Case, Step } from './cases/index.ts';
import { formOf, type Ids, orderOf } from './orders.ts';
import type { PastBot } from './pastBot.ts';
import { lastYears } from './sources/contracts.ts';
import type { Moment } from './timeline.ts';

type StoryOptions = { bot: PastBot; rules: Rules; ids: Ids; sources: Sources };
type Known = { number: number; form: Submission };

export function createStory({ bot, rules, ids, ...given }: StoryOptions) {
  const sources = askedOnce(given.sources);
  const known = new Map<Case, Known>();
  const cases = new Map<number, Case>();
  /** Numbers are given in the order of asking. */
  const numbers = new Map<Case, number>();
  /** The requests of one customer under one rule, the latest last. */
  const alike = new Map<string, number[]>();

  const of = (asked: Case): Known => {
    const found = known.get(asked);
    if (!found) throw new Error("the demo's past: something happens to a request before it is asked for");
    return found;
  };

  async function submit(asked: Case, at: Instant): Promise<void> {
    const before = alike.get(kindOf(asked)) ?? [];
    const form = formOf(asked, rules, ids, asked.again || asked.renews ? (before.at(-1) ?? null) : null);
    const number = numbers.get(asked) ?? 0;
    await bot.order(at, ids(asked.by), number, { type: 'submit', form });
    known.set(asked, { number, form });
    cases.set(number, asked);
    alike.set(kindOf(asked), [...before, number]);
    if (asked.customer && rules.recurrence && before.length + 1 >= rules.recurrence.count)
      await bot.lookForRecurrence(at, number);
  }

  async function step(asked: Case, step: Step, at: Instant): Promise<void> {
    const { number, form } = of(asked);
    const by = ids(step.by);
    // What is said in a thread needs the thread, and comes when that is there.
    if (step.does === 'remark') return;
    await bot.chase(number, at);
    if (step.does === 'close policy review')
      return bot.closeReview(number, { by, at, outcome: step.outcome, words: toWords(step.says) });
    await bot.order(at, by, number, orderOf(step, at, { state: bot.state(number), form, asked, rules, ids }));
  }

  /** What somebody sees of a request today rests on what the sources said; nobody asks what they said of one that is long over. */
  async function readSources(asked: Case): Promise<void> {
    const { number } = of(asked);
    for (const read of bot.takeReads(number))
      if (!isLongAgo(asked)) await bot.readSources(read, asked.sources ? disagreeing(sources) : sources);
  }

  return {
    numberOf: (asked: Case): number => of(asked).number,
    isLongAgo: (number: number): boolean => {
      const asked = cases.get(number);
      return asked !== undefined && isLongAgo(asked);
    },
    /** @param moments in the order of time @param until deadlines are chased */
    async happen(moments: Moment[], until: Instant): Promise<void> {
      for (const { asked, step: done } of moments) if (!done) numbers.set(asked, numbers.size + 1);
      // What counts together is asked for one after the other.
      const lines = Map.groupBy(moments, ({ asked }) => kindOf(asked));
      await Promise.all(
        [...lines.values()].map(async (line) => {
          for (const { asked, step: done, at } of line) {
            await (done ? step(asked, done, at) : submit(asked, at));
            await readSources(asked);
          }
        }),
      );
      await Promise.all([...cases.keys()].map((number) => bot.chase(number, until)));
    },
  };
}

/** Where there is no customer, nothing counts together. */
const kindOf = (asked: Case): string => `${asked.rule} ${asked.customer ?? asked.why}`;

const isLongAgo = ({ at }: Case): boolean => !('hoursAgo' in at);

/** What they say of a customer did not change meanwhile. */
function askedOnce(sources: Sources): Sources {
  const said = new Map<string, Promise<Reading[]>>();
  return {
    read(wired, ids, customer) {
      const known = said.get(customer) ?? sources.read(wired, ids, customer);
      said.set(customer, known);
      return known;
    },
  };
}

/** The contract records had the segment of the year before. */
const disagreeing = ({ read }: Sources): Sources => ({
  read: async (...asked) =>
    (await read(...asked)).map((reading) => (reading.source === 'contracts' ? older(reading) : reading)),
});

function older(reading: Reading): Reading {
  if (reading.outcome !== 'ok') return reading;
  const facts = reading.facts.map((fact) =>
    fact.field === 'segment' ? { ...fact, value: lastYears(fact.value) } : fact,
  );
  return { ...reading, facts };
}
