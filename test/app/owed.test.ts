import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/app/intents.ts';
import { intentsOf } from '../../src/app/owed.ts';
import type { ShortStage } from '../../src/core/events/timing.ts';
import type { Recorded } from '../../src/core/events.ts';
import type { Rules, Wiring } from '../../src/core/policy.ts';
import { idOf } from '../support/cast.ts';
import {
  amend,
  answered,
  assign,
  authorized,
  close,
  confirmed,
  conflicted,
  correct,
  execute,
  expedite,
  given,
  handOver,
  hold,
  nudged,
  picture,
  questioned,
  raised,
  release,
  remark,
  requestOf,
  reroute,
  sendBack,
  stageRejected,
  submitted,
  tick,
  withdrawn,
  words,
} from '../support/given.ts';
import { PROCEDURE, RULES, WIRING } from '../support/policy.ts';

/** What the last of these events wants told, shortened: `tell ben over`. */
const owed = (...events: Recorded[]): string[] =>
  intents(events)
    .map(short)
    // Told to nobody; see below.
    .filter((each) => each !== 'check_staffing');
function intents(events: Recorded[], rules: Rules = RULES, wiring: Wiring = WIRING): Intent[] {
  const last = events.at(-1);
  if (!last) throw new Error('nothing happened');
  const before = events.length > 1 ? requestOf(...events.slice(0, -1)) : null;
  return intentsOf(last, events.length, { before, state: requestOf(...events), rules, wiring });
}
function short(intent: Intent): string {
  if (intent.kind === 'tell') return `tell ${intent.person} ${intent.notice}`;
  if (intent.kind === 'call') return `call ${intent.stage}`;
  if (intent.kind === 'tell_role') return `tell ${intent.role} ${intent.notice}`;
  if (intent.kind === 'keep_file') return `keep ${intent.file}`;
  return intent.kind === 'escalate' ? `escalate ${intent.escalation}` : intent.kind;
}

const ben = idOf('ben');
const asked = submitted({ beneficiary: ben });

describe('who is told what', () => {
  it('a submission draws the card, calls those whose turn it is, and confirms to those who ask', () =>
    expect(owed(asked)).toEqual(['redraw', 'call validation', 'tell U0ADA received', 'tell U0BEN received']));

  it('who asks for themselves is told once', () => {
    const own = submitted({ beneficiary: idOf('ada') });
    expect(owed(own)).toEqual(['redraw', 'call validation', 'tell U0ADA received']);
    expect(owed(own, stageRejected('validation', 'olga'))).toEqual(['redraw', 'story', 'tell U0ADA over']);
  });

  it('confirmed details call the next stage once, and disturb nobody else', () =>
    expect(owed(asked, confirmed())).toEqual(['redraw', 'story', 'call authorization']));

  it.each<[string, Recorded[]]>([
    ['rejected', [stageRejected('validation', 'olga')]],
    ['withdrawn', [withdrawn()]],
  ])('that it is over, being %s, everybody hears who heard that it began', (_end, events) =>
    expect(owed(asked, ...events)).toEqual(['redraw', 'story', 'tell U0ADA over', 'tell U0BEN over']),
  );

  it('an approval goes to them, to operations to carry it out, and to whoever owes a condition', () => {
    const approved = ['redraw', 'story', 'tell U0ADA over', 'tell U0BEN over'];
    expect(owed(asked, confirmed(), authorized())).toEqual([...approved, 'tell operations carry_out']);
    const conditions = [{ text: words('Device first.'), owner: idOf('zoe'), due: '2026-11-27' }];
    expect(owed(asked, confirmed(), { ...authorized(), conditions })).toEqual([
      ...approved,
      'tell U0ZOE condition',
      'tell operations carry_out',
    ]);
  });

  it('a question goes to the requester, its answer to whoever asked', () => {
    expect(owed(asked, questioned(1, 'otto'))).toEqual(['redraw', 'story', 'tell U0ADA asked']);
    expect(owed(asked, questioned(1, 'otto'), answered())).toEqual(['redraw', 'story', 'tell U0OTTO answered']);
  });

  it('a declared interest is on the record, and no news to anybody', () =>
    expect(owed(asked, conflicted('olga'))).toEqual(['redraw', 'story']));

  it('an escalation goes to its role, a nudge to those whose turn it is', () => {
    expect(owed(asked, raised('sla_imminent'))).toEqual(['redraw', 'story', 'escalate sla_imminent']);
    expect(owed(asked, raised('sla_imminent'), nudged('sla_imminent', 'sam'))).toEqual(['redraw', 'story', 'nudge']);
  });

  it('every intent names the request and the event it came of, so that it is told once', () => {
    const told = intents([asked, confirmed()]);
    for (const intent of told) expect(intent).toMatchObject({ number: 12 });
    // Drawing and checking look at what there is then.
    expect(told.filter(({ kind }) => kind !== 'redraw' && kind !== 'check_staffing')).toEqual([
      expect.objectContaining({ seq: 2 }),
      expect.objectContaining({ seq: 2, round: 1 }),
    ]);
  });
});

