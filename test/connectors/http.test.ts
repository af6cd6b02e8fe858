import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readSources } from '../../src/connectors/index.ts';
import { type SourceWiring, sourceWiring } from '../../src/core/sources.ts';
import { waitFor } from '../support/wait.ts';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** A server on a port of its own. @returns its address, without a slash at the end */
async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const FIELDS = {
  tier: { label: 'Tier', path: '$.tier' },
  contracts: { label: 'Contracts', path: '$.contracts[*].id' },
};
const crm = (url: string, over: object = {}, fields: object = FIELDS): SourceWiring =>
  sourceWiring.parse({ name: 'CRM', fields, http: { url, ...over } });

type Asked = { customer?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number };
async function read(source: SourceWiring, { customer = 'Acme', env = {}, timeoutMs = 5000 }: Asked = {}) {
  const [reading] = await readSources({ crm: source }, ['crm'], { customer }, { env, baseDir: '/', timeoutMs });
  return reading;
}
const json =
  (body: unknown): Answer =>
  (_, res) =>
    void res.end(typeof body === 'string' ? body : JSON.stringify(body));
/** What one field at `path` says where the whole answer is `body`. */
async function valueAt(path: string, body: unknown) {
  const url = `${await serve(json(body))}/{customer}`;
  const reading = await read(crm(url, {}, { it: { label: 'It', path }, all: { label: 'All', path: '$' } }));
  return reading?.outcome === 'ok' ? reading.facts.find(({ field }) => field === 'it')?.value : reading;
}

describe('a source over HTTP', () => {
  it('is asked for the customer with the secret, and gives the facts that the policy names, in its order', async () => {
    const seen: unknown[] = [];
    const origin = await serve((req, res) => {
      seen.push(req.method, req.url, req.headers['x-api-key'], req.headers.accept);
      json({ contracts: [{ id: 'C-1' }, { id: 'C-2' }], tier: 'Gold', secret: 'no field of the policy' })(req, res);
    });
    const auth = { env: 'CRM_TOKEN', header: 'X-Api-Key', prefix: 'Key ' };
    const source = crm(`${origin}/v1/customers/{customer}?of={customer}`, { auth });
    const env = { CRM_TOKEN: 'abc\n' };
    expect(await read(source, { customer: " Müller & Söhne/O'Neil? #1 ", env })).toEqual({
      source: 'crm',
      name: 'CRM',
      outcome: 'ok',
      facts: [
        { field: 'tier', label: 'Tier', value: 'Gold' },
        { field: 'contracts', label: 'Contracts', value: 'C-1, C-2' },
      ],
    });
    const name = 'M%C3%BCller%20%26%20S%C3%B6hne%2FO%27Neil%3F%20%231';
    expect(seen).toEqual(['GET', `/v1/customers/${name}?of=${name}`, 'Key abc', 'application/json']);
  });

  it.each(['.', '..'])('is not asked for a customer called %j, which would be another address', async (customer) => {
    let asked = 0;
    const url = await serve((_, res) => {
      asked++;
      res.end('{"tier":"Gold"}');
    });
    const reading = await read(crm(`${url}/customers/{customer}`), { customer });
    expect(reading).toMatchObject({
      outcome: 'failed',
      because: expect.stringContaining('cannot be asked for in an address'),
    });
    expect(asked).toBe(0);
  });

  it.each([
    ['', 404, {}],
    [' of its own', 410, { not_found_status: 410 }],
    [' without a body', 204, { not_found_status: 204 }],
  ])('does not know the customer by a status%s', async (_, status, over) => {
    const origin = await serve((_, res) => void res.writeHead(status).end());
    expect(await read(crm(`${origin}/{customer}`, over))).toEqual({ source: 'crm', name: 'CRM', outcome: 'not_found' });
  });

  it.each(['[]', '{}', 'null'])('does not know the customer by an answer that holds nothing: %s', async (body) => {
    const origin = await serve(json(body));
    expect(await read(crm(`${origin}/{customer}`))).toMatchObject({ outcome: 'not_found' });
  });
});

describe('a value', () => {
  it.each([
    ['of a number', { a: 12.5 }, '12.5'],
    ['of a number beyond what JavaScript counts', '{"a":12345678901234567891}', '12345678901234567891'],
    ['of yes or no', { a: false }, 'false'],
    ['of a list', { a: ['x', 1, null, true] }, 'x, 1, true'],
    ['of an object', { a: { street: 'Main 1', city: 'Ulm', note: null } }, 'Main 1, Ulm'],
    ['of several lines', { a: 'one\r\n two\u0000three\t' }, 'one two three'],
    ['with half a character', '{"a":"x\\ud800y"}', 'x\ufffdy'],
    ['too long to compare', { a: '😀'.repeat(301) }, `${'😀'.repeat(299)}…`],
    ['just short enough', { a: '😀'.repeat(300) }, '😀'.repeat(300)],
  ])('%s is a short text', async (_, body, value) => expect(await valueAt('$.a', body)).toBe(value));

  it.each([
    ['null', { a: null, b: 1 }],
    ['an empty text', { a: '  ', b: 1 }],
    ['an empty list', { a: [], b: 1 }],
    ['missing', { b: 1 }],
  ])('is left out where it is %s', async (_, body) => expect(await valueAt('$.a', body)).toBeUndefined());

  it('is said once where several places agree', async () =>
    expect(await valueAt('$.c[*].tier', { c: [{ tier: 'Gold' }, { tier: 'Gold' }] })).toBe('Gold'));
});

