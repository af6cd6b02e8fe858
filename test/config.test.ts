import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_APP_TOKEN: 'xapp-1-A1-2-abc' };
const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_SIGNING_SECRET: '8f742231b10e8888' };

function complaint(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the environment was accepted');
}

describe('the environment', () => {
  it('needs two tokens only; everything else has its default', () => {
    expect(readConfig(SOCKET)).toEqual({
      slack: {
        botToken: 'xoxb-1-2-abc',
        apiUrl: 'https://slack.com/api/',
        delivery: { mode: 'socket', appToken: 'xapp-1-A1-2-abc' },
      },
      port: 3000,
      databaseUrl: undefined,
      dataDir: './data',
      policyFile: './policy.yaml',
      logLevel: 'info',
      seal: {},
    });
  });

  it('takes a signing secret for HTTP, and prefers Socket Mode when both are given', () => {
    expect(readConfig(HTTP).slack.delivery).toEqual({ mode: 'http', signingSecret: '8f742231b10e8888' });
    expect(readConfig({ ...HTTP, ...SOCKET }).slack.delivery.mode).toBe('socket');
  });

  it('reads every variable', () => {
    const config = readConfig({
      ...SOCKET,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      PORT: '0',
      DATABASE_URL: 'postgres://carveout@/postgres?host=%2Ftmp%2Fx&port=5432',
      CARVEOUT_DATA: '/var/lib/carveout',
      CARVEOUT_POLICY: '/etc/carveout/policy.yaml',
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      port: 0,
      databaseUrl: 'postgres://carveout@/postgres?host=%2Ftmp%2Fx&port=5432',
      dataDir: '/var/lib/carveout',
      policyFile: '/etc/carveout/policy.yaml',
      logLevel: 'debug',
    });
  });

  it('adds the trailing slash that an address of the Web API lacks', () => {
    const address = (url: string) => readConfig({ ...SOCKET, SLACK_API_URL: url }).slack.apiUrl;
    expect(address('http://127.0.0.1:4000/api')).toBe('http://127.0.0.1:4000/api/');
    expect(address('http://127.0.0.1:4000/api/')).toBe('http://127.0.0.1:4000/api/');
  });

  it('takes a secret from a file that ends with a line break', () => {
    expect(readConfig({ ...SOCKET, SLACK_BOT_TOKEN: 'xoxb-1-2-abc\n' }).slack.botToken).toBe('xoxb-1-2-abc');
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xapp-1-A1'],
    ['SLACK_APP_TOKEN', 'xoxb-1-2-abc'],
    ['SLACK_API_URL', 'slack.com/api'],
    ['SLACK_API_URL', 'ftp://slack.com/api/'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://db/carveout'],
    ['LOG_LEVEL', 'loud'],
  ])('stops at a malformed %s (%s) with one line: the name, what it is for, an example', (name, value) => {
    expect(complaint({ ...SOCKET, [name]: value })).toMatch(
      new RegExp(`^${name} must .+: it is .+, for example ${name}=\\S+$`),
    );
  });

  it.each([undefined, '', '  '])('stops without a bot token (%j)', (value) => {
    const env = { ...SOCKET, ...(value === undefined ? {} : { SLACK_BOT_TOKEN: value }) };
    if (value === undefined) Reflect.deleteProperty(env, 'SLACK_BOT_TOKEN');
    expect(complaint(env)).toBe(
      'SLACK_BOT_TOKEN is missing: it is the token with which the bot calls Slack, for example SLACK_BOT_TOKEN=xoxb-1111-2222-abcdef',
    );
  });

  it('refuses an empty signing secret, with which anybody could sign', () => {
    const line = complaint({ SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_SIGNING_SECRET: '' });
    expect(line).toMatch(
      /^SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: .*xapp-.* or .*SLACK_SIGNING_SECRET=\S+$/,
    );
  });

  it('names each wrong variable in a line of its own', () => {
    const lines = complaint({ SLACK_BOT_TOKEN: 'x', PORT: 'x' }).split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['SLACK_BOT_TOKEN', 'PORT', 'SLACK_APP_TOKEN']);
  });

  it('shows a wrong value, but never that of a secret', () => {
    expect(complaint({ ...SOCKET, LOG_LEVEL: 'loud' })).toContain('not "loud"');
    const secrets = { SLACK_BOT_TOKEN: 'hush-1', SLACK_APP_TOKEN: 'hush-2', DATABASE_URL: 'mysql://u:hush-3@db/x' };
    expect(complaint({ ...secrets, SLACK_SIGNING_SECRET: 'hush 4' })).not.toContain('hush');
  });
});
