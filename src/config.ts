import { z } from 'zod';
import { LOG_LEVELS, type LogLevel } from './log.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export type Config = StoreConfig & {
  slack: { botToken: string; apiUrl: string; delivery: Delivery };
  /** TCP port of the HTTP side; 0 takes any free one. */
  port: number;
};

export type StoreConfig = {
  /** undefined: the embedded Postgres under `dataDir`. */
  databaseUrl: string | undefined;
  /** Who makes and changes the tables; undefined: whoever runs the bot. */
  databaseAdminUrl?: string | undefined;
  dataDir: string;
  policyFile: string;
  logLevel: LogLevel;
  seal?: SealConfig;
};

/** Each undefined where it was not configured. */
export type SealConfig = {
  /** PEM file of the Ed25519 key with which checkpoints are signed. */
  keyFile: string | undefined;
  /** Checkpoints are appended to this file. */
  file: string | undefined;
  /** Checkpoints are posted to this address. */
  webhook: string | undefined;
};

/** How Slack's events and clicks arrive. */
type Delivery = { mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string };

/** Some environment variables are missing or wrong. The message has one complete line for each of them. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Variable = {
  purpose: string;
  example: string;
  /** The value gives access to something and never appears in a message. */
  secret?: true;
};

const VARIABLES = {
  SLACK_BOT_TOKEN: {
    purpose: 'the token with which the bot calls Slack',
    example: 'xoxb-1111-2222-abcdef',
    secret: true,
  },
  SLACK_APP_TOKEN: {
    purpose: 'the token that opens a Socket Mode connection to Slack',
    example: 'xapp-1-A111-222-abcdef',
    secret: true,
  },
  SLACK_SIGNING_SECRET: {
    purpose: 'the secret that proves that an HTTP request comes from Slack',
    example: '8f742231b10e8888abcd99yyyzzz85a5',
    secret: true,
  },
  SLACK_API_URL: { purpose: "the address of Slack's Web API", example: 'https://slack.com/api/' },
  PORT: { purpose: 'the TCP port of the HTTP side', example: '3000' },
  DATABASE_URL: {
    purpose: 'the Postgres server to use instead of the embedded one',
    example: 'postgresql://carveout:password@db.example.com:5432/carveout',
    secret: true,
  },
  DATABASE_ADMIN_URL: {
    purpose:
      'the same server with a user who may create tables, so that DATABASE_URL may be one who cannot change the record',
    example: 'postgresql://carveout_admin:password@db.example.com:5432/carveout',
    secret: true,
  },
  CARVEOUT_SEAL_KEY: {
    purpose: 'the PEM file with the Ed25519 private key that signs checkpoints of the record',
    example: './seal.pem',
  },
  CARVEOUT_SEAL_FILE: {
    purpose: 'the file to which checkpoints of the record are appended',
    example: '/mnt/worm/carveout-checkpoints.txt',
  },
  CARVEOUT_SEAL_WEBHOOK: {
    purpose: 'the address to which checkpoints of the record are posted',
    example: 'https://audit.example.com/checkpoints',
    secret: true,
  },
  CARVEOUT_DATA: { purpose: 'the folder of the embedded Postgres', example: './data' },
  CARVEOUT_POLICY: { purpose: 'the policy file', example: './policy.yaml' },
  LOG_LEVEL: { purpose: 'how much is logged', example: 'info' },
} satisfies Record<string, Variable>;

type Name = keyof typeof VARIABLES;

