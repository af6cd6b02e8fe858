/** What auditors are given, and the record proved: `audit <what>`, one file each. */
import { erase } from './audit/erase.ts';
import { exportEvidence } from './audit/export.ts';
import { key } from './audit/key.ts';
import { looks } from './audit/looks.ts';
import { proof } from './audit/proof.ts';
import { verify } from './audit/verify.ts';
import type { Family } from './command.ts';

export const audit: Family = { members: { verify, key, proof, export: exportEvidence, looks, erase } };
