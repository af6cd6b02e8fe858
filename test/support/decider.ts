/**
 * One replica in a process of its own: `decider.ts <database url>`. Says `ready`, then reads one decision a line as JSON
 * and answers each with what came of it.
 */
import { createInterface } from 'node:readline';
import type { Name } from './cast.ts';
import { createReplica, type Seen } from './replica.ts';

export type Line = { who: Name; number: number; seen: Seen; key: string | null };

const replica = createReplica(process.argv[2] ?? '', 2);
await replica.store.pool.query('select 1');
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const { who, number, seen, key } = JSON.parse(line) as Line;
  console.log(JSON.stringify(await replica.decide('approve', who, number, { seen, key })));
}
await replica.close();
