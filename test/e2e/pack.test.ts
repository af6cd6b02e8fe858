import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import type { Person } from '../../src/sandbox/index.ts';
import { looksBetween } from '../../src/store/access.ts';
import { connect } from '../../src/store/connect.ts';
import { approved } from '../support/approved.ts';
import { type Office, openOffice } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';
import { unzip, writeFiles } from '../support/zip.ts';

const POLICY = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');
let office: Office;
beforeAll(async () => {
  office = await openOffice({ policy: POLICY.replace(/\n( +)admins:/, '\n$1auditors: [U0ELIF]\n$1admins:') });
});
afterAll(() => office.close());

/** What `/exception audit` answers. */
async function audit(person: Person, which: string): Promise<string> {
  const before = person.ephemerals().length;
  await person.command('/exception', `audit ${which}`);
  return waitFor(
    () => {
      const [answer] = person.ephemerals().slice(before);
      return answer && person.read(answer);
    },
    { what: `an answer to audit ${which}` },
  );
}

const filesOf = (person: Person) =>
  person.dms().flatMap(({ files = [] }) => files.flatMap((id) => office.sandbox.workspace.files.get(id) ?? []));

describe('/exception audit', () => {
  it('brings an auditor the evidence of a request, which proves itself, and puts that on the record', async () => {
    const { number } = await approved(office);
    const elif = office.as('elif');
    expect(await audit(elif, number)).toContain(`The evidence of ${number} is being put together`);
    const file = await waitFor(() => filesOf(elif)[0] ?? false, { what: 'the file', timeoutMs: 20_000 });
    expect(file.name).toBe(`${number}-evidence.zip`);
    expect(
      elif
        .dms()
        .map((message) => elif.read(message))
        .join('\n'),
    ).toContain('open report.html');
    const folder = mkdtempSync(join(tmpdir(), 'carveout-pack-'));
    writeFiles(folder, unzip(file.bytes));
    const { status, stdout } = spawnSync('node', [join(folder, 'verify.mjs')], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(status, stdout).toBe(0);
    const store = connect(office.database.url, createLogger({ level: 'silent' }), 1);
    const looks = [];
    for await (const look of looksBetween(store.db, office.sandbox.workspace.team.id, { from: null, to: null }))
      if (look.what === 'pack') looks.push(look);
    await store.close();
    expect(looks).toMatchObject([{ by: elif.user.id, requests: [Number(number.slice(3))] }]);
    expect(filesOf(elif)).toHaveLength(1);
  });

  it('has nothing for others, and for those who may not see the request it is not there', async () => {
    const { number } = await approved(office);
    expect(await audit(office.as('nina'), number)).toMatch(/^Evidence packs go to @compliance and .* only/);
    const lena = office.as('lena');
    expect(await audit(lena, number)).toBe((await audit(lena, 'EX-99999')).replace('EX-99999', number));
    expect(await audit(office.as('cara'), 'it')).toContain('Write its number after it');
    expect(filesOf(office.as('nina'))).toEqual([]);
  });
});
