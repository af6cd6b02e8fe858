import { describe, expect, it } from 'vitest';
import { hour, idOf } from '../support/cast.ts';
import {
  answer,
  answered,
  approve,
  authorized,
  close,
  closeQuestion,
  confirmed,
  deleteRemark,
  editRemark,
  execute,
  given,
  handOver,
  picture,
  questioned,
  remark,
  reopenQuestion,
  submitted,
  withdrawn,
  words,
} from '../support/given.ts';

/** Ten working days after a question asked on a Monday at ten. */
const TEN_DAYS = '2026-12-07T10:00:00.000Z';
const asked = given(submitted(), questioned());

describe('a question that nobody answers', () => {
  it('may be closed by somebody of operations after ten working days, not before', () => {
    asked.when('otto', closeQuestion(), { at: TEN_DAYS }).thenEvents({ type: 'question_closed', question: 1 });
    asked
      .when('otto', closeQuestion(), { at: '2026-12-07T09:59:59.999Z' })
      .thenRefused('question_waits', { until: TEN_DAYS });
  });

  it('is closed by nobody else, nor twice, nor where there is none', () => {
    asked.when('lee', closeQuestion(), { at: TEN_DAYS }).thenRefused('not_of', { role: 'operations' });
    asked.when('ada', closeQuestion(), { at: TEN_DAYS }).thenRefused('self_approval', { as: 'requester' });
    asked.when('otto', closeQuestion(2), { at: TEN_DAYS }).thenRefused('no_such_question');
    const closed = asked.and('otto', closeQuestion(), { at: TEN_DAYS });
    closed.when('olga', closeQuestion(), { at: TEN_DAYS }).thenRefused('question_answered');
    given(submitted(), questioned(), answered())
      .when('otto', closeQuestion(), { at: TEN_DAYS })
      .thenRefused('question_answered');
    given(submitted(), questioned(), withdrawn())
      .when('otto', closeQuestion(), { at: TEN_DAYS })
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });

  const closed = asked.and('otto', closeQuestion(), { at: TEN_DAYS });

  it('is opened again by the owner or by operations', () => {
    for (const who of ['ada', 'olga'] as const)
      expect(closed.and(who, reopenQuestion()).state?.questions).toMatchObject([{ closed: null, answer: null }]);
    closed.when('lee', reopenQuestion()).thenRefused('not_of', { role: 'operations' });
    closed.when('ada', reopenQuestion(2)).thenRefused('no_such_question');
    asked.when('ada', reopenQuestion()).thenRefused('question_open');
    given(submitted(), questioned(), answered()).when('ada', reopenQuestion()).thenRefused('question_answered');
  });

  it('may still be answered', () =>
    expect(closed.and('ada', answer()).state?.questions).toMatchObject([
      { closed: null, answer: { by: idOf('ada') } },
    ]));

  it('is answered by the owner too', () =>
    given(submitted(), questioned())
      .and('ada', handOver('zoe'))
      .when('zoe', answer())
      .thenEvents({ type: 'info_answered' }));

  it('does not keep anybody from deciding', () => asked.when('olga', approve()).thenEvents({ type: 'stage_approved' }));
});

describe('a reply in the thread', () => {
  it('becomes a remark, with its files', () => {
    const when = given(submitted()).when('zoe', remark('See the box.', '1.1', [picture()]));
    when.thenEvents({ type: 'remark_made', by: idOf('zoe'), words: words('See the box.'), files: [picture()] });
    expect(when.request()).toMatchObject({ stage: 'validation', approvals: [] });
  });

  it('is kept once, however often Slack tells of it', () =>
    given(submitted()).and('zoe', remark()).when('zoe', remark()).thenNothing());

  it('that says “approved” approves nothing', () =>
    expect(given(submitted()).and('olga', remark('approved')).state).toMatchObject({
      stage: 'validation',
      approvals: [],
    }));

  it('keeps what it was edited to, and when', () => {
    const edited = given(submitted())
      .and('zoe', remark())
      .and('zoe', editRemark('Not quite the same.'), { at: hour(4) });
    expect(edited.state?.remarks).toMatchObject([{ words: words('Not quite the same.'), edited: hour(4) }]);
  });

  it('that is deleted says who took it back, once, and is edited no more', () => {
    const deleted = given(submitted()).and('zoe', remark()).and('zoe', deleteRemark());
    expect(deleted.state?.remarks).toMatchObject([{ deleted: { by: idOf('zoe'), at: hour(3) } }]);
    deleted.when('zoe', deleteRemark()).thenNothing();
    deleted.when('zoe', editRemark('Still.')).thenRefused('no_such_remark');
  });

  it('that nobody has heard of is not edited or deleted', () => {
    given(submitted()).when('zoe', editRemark('What?')).thenRefused('no_such_remark');
    given(submitted()).when('zoe', deleteRemark()).thenRefused('no_such_remark');
  });

  it('is not added to a closed record, but may be taken out of it', () => {
    const closed = given(submitted(), confirmed(), authorized())
      .and('zoe', remark())
      .and('olga', execute())
      .and('olga', close({ cause: 'other-cause' }));
    closed.when('zoe', remark('Late.', '2.2')).thenRefused('record_closed', { by: idOf('olga'), at: hour(3) });
    closed.when('zoe', editRemark('Late.')).thenRefused('record_closed', { by: idOf('olga'), at: hour(3) });
    closed.when('zoe', deleteRemark()).thenEvents({ type: 'remark_deleted' });
  });
});
