/** What the application needs of the world, as interfaces. `store` and `slack` implement them; the roots connect them. */

import type { PersonState } from '../core/absences.ts';
import type { Absence } from '../core/cover.ts';
import type { Exposure } from '../core/events/submission.ts';
import type { PersonEvent, PolicyReviewEvent, Recorded, StoredEvent, WeekEvent } from '../core/events.ts';
import type { Rules, Wiring } from '../core/policy.ts';
import type { PolicyReview } from '../core/policyReview.ts';
import type { RenewedBy } from '../core/renewing.ts';
import type { State } from '../core/request.ts';
import type { Reading } from '../core/sources.ts';
import type { Standing } from '../core/standing.ts';
import type { Instant, Role } from '../core/values.ts';
import type { WeekReview } from '../core/weekReview.ts';
import type { Intent } from './intents.ts';

/** The business clock: commands, deadlines and what cron finds due. In the demo it can be moved forward. */
export type Clock = { now(): Instant };

/** What a command needs, read in one round trip. */
export type Loaded = {
  state: State;
  /** Events in the request's stream so far; 0 for none. */
  version: number;
  /** Hash of the last of them; null for none. */
  head: string | null;
  /** The next free number; what a new request is to be called. */
  nextNumber: number;
  /** What the same key brought the first time. */
  repeated: Handled | null;
  /** The rules the request was made under; the current ones where there is no request. */
  policy: { version: number; rules: Rules };
  wiring: Wiring;
  standing: Standing;
};

/** What was done for a click, kept under its key. */
export type Handled = { number: number; version: number };

export type Append = {
  teamId: string;
  /** `request/12`, `policy`, `review/2026-W47`. */
  stream: string;
  expectedVersion: number;
  head: string | null;
  events: Recorded<StoredEvent>[];
  intents: Intent[];
  /** For a request's stream: the state after the events, and the instant it next needs attention. */
  request: {
    state: NonNullable<State>;
    attentionAt: Instant | null;
    /** In force at any time since it was submitted. */
    absences?: readonly Absence[];
  } | null;
  /** Content ids of words that are taken back with it: the words go, the ids stay. */
  erase?: string[];
  /** SHA-256 of bytes that go with it, unless another request has them too. */
  eraseFiles?: string[];
  /** The click, submission, command or event this answers. */
  key: string | null;
  handled: Handled | null;
};

/** What counts together with a request: the same customer under the same rule. */
export type ExposureQuery = {
  teamId: string;
  /** The request itself, which is left out; null for a new one. */
  number: number | null;
  /** The customer as typed; null for the one that the request's row has. */
  customer: string | null;
  rule: string;
  since: Instant;
};

/** `conflict`: somebody else appended first, load again. `repeated`: the key was handled before. */
export type Appended = 'appended' | 'conflict' | 'repeated' | 'same_person';

export type EventLog = {
  /** @param query `at`: the instant for which it is asked who is away */
  load(query: {
    teamId: string;
    number: number | null;
    actor: string;
    key: string | null;
    at: Instant;
  }): Promise<Loaded>;
  append(append: Append): Promise<Appended>;
  /** All events of a request so far, in order; of their words the ids alone. */
  history(query: { teamId: string; number: number }): Promise<Recorded[]>;
  /** Sums of what is in review or was approved; null where the customer is not known. */
  exposure(query: ExposureQuery): Promise<Exposure | null>;
  /** The request that renews this one, in review or approved. */
  renewedBy(query: { teamId: string; number: number }): Promise<RenewedBy | null>;
  /** Corrects when a request next needs attention, unless it has moved on since `version`. */
  reschedule(next: { teamId: string; number: number; version: number; attentionAt: Instant | null }): Promise<void>;
};

/** People and groups as Slack last told them, and asking again. */
export type Directory = {
  /** Asks Slack about these people and the groups of these roles, and stores what it says. @throws where Slack does not answer */
  refresh(people: string[], roles: Role[]): Promise<void>;
};

/** The places where facts about customers are kept. */
export type Sources = {
  /**
   * What each of them says about the customer, in the order of `ids`. Never rejects: one that cannot be read, or that the
   * wiring does not know, is a reading that says so.
   */
  read(wired: Wiring['sources'], ids: readonly string[], customer: string): Promise<Reading[]>;
};

/** A file as it was fetched, and the SHA-256 of its bytes. */
export type FetchedFile = { name: string; mediaType: string; size: number; sha256: string; bytes: Buffer };
/** Why nobody can have it any more. */
export type LostFile = { name: string | null; lost: 'gone' | 'too_large' };

/** Reviews of the policy, each a small stream of its own. */
export type ReviewLog = {
  /** Null and version 0 where there is no such review. */
  load(teamId: string, review: number): Promise<LoadedReview>;
  append(append: ReviewAppend): Promise<Appended>;
};
type LoadedReview = { state: PolicyReview | null; version: number; head: string | null };
export type ReviewAppend = Pick<Append, 'teamId' | 'expectedVersion' | 'head' | 'intents' | 'key' | 'erase'> & {
  /** After the events. */
  state: PolicyReview;
  events: Recorded<PolicyReviewEvent>[];
};

/** Reviews of weeks: their reports, read and signed off. Each is a small stream of its own. */
export type WeekLog = {
  /** Null and version 0 where the week was not reported; `repeated` where the same key has been handled. */
  load(
    teamId: string,
    week: string,
    key: string | null,
  ): Promise<{ state: WeekReview | null; version: number; head: string | null; repeated: boolean }>;
  append(append: WeekAppend): Promise<Appended>;
};
type WeekAppend = Pick<Append, 'teamId' | 'expectedVersion' | 'head' | 'intents' | 'key'> & {
  week: string;
  events: Recorded<WeekEvent>[];
};

/** What is recorded of people: when they are away. Each is a small stream of its own. */
export type PersonLog = {
  load(teamId: string, person: string): Promise<{ state: PersonState; version: number; head: string | null }>;
  append(append: PersonAppend): Promise<Appended>;
  /** Absences of anybody that have a time in common with `from` to `until`. */
  around(teamId: string, from: Instant, until: Instant): Promise<Absence[]>;
};
export type PersonAppend = Pick<Append, 'teamId' | 'expectedVersion' | 'head' | 'intents' | 'key'> & {
  person: string;
  /** After the events. */
  state: PersonState;
  events: Recorded<PersonEvent>[];
};
