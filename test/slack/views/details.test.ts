import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../../src/core/events.ts';
import { NOTHING } from '../../../src/slack/views/record/acts.ts';
import { hour, idOf } from '../../support/cast.ts';
import {
  acknowledged,
  answered,
  confirmed,
  given,
  hold,
  keep,
  nudged,
  picture,
  questioned,
  raised,
  reading,
  remark,
  requestOf,
  sendBack,
  sourcesSay,
  stageRejected,
  submitted,
  take,
  words,
} from '../../support/given.ts';
import { RULES } from '../../support/policy.ts';
import { detailsOf, pagesOf, readAll } from './pages.ts';
import { buttons, drawn, drawnAfter, problemsOf, read } from './support.ts';

describe('what the reader can do', () => {
  it('is offered, and nothing else', () => {
    const request = drawnAfter(submitted());
    expect(buttons(detailsOf(request))).toEqual([]);
    expect(buttons(detailsOf(request, { can: { ...NOTHING, withdraw: true } }))).toEqual(['Withdraw']);
    expect(buttons(detailsOf(drawnAfter(submitted(), questioned()), { can: { ...NOTHING, answer: 1 } }))).toEqual([
      'Answer',
    ]);
    const decides = { ...NOTHING, approve: true, reject: true, requestInfo: true };
    expect(buttons(detailsOf(request, { can: decides }))).toEqual([
      ...['Approve', 'Reject', 'Request info', 'I have a conflict'],
    ]);
  });

  it('has their task first, and the rest under More', () => {
    const view = detailsOf(drawnAfter(submitted()), {
      deeds: [
        { name: 'expedite', button: 'Expedite' },
        { name: 'release_hold', button: 'Release hold', i: 1 },
      ],
    });
    expect(buttons(view)).toEqual(['Release hold', 'Expedite']);
    expect(read(view)).toMatch(/Release hold[\s\S]*More[\s\S]*Expedite/);
  });

  it('says of several which one it is about, and Slack takes them', () => {
    const deeds = [1, 2, 3].map((i) => ({ name: 'release_hold' as const, button: 'Release hold', i }));
    const view = detailsOf(drawnAfter(submitted()), { deeds });
    expect(buttons(view)).toEqual(['Release hold (1)', 'Release hold (2)', 'Release hold (3)']);
    expect(problemsOf(view)).toEqual([]);
  });
});

describe('the record', () => {
  const events: Recorded[] = [
    ...[submitted(), questioned(), answered(), raised('sla_imminent'), acknowledged('sla_imminent', 'sam')],
    ...[nudged('sla_imminent', 'sue'), stageRejected('validation', 'otto', hour(24))],
  ];

  it('tells what happened in order, with who and when', () => {
    const shown = readAll(drawnAfter(...events), { events });
    expect(shown.slice(shown.indexOf('What happened so far')).split('\n').slice(0, 4)).toEqual([
      ...['What happened so far', 'Nov 23, 2026 09:00: Ada asked for it.'],
      ...['Nov 23, 2026 10:00: Olga has a question for Ada.', 'Nov 23, 2026 11:00: Ada answered the question.'],
    ]);
    expect(shown).toContain('Otto rejected it, so it ends here.');
  });

  const sent = () => {
    const story = given(submitted({ files: [picture()], evidence: words('See https://crm.test/7, please.') }))
      .and('system', keep(picture()))
      .and('system', sourcesSay([reading('crm', '9000'), reading('billing', null)]))
      .and('olga', take)
      .and('zoe', remark('Same as in May.'))
      .and('olga', hold('data_unavailable', 'billing'))
      .and('otto', sendBack(['evidence'], 'The contract is missing.'));
    if (!story.state) throw new Error('there is no request');
    return drawn(story.state);
  };

  it.each([
    ['what it waits for, and whose that is', 'Complete what is missing: Ada'],
    ['who sent it back', 'Otto sent it back'],
    ['what is missing', '– Evidence'],
    ['a file, with the hash of its bytes', `SHA-256 ${'ab'.repeat(32)}`],
    ['a link that can be followed', 'Link 1: https://crm.test/7'],
    ['what a source said, and when', 'crm, Nov 23, 2026 12:00, when it was asked for:'],
    ['its facts', '9000'],
    ['a source that gave no answer', 'it gave no answer'],
    ['a reply', 'Same as in May.'],
    ['a hold', 'Hold 1: Olga made it wait'],
  ])('shows %s', (_, text) => expect(readAll(sent())).toContain(text));

  it('shows pictures, where Slack has them', () => {
    const image = { type: 'image', slack_file: { id: 'F0BOX' } };
    expect(pagesOf(sent(), { pictures: true }).flatMap(({ blocks }) => blocks)).toContainEqual(
      expect.objectContaining(image),
    );
    expect(JSON.stringify(pagesOf(sent()))).not.toContain('slack_file');
  });

  it('is on several pages where it is long, each of which Slack takes, and nothing is left out', () => {
    const many = Array.from({ length: 150 }, (_, i) => remark(`Reply number ${i}. ${'x'.repeat(3500)}`, `1.${i}`));
    const story = many.reduce((so, order) => so.and('zoe', order), given(submitted()));
    if (!story.state) throw new Error('there is no request');
    const pages = pagesOf(drawn(story.state));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(problemsOf(page)).toEqual([]);
    const shown = pages.map(read).join('\n');
    for (let i = 0; i < 150; i++) expect(shown).toContain(`Reply number ${i}.`);
    expect(buttons(pages[1] ?? detailsOf(drawn(story.state)))).toEqual(['Show more', 'Back']);
    expect(read(pages[1] ?? detailsOf(drawn(story.state)))).toContain(`Page 2 of ${pages.length}`);
  });
});

describe('earlier decisions', () => {
  const earlier = (over: Parameters<typeof submitted>[0]) => ({
    state: {
      ...requestOf(submitted(over), confirmed(), { ...stageRejected('authorization', 'lee', hour(2)) }),
      number: 7,
    },
    rules: RULES,
  });

  it('are context, with what they were about and how they ended', () => {
    const shown = readAll(drawnAfter(submitted()), { precedents: [earlier({ requester: idOf('ben') })] });
    expect(shown).toContain('Context, not precedent');
    expect(shown).toContain('EX-7: ACME GmbH, Goodwill, 12.5 %, $900; rejected 23 Nov 2026');
  });

  it('that are confidential show number, tier and outcome', () => {
    const shown = readAll(drawnAfter(submitted({ customer: words('Another one') })), {
      precedents: [earlier({ confidential: true })],
    });
    expect(shown).toContain('EX-7: Confidential request, team lead; rejected 23 Nov 2026');
    expect(shown).not.toContain('ACME');
  });
});
