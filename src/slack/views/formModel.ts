/** What the request form is drawn from. */
import type { Typed } from '../../core/form.ts';
import type { Rules, Wiring } from '../../core/policy.ts';
import type { RequiredInput } from '../../core/procedure.ts';
import type { Instant, Tier } from '../../core/values.ts';
import type { FormMeta } from '../carried.ts';

/** Where the request would go as filled in so far. */
export type FormRoute = {
  /** Null while deviation or value are missing. */
  tier: Tier | null;
  /** Whether operations picks the tier, since the figures cannot tell it. */
  picked?: boolean;
  /** How many other requests count together with it. */
  together?: number;
  /** How many people can read it there; null while unknown. */
  readers: number | null;
  /** `#exceptions-manager`; null where it goes by direct message. */
  channel: string | null;
  /** When it would have to be decided if sent now; null where that is settled. */
  dueAt: Instant | null;
};

/** The request that is changed or completed, as far as its owner has to know before they do. */
export type Amending = {
  number: number;
  /** What it was sent back for: inputs that are missing, and what somebody wrote. */
  returned: { missing: RequiredInput[]; by: string | null; words: string | null } | null;
  /** Names of those whose approval no longer counts once it is changed. */
  approvedBy: string[];
  /** What others changed while this form was open; empty where nothing was. */
  changed: { field: string; before: string | null; after: string | null }[];
};

export type FormModel = {
  rules: Rules;
  wiring: Wiring;
  names: Readonly<Record<string, string>>;
  meta: FormMeta;
  /** What stands in each field, as typed. */
  values: Typed;
  /** What was typed under `You ask for`, read as a decimal; null where it cannot be read. */
  asked: string | null;
  route: FormRoute;
  amending?: Amending;
  locale?: string | undefined;
};
