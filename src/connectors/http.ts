import { type Fields, fillAddress, type HttpWiring } from '../core/sources.ts';
import { compilePaths, factsInJson } from './jsonPath.ts';
import { codeOf, type Reader, SourceFailure, type Surroundings, variable } from './reader.ts';

const LARGEST_ANSWER = 1_048_576;
const MOST_REDIRECTS = 3;

/** A source that answers with JSON over HTTP. */
export const httpReader = (http: HttpWiring, fields: Fields): Reader => ({
  async read(customer, surroundings) {
    const response = await get(addressOf(http.url, customer), http, surroundings);
    if (response.status === http.not_found_status) {
      await response.body?.cancel();
      return null;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(response.status, http);
    }
    return factsInJson(await bodyOf(response), fields);
  },
  async check({ env }) {
    headersOf(http, env);
    compilePaths(fields);
  },
});

/** A URL takes `..` for the folder above, however it is encoded: such a name would ask for something else. */
function addressOf(template: string, customer: string): URL {
  const STAND_IN = 'customer-name';
  const encoded = fillAddress('{customer}', customer);
  const expected = new URL(fillAddress(template, STAND_IN)).href.replaceAll(STAND_IN, encoded);
  const url = new URL(fillAddress(template, customer));
  if (url.href !== expected)
    throw new SourceFailure(
      "The customer's name cannot be asked for in an address",
      'correct the name in the request, or look the customer up by hand',
    );
  return url;
}

function headersOf({ auth }: HttpWiring, env: NodeJS.ProcessEnv): Record<string, string> {
  const common = { accept: 'application/json', 'user-agent': 'carveout' };
  if (!auth) return common;
  const secret = variable(env, auth.env);
  if (!/^[\x20-\x7e]+$/.test(secret))
    throw new SourceFailure(
      `The environment variable ${auth.env} holds characters that no header can carry`,
      'set it anew',
    );
  return { ...common, [auth.header]: auth.prefix + secret };
}

/** Follows redirects on the same server only: elsewhere the secret would go to whoever the answer names. */
async function get(address: URL, http: HttpWiring, surroundings: Surroundings): Promise<Response> {
  const headers = headersOf(http, surroundings.env);
  let url = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const response = await once(url, headers, surroundings);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || response.status === http.not_found_status || !location)
      return response;
    await response.body?.cancel();
    url = redirected(url, location);
  }
  throw new SourceFailure(
    `${address.host} redirects again and again`,
    'put the address that answers at once into the policy',
  );
}

function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from.href);
  if (to?.host === from.host && (to.protocol === from.protocol || to.protocol === 'https:')) return to;
  throw new SourceFailure(
    `${from.host} redirects to ${to?.protocol === 'http:' ? 'http://' : ''}${to?.host || 'nowhere'}, which is not followed`,
    'put the address that answers at once into the policy',
  );
}

async function once(url: URL, headers: Record<string, string>, { fetch, signal }: Surroundings): Promise<Response> {
  try {
    return await fetch(url, { headers, signal, redirect: 'manual' });
  } catch (error) {
    throw unreachable(url, error);
  }
}

function unreachable(url: URL, error: unknown): SourceFailure {
  return new SourceFailure(
    `${url.host} cannot be reached (${codeOf(error) ?? 'no connection'})`,
    'see whether it is up, and whether it can be reached from where the bot runs',
  );
}

function refusal(status: number, { auth }: HttpWiring): SourceFailure {
  const said = `It answered with status ${status}`;
  if (status === 401 || status === 403)
    return new SourceFailure(
      said,
      auth
        ? `see whether the secret in ${auth.env} is still valid and may read`
        : 'give it a secret by `auth` in the policy',
    );
  return new SourceFailure(
    said,
    status >= 500 ? 'see what its operators say' : 'see whether the address in the policy is right',
  );
}

async function bodyOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  // Leaving the loop early ends the transfer.
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > LARGEST_ANSWER)
      throw new SourceFailure('Its answer is larger than 1 MB', 'ask for less by the address in the policy');
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
