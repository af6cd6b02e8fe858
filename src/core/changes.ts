/** What an edit changes of what was asked for. */
import { type Change, type Content, content as contentSchema } from './events/content.ts';
import type { ExceptionRequest } from './request.ts';
import type { Words } from './values.ts';

/** The form's fields of a request. */
export const contentOf = (state: ExceptionRequest): Content => contentSchema.parse(state);

/** Which fields differ, in the form's order. Texts differ where their content ids do. */
export function changesTo(before: Content, after: Content): Change[] {
  const fields = Object.keys(contentSchema.shape) as (keyof Content)[];
  return fields.flatMap((field) => {
    if (field === 'inputs') return inputChanges(before.inputs, after.inputs);
    const was = shown(before[field]);
    const is = shown(after[field]);
    // Another file may bear the same name.
    if (field === 'files' ? idsOf(before) === idsOf(after) : same(was, is)) return [];
    return [{ field, before: was, after: is }];
  });
}

function inputChanges(before: Content['inputs'], after: Content['inputs']): Change[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return ids.flatMap((id) => {
    const was = before[id] ?? null;
    const is = after[id] ?? null;
    return same(was, is) ? [] : [{ field: `inputs.${id}`, before: was, after: is }];
  });
}

const idsOf = ({ files }: Content): string => files.map(({ id }) => id).join();

const same = (a: Words | string | null, b: Words | string | null): boolean => keyOf(a) === keyOf(b);
const keyOf = (shown: Words | string | null) => (shown && typeof shown === 'object' ? shown.content : shown);

function shown(value: Content[Exclude<keyof Content, 'inputs'>]): Words | string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(({ name }) => name).join(', ') || null;
  if ('unit' in value) return `${value.value} ${value.unit}`;
  return value;
}
