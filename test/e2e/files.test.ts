import { createHash } from 'node:crypto';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, fillForm, numberOn, type Office, openOffice, toldPrivately } from '../support/office.ts';
import { waitFor } from '../support/wait.ts';

const PDF = Buffer.from('%PDF-1.7 the contract, all of it');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let office: Office;
let pool: Pool;
beforeAll(async () => {
  office = await openOffice();
  pool = new Pool({ connectionString: office.database.url });
});
afterAll(async () => {
  await pool.end();
  await office.close();
});

type Kept = { name: string; size: number; mediaType: string; sha256: string };
/** What the record says was kept of this request's files. */
async function kept(number: string): Promise<Kept[]> {
  const { rows } = await pool.query(
    `select data from events where stream = $1 and type = 'evidence_kept' order by seq`,
    [`request/${number.slice(3)}`],
  );
  return rows.map(({ data }) => data as Kept);
}
const bytesOf = async (hash: string): Promise<Buffer | undefined> =>
  (await pool.query('select bytes from blobs where sha256 = $1', [hash])).rows[0]?.bytes;

describe('a file', () => {
  it('given with the form is kept with name, size, type and the hash of its bytes', async () => {
    const nina = office.as('nina');
    const form = await fillForm(nina, { Customer: 'With a contract' });
    await form.attach('Files', 'contract.pdf', PDF);
    expect(await form.submit()).toMatchObject({ closed: true });
    const number = /EX-\d+/.exec(await toldPrivately(nina, /Your request EX-\d+ is on its way/))?.[0] ?? '';
    const [file] = await waitFor(
      async () => {
        const files = await kept(number);
        return files.length > 0 && files;
      },
      { what: 'the file to be kept', timeoutMs: 10_000 },
    );
    const facts = { name: 'contract.pdf', size: PDF.length, mediaType: 'application/pdf', sha256: sha256(PDF) };
    expect(file).toMatchObject(facts);
    expect((await bytesOf(sha256(PDF)))?.equals(PDF)).toBe(true);
  });

  it('in a reply is evidence as well; the same bytes are kept once', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    const files = [
      { name: 'again.pdf', bytes: PDF },
      { name: 'note.txt', bytes: Buffer.from('14 days') },
    ];
    office.as('nina').reply('both', { to: card, files });
    await waitFor(async () => (await kept(number)).length === 2, { what: 'both files to be kept', timeoutMs: 10_000 });
    expect((await kept(number)).map(({ name }) => name).sort()).toEqual(['again.pdf', 'note.txt']);
    const { rows } = await pool.query('select count(*)::int as count from blobs where sha256 = $1', [sha256(PDF)]);
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('that is too large is not tried for ever: the owner and operations are told what to do', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    const film = { name: 'film.mov', bytes: Buffer.alloc(20 * 1024 * 1024 + 1) };
    office.as('nina').reply('see for yourself', { to: card, files: [film] });
    for (const who of ['nina', 'olga']) {
      const told = await toldPrivately(office.as(who), `A file of ${number} could not be kept.`);
      expect(told).toContain('film.mov: larger than the 20 MB that are kept.');
      expect(told).toContain('Reply in the thread of the card');
    }
    expect(await kept(number)).toEqual([]);
  });

  it('that is deleted at once is lost, and said to be', async () => {
    const card = await ask(office, office.as('nina'));
    const number = numberOn(office, card);
    const reply = office.as('nina').reply('oops', { to: card, files: [{ name: 'wrong.pdf', bytes: PDF }] });
    office.as('nina').delete(reply);
    const told = await toldPrivately(office.as('nina'), `A file of ${number} could not be kept.`);
    expect(told).toContain('wrong.pdf: Slack does not give it out.');
    expect(await kept(number)).toEqual([]);
    await waitFor(
      async () => {
        const { rows } = await pool.query(
          `select c.bytes from events e join contents c on position(c.id in e.data::text) > 0
           where e.stream = $1 and e.type = 'remark_made'`,
          [`request/${number.slice(3)}`],
        );
        return rows.length > 0 && rows.every(({ bytes }) => bytes === null);
      },
      { what: 'the words to be taken away, whichever Slack told first' },
    );
  });
});
