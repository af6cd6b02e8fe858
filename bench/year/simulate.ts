/** A year of a company on the rules alone: what people do, what the clock brings, and whether all of it was said once. */
import { Temporal } from 'temporal-polyfill';
import { attentionAt } from '../../src/core/attention.ts';
import type { Command, Outcome } from '../../src/core/command.ts';
import { circleOf, since } from '../../src/core/cover.ts';
import { decide } from '../../src/core/decide.ts';
import { type Recorded, SYSTEM } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import { isUrgent } from '../../src/core/pings.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { type ExceptionRequest, initial, isClosed, openHolds, type State } from '../../src/core/request.ts';
import { after } from '../../src/core/sla.ts';
import { mayDecide } from '../../src/core/standing.ts';
import { type Task, tasksOf } from '../../src/core/tasks.ts';
import { type Instant, plus } from '../../src/core/values.ts';
import { type Chance, createChance } from '../random.ts';
import { createAgenda } from './agenda.ts';
import { type Colleague, createCompany } from './company.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { HASH, incident, type Order, orderFor, PACE, submission } from './people.ts';
import { count, newTally, type Tally } from './tally.ts';
import { BEGIN, createTime, DAY, END, HOUR, MINUTE } from './time.ts';
import { unsaid } from './unsaid.ts';

export type Extent = { people: number; requests: number; seed: number };

/** Of two things at the same minute, Carveout looks first. */
const RANK = { sweep: 0, tell: 1, act: 2 } as const;
/** Carveout looks once a minute. */
const LOOKS_EVERY = 2 * MINUTE;

type Case = {
  state: ExceptionRequest;
  /** What the clock brought so far. */
  said: Set<string>;
  /** What somebody is about to do, and when. */
  intent: { tasks: string; at: number; nth: number };
};