describe('whether two people are there to decide', () => {
  const checks = ({ events }: ReturnType<typeof given>) =>
    intents(events).some(({ kind }) => kind === 'check_staffing');
  const request = given(submitted());

  it('is looked at whenever others may have to decide, or by another time', () => {
    expect(checks(request)).toBe(true);
    expect(checks(given(submitted(), confirmed()))).toBe(true);
    for (const event of [conflicted('olga'), confirmed()]) expect(checks(given(submitted(), event))).toBe(true);
    for (const order of [amend({ value: '5' }), handOver('ben')]) expect(checks(request.and('ada', order))).toBe(true);
    expect(checks(request.and('mia', expedite()))).toBe(true);
    expect(checks(request.and('sam', reroute()))).toBe(true);
  });

  it('is nothing that a question, a remark or the end of a request changes', () => {
    expect(checks(given(submitted(), questioned(1, 'otto')))).toBe(false);
    expect(checks(request.and('zoe', remark('See.')))).toBe(false);
    expect(checks(given(submitted(), withdrawn()))).toBe(false);
    expect(checks(given(submitted(), confirmed(), authorized()))).toBe(false);
  });

  it('is told where it has changed, and to whoever is given a request that nobody can decide', () => {
    const missing: ShortStage = { stage: 'authorization', role: 'team_leads', until: null, away: [], left: [] };
    const short = request.and('system', { type: 'find_staffing', short: [missing], late: true });
    expect(owed(...short.events)).toEqual(['redraw', 'staffing']);
    expect(owed(...short.and('ada', handOver('ben')).events)).toContain('staffing');
  });

  it('a request that goes to the next tier is told to those who asked', () =>
    expect(owed(...given(submitted({ beneficiary: ben })).and('sam', reroute()).events)).toEqual([
      ...['redraw', 'story', 'call validation', 'tell U0ADA rerouted', 'tell U0BEN rerouted'],
    ]));
});

describe('who is told what of the steps around a decision', () => {
  const request = given(submitted());
  const owedAfter = ({ events }: ReturnType<typeof given>) => owed(...events);

  it('an edit tells those who had approved what no longer counts, and calls for a confirmation again', () =>
    expect(owedAfter(given(submitted(), confirmed()).and('ada', amend({ value: '5' })))).toEqual([
      'redraw',
      'story',
      'call validation',
      'tell U0OLGA voided',
    ]));

  it('an edit calls nobody who has it before them anyway', () =>
    expect(owedAfter(request.and('ada', amend({ value: '5' })))).toEqual(['redraw', 'story']));

  it('a correction goes to the owner, and calls the validators of the channel it moves to', () => {
    expect(owedAfter(request.and('olga', correct({ deviation: '13' })))).toEqual([
      'redraw',
      'story',
      'tell U0ADA corrected',
    ]);
    expect(owedAfter(request.and('olga', correct({ deviation: '20' })))).toContain('call validation');
  });

  it('what is sent back, handed over or assigned goes to whom it now belongs', () => {
    expect(owedAfter(request.and('olga', sendBack(['photo'])))).toEqual(['redraw', 'story', 'tell U0ADA returned']);
    expect(owedAfter(request.and('ada', handOver('ben')))).toEqual(['redraw', 'story', 'tell U0BEN handed_over']);
    expect(owedAfter(request.and('sam', assign('otto')))).toEqual(['redraw', 'story', 'tell U0OTTO assigned']);
  });

  it('a hold goes to those who clear it up and to the owner, and its end calls the stage again', () => {
    const held = request.and('olga', hold('data_conflict'));
    expect(owedAfter(held)).toEqual(['redraw', 'story', 'tell data_quality hold', 'tell U0ADA hold']);
    expect(owedAfter(held.and('quinn', release(1, 'resolved')))).toEqual([
      'redraw',
      'story',
      'tell U0ADA released',
      'call validation',
    ]);
  });

  it('files are kept, those of the request and those of replies', () => {
    expect(owed(submitted({ files: [picture()] }))).toContain('keep F0BOX');
    expect(owedAfter(request.and('zoe', remark('See.', '1.1', [picture('F0BAG')])))).toEqual(['redraw', 'keep F0BAG']);
  });

  it('where the policy counts how often the same is asked for, asking and an edit that makes it another are counted', () => {
    const kinds = (events: Recorded[]) => intents(events, PROCEDURE).map(({ kind }) => kind);
    expect(kinds([submitted()])).toContain('look_for_recurrence');
    expect(kinds(request.and('ada', amend({ customer: words('Somebody else') })).events)).toContain(
      'look_for_recurrence',
    );
    expect(kinds(request.and('olga', correct({ rule: 'discount' })).events)).toContain('look_for_recurrence');
    expect(kinds(request.and('ada', amend({ value: '5' })).events)).not.toContain('look_for_recurrence');
    expect(owed(submitted())).not.toContain('look_for_recurrence');
  });

  it('what was done goes to everybody who had a part in it, the closing to those who asked', () => {
    const done = given(submitted(), confirmed('olga'), authorized('lee')).and('otto', execute());
    expect(owedAfter(done)).toEqual([
      'redraw',
      'story',
      'tell U0ADA carried_out',
      'tell U0OLGA carried_out',
      'tell U0LEE carried_out',
    ]);
    const closed = done.and('otto', close({ checkOn: '2027-01-10' }), { rules: PROCEDURE });
    expect(owedAfter(closed)).toEqual(['redraw', 'story', 'tell U0ADA closed']);
    const due = closed.and('system', tick, { at: '2027-01-10T09:00:00.000Z', rules: PROCEDURE });
    expect(owedAfter(due)).toEqual(['redraw', 'tell operations check_effectiveness']);
  });
});
