/** What was changed of a request: the field, what it said before and what it says now. */

/** Fields of the form as they stand in the middle of a sentence. */
const FIELDS: Readonly<Record<string, string>> = {
  rule: 'policy',
  otherRule: 'rule',
  category: 'category',
  component: 'component',
  errorType: 'type or error code',
  deviation: 'deviation',
  asksFor: 'what is asked for',
  value: 'value',
  customer: 'customer',
  rationale: 'rationale',
  impact: 'impact analysis',
  evidence: 'evidence',
  files: 'files',
  severity: 'severity',
  urgent: 'urgent',
  alreadyHappened: 'already happened',
  neededBy: 'needed by',
  confidential: 'confidential',
};

export const changes = {
  field: (id: string): string => FIELDS[id] ?? id,
  nothing: 'none',
  brief: (field: string, before: string, after: string): string => `${field} ${before} → ${after}`,
  rewritten: (field: string): string => `${field} rewritten`,
  added: (field: string): string => `${field} added`,
  removed: (field: string): string => `${field} removed`,
  before: (field: string): string => `Before, ${field}:`,
  after: (field: string): string => `Now, ${field}:`,
  more: (count: number): string => `and ${count} more ${count === 1 ? 'change' : 'changes'}`,
};
