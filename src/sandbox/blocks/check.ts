import { codePoints, isObject, type Json } from '../json.ts';

export type Surface = 'message' | 'modal' | 'home';

/** What is found while looking through blocks: problems in Slack's words, and ids that may occur only once. */
export class Findings {
  readonly messages: string[] = [];
  readonly surface: Surface;
  readonly blockIds = new Set<string>();
  /** action ids of the block being looked at; Slack wants them unique within a block. */
  actionIds = new Set<string>();
  tables = 0;
  inputs = 0;
  focused = 0;

  constructor(surface: Surface) {
    this.surface = surface;
  }

  add(problem: string, at: string): void {
    this.messages.push(`[ERROR] ${problem} [json-pointer:${at}]`);
  }
}

/** Looks at one value; `at` is its JSON pointer. */
export type Rule = (value: unknown, at: string, found: Findings) => void;

export const text =
  (max: number, min = 1): Rule =>
  (value, at, found) => {
    if (typeof value !== 'string') return found.add('must be a string', at);
    const length = codePoints(value);
    if (length > max) found.add(`must be less than ${max + 1} characters`, at);
    if (length < min) found.add(`must be more than ${min - 1} characters`, at);
  };

export const flag: Rule = (value, at, found) => {
  if (typeof value !== 'boolean') found.add('must be a boolean', at);
};

export const integer =
  (min: number, max: number): Rule =>
  (value, at, found) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return found.add('must be an integer', at);
    if (value < min) found.add(`must be greater than or equal to ${min}`, at);
    if (value > max) found.add(`must be less than or equal to ${max}`, at);
  };

export const oneOf =
  (...values: string[]): Rule =>
  (value, at, found) => {
    if (typeof value !== 'string' || !values.includes(value)) found.add(`must be one of: ${values.join(', ')}`, at);
  };

export const pattern =
  (expression: RegExp, problem: string): Rule =>
  (value, at, found) => {
    if (typeof value !== 'string' || !expression.test(value)) found.add(problem, at);
  };

export const anything: Rule = () => undefined;

export const list =
  (rule: Rule, max: number, min = 1): Rule =>
  (value, at, found) => {
    if (!Array.isArray(value)) return found.add('must be an array', at);
    if (value.length > max) found.add(`no more than ${max} items allowed`, at);
    if (value.length < min) found.add(`no fewer than ${min} items allowed`, at);
    value.forEach((item, index) => {
      rule(item, `${at}/${index}`, found);
    });
  };

export type Shape = {
  need?: { [key: string]: Rule };
  may?: { [key: string]: Rule };
  /** What no single field can tell. */
  also?: (object: Json, at: string, found: Findings) => void;
};

/** An object of this shape and nothing beside it: Slack refuses properties that it does not know. */
export const shape =
  ({ need = {}, may = {}, also }: Shape): Rule =>
  (value, at, found) => {
    if (!isObject(value)) return found.add('must provide an object', at);
    for (const [key, rule] of Object.entries(need)) {
      if (value[key] === undefined || value[key] === null) found.add(`missing required field: ${key}`, at);
      else rule(value[key], `${at}/${key}`, found);
    }
    for (const [key, field] of Object.entries(value)) {
      if (key in need || key === 'type') continue;
      const rule = may[key];
      if (rule === undefined) found.add(`invalid additional property: ${key}`, at);
      else if (field !== undefined && field !== null) rule(field, `${at}/${key}`, found);
    }
    also?.(value, at, found);
  };

/** One of several shapes, told apart by `type`. */
export const typed =
  (shapes: { [type: string]: Rule }): Rule =>
  (value, at, found) => {
    if (!isObject(value)) return found.add('must provide an object', at);
    if (typeof value.type !== 'string') return found.add('missing required field: type', at);
    const rule = Object.hasOwn(shapes, value.type) ? shapes[value.type] : undefined;
    if (rule === undefined) return found.add(`unsupported type: ${value.type}`, `${at}/type`);
    rule(value, at, found);
  };
