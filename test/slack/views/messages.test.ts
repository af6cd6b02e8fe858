import { describe, expect, it } from 'vitest';
import { type Notice, notice } from '../../../src/app/intents.ts';
import type { Escalation } from '../../../src/core/request.ts';
import type { Told } from '../../../src/core/told.ts';
import { choice, decode, escalationRef, questionRef, ref } from '../../../src/slack/carried.ts';
import { ACTION } from '../../../src/slack/ids.ts';
import { approvalCard } from '../../../src/slack/views/card.ts';
import { directMessage, supersededLine } from '../../../src/slack/views/direct.ts';
import type { Drawn } from '../../../src/slack/views/drawn.ts';
import { escalationMessage } from '../../../src/slack/views/escalation.ts';
import { statusMessage } from '../../../src/slack/views/lists.ts';
import type { Message } from '../../../src/slack/views/message.ts';
import { callLine, storyLine } from '../../../src/slack/views/story.ts';
import { hour, idOf } from '../../support/cast.ts';
import {
  acknowledged,
  answered,
  authorized,
  confirmed,
  conflicted,
  nudged,
  questioned,
  raised,
  stageApproved,
  stageRejected,
  submitted,
  withdrawn,
  words,
} from '../../support/given.ts';
import { buttons, drawn, drawnAfter, pings, problemsOf, read } from './support.ts';

const refund = submitted({
  ...{ rule: 'refund-window', deviation: '50', value: '12500' },
  asksFor: { value: '45', standard: '30', unit: 'days' },
});
const byEve = stageApproved('authorization', 'eve', hour(2));
const DECIDE = ['Approve', 'Reject', 'Request info'];
const ASKER = ['Hand over', 'Customer complaint'];
const MORE = ['Take', 'Send back', 'Correct', 'Place hold', 'I have a conflict'];
const stageOf = (message: Message) => message.blocks.find(({ type }) => type === 'actions')?.block_id;

