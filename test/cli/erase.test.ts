import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { runCli, runCliProcess } from '../support/cli.ts';
import { withdraw } from '../support/given.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let number: number;
beforeAll(async () => {
  world = await createWorld();
  number = await world.submit('ada', { customer: toWords('Jane Roe'), impact: toWords('She is poor.') });
  await world.order('ada', withdraw(), { number });
});
afterAll(() => world.close());

/** As whoever runs the bot. */
const erase = (...args: string[]) => runCli(...typed(...args));
const typed = (...args: string[]): Parameters<typeof runCli> => [
  ['audit', 'erase', `EX-${number}`, ...args],
  { DATABASE_URL: world.botUrl },
];
const asked = ['--why', 'She asked for it.', '--by', 'U0CLEO'];
const saysOf = async () => {
  const { customer, impact } = await world.read(number);
  return [customer?.text ?? null, impact.text];
};

describe('audit erase', () => {
  it('says what would go and changes nothing, unless --yes is said', async () => {
    const { code, out, err } = await erase('--what', 'customer,files', ...asked);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`erased from the record of EX-${number}, and could not be brought back`);
    expect(out).toContain("customer: the customer's name (1 text)");
    expect(out).toContain('files: the copies of its files (nothing)');
    expect(await saysOf()).toEqual(['Jane Roe', 'She is poor.']);
  });

  it.each([
    [['--what', 'customer', '--by', 'U0CLEO'], 2, '--why'],
    [['--why', 'She asked.'], 2, '--by'],
    [['--what', 'name', ...asked], 2, '--what name is no part of a record: name some of customer,words'],
    [['--why', 'She asked.', '--by', 'U0ADA', '--yes'], 1, 'Only the compliance team can do this'],
    [['--why', 'She asked.', '--by', 'U0NOBODY', '--yes'], 1, 'Only the compliance team can do this'],
  ])('is refused with the remedy: %j', async (args, expected, why) => {
    const { code, err } = await erase(...args);
    expect([code, err]).toEqual([expected, expect.stringMatching(why)]);
    expect(await saysOf()).toEqual(['Jane Roe', 'She is poor.']);
  });

  it('asks for a running bot where nobody knows lately who is who', async () => {
    await world.store.db.updateTable('people').set({ fetched_at: '2020-01-01T00:00:00Z' }).execute();
    const { code, err } = await erase(...asked, '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('Start the bot, which asks, and try again')]);
    await world.store.db.updateTable('people').set({ fetched_at: new Date().toISOString() }).execute();
  });

  it('erases what was named with --yes, in the name of whoever answers for it', async () => {
    const { code, out } = await runCliProcess(...typed('--what', 'customer', '--yes', ...asked));
    expect([code, out]).toEqual([
      0,
      expect.stringContaining(`Erased from the record of EX-${number}: the customer's name.`),
    ]);
    expect(await saysOf()).toEqual([null, 'She is poor.']);
    expect((await world.read(number)).erasures).toMatchObject([{ by: 'U0CLEO', words: { text: 'She asked for it.' } }]);
    const again = await erase('--what', 'customer', '--yes', ...asked);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('There is nothing of this')]);
  });

  it('leaves a record that the audit finds nothing wrong with', async () => {
    await erase('--yes', ...asked);
    expect(await saysOf()).toEqual([null, null]);
    const { code, out } = await runCli(['audit', 'verify'], { DATABASE_URL: world.botUrl });
    expect([code, out]).toEqual([0, expect.stringContaining('nothing changed or missing')]);
  });
});
