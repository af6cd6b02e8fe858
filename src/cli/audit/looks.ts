/** Who looked at what: of auditors every look, of everybody else the packs and exports that they took along. */
import { parseArgs } from 'node:util';
import { readStoreConfig } from '../../config.ts';
import { dayIn as dayOf } from '../../core/week.ts';
import { wording } from '../../slack/wording/index.ts';
import { type Look, looksBetween, OPERATOR } from '../../store/access.ts';
import { namesOf } from '../../store/people.ts';
import { createPolicies } from '../../store/policies.ts';
import { type Command, count, harmless, minute } from '../command.ts';
import { oneWorkspace, withStore } from '../store.ts';
import { dayIn, periodOf } from './exportOrder.ts';

const { format } = wording();

export const looks: Command = {
  usage: 'audit looks [--from 2026-01-01] [--to 2026-03-31] [--team T0123456789]',
  summary: 'Lists who looked at what: each look of an auditor, and whoever took evidence along.',
  async run(args, io) {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args, options: { from: text, to: text, team: text } });
    return withStore(readStoreConfig(io.env), async (store) => {
      const { teamId } = await oneWorkspace(store.db, values.team);
      const start = async (name: 'from' | 'to') => {
        const day = values[name];
        if (day === undefined) return null;
        const number = dayIn(name, day);
        return (await periodOf(store, teamId, [number, number]))[name];
      };
      const span = { from: await start('from'), to: await start('to') };
      const { zone } = (await createPolicies(store.db, teamId).current()).document.wiring;
      let seen = 0;
      for await (const look of looksBetween(store.db, teamId, span)) {
        const { [look.by]: name = look.by } = await namesOf(store.db, teamId, [look.by]);
        io.out(harmless(lineOf(look, look.by === OPERATOR ? 'An operator, in a terminal' : name, zone)));
        seen++;
      }
      io.out(seen === 0 ? 'Nobody looked at anything that is recorded.' : `${count(seen, 'look')}.`);
      return 0;
    });
  },
};

/** `2026-03-31 09:12 UTC  Paula Meier opened EX-12` */
const lineOf = (look: Look, name: string, zone: string): string => `${minute(look.at)}  ${name} ${whatOf(look, zone)}`;

const numbered = (requests: number[]): string => format.all(requests.map((number) => `EX-${number}`));
/** Days as whoever asked for them named them: those of the policy's zone. */
const days = ({ from, to }: Look, zone: string): string =>
  from && to ? `${dayOf(from, zone)} to ${dayOf(new Date(Date.parse(to) - 1).toISOString(), zone)}` : 'no period';

function whatOf(look: Look, zone: string): string {
  const { what, requests } = look;
  switch (what) {
    case 'request': {
      const [opened = 0, ...precedents] = requests;
      const beside =
        precedents.length > 0 ? `, in which ${numbered(precedents)} ${verb(precedents)} as precedents` : '';
      return `opened EX-${opened}${beside}`;
    }
    case 'list':
      return requests.length === 0 ? 'looked for requests and found none' : `was shown a list of ${numbered(requests)}`;
    case 'report':
      return `asked for the report of ${days(look, zone)}`;
    case 'pack':
      return `took the evidence of ${requests.length > 0 ? numbered(requests) : days(look, zone)}`;
    case 'export':
      return `took a table of ${requests.length > 0 ? numbered(requests) : days(look, zone)}`;
    default:
      return what satisfies never;
  }
}

const verb = (requests: number[]): string => (requests.length === 1 ? 'stands' : 'stand');