describe('a source over HTTP that fails says why, and what to do', () => {
  it.each([
    [500, 'It answered with status 500: see what its operators say.'],
    [429, 'It answered with status 429: see whether the address in the policy is right.'],
    [401, 'It answered with status 401: see whether the secret in CRM_TOKEN is still valid and may read.'],
    [403, 'It answered with status 403: see whether the secret in CRM_TOKEN is still valid and may read.'],
  ])('at status %d', async (status, because) => {
    const origin = await serve((_, res) => void res.writeHead(status).end('{"tier":"Gold"}'));
    const source = crm(`${origin}/{customer}`, { auth: { env: 'CRM_TOKEN' } });
    expect(await read(source, { env: { CRM_TOKEN: 'wrong' } })).toEqual({
      source: 'crm',
      name: 'CRM',
      outcome: 'failed',
      because,
    });
  });

  it.each([
    ['no JSON', '{"tier":', 'Its answer is not JSON'],
    ['a web page', '<html>Please sign in</html>', 'Its answer is not JSON'],
    ['none of the fields', '{"data":{"tier":"Gold"}}', 'Its answer has none of the configured fields'],
    ['a bottomless answer', `${'['.repeat(300_000)}${']'.repeat(300_000)}`, 'Its answer is nested too deeply'],
  ])('at %s', async (_, body, because) => {
    const origin = await serve(json(body));
    expect(await read(crm(`${origin}/{customer}`))).toMatchObject({
      outcome: 'failed',
      because: expect.stringContaining(because),
    });
  });

  it('at an answer without end, which is not read to the end', async () => {
    let [sent, gone] = [0, false];
    const origin = await serve((_, res) => {
      const more = () => {
        while (!gone && res.write('x'.repeat(65_536))) sent += 65_536;
      };
      res.on('drain', more);
      res.on('close', () => {
        gone = true;
      });
      more();
    });
    expect(await read(crm(`${origin}/{customer}`))).toMatchObject({
      because: expect.stringContaining('larger than 1 MB'),
    });
    await waitFor(() => gone, { what: 'the connection to be closed' });
    expect(sent).toBeLessThan(64_000_000);
  });

  it.each([
    ['before it answers', false],
    ['in the middle of its answer', true],
  ])('when it is slow %s, and hangs up on it', async (_, begins) => {
    let [asked, gone] = [false, false];
    const origin = await serve((_, res) => {
      asked = true;
      res.on('close', () => {
        gone = true;
      });
      if (begins) res.write('{"tier":');
    });
    const started = performance.now();
    expect(await read(crm(`${origin}/{customer}`), { timeoutMs: 300 })).toMatchObject({
      outcome: 'failed',
      because: expect.stringContaining('It did not answer within 0.3 seconds'),
    });
    expect(performance.now() - started).toBeLessThan(3000);
    expect(asked).toBe(true);
    await waitFor(() => gone, { what: 'the connection to be closed' });
  });

  it('where nobody listens', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await read(crm(`http://127.0.0.1:${port}/{customer}`))).toMatchObject({
      outcome: 'failed',
      because: `127.0.0.1:${port} cannot be reached (ECONNREFUSED): see whether it is up, and whether it can be reached from where the bot runs.`,
    });
  });

  it('where its secret is not set, or holds what no header can carry; without the secret', async () => {
    const source = crm(`${await serve(json({ tier: 'Gold' }))}/{customer}`, { auth: { env: 'CRM_TOKEN' } });
    for (const env of [{}, { CRM_TOKEN: ' ' }])
      expect(await read(source, { env })).toMatchObject({
        because: 'The environment variable CRM_TOKEN is not set: set it where the bot runs, and start the bot again.',
      });
    const reading = await read(source, { env: { CRM_TOKEN: 'sesame\nopen' } });
    expect(reading).toMatchObject({ because: expect.stringContaining('CRM_TOKEN holds characters') });
    expect(JSON.stringify(reading)).not.toContain('sesame');
  });

  it('where a path is none', async () => {
    const url = `${await serve(json({ tier: 'Gold' }))}/{customer}`;
    expect(await read(crm(url, {}, { tier: { label: 'Tier', path: 'tier' } }))).toMatchObject({
      because: expect.stringMatching(/^The path of the field tier is no JSONPath .*write it as RFC 9535 has it/),
    });
  });
});

describe('a redirect', () => {
  const redirect =
    (to: string): Answer =>
    (_, res) =>
      void res.writeHead(302, { location: to }).end();

  it('on the same server is followed, with the secret', async () => {
    const origin = await serve((req, res) => {
      if (req.url === '/old/Acme') return redirect('/new/Acme')(req, res);
      json({ tier: `${req.url} ${req.headers.authorization}` })(req, res);
    });
    const source = crm(`${origin}/old/{customer}`, { auth: { env: 'CRM_TOKEN' } });
    expect(await read(source, { env: { CRM_TOKEN: 'abc' } })).toMatchObject({
      facts: [{ value: '/new/Acme Bearer abc' }],
    });
  });

  it('to another server is not followed: the secret never gets there', async () => {
    let asked = 0;
    const elsewhere = await serve((_, res) => {
      asked++;
      res.end('{"tier":"Gold"}');
    });
    const origin = await serve(redirect(`${elsewhere}/customers/Acme`));
    const reading = await read(crm(`${origin}/{customer}`));
    expect(reading).toMatchObject({ outcome: 'failed', because: expect.stringContaining('which is not followed') });
    expect(reading).toMatchObject({ because: expect.stringContaining(elsewhere) });
    expect(asked).toBe(0);
  });

  it('in a circle ends', async () => {
    let asked = 0;
    const origin = await serve((req, res) => {
      asked++;
      redirect('/again')(req, res);
    });
    expect(await read(crm(`${origin}/{customer}`))).toMatchObject({
      because: expect.stringContaining('redirects again and again'),
    });
    expect(asked).toBe(4);
  });
});
