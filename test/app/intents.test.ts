import { describe, expect, it } from 'vitest';
import { type Intent, intentsOf } from '../../src/app/intents.ts';
import type { Recorded } from '../../src/core/events.ts';
import { idOf } from '../support/cast.ts';
import {
  answered,
  authorized,
  confirmed,
  conflicted,
  nudged,
  questioned,
  raised,
  requestOf,
  stageRejected,
  submitted,
  withdrawn,
} from '../support/given.ts';

/** What the last of these events wants told, shortened: `tell ben over`. */
function owed(...events: Recorded[]): string[] {
  const last = events.at(-1);
  if (!last) throw new Error('nothing happened');
  return intentsOf(last, events.length, requestOf(...events)).map(short);
}
function short(intent: Intent): string {
  if (intent.kind === 'tell') return `tell ${intent.person} ${intent.notice}`;
  if (intent.kind === 'call') return `call ${intent.stage}`;
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
    ['approved', [confirmed(), authorized()]],
    ['rejected', [stageRejected('validation', 'olga')]],
    ['withdrawn', [withdrawn()]],
  ])('that it is over, being %s, everybody hears who heard that it began', (_end, events) =>
    expect(owed(asked, ...events)).toEqual(['redraw', 'story', 'tell U0ADA over', 'tell U0BEN over']),
  );

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
    const intents = intentsOf(confirmed(), 2, requestOf(asked, confirmed()));
    for (const intent of intents) expect(intent).toMatchObject({ number: 12 });
    expect(intents.filter(({ kind }) => kind !== 'redraw')).toEqual([
      expect.objectContaining({ seq: 2 }),
      expect.objectContaining({ seq: 2, round: 1 }),
    ]);
  });
});
