/** Where facts about a customer are kept: how the policy names such places, what they said, and what that means. */
import Big from 'big.js';
import { z } from 'zod';
import { duration } from './duration.ts';
import { id } from './id.ts';

const label = z.string().min(1).max(75);
/** Secrets stay out of the policy, which is kept for ever: it names the variable that holds them. */
const variable = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, 'expected the name of an environment variable such as CRM_TOKEN');

const CUSTOMER = '{customer}';

/** The address for a customer. Whatever stands in the name stays one piece of the address: `/`, `?` and `#` included. */
export const fillAddress = (template: string, customer: string): string =>
  template.replaceAll(
    CUSTOMER,
    encodeURIComponent(customer.toWellFormed()).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
  );

/** Which server is asked is the policy's choice: a customer's name must not pick it, nor the policy hold a password. */
function isAddress(template: string): boolean {
  const [one, other] = ['a', 'b'].map((customer) => URL.parse(fillAddress(template, customer)));
  if (!one || !other) return false;
  const asksFor = (url: URL) => url.pathname + url.search;
  const sameServer = /^https?:$/.test(one.protocol) && one.host === other.host;
  return sameServer && asksFor(one) !== asksFor(other) && one.username + one.password === '';
}

const http = z.strictObject({
  url: z
    .string()
    .max(2000)
    .refine(
      isAddress,
      'expected an http or https address without a password, with {customer} after the host, such as https://crm.example.com/customers/{customer}',
    ),
  auth: z
    .strictObject({
      env: variable,
      header: z
        .string()
        .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'expected the name of a header such as X-Api-Key')
        .default('Authorization'),
      prefix: z
        .string()
        .regex(/^[\x20-\x7e]*$/, 'expected plain characters such as "Bearer "')
        .default('Bearer '),
    })
    .optional(),
  /** The status by which it says that it does not know the customer. */
  not_found_status: z.int().min(201).max(599).default(404),
});

const postgres = z.strictObject({
  url_env: variable,
  query: z
    .string()
    .max(10_000)
    .regex(/\$1(?!\d)/, 'expected a query that asks for the customer by $1'),
});

const csv = z.strictObject({
  /** From the folder of the policy file. */
  file: z.string().min(1).max(1000),
  /** The column that names the customer. */
  key: z.string().min(1).max(200),
  /** Spreadsheets of half of Europe write semicolons. */
  delimiter: z.enum([',', ';', '\t']).default(','),
});

export type HttpWiring = z.infer<typeof http>;
export type PostgresWiring = z.infer<typeof postgres>;
export type CsvWiring = z.infer<typeof csv>;

const KINDS = ['http', 'postgres', 'csv'] as const;

/** One entry of the policy's `wiring.sources`. */
export const sourceWiring = z
  .strictObject({
    name: label,
    /** By field: what people read, and the JSONPath (http) or the column that it comes from. */
    fields: z
      .record(id, z.strictObject({ label, path: z.string().min(1).max(500) }))
      .refine((fields) => Object.keys(fields).length > 0, 'expected at least one field'),
    /** How old what it said may be, in milliseconds, when somebody sets about deciding; left out, any age will do. */
    max_age: duration.optional(),
    http: http.optional(),
    postgres: postgres.optional(),
    csv: csv.optional(),
  })
  .refine((source) => KINDS.filter((kind) => source[kind]).length === 1, `expected exactly one of ${KINDS.join(', ')}`);
export type SourceWiring = z.infer<typeof sourceWiring>;
export type Fields = SourceWiring['fields'];

/** The policy's `rules.reconcile`: fields on which sources must agree. */
export const reconcile = z.array(
  z.strictObject({
    field: id,
    label,
    sources: z
      .array(id)
      .min(2, 'expected at least two sources')
      .refine((ids) => new Set(ids).size === ids.length, 'expected each source once'),
  }),
);
export type Reconcile = z.infer<typeof reconcile>;

const fact = z.object({ field: z.string(), label: z.string(), value: z.string() });
const said = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), facts: z.array(fact) }),
  z.object({ outcome: z.literal('not_found') }),
  z.object({ outcome: z.literal('failed'), because: z.string() }),
]);
export type Fact = z.infer<typeof fact>;
/**
 * What a source said about a customer. `not_found`: it answered, and does not know the customer. `failed`: it gave no answer
 * that can be used; `because` is for operations, and holds no secret.
 */
export type Said = z.infer<typeof said>;
export type Reading = { source: string; name: string } & Said;

/** Customers are one where their names differ only in case, width or composition. */
export const customerKey = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i;

/** Two values say the same where this is the same: 1000 is 1000.00, and Gold is gold. */
function meaning(value: string): string {
  const text = customerKey(value);
  return NUMBER.test(text) ? new Big(text.replace('+', '')).toString() : text;
}

export type Conflict = {
  field: string;
  label: string;
  values: { source: string; name: string; value: string }[];
};

/** Where sources that must agree do not. A source that says nothing on a field contradicts nobody. */
export function conflictsIn(readings: readonly Reading[], reconcile: Reconcile): Conflict[] {
  return reconcile.flatMap(({ field, label, sources }): Conflict[] => {
    const values = readings.flatMap(({ source, name, ...said }) => {
      const value = sources.includes(source) ? factsOf(said).get(field)?.value : undefined;
      return value === undefined ? [] : [{ source, name, value }];
    });
    return new Set(values.map(({ value }) => meaning(value))).size > 1 ? [{ field, label, values }] : [];
  });
}

export type Change = {
  source: string;
  name: string;
  field: string;
  label: string;
  before: string | null;
  after: string | null;
};

/**
 * What a source says now and said otherwise, or not at all, before. A source that failed either time says nothing of a
 * change; one that no longer knows the customer takes back all it said.
 */
export function changesBetween(before: readonly Reading[], after: readonly Reading[]): Change[] {
  return after.flatMap(({ source, name, ...now }) => {
    const past = before.find((reading) => reading.source === source);
    if (!past || past.outcome === 'failed' || now.outcome === 'failed') return [];
    const [old, current] = [factsOf(past), factsOf(now)];
    return [...new Map([...current, ...old]).keys()].flatMap((field): Change[] => {
      const [was, is] = [old.get(field), current.get(field)];
      if (was && is && meaning(was.value) === meaning(is.value)) return [];
      const label = (is ?? was)?.label ?? field;
      return [{ source, name, field, label, before: was?.value ?? null, after: is?.value ?? null }];
    });
  });
}

const factsOf = (said: Said): Map<string, Fact> =>
  new Map(said.outcome === 'ok' ? said.facts.map((fact) => [fact.field, fact]) : []);

/** What a source said as the text that is kept: of what is the same, the same text (keys in order, as in RFC 8785). */
export function factsText(said: Said): string {
  switch (said.outcome) {
    case 'ok':
      return JSON.stringify({
        facts: said.facts.map(({ field, label, value }) => ({ field, label, value })),
        outcome: said.outcome,
      });
    case 'not_found':
      return JSON.stringify({ outcome: said.outcome });
    case 'failed':
      return JSON.stringify({ because: said.because, outcome: said.outcome });
    default:
      return said satisfies never;
  }
}

/** The reverse of `factsText`. Throws where the text is none of its. */
export const factsFrom = (text: string): Said => said.parse(JSON.parse(text));
