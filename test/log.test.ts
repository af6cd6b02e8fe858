import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLogger, type Log, type LogLevel } from '../src/log.ts';

function written(act: (log: Log) => void, level: LogLevel = 'info', secrets: string[] = []): string[] {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  act(createLogger({ level, destination, secrets }));
  return lines;
}

it('writes one JSON object a line, with ISO time, the level by name, and the fields given', () => {
  const lines = written((log) => log.child({ request: 'EX-12' }).info({ ms: 3 }, 'decided'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/\n$/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    request: 'EX-12',
    ms: 3,
    msg: 'decided',
  });
});

it('leaves out what is below its level', () => {
  expect(written((log) => log.info('unheard'), 'warn')).toEqual([]);
});

it.each<[string, (log: Log) => void]>([
  ['a token in the message', (log) => log.info('using xoxb-123-456-hush')],
  ['an app token in a field', (log) => log.info({ token: 'xapp-1-A1-2-hush' })],
  ['a rotated token', (log) => log.info('xoxe.xoxp-1-hush')],
  [
    'a token in an error, its stack and its cause',
    (log) => log.error(new Error('failed with xoxb-1-hush', { cause: new Error('xoxb-1-hush') })),
  ],
  ['an authorization header deep inside', (log) => log.info({ request: { headers: { authorization: 'hush' } } })],
  ['a header in a list', (log) => log.info({ rawHeaders: ['Authorization', 'Bearer hush-hush-hush-hush'] })],
  ['a signature', (log) => log.info({ headers: { 'X-Slack-Signature': 'v0=hush' } })],
  [
    'a verification token in a body kept as text',
    (log) => log.info({ body: JSON.stringify({ token: 'hush', team_id: 'T1' }) }),
  ],
  ['a value with quotes in it', (log) => log.info({ password: 'a"hush' })],
  ['a response URL, which lets anyone answer', (log) => log.info('https://hooks.slack.com/actions/T1/1/hush')],
  ['the password in a database URL', (log) => log.error('cannot connect to postgresql://carveout:hush@db/carveout')],
])('hides %s', (_what, act) => {
  const [line = ''] = written(act);
  expect(line).not.toContain('hush');
  expect(() => JSON.parse(line)).not.toThrow();
});

it('hides the values it is told to, also where JSON escapes them', () => {
  const [line = ''] = written((log) => log.info({ note: 'with hush"1 in it' }), 'info', ['hush"1']);
  expect(JSON.parse(line)).toMatchObject({ note: 'with [hidden] in it' });
});

it('leaves ordinary words alone', () => {
  const [line = ''] = written((log) =>
    log.info('Basic information: the bearer of EX-12 asked at https://example.com:8080/x'),
  );
  expect(JSON.parse(line).msg).toBe('Basic information: the bearer of EX-12 asked at https://example.com:8080/x');
});

it('says why a connection was lost, without the whole client that pg hangs on to the error', () => {
  const lost = Object.assign(new Error('Connection terminated'), { code: '57P01', client: { secretKey: 4711 } });
  const [line = ''] = written((log) => log.warn({ err: lost }, 'an idle database connection was lost'));
  expect(JSON.parse(line).err).toMatchObject({ message: 'Connection terminated', code: '57P01' });
  expect(line).not.toContain('4711');
});
