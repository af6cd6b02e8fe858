import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createClock } from '../app/clock.ts';
import { Later } from '../app/later.ts';
import type { Clock } from '../app/ports.ts';
import { type Config, readConfig, readStoreConfig } from '../config.ts';
import type { Period } from '../core/period.ts';
import type { Week } from '../core/week.ts';
import { drawPicture } from '../picture/index.ts';
import { readSealKey } from '../sealKey.ts';
import { createClient, slackError } from '../slack/client.ts';
import { createDeliverer, NO_ERRANDS } from '../slack/deliver/index.ts';
import { composeReport, digestKey, postDigest } from '../slack/digest.ts';
import { contentOf } from '../slack/digestContent.ts';
import type { Store } from '../store/connect.ts';
import { deliveryOf } from '../store/deliveries.ts';
import { createPolicies, type Policies } from '../store/policies.ts';
import { clockOffset } from '../store/workspaces.ts';
import { type Command, CommandError, type Io, reasonOf } from './command.ts';
import { digestPage } from './digestPage.ts';
import { periodMeant } from './reportedPeriod.ts';
import { signOffLines } from './signOffLine.ts';
import { oneWorkspace, silent, withStore } from './store.ts';

export const digest: Command = {
  usage: 'digest [--week 2026-W47 | --period 90d] [--post] [--picture FILE] [--team T0123456789]',
  summary:
    'Prints the report of a week (the last one that fell due) or of any period; --post posts a week, once; --picture draws it.',
  async run(args, io) {
    const text = { type: 'string' } as const;
    const options = { week: text, period: text, post: { type: 'boolean' }, picture: text, team: text } as const;
    const { values } = parseArgs({ args, options });
    const posting = values.post ? readConfig(io.env) : null;
    return withStore(posting ?? readStoreConfig(io.env), async (store) => {
      const { teamId } = await oneWorkspace(store.db, values.team);
      const policies = createPolicies(store.db, teamId);
      const offset = await clockOffset(store.db, teamId);
      const sources = { ...store, policies, teamId, clock: createClock(() => offset) };
      const asked = await periodMeant(sources, values);
      if (values.picture !== undefined) await picture(sources, asked, values.picture, io);
      if (posting && asked.week) await post(sources, posting, asked.week, io);
      else if (values.picture === undefined)
        for (const line of [
          ...digestPage(await composeReport(sources, asked)),
          ...(asked.week ? await signOffLines(sources, asked.week.id) : []),
        ])
          io.out(line);
      return 0;
    });
  },
};

type Sources = Store & { policies: Policies; teamId: string; clock: Clock };

/** The picture as the report brings it, and in words what it shows. */
async function picture(sources: Sources, asked: Period & { called: string }, file: string, io: Io): Promise<void> {
  const { picture, alt } = contentOf(await composeReport(sources, asked)).picture;
  await writeFile(file, await drawPicture(picture)).catch((error: Error) => {
    throw new CommandError(`${file} cannot be written: ${error.message}`);
  });
  io.out(`The picture of ${asked.called} is in ${file}. It shows: ${alt}`);
}

async function post(sources: Sources, { slack, seal }: Config, week: Week, io: Io): Promise<void> {
  const key = digestKey(week, sources.clock.now());
  const log = silent();
  const client = createClient({ token: slack.botToken, apiUrl: slack.apiUrl, log });
  await refuseOtherWorkspace(sources.teamId, () => client.auth.test());
  const before = await deliveryOf(sources.db, sources.teamId, key);
  const deliverer = createDeliverer({
    errands: NO_ERRANDS,
    ...sources,
    client,
    log,
    postDigest: async () => undefined,
  });
  const posting = { ...sources, log, sealKey: readSealKey(seal?.keyFile) };
  const { channel, ts } = await postDigest(posting, week.id, deliverer).catch(explain);
  const link = await client.chat
    .getPermalink({ channel: channel ?? '', message_ts: ts ?? '' })
    .then(({ permalink }) => permalink)
    .catch(() => undefined);
  const place = link ?? `channel ${channel}, message ${ts}`;
  const was = before?.status === 'sent' ? 'was posted before, and is not posted again' : 'is posted';
  io.out(`The report of ${week.id} ${was}: ${place}`);
}

async function refuseOtherWorkspace(teamId: string, ask: () => Promise<{ team_id?: string }>): Promise<void> {
  const { team_id } = await ask().catch(explain);
  if (team_id !== teamId)
    throw new CommandError(`SLACK_BOT_TOKEN belongs to the workspace ${team_id}, and the report to ${teamId}.`);
}

/** @throws CommandError, for what Slack refuses or does not answer */
function explain(error: unknown): never {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const failure = slackError(cause) ?? slackError(error);
  if (failure)
    throw new CommandError(`Slack does not take it (${failure.code}): npx node src/cli.ts check says what is wrong.`);
  if (error instanceof Later) throw new CommandError(`Not now (${reasonOf(error)}): try again in a minute.`);
  throw error;
}
