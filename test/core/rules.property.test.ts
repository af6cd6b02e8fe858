import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/app/handle.ts';
import { attentionAt } from '../../src/core/attention.ts';
import { decide } from '../../src/core/decide.ts';
import { type Recorded, requestEvent, SYSTEM } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import { roleOf } from '../../src/core/policy.ts';
import { approvalOf, askers, conditionsOf, initial, needsTier, openHolds, type State } from '../../src/core/request.ts';
import { tasksOf } from '../../src/core/tasks.ts';
import { endOf, type Role } from '../../src/core/values.ts';
import { CAST, idOf, standingFor } from '../support/cast.ts';
import { PROCEDURE } from '../support/policy.ts';
import { existing, inStories, type Told } from '../support/story.ts';

const all = (told: Told[]) => told.flatMap(({ events }) => events);
const lastOf = (told: Told[]) => existing(told.at(-1)?.after ?? null);
const decisionsIn = (told: Told[]) =>
  told.flatMap((one) =>
    one.events.flatMap((event) =>
      event.type === 'stage_approved' || event.type === 'stage_rejected' ? [{ ...one, event }] : [],
    ),
  );
const approvalsIn = (told: Told[]) => decisionsIn(told).filter(({ event }) => event.type === 'stage_approved');

/** What the clock may say. None of it decides anything. */
const SAID_BY_TIME = [...['escalation_raised', 'reminder_due', 'effectiveness_due'], ...['ending_near', 'lapsed']];

const always = inStories(400);