const Environment = z.object({
  SLACK_BOT_TOKEN: z.string('is missing').regex(/^xoxb-[\w-]+$/, 'must be a token that begins with xoxb-'),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-[\w-]+$/, 'must be a token that begins with xapp-')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().regex(/^\S+$/, 'must not contain blanks').optional(),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .default('https://slack.com/api/'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .default('3000')
    .transform(Number)
    .refine((port) => port <= 65535, 'must be a number from 0 to 65535'),
  // A Unix socket's address has no host, which is no URL to the rest of the world: Postgres's own parser judges the rest.
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must begin with postgresql:// or postgres://')
    .optional(),
  DATABASE_ADMIN_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must begin with postgresql:// or postgres://')
    .optional(),
  CARVEOUT_SEAL_KEY: z.string().optional(),
  CARVEOUT_SEAL_FILE: z.string().optional(),
  CARVEOUT_SEAL_WEBHOOK: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  CARVEOUT_DATA: z.string().default('./data'),
  CARVEOUT_POLICY: z.string().default('./policy.yaml'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** What commands need that only read the record. */
const StoreEnvironment = Environment.omit({
  SLACK_BOT_TOKEN: true,
  SLACK_APP_TOKEN: true,
  SLACK_SIGNING_SECRET: true,
  SLACK_API_URL: true,
  PORT: true,
});

/**
 * Reads the environment. With both SLACK_APP_TOKEN and SLACK_SIGNING_SECRET, events come by Socket Mode. A variable set to
 * nothing counts as absent. Throws ConfigError.
 */
export function readConfig(env: Env): Config {
  const given = presentValues(env);
  const delivery = chooseDelivery(given);
  const parsed = Environment.safeParse(given);
  const lonely = lonelyAdmin(given);
  if (!parsed.success || delivery === undefined || lonely.length > 0) {
    const problems = [...problemsIn(parsed.error, given), ...lonely];
    throw new ConfigError([...problems, ...(delivery === undefined ? [NO_DELIVERY] : [])].join('\n'));
  }
  const values = parsed.data;
  return {
    slack: { botToken: values.SLACK_BOT_TOKEN, apiUrl: values.SLACK_API_URL.replace(/\/*$/, '/'), delivery },
    port: values.PORT,
    ...storeConfig(values),
  };
}

/** What suffices for commands that only read the record: where it is. Throws ConfigError. */
export function readStoreConfig(env: Env): StoreConfig {
  const given = presentValues(env);
  const parsed = StoreEnvironment.safeParse(given);
  const lonely = lonelyAdmin(given);
  if (!parsed.success || lonely.length > 0)
    throw new ConfigError([...problemsIn(parsed.error, given), ...lonely].join('\n'));
  return storeConfig(parsed.data);
}

type StoreValues = z.infer<typeof StoreEnvironment>;
const storeConfig = (values: StoreValues): StoreConfig => ({
  databaseUrl: values.DATABASE_URL,
  databaseAdminUrl: values.DATABASE_ADMIN_URL,
  dataDir: values.CARVEOUT_DATA,
  policyFile: values.CARVEOUT_POLICY,
  logLevel: values.LOG_LEVEL,
  seal: { keyFile: values.CARVEOUT_SEAL_KEY, file: values.CARVEOUT_SEAL_FILE, webhook: values.CARVEOUT_SEAL_WEBHOOK },
});

const problemsIn = (error: z.ZodError | undefined, given: Given): string[] =>
  (error?.issues ?? []).map((issue) => describe(issue.path[0] as Name, issue.message, given));

type Given = Partial<Record<Name, string>>;

// Secrets read from files often end with a line break, and compose files pass "VAR=" for what is not set.
function presentValues(env: Env): Given {
  const names = Object.keys(VARIABLES) as Name[];
  const trimmed = names.map((name) => [name, env[name]?.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== undefined && value !== ''));
}

function chooseDelivery(given: Given): Delivery | undefined {
  if (given.SLACK_APP_TOKEN !== undefined) return { mode: 'socket', appToken: given.SLACK_APP_TOKEN };
  if (given.SLACK_SIGNING_SECRET !== undefined) return { mode: 'http', signingSecret: given.SLACK_SIGNING_SECRET };
  return undefined;
}

/** The embedded Postgres has one user. */
const lonelyAdmin = (given: Given): string[] =>
  given.DATABASE_ADMIN_URL !== undefined && given.DATABASE_URL === undefined
    ? [describe('DATABASE_URL', 'is missing, though DATABASE_ADMIN_URL is set', given)]
    : [];

function describe(name: Name, fault: string, given: Given): string {
  const { purpose, example, secret }: Variable = VARIABLES[name];
  const value = given[name];
  const shown = value === undefined || secret ? '' : `, not ${JSON.stringify(value)}`;
  return `${name} ${fault}${shown}: it is ${purpose}, for example ${name}=${example}`;
}

const { SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: signing } = VARIABLES;
const NO_DELIVERY =
  `SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: set ${app.purpose}, for example SLACK_APP_TOKEN=${app.example}, ` +
  `or ${signing.purpose}, for example SLACK_SIGNING_SECRET=${signing.example}`;