describe('the card', () => {
  it('says in its text the number, the customer, the rule, the state and the deadline', () =>
    expect(approvalCard(drawnAfter(refund)).text).toBe(
      'EX-12: confirm details. ACME GmbH, Refund window, 50 %, $12,500, waiting for operations, decide by Thu 26 Nov, 10:00 CET.',
    ));

  it('tells who asks what, how far it is from the policy, who decides and why they', () => {
    const shown = read(approvalCard(drawnAfter(refund)));
    expect(shown).toContain('EX-12 · Waiting for operations');
    expect(shown).toContain('Ada asks: ACME GmbH, Refund window');
    expect(shown).toContain('45 days (policy: 30)');
    expect(shown).toContain('Executive, since the deviation is 50 % or more');
    expect(shown).toContain('They waited for six weeks.');
    expect(shown).toContain('1 Details: waiting for @operations\n2 Authorization: then one of @executives');
  });

  it('says why the deviation alone did not choose the tier', () =>
    expect(read(approvalCard(drawnAfter(submitted({ deviation: '30', value: '150000' }))))).toContain(
      'Executive, since the value is above the manager’s $100,000',
    ));

  it('says below which deviation a team lead decides', () =>
    expect(read(approvalCard(drawnAfter(submitted())))).toContain('Team lead, since the deviation is below 20 %'));

  it('offers what the stage needs, and the rest in the overflow', () => {
    expect(buttons(approvalCard(drawnAfter(refund)))).toEqual([...DECIDE, 'Details', ...MORE]);
    // Once the details are confirmed, there is nothing left to correct.
    expect(buttons(approvalCard(drawnAfter(refund, confirmed())))).not.toContain('Correct');
  });

  it('gives each button the round and stage it was drawn at', () => {
    const block = approvalCard(drawnAfter(refund, confirmed())).blocks.find(({ type }) => type === 'actions');
    const [approve, , , , more] = (block as { elements: { value?: string; options?: { value: string }[] }[] }).elements;
    const drawnAt = { v: 1, n: 12, r: 1, s: 'authorization' };
    expect(decode(ref, approve?.value)).toEqual(drawnAt);
    expect(decode(choice, more?.options?.at(-1)?.value)).toEqual({ action: ACTION.conflict, ref: drawnAt });
  });

  it('has new ids for its buttons when the stage has changed, and the same ones when it has not', () => {
    const first = stageOf(approvalCard(drawnAfter(refund)));
    expect(stageOf(approvalCard(drawnAfter(refund, questioned())))).toBe(first);
    expect(stageOf(approvalCard(drawnAfter(refund, confirmed())))).not.toBe(first);
  });

  it('says who confirmed the details once it waits for management', () => {
    const shown = read(approvalCard(drawnAfter(refund, confirmed())));
    expect(shown).toContain('EX-12 · Waiting for an executive');
    expect(shown).toMatch(/1 Details: confirmed by Olga,\nNov 23, 2026 10:00\n2 Authorization: waiting for one of/);
  });

  it('notes what an approver must not overlook', () => {
    const happened = submitted({ alreadyHappened: true });
    const shown = read(approvalCard(drawnAfter(happened, questioned(), conflicted('otto'))));
    expect(shown).toContain('this has already happened');
    expect(shown).toContain('a question to the requester is not answered yet');
    expect(shown).toContain('Otto declared a personal interest');
  });

  it('marks in words what is urgent and what is overdue', () => {
    const shown = approvalCard(drawnAfter(submitted({ urgent: true }), raised('sla_breached')));
    expect(read(shown)).toContain('EX-12 · Overdue · Urgent · Waiting for operations');
    expect(shown.text).toContain('overdue since Tue 24 Nov, 10:00 CET');
  });

  it('says of whom it is on behalf', () =>
    expect(read(approvalCard(drawnAfter(submitted({ beneficiary: idOf('ben') }))))).toContain(
      'Ada asks on behalf of Ben: ',
    ));

  it('cuts a long rationale and says where all of it is', () => {
    const shown = read(approvalCard(drawnAfter(submitted({ rationale: words('a'.repeat(3000)) }))));
    expect(shown).toContain(`${'a'.repeat(299)}…`);
    expect(shown).toContain('Details shows all of it');
  });

  it('shows that words were erased', () =>
    expect(
      read(approvalCard(drawnAfter(submitted({ rationale: { content: 'c', nonce: null, text: null } })))),
    ).toContain('(removed)'));

  it('is short once decided: what, by whom, and Details', () => {
    const shown = approvalCard(drawnAfter(refund, confirmed(), byEve));
    expect(read(shown)).toBe(
      [
        'EX-12 · Approved · ACME GmbH, Refund window, 50 %, $12,500',
        '1 Details: confirmed by Olga,\nNov 23, 2026 10:00',
        '2 Authorization: given by Eve,\nNov 23, 2026 11:00',
        'Next: @operations carries it out and says what was done.',
        'Details',
      ].join('\n'),
    );
    expect(shown.text).toContain('approved by Eve');
  });

  it('says at which stage it was rejected', () => {
    expect(read(approvalCard(drawnAfter(refund, stageRejected('validation', 'olga'))))).toContain(
      'EX-12 · Rejected · ACME GmbH, Refund window, 50 %, $12,500\n1 Details: rejected by Olga,',
    );
    expect(
      read(approvalCard(drawnAfter(refund, confirmed(), stageRejected('authorization', 'eve', hour(2))))),
    ).toContain('2 Authorization: rejected by Eve,');
  });

  it('says that it was decided late', () =>
    expect(read(approvalCard(drawnAfter(submitted(), raised('sla_breached'), confirmed(), authorized())))).toContain(
      'Decided after its deadline,',
    ));

  it('shows a mention for somebody whose name is not known', () => {
    const known = drawnAfter(refund);
    expect(read(approvalCard({ ...known, names: {} }))).toContain('@Ada asks: ');
  });
});

