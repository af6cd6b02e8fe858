/** The contract records: a table in a schema of its own in the demo's database. */

import { sql } from 'kysely';
import type { Db } from '../../store/schema.ts';
import { CUSTOMERS, type Segment } from './customers.ts';

/** In the records, so long as they disagree with the CRM, each customer has the segment of last year. */
const LAST_YEAR: Record<Segment, Segment> = { Gold: 'Silver', Silver: 'Bronze', Bronze: 'Silver' };

export const lastYears = (segment: string): string => LAST_YEAR[segment as Segment] ?? segment;

/** Makes the records, or makes them anew. */
export async function writeContracts(db: Db, { disagree }: { disagree: boolean }): Promise<void> {
  const rows = CUSTOMERS.map(({ name, segment, contract: { number, endsOn, paymentDays } }) => ({
    ...{ number, customer: name, segment: disagree ? lastYears(segment) : segment },
    ...{ ends_on: endsOn, payment_days: paymentDays },
  }));
  await db.transaction().execute(async (trx) => {
    await sql`create schema if not exists demo_records`.execute(trx);
    await sql`create table if not exists demo_records.contracts (
      number text primary key, customer text not null, segment text not null, ends_on date not null,
      payment_days int not null)`.execute(trx);
    await sql`delete from demo_records.contracts`.execute(trx);
    await sql`insert into demo_records.contracts
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as c (number text, customer text, segment text, ends_on date, payment_days int)`.execute(trx);
  });
}
