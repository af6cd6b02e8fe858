import { z } from 'zod';

/** Of anything the policy gives a name of its own: rules, categories, inputs, sources, fields. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,60}$/, 'expected an id of small letters, digits, - and _');
