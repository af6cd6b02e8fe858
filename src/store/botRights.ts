/** What the user of a connection may do with the tables, beside what the bot is to be able to do. */
import type pg from 'pg';
import { BOT_ROLE, GRANTS, READ_ONLY } from './grants.ts';

export type Rights = {
  user: string;
  superuser: boolean;
  /** Tables that belong to them, or to a role that they have: whoever owns a table may do anything with it. */
  owns: string[];
  /** Whether they have the bot's role; null where there is no such role. */
  hasRole: boolean | null;
  /** `delete on events`, of what is too much and of what is missing; empty for a superuser or an owner, who may do it all. */
  tooMany: string[];
  missing: string[];
};

const ALL = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'] as const;

const FOUND = `
  with wanted as (select * from jsonb_to_recordset($1::jsonb) as w ("table" text, rights text[])),
  there as (select w.*, to_regclass('public.' || w."table") as oid from wanted w),
  found as (
    select "table", r.name as "right", has_table_privilege(oid, r.name) as has, r.name = any (rights) as is_wanted
    from there cross join unnest($2::text[]) as r (name) where oid is not null
    union all
    -- Where the table as a whole may not be changed, perhaps single columns of it may.
    select "table", 'update (' || attname || ')', has_column_privilege(there.oid, attname::text, 'update'),
      'update (' || attname || ')' = any (rights)
    from there join pg_attribute on attrelid = there.oid and attnum > 0 and not attisdropped
    where not has_table_privilege(there.oid, 'update')
  )
  select "table", "right", has from found where has <> is_wanted
  order by "table", "right"`;

/** Of the tables that are there. */
export async function rightsOf(client: pg.ClientBase): Promise<Rights> {
  const { rows: users } = await client.query<{ user: string; superuser: boolean; role: boolean | null }>(
    `select current_user as user, current_setting('is_superuser')::bool as superuser,
       (select pg_has_role(oid, 'usage') from pg_roles where rolname = $1) as role`,
    [BOT_ROLE],
  );
  const { user = '', superuser = false, role = null } = users[0] ?? {};
  const { rows: owned } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and pg_has_role(tableowner, 'usage') order by 1`,
  );
  const owns = owned.map(({ name }) => name);
  const known = { user, superuser, owns, hasRole: role };
  if (superuser || owns.length > 0) return { ...known, tooMany: [], missing: [] };
  const wanted = [
    ...Object.entries(GRANTS).map(([table, rights]) => ({ table, rights: ['select', ...rights.flatMap(columns)] })),
    ...READ_ONLY.map((table) => ({ table, rights: ['select'] })),
  ];
  const { rows } = await client.query<{ table: string; right: string; has: boolean }>(FOUND, [
    JSON.stringify(wanted),
    ALL,
  ]);
  const { rows: creates } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace
     where nspname in ('public', 'pgboss') and has_schema_privilege(oid, 'create') order by 1`,
  );
  const said = (has: boolean) =>
    rows.filter((row) => row.has === has).map(({ table, right }) => `${right} on ${table}`);
  return {
    ...known,
    tooMany: [...said(true), ...creates.map(({ name }) => `create in schema ${name}`)],
    missing: said(false),
  };
}

/** `update (a, b)` as `update (a)` and `update (b)`. */
const columns = (right: string): string[] => {
  const named = /^update \((.+)\)$/.exec(right)?.[1];
  return named ? named.split(', ').map((column) => `update (${column})`) : [right];
};
