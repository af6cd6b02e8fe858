/** How fast an approval is decided, beside a bare Bolt app (a) and one with a single statement by hand (b), in turn. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded/launcher.ts';
import type { DecisionMeta } from '../src/slack/carried.ts';
import { drive } from './load.ts';
import { postgresCpu } from './postgresCpu.ts';
import { prepare } from './prepare.ts';
import { type Figures, quantile, type Round, ratio, table } from './report.ts';
import { MeasuredServer } from './server.ts';
import { startBot } from './startup.ts';
import { approval, PORT, signedRequest } from './submission.ts';

const LABELS = {
  a: '(a) bare Bolt, acknowledges only',
  b: '(b) bare Bolt, one statement by hand',
  c: '(c) Carveout, everything on',
} as const;
type Name = keyof typeof LABELS;
const NAMES = Object.keys(LABELS) as Name[];

/** `requests` of each in each round, over each of these numbers of connections. */
type Extent = { rounds: number; requests: number; connections: number[] };

/** @param botEnv which Slack the bot talks to */
export async function compareDecisions(folder: string, botEnv: Record<string, string>, extent: Extent): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'load') });
  const servers: Partial<Record<Name, MeasuredServer>> = {};
  try {
    // A round more than is counted, in which everybody's code is compiled and every connection is opened.
    const metadata = await prepare(postgres.url, extent.connections.length * (extent.rounds + 1) * extent.requests);
    const output = (name: Name) => join(folder, `${name}.log`);
    const env = { DATABASE_URL: postgres.url };
    servers.a = new MeasuredServer('servers/bare.ts', PORT.bare, output('a'));
    servers.b = new MeasuredServer('servers/oneStatement.ts', PORT.oneStatement, output('b'), env);
    servers.c = startBot({ ...botEnv, ...env }, output('c'));
    await Promise.all([servers.a.ready('/', 404), servers.b.ready('/', 404), servers.c.ready('/readyz')]);
    await provedOnce(postgres.url);
    for (const name of NAMES) servers[name]?.pause();
    for (const connections of extent.connections) {
      const seen = metadata.splice(0, (extent.rounds + 1) * extent.requests);
      const all = await measure(servers as Record<Name, MeasuredServer>, postgres, seen, { ...extent, connections });
      console.log(
        `${connections} at once\n${table(all, LABELS)}\nc/a ${ratio(all, 'c', 'a')}\nc/b ${ratio(all, 'c', 'b')}\n`,
      );
    }
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    await postgres.stop();
  }
}

/**
 * A bot that starts proves the record it finds, once a day all of it: here thousands of requests that were made a moment ago.
 * It has done so when decisions are measured, as it has at almost any moment of a day.
 */
async function provedOnce(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  const deadline = performance.now() + 120_000;
  try {
    for (;;) {
      const { rowCount } = await client.query('select from verifications where finished_at is not null');
      if (rowCount) return;
      if (performance.now() > deadline) throw new Error('the record was not proved within two minutes');
      await delay(100);
    }
  } finally {
    await client.end();
  }
}

/** a, b, c, a, b, c …: whatever else the machine does falls on all of them. */
async function measure(
  servers: Record<Name, MeasuredServer>,
  postgres: EmbeddedPostgres,
  metadata: DecisionMeta[],
  { rounds, requests, connections }: Omit<Extent, 'connections'> & { connections: number },
): Promise<Round<Name>[]> {
  const all: Round<Name>[] = [];
  for (let round = 0; round <= rounds; round++) {
    const bodies = metadata.slice(round * requests, (round + 1) * requests).map((meta) => approval(meta, `${meta.n}`));
    const figures: Partial<Round<Name>> = {};
    for (const name of NAMES) {
      servers[name].resume();
      figures[name] = await measureOne(servers[name], postgres, bodies, connections);
      servers[name].pause();
    }
    if (round > 0) all.push(figures as Round<Name>);
  }
  return all;
}

async function measureOne(
  server: MeasuredServer,
  postgres: EmbeddedPostgres,
  bodies: string[],
  connections: number,
): Promise<Figures> {
  const signed = bodies.map((body) => signedRequest(server.port, body));
  const [before, postgresBefore] = [await server.usage(), postgresCpu(postgres.pid)];
  const { elapsedMs, latenciesMs } = await drive(server.port, signed, connections);
  const [after, postgresAfter] = [await server.usage(), postgresCpu(postgres.pid)];
  const cpu = after.user + after.system - before.user - before.system;
  const postgresMicros = postgresAfter === null || postgresBefore === null ? null : postgresAfter - postgresBefore;
  return {
    requestsPerSecond: (bodies.length / elapsedMs) * 1000,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    nodeMicros: cpu / bodies.length,
    postgresMicros: postgresMicros === null ? null : postgresMicros / bodies.length,
  };
}
