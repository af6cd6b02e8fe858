import { describe, expect, it } from 'vitest';
import { OTHER_RULE } from '../../../src/core/events/content.ts';
import { decode, formMeta } from '../../../src/slack/carried.ts';
import { FIELD } from '../../../src/slack/ids.ts';
import { carried } from '../../../src/slack/listeners/formView.ts';
import type { FormModel } from '../../../src/slack/views/formModel.ts';
import { emptyForm, requestForm } from '../../../src/slack/views/requestForm.ts';
import { hour } from '../../support/cast.ts';
import { PROCEDURE, PROCEDURE_TEXT, RULES, readPolicy, WIRING } from '../../support/policy.ts';
import { buttons, labels, problemsOf, read } from './support.ts';

const { wiring: SOURCED } = readPolicy(PROCEDURE_TEXT);

const route = { tier: 'executive' as const, readers: 14, channel: '#exceptions-executive', dueAt: hour(72) };
const formWith = (values: Partial<FormModel['values']> = {}, over: Partial<FormModel> = {}) =>
  requestForm({
    ...{ rules: RULES, wiring: WIRING, names: {}, asked: null, route },
    meta: { v: 1, origin: 'slash_command' },
    values: { ...emptyForm(RULES), ...values },
    ...over,
  });
type Input = { block_id: string; optional?: boolean; dispatch_action?: boolean; element: Record<string, unknown> };
const inputs = (view: ReturnType<typeof requestForm>) =>
  view.blocks.filter(({ type }) => type === 'input') as unknown as Input[];
const inputOf = (view: ReturnType<typeof requestForm>, id: string) =>
  inputs(view).find(({ block_id }) => block_id === id);

