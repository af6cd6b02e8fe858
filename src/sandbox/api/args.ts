import { isObject, type Json, parseJson } from '../json.ts';
import { withMessages } from './errors.ts';

/** The arguments of one call: strings from a form, or values from JSON, read the same way. */
export class Args {
  readonly raw: Json;

  constructor(raw: Json) {
    this.raw = raw;
  }

  has(name: string): boolean {
    const value = this.raw[name];
    return value !== undefined && value !== null && value !== '';
  }

  text(name: string): string | undefined {
    const value = this.raw[name];
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** @throws invalid_arguments naming the field */
  need(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '')
      throw withMessages('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
    return value;
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.text(name);
    if (value === undefined || value === '') return otherwise;
    if (['true', '1', 't'].includes(value)) return true;
    if (['false', '0', 'f'].includes(value)) return false;
    throw withMessages('invalid_arguments', [`[ERROR] must be a boolean [json-pointer:/${name}]`]);
  }

  number(name: string, otherwise: number, max: number): number {
    const value = this.text(name);
    if (value === undefined || value === '') return otherwise;
    const number = Number(value);
    if (!Number.isInteger(number) || number < 0)
      throw withMessages('invalid_arguments', [`[ERROR] must be an integer [json-pointer:/${name}]`]);
    return number === 0 ? otherwise : Math.min(number, max);
  }

  /** A value that is JSON inside a form field, or is there as it is. `undefined`: not given; `null`: not JSON. */
  json(name: string): unknown {
    const value = this.raw[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') return value;
    const parsed = parseJson(value);
    return parsed === undefined ? null : parsed.value;
  }

  list(name: string): string[] {
    const value = this.raw[name];
    if (Array.isArray(value)) return value.filter((item): item is string => typeof item === 'string');
    return (this.text(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
}

/** Form fields or a JSON object, by content type; a query string counts too. */
export function readArguments(contentType: string, body: string, query: URLSearchParams): Json {
  const fromQuery = Object.fromEntries(query);
  if (body === '') return fromQuery;
  if (contentType.includes('application/json')) {
    const parsed = parseJson(body);
    if (parsed === undefined) throw withMessages('invalid_json', ['[ERROR] the body is not JSON']);
    if (!isObject(parsed.value)) throw withMessages('json_not_object', ['[ERROR] the body is not an object']);
    return { ...fromQuery, ...parsed.value };
  }
  if (contentType.includes('application/x-www-form-urlencoded'))
    return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) };
  throw withMessages('invalid_post_type', [`[ERROR] unexpected content type: ${contentType}`]);
}
