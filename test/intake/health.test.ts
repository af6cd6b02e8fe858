import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMetrics } from '../../src/app/metrics.ts';
import { healthz, metricsRoute, type Readiness, readyz } from '../../src/intake/health.ts';
import { createLogger } from '../../src/log.ts';
import { createHttpServer, type HttpServer } from '../../src/slack/receiver/httpServer.ts';
import { get, post } from '../support/slackHttp.ts';

const metrics = createMetrics();
let readiness: Readiness;
let server: HttpServer;
let port: number;

beforeAll(async () => {
  server = createHttpServer({
    port: 0,
    host: '127.0.0.1',
    log: createLogger({ level: 'silent' }),
    routes: { '/healthz': healthz, '/readyz': readyz(() => readiness), '/metrics': metricsRoute(metrics) },
  });
  port = await server.start();
});
afterAll(() => server.stop(0));

it('is healthy as long as it answers', async () => {
  expect(await get(port, '/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
});

it('is not ready while something is missing, and says what', async () => {
  readiness = { ready: false, missing: ['the policy is not loaded: see CARVEOUT_POLICY'], warnings: [] };
  const answer = await get(port, '/readyz');
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.body)).toEqual(readiness);
});

it('is ready in spite of warnings, and lists them', async () => {
  readiness = { ready: true, missing: [], warnings: ['@managers has one person'] };
  const answer = await get(port, '/readyz');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual(readiness);
});

it('lets nobody post to what is only looked at', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics'])
    expect(await post(port, { body: '', path })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
});

it('exposes counts, times and figures that lie elsewhere as Prometheus reads them', async () => {
  metrics.received.add('interactive');
  metrics.received.add('interactive');
  metrics.commands.add('a "strange"\\one\n');
  metrics.sweep.observe(1.5);
  metrics.sweep.observe(2);
  metrics.gauge('outbox_rows', 'Rows that wait in the outbox.', async () => 7);
  metrics.gauge('dead_letters', 'Given up.', () => null);
  const { body, headers } = await get(port, '/metrics');
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(body.split('\n')).toEqual(
    expect.arrayContaining([
      '# TYPE carveout_received_total counter',
      'carveout_received_total{kind="interactive"} 2',
      'carveout_commands_total{outcome="a \\"strange\\"\\\\one\\n"} 1',
      '# TYPE carveout_sweep_milliseconds summary',
      'carveout_sweep_milliseconds_sum 3.5',
      'carveout_sweep_milliseconds_count 2',
      '# HELP carveout_outbox_rows Rows that wait in the outbox.',
      'carveout_outbox_rows 7',
    ]),
  );
  expect(body).not.toContain('dead_letters');
  for (const line of body.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) carveout_\w+ .+|carveout_\w+(\{\w+="([^"\\\n]|\\.)*"\})? \S+)$/);
});

it('a figure that cannot be read leaves the others readable', async () => {
  metrics.gauge('broken', 'Its source is away.', async () => {
    throw new Error('no database');
  });
  const { status, body } = await get(port, '/metrics');
  expect(status).toBe(200);
  expect(body).toContain('carveout_outbox_rows 7');
});
