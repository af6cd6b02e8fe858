import { expect, it } from 'vitest';
import { shell } from '../support/shell.ts';

it('a reader that has read enough is no error', async () => {
  const command = shell('npx node src/cli.ts help | true');
  expect([await command.ended, command.output()]).toEqual([0, '']);
});