describe('whoever orders whatever in whatever order', () => {
  it(
    'an approved request was approved in its last round by two people, neither asking nor answering for it',
    always((told) => {
      const last = lastOf(told);
      if (last.status !== 'approved') return;
      const counting = approvalsIn(told).filter(({ event }) => event.round === last.round);
      expect(counting.map(({ event }) => event.stage)).toEqual(['validation', 'authorization']);
      const people = counting.map(({ event }) => event.by);
      expect(new Set(people).size).toBe(2);
      for (const { event, before } of counting)
        expect([last.requester, last.beneficiary, existing(before).owner]).not.toContain(event.by);
    }),
  );

  it(
    'whoever wrote in a request as its owner does not approve it, also after handing it over',
    always((told) => {
      for (const { event, before } of approvalsIn(told)) {
        const authors = existing(before).amendments.filter(({ as }) => as === 'owner');
        expect(authors.map(({ by }) => by)).not.toContain(event.by);
      }
    }),
  );

  it(
    'whoever decides is vouched for by Slack, in a role whose turn it is, and without a declared interest',
    always((told) => {
      for (const { event, who, trusted, before, events } of decisionsIn(told)) {
        const state = existing(before);
        const forbidden = events.some((each) => each.type === 'hold_released' && each.outcome === 'must_not');
        expect(trusted).toBe(true);
        expect(event.by).toBe(who && idOf(who));
        const role = forbidden ? 'compliance' : roleOf(event.stage, state.tier);
        expect(who ? (CAST[who] as readonly Role[]) : []).toContain(role);
        expect(event.authority.role).toBe(role);
        expect(state.conflicted).not.toContain(event.by);
      }
    }),
  );

  it(
    'whoever audits does nothing about what others ask for, though they are in every group and others could do it',
    always((told) => {
      for (const { command, before, events, who } of told) {
        if (!before || who === null || askers(before).includes(idOf('audrey'))) continue;
        if (who === 'audrey') expect(events).toEqual([]);
        const context = {
          number: before.number,
          policy: { version: 1, rules: PROCEDURE },
          contentHash: '',
          exposure: null,
        };
        const outcome = decide(
          before,
          { ...command, by: idOf('audrey') },
          { ...context, standing: standingFor('audrey') },
        );
        expect(outcome).toEqual({ refused: true, why: 'auditor' });
      }
    }),
  );

  it(
    'a stage is decided once a round, and nobody decides twice in one',
    always((told) => {
      const stages = decisionsIn(told).map(({ event }) => `${event.round} ${event.stage}`);
      expect(stages).toEqual([...new Set(stages)]);
      const people = decisionsIn(told).map(({ event }) => `${event.round} ${event.by}`);
      expect(people).toEqual([...new Set(people)]);
    }),
  );

  it(
    'a decision is given to what was there: this round, this stage, this content',
    always((told) => {
      for (const { event, before, command } of decisionsIn(told)) {
        const state = existing(before);
        const now = { round: state.round, stage: event.stage, contentHash: contentHash(state) };
        if (command.type !== 'release_hold') expect(command).toMatchObject({ seen: now });
        expect(event).toMatchObject(now);
      }
    }),
  );

  it(
    'what has lapsed or was revoked never becomes good again, and nothing but that ends it',
    always((told) => {
      for (const { before, after, events } of told) {
        const [was, is] = [before, after].map((state) => (state?.status === 'approved' ? state.ended : null));
        if (was) expect(is).toEqual(was);
        const ends = events.filter(({ type }) => type === 'lapsed' || type === 'revoked');
        expect(ends.length, 'it ends once').toBe(is && !was ? 1 : 0);
        for (const { type, by } of ends) expect(by === SYSTEM).toBe(type === 'lapsed');
      }
    }),
  );

  it(
    'nothing is carried out or owed once it has ended, be it seen late',
    always((told) => {
      for (const { before, events, command } of told) {
        if (before?.status !== 'approved') continue;
        const late = before.validity !== null && command.at > endOf(before.validity.until);
        if (before.ended || late)
          for (const { type } of events) expect(['executed', 'condition_met']).not.toContain(type);
        if (before.ended) expect(tasksOf(before).map(({ kind }) => kind)).not.toContain('carry_out');
      }
    }),
  );

  it(
    'an approval is good for days from today on, in their order',
    always((told) => {
      for (const { event } of approvalsIn(told)) {
        if (event.type !== 'stage_approved' || !event.validity) continue;
        const { from, until } = event.validity;
        expect(event.stage).toBe('authorization');
        expect(from >= event.at.slice(0, 10) && until >= from).toBe(true);
      }
    }),
  );

  it(
    'what was approved does not change without a new round, and a new round begins without approvals',
    always((told) => {
      for (const { before, after, events } of told) {
        if (!before) continue;
        const attached = events.some((event) => event.type === 'stage_approved' && event.conditions.length > 0);
        if (!attached && contentHash(before) !== contentHash(after)) expect(after.round).toBe(before.round + 1);
        if (after.round === before.round) continue;
        expect(after).toMatchObject({ status: 'in_review', stage: 'validation', round: before.round + 1 });
        expect(approvalOf(after, 'validation')).toBeUndefined();
        expect(conditionsOf(after)).toEqual([]);
      }
    }),
  );

  it(
    'nothing is approved while something holds it up, while it is sent back, or before it has a tier',
    always((told) => {
      for (const { before } of approvalsIn(told)) {
        const state = existing(before);
        expect(openHolds(state)).toEqual([]);
        expect(state.returned).toBeNull();
        expect(needsTier(state)).toBe(false);
      }
    }),
  );

  it(
    'a request that is decided stays as it was decided',
    always((told) => {
      for (const { before, after } of told) {
        if (!before || before.status === 'in_review') continue;
        const { status, by, at, approvals, round } = before;
        expect(after).toMatchObject({ status, by, at, approvals, round });
      }
    }),
  );

  it(
    'no decision is without its rationale',
    always((told) => {
      for (const { event } of decisionsIn(told)) expect(event.rationale.text?.trim()).toBeTruthy();
    }),
  );

  it(
    'a closed record has everything, and nothing is added to it but what is still owed',
    always((told) => {
      const owed = [
        ...['effectiveness_due', 'effectiveness_checked', 'escalation_raised', 'escalation_acknowledged'],
        // How long it is good for goes on when its record is closed.
        ...['ending_near', 'lapsed', 'revoked'],
      ];
      const apart = ['remark_deleted', 'evidence_kept'];
      for (const { before, after, events } of told) {
        if (before?.status === 'approved' && before.closure)
          for (const { type } of events) expect([...owed, ...apart]).toContain(type);
        if (after.status !== 'approved' || !after.closure) continue;
        if (!after.ended) expect(after.execution?.words.text?.trim()).toBeTruthy();
        expect(PROCEDURE.causes.map(({ id }) => id)).toContain(after.closure.cause);
        expect(after.closure.happened.text?.trim()).toBeTruthy();
        expect(after.keptFiles.map(({ id }) => id)).toEqual(expect.arrayContaining(after.files.map(({ id }) => id)));
        const unmet = conditionsOf(after).filter(({ met }) => !met);
        if (after.execution?.outcome === 'done' && !after.ended) expect(unmet).toEqual([]);
      }
    }),
  );

  it(
    'the program never decides, and the clock only ever says what is due, each thing once',
    always((told) => {
      for (const { event } of decisionsIn(told)) expect(event.by).not.toBe(SYSTEM);
      const escalations = all(told).filter((event) => event.type === 'escalation_raised');
      const known = escalations.map(({ kind, deadline, step }) => `${kind} ${deadline} ${step}`);
      expect(known).toEqual([...new Set(known)]);
      for (const { command, before, events, after } of told) {
        if (command.type !== 'tick') continue;
        for (const { type } of events) expect(SAID_BY_TIME).toContain(type);
        expect(after).toMatchObject({ status: before?.status, approvals: before?.approvals, round: before?.round });
      }
    }),
  );

  it(
    'after a tick it needs attention later or never',
    always((told) => {
      for (const { command, after } of told) {
        const next = command.type === 'tick' ? attentionAt(after, PROCEDURE) : null;
        if (next !== null) expect(next > command.at).toBe(true);
      }
    }),
  );

  it(
    'the events are enough: told again from the record, they give the same state',
    always((told) => {
      const stored = all(told).map(({ by, at, ...event }) => {
        const read = requestEvent.parse(JSON.parse(JSON.stringify(event)));
        return { ...read, by, at } as Recorded;
      });
      expect(stored.reduce<State>(evolve, initial)).toEqual(lastOf(told));
    }),
  );

  it(
    'every event says who did it and when: whoever gave the order, or the program',
    always((told) => {
      const ofTheProgram = [...SAID_BY_TIME, 'returned', 'hold_placed', 'hold_released'];
      for (const { command, events } of told)
        for (const event of events) {
          expect(event.at).toBe(command.at);
          if (event.by === command.by) continue;
          expect(event.by).toBe(SYSTEM);
          expect(ofTheProgram).toContain(event.type);
        }
    }),
  );

  // Rules about closed requests say nothing if none is ever closed.
  it('such stories reach every end, by every kind of event', () => {
    const ends = new Set<string>();
    const kinds = new Set<string>();
    always((told) => {
      const last = lastOf(told);
      ends.add(last.status === 'approved' && last.closure ? 'closed' : last.status);
      for (const { type } of all(told)) kinds.add(type);
      if (last.status === 'approved' && last.ended) ends.add(last.ended.how);
    })();
    expect([...ends].sort()).toEqual(
      expect.arrayContaining(['approved', 'closed', 'expired', 'in_review', 'rejected', 'revoked', 'withdrawn']),
    );
    expect(kinds.size, [...kinds].join()).toBeGreaterThan(25);
  });
});