describe('a direct message', () => {
  const NOTICES: Notice[] = [...notice.options];
  const STATES: Record<string, Drawn> = {
    'in validation': drawnAfter(refund, questioned()),
    'in authorization': drawnAfter(refund, questioned(), answered(), confirmed()),
    approved: drawnAfter(refund, confirmed(), byEve),
    rejected: drawnAfter(refund, stageRejected('validation', 'olga')),
    withdrawn: drawnAfter(refund, withdrawn()),
  };

  it.each(NOTICES.flatMap((kind) => Object.keys(STATES).map((status) => [kind, status] as const)))(
    '%s, %s: says which request it is, and has Open',
    (kind, status) => {
      for (const person of ['ada', 'olga', 'eve'] as const) {
        const message = directMessage(kind, STATES[status] ?? drawnAfter(refund), idOf(person));
        expect(message.text).toContain('EX-12');
        expect(message.text).toContain('ACME GmbH, Refund window');
        expect(buttons(message)).toContain('Open');
        expect(problemsOf(message)).toEqual([]);
        expect(pings(message)).toEqual([]);
      }
    },
  );

  it('brings the working card to whoever’s turn it is, and says why', () => {
    const message = directMessage('your_turn', drawnAfter(refund), idOf('olga'), { stage: 'validation' });
    expect(buttons(message)).toEqual([...DECIDE, 'Open', ...MORE]);
    expect(read(message)).toContain('it is the turn of @operations, and you are one of them');
  });

  it('that asked to act says who did, and keeps only Open', () => {
    const message = directMessage('your_turn', drawnAfter(refund, confirmed()), idOf('otto'), { stage: 'validation' });
    expect(read(message)).toMatch(/^Olga confirmed the details of EX-12, .* Nothing is left for you to do\./);
    expect(buttons(message)).toEqual(['Open']);
  });

  it('that asked to act says so when the request ended without it', () => {
    const message = directMessage('your_turn', drawnAfter(refund, withdrawn()), idOf('otto'), { stage: 'validation' });
    expect(read(message)).toMatch(/^EX-12 was withdrawn by Ada, /);
    expect(buttons(message)).toEqual(['Open']);
  });

  it('has no buttons to decide for somebody with a personal interest', () =>
    expect(buttons(directMessage('your_turn', drawnAfter(refund, conflicted('olga')), idOf('olga')))).toEqual([
      'Open',
    ]));

  it('of a nudge names who sent it', () => {
    const nudge = drawnAfter(submitted(), raised('sla_imminent'), nudged('sla_imminent', 'sam'));
    const message = directMessage('nudge', nudge, idOf('olga'));
    expect(read(message)).toContain('Sam asks you to look at EX-12: please confirm the details or reject it.');
    expect(buttons(message)).toContain('Approve');
  });

  it('tells the requester that it was received; only they can withdraw it', () => {
    const state = drawnAfter(submitted({ beneficiary: idOf('ben') }));
    expect(buttons(directMessage('received', state, idOf('ada')))).toEqual(['Change', 'Open', 'Withdraw', ...ASKER]);
    const toBen = directMessage('received', state, idOf('ben'));
    expect(read(toBen)).toMatch(/^Ada asked for EX-12 on your behalf\./);
    expect(buttons(toBen)).toEqual(['Open', 'Customer complaint']);
  });

  it('brings the question, and a button to answer just that one', () => {
    const message = directMessage('asked', drawnAfter(refund, questioned()), idOf('ada'));
    expect(read(message)).toMatch(/^Olga has a question about EX-12\.\s*Which invoice\?/);
    expect(buttons(message)).toEqual(['Answer', 'Change', 'Open', 'Withdraw', ...ASKER]);
    const block = message.blocks.find(({ type }) => type === 'actions') as { elements: { value?: string }[] };
    expect(decode(questionRef, block.elements[0]?.value)).toEqual({ v: 1, n: 12, q: 1 });
  });

  it('with a question that was answered says by whom, and has no Answer', () => {
    const message = directMessage('asked', drawnAfter(refund, questioned(), answered()), idOf('ada'));
    expect(read(message)).toContain('The question about EX-12 was answered by Ada');
    expect(buttons(message)).not.toContain('Answer');
  });

  it('brings the answer to whoever asked, who can decide from there', () => {
    const message = directMessage('answered', drawnAfter(refund, questioned(), answered()), idOf('olga'));
    expect(read(message)).toMatch(/Which invoice\?[\s\S]*Number 7\./);
    expect(buttons(message)).toEqual([...DECIDE, 'Open', ...MORE]);
    const later = directMessage('answered', drawnAfter(refund, questioned(), answered(), confirmed()), idOf('olga'));
    expect(buttons(later)).toEqual(['Open']);
  });

  it('tells the end with everybody’s reasons', () => {
    const message = directMessage('over', drawnAfter(refund, confirmed(), byEve), idOf('ada'));
    expect(read(message)).toMatch(/^EX-12 is approved\./);
    expect(read(message)).toMatch(
      /Olga confirmed the details .* and wrote:[\s\S]*Seen\.[\s\S]*Eve authorized it .* and wrote:/,
    );
    expect(buttons(message)).toEqual(['Open', ...ASKER]);
  });

  it('tells who rejected and how to ask again', () => {
    const message = directMessage('over', drawnAfter(refund, stageRejected('validation', 'olga')), idOf('ada'));
    expect(read(message)).toMatch(/Olga rejected it .* and wrote:/);
    expect(read(message)).toContain('you can ask again');
    expect(buttons(message)).toEqual(['Open', 'Ask again']);
  });

  it('becomes one line that points to the newer one', () => {
    const { blocks, text } = supersededLine(drawnAfter(refund), 'https://acme.slack.com/p2');
    expect(text).toBe('EX-12: there is a newer message about this. Go to it');
    expect(blocks).toHaveLength(1);
    expect(JSON.stringify(blocks)).toContain('https://acme.slack.com/p2');
  });
});