describe('the request form', () => {
  it('has these fields in this order', () => {
    const view = formWith({ policy: 'refund-window' });
    expect([view.title.text, view.submit?.text, view.close?.text]).toEqual([
      ...['Request an exception', 'Send request', 'Close'],
    ]);
    expect(labels(view)).toEqual([
      ...['Policy', 'You ask for', 'Deviation from policy (%)', 'No percentage', 'Customer', 'Decision value'],
      ...['Rationale', 'Impact analysis', 'Evidence', 'Files', 'Category', 'Severity', 'Has it already happened?'],
      ...['Urgent', 'Needed by', 'On behalf of', 'Component', 'Type or error code', 'Confidential'],
    ]);
  });

  it('offers `You ask for` only where the chosen rule has a standard', () => {
    expect(labels(formWith())).not.toContain('You ask for');
    expect(labels(formWith({ policy: 'goodwill' }))).not.toContain('You ask for');
    expect(labels(formWith({ policy: 'refund-window' }))).toContain('You ask for');
  });

  it('insists on the deviation where nothing else can stand for it', () => {
    expect(inputOf(formWith({ policy: 'goodwill' }), FIELD.deviation)?.optional).toBe(false);
    expect(inputOf(formWith({ policy: 'refund-window' }), FIELD.deviation)?.optional).toBe(true);
  });

  it('insists on a customer unless the category lets it be', () => {
    expect(inputOf(formWith(), FIELD.customer)?.optional).toBe(false);
    expect(inputOf(formWith({ category: 'internal' }), FIELD.customer)?.optional).toBe(true);
  });

  it('requires everything but what is said to be optional', () =>
    expect(
      inputs(formWith({ policy: 'goodwill' }))
        .filter(({ optional }) => !optional)
        .map(({ block_id }) => block_id),
    ).toEqual([
      ...[FIELD.policy, FIELD.deviation, FIELD.customer, FIELD.value, FIELD.rationale, FIELD.impact],
      ...[FIELD.category, FIELD.severity, FIELD.alreadyHappened],
    ]));

  it('shows the rule chosen, what it allows, and the deviation that follows from what is asked', () => {
    const shown = read(formWith({ policy: 'refund-window', asksFor: '45' }, { asked: '45' }));
    expect(shown).toContain('Refunds within 30 days of delivery.\nPolicy allows 30 days.');
    expect(shown).toContain('45 days instead of 30 is a deviation of 50 %.');
  });

  it('says where it goes, who reads it there and by when it is decided', () => {
    expect(read(formWith())).toContain(
      'Goes to @operations, then to one of @executives. Readable by 14 people in #exceptions-executive.',
    );
    expect(read(formWith())).toContain('Sent now, to be decided by\nNov 26, 2026 09:00');
    expect(read(formWith({}, { route: { ...route, tier: null } }))).toContain('Who decides depends on');
    expect(read(formWith({}, { route: { ...route, channel: null } }))).toContain('as a direct message');
  });

  it('keeps each field under the same ids whatever is chosen, so that nothing typed is lost', () => {
    for (const view of [formWith(), formWith({ policy: 'refund-window', category: 'internal' })])
      for (const { block_id, element } of inputs(view)) expect(element.action_id).toBe(block_id);
  });

  it('is told of everything that is typed, so that it can be kept; of files Slack cannot tell', () => {
    const told = (view: ReturnType<typeof requestForm>) =>
      inputs(view)
        .filter(({ dispatch_action }) => dispatch_action)
        .map(({ block_id }) => block_id);
    const all = inputs(formWith({ policy: 'refund-window' })).map(({ block_id }) => block_id);
    expect(told(formWith({ policy: 'refund-window' }))).toEqual(all.filter((id) => id !== FIELD.files));
    expect(formWith().notify_on_close).toBe(true);
  });

  it('starts with the usual answers chosen', () => {
    const view = formWith();
    expect(inputOf(view, FIELD.category)?.element.initial_option).toMatchObject({ value: 'customer' });
    expect(inputOf(view, FIELD.severity)?.element.initial_option).toMatchObject({ value: 'minor' });
    expect(inputOf(view, FIELD.alreadyHappened)?.element.initial_option).toMatchObject({ value: 'no' });
    expect(decode(formMeta, view.private_metadata)).toEqual({ v: 1, origin: 'slash_command' });
  });

  it('offers a rule that is not listed, and asks which one', () => {
    expect(JSON.stringify(inputOf(formWith(), FIELD.policy)?.element.options)).toContain('Other (not in the list)');
    const other = formWith({ policy: OTHER_RULE }, { route: { ...route, picked: true } });
    expect(inputOf(other, FIELD.otherRule)?.optional).toBe(false);
    expect(inputOf(other, FIELD.deviation)?.optional).toBe(true);
    expect(read(other)).toContain('Operations picks who decides');
    expect(inputOf(formWith(), FIELD.otherRule)).toBeUndefined();
  });

  it('takes no percentage where it cannot be computed', () =>
    expect(inputOf(formWith({ policy: 'goodwill', unmeasured: true }), FIELD.deviation)?.optional).toBe(true));

  it('has a field for each input that only the category needs, and says why, with an example', () => {
    const view = formWith({ category: 'claim' }, { rules: PROCEDURE, wiring: SOURCED });
    expect(labels(view)).toEqual(expect.arrayContaining(['Contract', 'CRM data']));
    expect(labels(view)).not.toContain('Photo');
    const hint = (id: string) => JSON.stringify(inputOf(view, id));
    expect(hint('inputs.contract')).toContain('It says what was promised. For example: Frame contract 7.');
    expect(hint('inputs.crm-data')).toContain('CRM is asked for it once you send');
    expect(hint(FIELD.evidence)).toContain(
      'needs it as Photo: It shows the damage. For example: A picture of the box.',
    );
    expect(labels(formWith({}, { rules: PROCEDURE }))).not.toContain('Contract');
  });

  it('ticks nothing as confidential, and says so where the category is', () => {
    expect(inputOf(formWith(), FIELD.confidential)?.element.initial_options).toBeUndefined();
    const health = formWith({ category: 'health' }, { rules: PROCEDURE });
    expect(labels(health)).not.toContain('Confidential');
    expect(read(health)).toContain('Health is confidential: channels, messages and reports show the number');
  });

  it('promises those in the channel nothing of a confidential one to read', () => {
    for (const values of [{ confidential: true }, { category: 'health' }]) {
      const shown = read(formWith(values, { rules: PROCEDURE }));
      expect(shown).toContain('#exceptions-executive shows its number, tier and deadline alone');
      expect(shown).not.toContain('Readable by');
    }
  });

  it('carries ten files with long names and still is a modal that Slack takes', () => {
    const name = `${'offer & "quote" 😀 '.repeat(15)}.pdf`;
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    const files = Array.from({ length: 10 }, (_, i) => ({ id: `F0123456${i}`, name, size: 20_000_000, type }));
    const meta = { v: 1 as const, origin: 'message_shortcut' as const, again: 99_999, other: hour(0) };
    expect(problemsOf(formWith({ files }, { meta: { ...meta, ...carried(files) } }))).toEqual([]);
  });

  it('says what counts together with it', () =>
    expect(read(formWith({}, { route: { ...route, together: 2 } }))).toContain(
      'It counts together with 2 other requests for this customer under this rule',
    ));

  it('lets go of a file that came with it', () => {
    const files = [
      { id: 'F1', name: 'offer.pdf', size: 12_000, type: 'application/pdf' },
      { id: 'F2', name: 'mail.txt', size: 300, type: 'text/plain' },
    ];
    const meta = { v: 1 as const, origin: 'message_shortcut' as const, files };
    const view = formWith({ files: files.slice(1) }, { meta });
    const element = inputOf(view, FIELD.keptFiles)?.element;
    expect(element?.options).toMatchObject([{ value: 'F1' }, { value: 'F2' }]);
    expect(element?.initial_options).toMatchObject([{ value: 'F2' }]);
    expect(read(view)).toContain('everyone who reads the request reads it too');
  });

  it('forgets what stood in its fields once they are filled anew', () => {
    const ids = (pass?: number) =>
      inputs(formWith({}, { meta: { v: 1, origin: 'home', ...(pass ? { pass } : {}) } })).map(
        ({ block_id }) => block_id,
      );
    expect(new Set([...ids(), ...ids(1), ...ids(2)]).size).toBe(3 * ids().length);
  });

  it('says what it continues, what waits beside it and what it asks again for', () => {
    const headed = (meta: object) => {
      const view = formWith({}, { meta: { v: 1, origin: 'slash_command', ...meta } });
      return { shown: read(view), offered: buttons(view) };
    };
    const continued = headed({ since: hour(1) });
    expect(continued.shown).toMatch(/^Continued from what you typed on/);
    expect(continued.offered).toEqual(['Start afresh']);
    const beside = headed({ other: hour(1) });
    expect(beside.shown).toMatch(/^You began another request on[\s\S]*What you type here takes its place/);
    expect(beside.offered).toEqual(['Continue that one']);
    expect(headed({ again: 7 }).shown).toContain('asks again for what was rejected as EX-7');
  });
});