export function simulateYear({ people, requests, seed }: Extent): Tally {
  const chance = createChance(seed);
  const time = createTime(chance);
  const company = createCompany(people, chance);
  const { rules } = company;
  const agenda = createAgenda();
  const tally = newTally();
  const cases: Case[] = [];
  const mailboxes = new Map<string, Mailbox>(company.people.map((one) => [one.id, createMailbox(one)]));
  const lastPing = new Map<string, Instant>();
  tally.personDays = company.people.filter(({ active }) => active.length > 0).length * 250;

  const give = (one: Case | null, number: number, command: Command): Outcome =>
    decide(one?.state ?? initial, command, {
      ...{ number, policy: { version: 1, rules }, contentHash: HASH, exposure: null },
      standing: company.standing(
        command.by === SYSTEM ? (company.people[0]?.id ?? '') : command.by,
        one?.state.submittedAt ?? command.at,
        command.at,
      ),
    });

  function submit(t: number): void {
    const now = time.reads(t);
    const by = chance.pick(company.people).id;
    const number = cases.length + 1;
    const events = give(null, number, { ...submission(chance), by, at: now } as Command);
    if (isRefusal(events)) throw new Error(`a submission was refused: ${events.why}`);
    const state = events.reduce<State>(evolve, initial);
    if (!state) throw new Error('a submission made no request');
    const one: Case = { state, said: new Set(), intent: { tasks: '', at: Number.POSITIVE_INFINITY, nth: 0 } };
    cases.push(one);
    tally.requests++;
    between(one, t);
    follow(one, events, t);
  }

  function between(one: Case, t: number): void {
    const planned = incident(chance);
    if (!planned) return;
    agenda.add(time.up(t + planned.after), RANK.act, (then) => {
      const now = time.reads(then);
      const by = planned.by === 'owner' ? one.state.owner : chance.shuffled(company.there(planned.by, now))[0]?.id;
      if (by) attempt(one, by, planned.order, then);
    });
  }

  /** @returns whether it was done; a refusal is nobody's fault, others may have been first */
  function attempt(one: Case, by: string, order: Order, t: number): boolean {
    const at = time.reads(t);
    const before = one.state;
    const events = give(one, before.number, { ...order, by, at } as Command);
    if (isRefusal(events)) return false;
    if (by !== SYSTEM) audit(before, at);
    for (const event of events) one.state = evolve(one.state, event);
    for (const event of events) judge(one, event);
    follow(one, events, t);
    return true;
  }

  function audit(state: ExceptionRequest, now: Instant): void {
    const looked = (at: Instant) => time.reads(time.whenItReads(at, BEGIN));
    for (const what of unsaid(state, rules, plus(now, -LOOKS_EVERY), looked))
      tally.misses.push(`EX-${state.number} ${now}: ${what}`);
  }

  /** Two different people who do not count as one, and never the clock. */
  function judge({ state }: Case, event: Recorded): void {
    if (event.type !== 'stage_approved' && event.type !== 'stage_rejected') return;
    const first = state.approvals.find(({ round, stage }) => round === event.round && stage === 'validation');
    if (event.by === SYSTEM) tally.wrongDecisions.push(`EX-${state.number}: decided by the clock`);
    if (event.stage === 'validation' || !first) return;
    const circle = circleOf(since(company.absences, state.submittedAt, event.at), first.by);
    if (circle.includes(event.by)) tally.wrongDecisions.push(`EX-${state.number}: ${first.by} and ${event.by} are one`);
  }

  /** What events bring about: something said once, somebody who is told, a next look, and somebody who does what is next. */
  function follow(one: Case, events: Recorded[], t: number): void {
    for (const event of events) {
      const name = event.type === 'escalation_raised' ? `${event.type} ${event.kind} ${event.step}` : event.type;
      tally.events[name] = (tally.events[name] ?? 0) + 1;
      const key = sayingOf(event, one.state);
      if (key !== null && one.said.has(key)) tally.duplicates.push(`EX-${one.state.number} ${event.at}: ${key}`);
      if (key !== null) one.said.add(key);
      if (event.type === 'reminder_due') remind(one, event, t);
      if (event.type === 'escalation_raised') chase(one, event, t);
    }
    sweepLater(one, t);
    goOn(one, t);
  }

  function sweepLater(one: Case, t: number): void {
    const next = attentionAt(one.state, rules);
    if (next === null) return;
    const at = time.whenItReads(next, t);
    const { state } = one;
    agenda.add(at, RANK.sweep, (then) => {
      // Whatever has changed since has planned its own look.
      if (one.state !== state) return;
      attempt(one, SYSTEM, { type: 'tick' }, then);
      const again = attentionAt(one.state, rules);
      // The product would look again at every turn, for ever.
      if (again !== null && again <= time.reads(then))
        throw new Error(`EX-${state.number} was looked at at ${time.reads(then)} and is still due since ${again}`);
    });
  }

  /** Those who owe its next step and are there; of one person alone, whether they do. */
  function owing({ state }: Case, now: Instant, only?: string): Colleague[] {
    if (state.status !== 'in_review') return [];
    return tasksOf(state).flatMap(({ kind, owner }) => {
      if ('person' in owner) return company.back(owner.person, now) === null ? [company.person(owner.person)] : [];
      const there = company.there(owner.role, now).filter(({ id }) => only === undefined || id === only);
      if (kind !== 'confirm_details' && kind !== 'authorize') return there;
      if (openHolds(state).length > 0) return [];
      return there.filter(
        ({ id }) => !isRefusal(mayDecide(state, id, company.standing(id, state.submittedAt, now), rules)),
      );
    });
  }

  function remind(
    one: Case,
    { round, stage, percent, since: dueAt, at }: Extract<Recorded, { type: 'reminder_due' }>,
    t: number,
  ) {
    const { number } = one.state;
    for (const { id } of owing(one, at)) {
      const ping = {
        number,
        key: `${round}/${stage}/${percent}/${dueAt}`,
        urgent: isUrgent(one.state),
        dueAt,
        notedAt: at,
      };
      const look = mailboxes.get(id)?.note(ping, at);
      if (look) tellLater(id, look, t);
    }
  }

  const tellLater = (id: string, at: Instant, t: number): void =>
    agenda.add(time.whenItReads(at, t), RANK.tell, (then) => tell(id, then));

  function tell(id: string, t: number): void {
    const now = time.reads(t);
    const mailbox = mailboxes.get(id);
    if (!mailbox) return;
    const { told, next } = mailbox.look(now, company.back(id, now));
    if (next !== null) tellLater(id, next > now ? next : plus(now, MINUTE), t);
    const theirs = told.filter(({ number }) => {
      const one = cases[number - 1];
      return one !== undefined && owing(one, now, id).some((owner) => owner.id === id);
    });
    if (theirs.length === 0) {
      if (told.length > 0) mailbox.forget();
      return;
    }
    note(
      company.person(id),
      theirs.some(({ urgent }) => !urgent),
      now,
      told.map(({ dueAt }) => dueAt),
    );
    for (const { number } of theirs) hurry(cases[number - 1], 0.5, t);
  }

  function note({ id, zone, reminders }: Colleague, calm: boolean, now: Instant, due: Instant[]): void {
    tally.pings++;
    if (!calm) tally.urgentPings++;
    const there = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
    const day = there.toPlainDate().toString();
    count(tally.pingsByDay, `${id} ${day}`);
    if (due.some((at) => at > now)) tally.outsideHours.push(`${id} ${now}: before it was due`);
    if (!calm) return;
    const holidays = rules.calendars.berlin?.holidays ?? [];
    const works = there.dayOfWeek <= 5 && there.hour >= 9 && there.hour < 17 && !holidays.includes(day);
    if (!works || company.back(id, now) !== null) tally.outsideHours.push(`${id} ${now}`);
    const last = lastPing.get(id);
    // Where the clock was set back in between, up to an hour of it is told twice by the clock itself.
    const rest = reminders === 'each' ? 4 * HOUR : 1;
    if (last !== undefined && plus(last, rest) > now) tally.tooSoon.push(`${id} ${last} ${now}`);
    lastPing.set(id, now);
  }

  /** Those of the step hear of it; most of the time one of them takes it on. */
  function chase(one: Case, event: Extract<Recorded, { type: 'escalation_raised' }>, t: number): void {
    const { kind, deadline, role, at, acknowledgeBy } = event;
    const to = company.there(role, at);
    if (to.length === 0) tally.toNobody++;
    for (const { id } of to) count(tally.escalationsByDay, `${id} ${at.slice(0, 10)}`);
    hurry(one, 0.6, t);
    if (!chance.happens(0.65)) return;
    const within = acknowledgeBy === null ? 2 * HOUR : Math.max(MINUTE, Date.parse(acknowledgeBy) - Date.parse(at));
    agenda.add(time.up(t + chance.around(within / 2)), RANK.act, (then) => {
      const now = time.reads(then);
      const until = chance.happens(0.3) ? plus(now, 3 * HOUR) : null;
      const [by] = chance.shuffled(company.there(role, now));
      if (by) attempt(one, by.id, { type: 'acknowledge', kind, deadline, until }, then);
    });
  }

  /** Whoever is reminded comes to it sooner, some of the time. */
  function hurry(one: Case | undefined, share: number, t: number): void {
    if (!one || !chance.happens(share)) return;
    const soon = time.up(t + chance.around(3 * HOUR));
    if (soon < one.intent.at) intend(one, soon);
  }

  /** When what is to be done is another thing than before, somebody sets about it. */
  function goOn(one: Case, t: number): void {
    const [task] = tasksOf(one.state);
    const tasks =
      tasksOf(one.state)
        .map(({ kind }) => kind)
        .join() + one.state.approvals.length;
    if (tasks === one.intent.tasks) return;
    one.intent = { tasks, at: Number.POSITIVE_INFINITY, nth: one.intent.nth + 1 };
    if (!task) return;
    const { mean, never } = PACE[task.kind];
    if (chance.happens(never)) return;
    const at = after(rules, one.state, time.reads(t), Math.round(chance.around(mean)) + MINUTE);
    intend(one, time.whenItReads(at, t));
  }

  function intend(one: Case, at: number): void {
    const nth = one.intent.nth + 1;
    one.intent = { ...one.intent, at, nth };
    agenda.add(at, RANK.act, (then) => {
      if (one.intent.nth === nth) act(one, then);
    });
  }

  function act(one: Case, t: number): void {
    const now = time.reads(t);
    const [task] = tasksOf(one.state);
    if (!task) return;
    const order = orderFor(task, one.state, now, chance);
    if (!candidates(task, now).some(({ id }) => attempt(one, id, order, t))) {
      // Nobody is there, or nobody who may: somebody tries again tomorrow.
      intend(one, time.up(t + chance.around(DAY) + HOUR));
      return;
    }
    // What is left to do is the same as before: it is come back to.
    if (one.intent.at <= t && tasksOf(one.state).length > 0) intend(one, time.up(t + chance.around(DAY) + HOUR));
  }

  function candidates({ owner }: Task, now: Instant): Colleague[] {
    if ('role' in owner) return chance.shuffled(company.there(owner.role, now));
    return company.back(owner.person, now) === null ? [company.person(owner.person)] : [];
  }

  for (let n = 0; n < requests; n++) agenda.add(arrival(chance, time.up), RANK.act, submit);
  for (let entry = agenda.next(END); entry; entry = agenda.next(END)) entry.act(entry.t);
  conclude();
  return tally;

  /** At the end of the year nothing is left unsaid, nothing untold, and everything can go on. */
  function conclude(): void {
    const now = time.reads(END);
    for (const { state } of cases) {
      audit(state, now);
      if (!isClosed(state) && tasksOf(state).length === 0)
        tally.misses.push(`EX-${state.number}: nobody has anything to do`);
    }
    const longAgo = plus(now, -7 * DAY);
    for (const { id } of company.people)
      for (const { number, key, dueAt, notedAt } of mailboxes.get(id)?.waiting() ?? []) {
        const away = company.back(id, now) ?? company.back(id, longAgo);
        if (away === null && dueAt < longAgo && notedAt < longAgo)
          tally.misses.push(`${id} was never told of EX-${number} ${key}`);
      }
  }
}

/** Mostly while people work in Europe, sometimes at night or on a Sunday. */
function arrival(chance: Chance, up: (t: number) => number): number {
  const day = BEGIN + Math.floor(chance.next() * 365) * DAY;
  const hours = chance.happens(0.85) ? 7 + chance.next() * 11 : chance.next() * 24;
  const weekday = new Date(day).getUTCDay();
  const moved = (weekday === 0 || weekday === 6) && chance.happens(0.8) ? day + 2 * DAY : day;
  return up(Math.min(moved + hours * HOUR, END - HOUR));
}

/** What the clock says, by what makes it one and the same; null for what people do. */
function sayingOf(event: Recorded, { dueAt }: ExceptionRequest): string | null {
  switch (event.type) {
    case 'escalation_raised':
      return `${event.kind} ${event.deadline} ${event.step}`;
    case 'reminder_due':
      return `reminder ${event.percent} % of ${dueAt}`;
    case 'ending_near':
      return `end in ${event.days} days`;
    case 'lapsed':
    case 'effectiveness_due':
      return event.type;
    default:
      return null;
  }
}
