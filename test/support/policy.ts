import { parse } from 'yaml';
import { policyDocument } from '../../src/core/policy.ts';

/** A small policy of the tests' own, so that they state rules and not what the default file happens to say. */
export const POLICY_TEXT = `
rules:
  currency: USD
  escalate_before: 2h
  tiers:
    team_lead: { from: 0, sla: 24h, authority: 10000 }
    manager: { from: 20, sla: 48h, authority: 100000 }
    executive: { from: 50, sla: 72h, authority: none }
  policies:
    - { id: refund-window, name: Refund window, text: Refunds within 30 days of delivery., standard: { value: 30, unit: days } }
    - { id: discount, name: Discount, text: Up to 10 % off., standard: { value: 10, unit: "%" } }
    - { id: goodwill, name: Goodwill, text: No gifts. }
  categories:
    - { id: customer, name: Customer request }
    - { id: internal, name: Internal, customer: optional }
  default_category: customer
wiring:
  zone: Europe/Berlin
  channels:
    team_lead: "#exceptions-team-lead"
    manager: "#exceptions-manager"
    executive: "#exceptions-executive"
    audit: "#exceptions-audit"
  groups:
    operations: "@operations"
    team_leads: "@team-leads"
    managers: "@managers"
    executives: "@executives"
    ops_supervisors: "@ops-supervisors"
    customer_success: "@customer-success"
    compliance: [U0CLEO]
    data_quality: "@data-quality"
    admins: "@carveout-admins"
    auditors: "@auditors"
`;

export const readPolicy = (text: string) => policyDocument.parse(parse(text));
export const { rules: RULES, wiring: WIRING } = readPolicy(POLICY_TEXT);

/** What the policy may say beyond that: inputs, a checklist, sources, what counts together, causes of its own. */
export const PROCEDURE_TEXT = policyWith(
  '  default_category: customer\n',
  `    - { id: claim, name: Claim, inputs: [contract, photo, crm-data], sources: [billing] }
    - { id: health, name: Health, customer: optional, confidential: true }
  default_category: customer
  inputs:
    - { id: crm-data, name: CRM data, why: It says what was sold., example: Order 4711, source: crm }
    - { id: photo, name: Photo, why: It shows the damage., example: A picture of the box, field: evidence }
    - { id: contract, name: Contract, why: It says what was promised., example: Frame contract 7 }
  checklist:
    - { id: identity, text: The customer is who they say, required: true }
    - { id: figures, text: The figures are right }
  standard_reasons: [Details checked.]
  data_unavailable_extension: 24h
  expedited_sla: 4h
  complaint_within: 1h
  unanswered_after_days: 10
  recurrence: { same: [rule, customer], count: 3, within: 90d }
  splitting: { within: 30d }
  causes:
    - { id: our-mistake, name: A mistake of ours }
`,
  policyWith(
    'wiring:\n',
    `wiring:
  sources:
    crm: { name: CRM, fields: { segment: { label: Segment, path: segment } }, csv: { file: crm.csv, key: customer } }
    billing: { name: Billing, fields: { paid: { label: Paid, path: paid } }, csv: { file: billing.csv, key: customer } }
`,
  ),
);
export const { rules: PROCEDURE } = readPolicy(PROCEDURE_TEXT);

/** The same policy with every `from` written as `to`. */
export function policyWith(from: string, to: string, text: string = POLICY_TEXT): string {
  if (!text.includes(from)) throw new Error(`the policy of the tests has no "${from}"`);
  return text.replaceAll(from, to);
}
