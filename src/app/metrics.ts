/** What is counted while the program runs, as Prometheus reads it. */

type Counter = { add(label?: string, by?: number): void };
/** How long something took, as a sum and a count. */
type Timer = { observe(milliseconds: number): void };
/** Read when somebody asks; left out where it is null or cannot be read. */
type Reading = () => number | null | Promise<number | null>;

export type Metrics = {
  /** Deliveries from Slack by kind: event, interactive, command. */
  received: Counter;
  /** HTTP requests turned away, by reason. */
  refused: Counter;
  /** Clicks, commands and events that ended in an error, by kind. */
  failed: Counter;
  /** Commands to requests by outcome: done, repeated, or why they were refused. */
  commands: Counter;
  /** Tries to tell what is owed to Slack, by outcome: done, postponed, failed. */
  deliveries: Counter;
  sweep: Timer;
  /** A figure that lies elsewhere, such as in the database. `name` without the prefix `carveout_`. */
  gauge(name: string, help: string, read: Reading): void;
  /** Text in Prometheus' exposition format. */
  render(): Promise<string>;
};

type Series = () => string | Promise<string>;

export function createMetrics(): Metrics {
  const all: Series[] = [];
  const counter = (name: string, help: string, label: string): Counter => {
    const values = new Map<string, number>();
    all.push(() =>
      expose(
        name,
        'counter',
        help,
        [...values].map(([value, n]) => [`{${label}="${quoted(value)}"}`, n]),
      ),
    );
    return { add: (value = '', by = 1) => void values.set(value, (values.get(value) ?? 0) + by) };
  };
  return {
    received: counter('received_total', 'Deliveries from Slack.', 'kind'),
    refused: counter('refused_total', 'HTTP requests turned away.', 'reason'),
    failed: counter('failed_total', 'Deliveries from Slack that ended in an error.', 'kind'),
    commands: counter('commands_total', 'Commands to requests.', 'outcome'),
    deliveries: counter('deliveries_total', 'Tries to tell Slack what is owed.', 'outcome'),
    sweep: timer(all, 'sweep_milliseconds', 'Time a sweep of the deadlines took.'),
    gauge: (name, help, read) =>
      void all.push(async () => {
        const value = await Promise.resolve()
          .then(read)
          .catch(() => null);
        return value === null ? '' : expose(name, 'gauge', help, [['', value]]);
      }),
    render: async () => (await Promise.all(all.map((series) => series()))).join(''),
  };
}

function timer(all: Series[], name: string, help: string): Timer {
  let sum = 0;
  let count = 0;
  all.push(() =>
    expose(name, 'summary', help, [
      ['_sum', sum],
      ['_count', count],
    ]),
  );
  return {
    observe: (milliseconds) => {
      sum += milliseconds;
      count += 1;
    },
  };
}

function expose(name: string, type: string, help: string, samples: [suffix: string, value: number][]): string {
  const lines = samples.map(([suffix, value]) => `carveout_${name}${suffix} ${value}\n`);
  return `# HELP carveout_${name} ${help}\n# TYPE carveout_${name} ${type}\n${lines.join('')}`;
}

const quoted = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
