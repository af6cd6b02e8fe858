/** Several weeks of a company's exceptions, made by the bot's own commands, and the Slack in which they were made. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { toWords } from '../app/content.ts';
import type { Sources } from '../app/ports.ts';
import { policyDocument } from '../core/policy.ts';
import { type Instant, plus } from '../core/values.ts';
import type { Log } from '../log.ts';
import { type App, createSandbox, type Saved, seededCompany } from '../sandbox/index.ts';
import { createClient } from '../slack/client.ts';
import { createDeliverer, NO_ERRANDS } from '../slack/deliver/index.ts';
import { postDigest } from '../slack/digest.ts';
import { createDirectory } from '../slack/directory.ts';
import { whoAmI } from '../slack/workspace.ts';
import { connect } from '../store/connect.ts';
import { cardsOf } from '../store/deliveries.ts';
import { createPolicies, type Policies } from '../store/policies.ts';
import { publishPolicy } from '../store/publish.ts';
import { registerWorkspace } from '../store/workspaces.ts';
import type { Ids } from './orders.ts';
import { createPastBot } from './pastBot.ts';
import { createMail } from './pastMail.ts';
import { remembering } from './remembering.ts';
import { createStory } from './story.ts';
import { timelineUntil } from './timeline.ts';

type PastOptions = {
  databaseUrl: string;
  app: App;
  policyFile: string;
  sources: Sources;
  until: Instant;
  log: Log;
};

/** Fills a migrated database. @returns what was said in Slack meanwhile */
export async function makePast({ databaseUrl, app, policyFile, sources, until, log }: PastOptions): Promise<Saved> {
  const policy = await readFile(policyFile, 'utf8');
  const { rules, wiring } = policyDocument.parse(parse(policy));
  const { since, reports, moments } = timelineUntil(until, wiring.zone);
  let now = since;
  const company = seededCompany();
  const sandbox = await createSandbox({ company, app, rateLimits: 'off', now: () => Date.parse(now) });
  const store = connect(hasty(databaseUrl), log, 3);
  const { db } = store;
  const client = createClient({ token: app.botToken, apiUrl: sandbox.apiUrl, log, fetch: sandbox.fetch });
  const { teamId, teamName: name, botUserId } = await whoAmI(client);
  await registerWorkspace(db, { teamId, name, botUserId, since });
  await publishPolicy(store, teamId, policy, since);
  const policies = asItWas(createPolicies(db, teamId));
  await createDirectory({ db, client, teamId, policies, log }).refreshAll();

  const bot = createPastBot({ store, policies, teamId, log });
  const ids = idsIn(company);
  const story = createStory({ bot, rules, ids, sources });
  const clock = { now: () => now };
  const memory = remembering(store.pool);
  const deliverer = createDeliverer({
    ...{ db: memory.db, policies, client, teamId, clock, log, errands: NO_ERRANDS, onlyOne: true },
    // Turns are counted on the machine's clock, on which weeks pass in a second.
    timing: { speed: Number.POSITIVE_INFINITY },
    postDigest: async (week, by) =>
      void (await postDigest({ db, teamId, policies, clock, log, sealKey: null, withoutPicture: true }, week, by)),
  });
  const setNow = (at: Instant) => {
    now = at;
  };
  const mail = createMail({ memory, teamId, deliverer, setNow, stateOf: bot.state, isLongAgo: story.isLongAgo, until });

  // The latest report stands in the channel; those before it are on the record alone.
  const latest = reports.at(-1) ?? since;
  for (const [nth, at] of reports.entries()) {
    const [week] = await bot.report(at);
    // That one is for whoever tries the demo.
    if (week === undefined || at === latest) continue;
    await bot.signOff(plus(at, SIGNED_AFTER), ids('cara'), week, REMARKS[nth % REMARKS.length] ?? null);
  }
  const digest = bot
    .takeOwed()
    .filter(({ intent }) => intent.kind === 'digest')
    .slice(-1);
  await story.happen(
    moments.filter(({ at }) => at < latest),
    latest,
  );
  await mail.deliver([...bot.takeOwed(), ...digest]);
  await story.happen(
    moments.filter(({ at }) => at >= latest),
    until,
  );
  await mail.deliver(bot.takeOwed());
  for (const { asked, step, at } of moments) {
    if (step?.does !== 'remark') continue;
    setNow(at);
    const number = story.numberOf(asked);
    const card = (await cardsOf(db, teamId, number)).at(-1);
    if (!card?.ts || !card.channel) throw new Error(`the demo's past: EX-${number} has no card to reply to`);
    const { channel, ts } = sandbox.as(step.by).say(card.channel, step.says, { thread: card.ts });
    await bot.order(at, ids(step.by), number, { type: 'remark', channel, ts, words: toWords(step.says), files: [] });
  }
  await mail.deliver(bot.takeOwed());
  await mail.end(until);
  await store.close();
  const saved = sandbox.save();
  await sandbox.stop();
  return saved;
}

/** Milliseconds from a report to its sign-off: the afternoon of the next day. */
const SIGNED_AFTER = 29 * 3_600_000;
/** What Cara remarked, in turn; mostly there is nothing to say. */
const REMARKS = [
  'Read. Asked Bea about the late ones; cover is planned now.',
  null,
  null,
  'Read, nothing to follow up.',
];

/** Waits for no disk: what a crash takes away here was never used. */
const hasty = (url: string): string => `${url}&options=${encodeURIComponent('-c synchronous_commit=off')}`;

/** Nobody changed the policy then, so it is read once. */
function asItWas(policies: Policies): Policies {
  let current: ReturnType<Policies['current']> | undefined;
  return {
    ...policies,
    current: () => {
      current ??= policies.current();
      return current;
    },
  };
}

const idsIn =
  ({ users }: ReturnType<typeof seededCompany>): Ids =>
  (handle) => {
    const found = users.find(({ name }) => name === handle);
    if (!found) throw new Error(`nobody here is called ${handle}`);
    return found.id;
  };
