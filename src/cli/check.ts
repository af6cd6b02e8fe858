import { parseArgs } from 'node:util';
import { type Config, ConfigError, readConfig, readStoreConfig } from '../config.ts';
import { checkDatabase } from './checkDatabase.ts';
import { checkPolicy } from './checkPolicy.ts';
import { checkSeal } from './checkSeal.ts';
import { checkSlack } from './checkSlack.ts';
import { checkSources } from './checkSources.ts';
import { type Command, count } from './command.ts';
import { fail, type Line, ok, type Verdict } from './verdict.ts';

const SIGN: Record<Verdict, string> = { ok: '✓ ok  ', warn: '! warn', FAIL: '✗ FAIL' };

export const check: Command = {
  usage: 'check',
  summary: 'Tries everything the bot depends on, and says what to do about what does not work.',
  async run(args, { env, out }) {
    parseArgs({ args, options: {} });
    const found = new Map<Verdict, number>();
    const say = ({ verdict, what, text }: Line) => {
      found.set(verdict, (found.get(verdict) ?? 0) + 1);
      out(`${SIGN[verdict]}  ${what}: ${text}`);
    };
    const { config, lines } = checkEnvironment(env);
    lines.forEach(say);
    const places = attempt(() => readStoreConfig(env)); // What is wrong with them is among the lines.
    const policy = places && checkPolicy(places.policyFile);
    policy?.lines.forEach(say);
    if (places) for (const line of await checkDatabase(places)) say(line);
    if (places?.seal) checkSeal(places.seal).forEach(say);
    if (policy?.document && places)
      for (const line of await checkSources(policy.document.wiring, places.policyFile, env)) say(line);
    if (config) for await (const line of checkSlack(config, policy?.document?.wiring ?? null)) say(line);
    const failed = found.get('FAIL') ?? 0;
    out(`${count(found.get('ok') ?? 0, 'thing')} ok, ${count(found.get('warn') ?? 0, 'warning')}, ${failed} failed.`);
    return failed > 0 ? 1 : 0;
  },
};

function checkEnvironment(env: Parameters<typeof readConfig>[0]): { config: Config | null; lines: Line[] } {
  try {
    const config = readConfig(env);
    const { delivery } = config.slack;
    const how = delivery.mode === 'socket' ? 'by Socket Mode' : `over HTTP, on port ${config.port}, /slack/events`;
    return { config, lines: [ok('environment', `complete; events come ${how}`)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { config: null, lines: error.message.split('\n').map((problem) => fail('environment', problem)) };
  }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
