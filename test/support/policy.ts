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
`;

export const readPolicy = (text: string) => policyDocument.parse(parse(text));
export const { rules: RULES, wiring: WIRING } = readPolicy(POLICY_TEXT);

/** The same policy with every `from` written as `to`. */
export function policyWith(from: string, to: string, text: string = POLICY_TEXT): string {
  if (!text.includes(from)) throw new Error(`the policy of the tests has no "${from}"`);
  return text.replaceAll(from, to);
}