describe('the thread', () => {
  const told = (event: Told, ...before: Told[]) => read(storyLine(event, drawnAfter(refund, ...before, event)));

  it('tells who did what, with their words', () => {
    expect(told(confirmed())).toMatch(/^Olga confirmed the details\. Next, one of @executives decides by .*Seen\.$/s);
    expect(told(byEve, confirmed())).toMatch(/^Eve authorized it, so it is approved\..*Seen\.$/s);
    expect(told(stageRejected('validation', 'olga'))).toMatch(/^Olga rejected it, so it ends here\./);
    expect(told(questioned())).toMatch(/^Olga has a question for Ada\..*Which invoice\?$/s);
    expect(told(answered(), questioned())).toMatch(/^Ada answered the question\..*Number 7\.$/s);
    expect(told(conflicted('olga'))).toMatch(/^Olga declared a personal interest/);
    expect(told({ ...withdrawn(), reason: words('Sorted out.') })).toMatch(/^Ada withdrew the request.*Sorted out\.$/s);
  });

  it('tells of the deadline: whom it was told, who takes care, who was reminded', () => {
    expect(told(raised('sla_imminent'))).toMatch(/^The deadline is near: .* Told: @ops-supervisors\.$/);
    expect(told(raised('sla_breached'))).toMatch(/^Overdue: it was to be decided by .* still waits for a decision/);
    expect(told(acknowledged('sla_imminent', 'sam'), raised('sla_imminent'))).toBe(
      'Sam knows that the deadline is near, and is handling it.',
    );
    expect(told(nudged('sla_imminent', 'sam'), raised('sla_imminent'))).toBe(
      'Sam reminded @operations that it is their turn.',
    );
  });

  it('says plainly that nobody could be called', () => {
    const message = callLine(drawnAfter(refund), 'authorization', { groupId: null, people: [] });
    expect(read(message)).toMatch(/^Nobody could be found for @executives\. Please tell @carveout-admins/);
    expect(pings(message)).toEqual([]);
  });

  it('does not call a crowd by name', () => {
    const people = Array.from({ length: 40 }, (_, i) => `U0PERSON${i}`);
    const message = callLine(drawnAfter(refund), 'validation', { groupId: null, people });
    expect(pings(message)).toHaveLength(30);
    expect(read(message)).toContain('and 10 more');
  });
});