describe('the form for a request that is there', () => {
  const amending = { number: 12, returned: null, approvedBy: [], changed: [] };
  const changing = (over: Partial<NonNullable<FormModel['amending']>> = {}) =>
    formWith({ policy: 'goodwill' }, { amending: { ...amending, ...over } });

  it('names what is done, and asks for nobody else', () => {
    const view = changing();
    expect([view.title.text, view.submit?.text]).toEqual(['Change request', 'Send changes']);
    expect(labels(view)).not.toContain('On behalf of');
    expect(view.notify_on_close).toBeUndefined();
  });

  it('is told only of what changes the form, since it keeps no draft', () =>
    expect(
      inputs(changing())
        .filter(({ dispatch_action }) => dispatch_action)
        .map(({ block_id }) => block_id),
    ).toEqual([FIELD.policy, FIELD.deviation, FIELD.unmeasured, FIELD.value, FIELD.category, FIELD.confidential]));

  it('says whose approval no longer counts', () =>
    expect(read(changing({ approvedBy: ['Olga'] }))).toMatch(
      /^Olga approved it as it is\. Once you change it, that no longer counts/,
    ));

  it('lists what is missing, why it is needed and an example of it', () => {
    const missing = PROCEDURE.inputs.filter(({ id }) => id === 'contract');
    const view = changing({ returned: { missing, by: 'Olga', words: 'Which of the two contracts?' } });
    expect(view.title.text).toBe('Complete request');
    expect(read(view)).toMatch(/^EX-12 needs more before it can be decided:/);
    expect(read(view)).toContain('Contract: It says what was promised. For example: Frame contract 7.');
    expect(read(view)).toMatch(/Olga wrote:\s+Which of the two contracts\?/);
  });

  it('says what others changed meanwhile', () => {
    const view = changing({ changed: [{ field: 'Decision value', before: '900', after: '1200' }] });
    expect(read(view)).toMatch(/^EX-12 was changed while you were editing, so nothing was sent yet/);
    expect(read(view)).toContain('Decision value: 900 → 1200');
  });
});