describe('a reminder of a deadline', () => {
  const imminent = raised('sla_imminent');
  const escalationOf = ({ state }: Drawn) => state.escalations[0] as Escalation;
  const chaser = (person: 'sam' | 'sue') => ({ person: idOf(person), step: 1, zone: 'Europe/Berlin' });
  const shownTo = (person: 'sam' | 'sue', ...events: Told[]) => {
    const now = drawnAfter(submitted(), imminent, ...events);
    return escalationMessage(now, escalationOf(drawnAfter(submitted(), imminent)), chaser(person), [
      idOf('olga'),
      idOf('otto'),
    ]);
  };

  it('begins with its priority, and says what is due when, who is waited for and who can act', () => {
    const message = shownTo('sam');
    expect(message.text).toMatch(/^High: EX-12 must be decided by Tue 24 Nov, 10:00 CET\. Nobody has confirmed/);
    expect(read(message)).toContain('Waiting for one of @operations: Olga, Otto.');
    expect(buttons(message)).toEqual([
      ...['Acknowledge', "I'm on it until 09:00", 'Nudge', 'Reroute', 'Set cover', 'Open'],
    ]);
  });

  it('says after the deadline that it has passed', () => {
    const late = drawnAfter(submitted(), raised('sla_breached'));
    expect(read(escalationMessage(late, escalationOf(late), chaser('sam'), []))).toMatch(/^High: EX-12 is overdue\./);
  });

  it('once acknowledged says by whom to everyone, and keeps only Open', () => {
    expect(read(shownTo('sue', acknowledged('sla_imminent', 'sam')))).toContain('Sam is handling it, since');
    expect(read(shownTo('sam', acknowledged('sla_imminent', 'sam')))).toContain('You are handling it, since');
    expect(buttons(shownTo('sue', acknowledged('sla_imminent', 'sam')))).toEqual(['Open']);
  });

  it('says who nudged, and can be acknowledged still', () => {
    expect(read(shownTo('sue', nudged('sla_imminent', 'sam')))).toContain('Last nudge: Sam,');
    expect(buttons(shownTo('sue', nudged('sla_imminent', 'sam')))).toContain('Acknowledge');
  });

  it('says so once there is nothing left to chase', () => {
    expect(read(shownTo('sam', confirmed(), authorized()))).toMatch(
      /^EX-12 was approved by Lee, .* Nothing is left to chase\./,
    );
    expect(buttons(shownTo('sam', confirmed(), authorized()))).toEqual(['Open']);
  });

  it('carries which escalation its buttons are about', () => {
    const block = shownTo('sam').blocks.find(({ type }) => type === 'actions') as { elements: { value?: string }[] };
    expect(decode(escalationRef, block.elements[0]?.value)).toEqual({ v: 1, n: 12, k: 'sla_imminent', d: hour(24) });
  });
});

describe('/exception status', () => {
  it('answers in one sentence, and opens more', () => {
    const message = statusMessage(drawn(drawnAfter(refund, confirmed()).state));
    expect(read(message)).toMatch(/^EX-12 ACME GmbH, Refund window: waiting for an executive, decide by /);
    expect(buttons(message)).toEqual(['Open']);
  });
});
