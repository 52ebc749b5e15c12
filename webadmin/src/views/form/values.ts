import { at, type Json } from '../../engine/api';
import type { Field, Form } from '../../entities/entity';
import { isTrue, numeric } from '../../entities/texts';

/** Values of a form by the paths of its fields. They are typed: numbers, booleans, lists; an empty text for nothing. */
export type Values = Record<string, unknown>;

/** What a form shows first: of the entity, or what the fields propose. */
export function initialValues(form: Form, entity: Json | null): Values {
  return Object.fromEntries(form.fields.map((field) => [field.path, initialValue(field, entity)]));
}

export function initialValue(field: Field, entity: Json | null): unknown {
  const known = entity === null ? undefined : field.read ? field.read(entity) : at(entity, field.path);
  const value = known ?? (entity === null ? field.initial : undefined);
  switch (field.kind) {
    case 'boolean':
      return isTrue(value);
    case 'number':
    case 'bytes':
      return numeric(value) ?? '';
    case 'references':
      return ((value as Json[] | undefined) ?? []).map((one) => ({ id: one.id, name: one.name }));
    case 'choices':
    case 'pairs':
      return Array.isArray(value) ? value : [];
    default:
      return value === undefined || value === null ? '' : String(value);
  }
}

/** The fields that matter for these values. */
export function shownFields(form: Form, values: Values, entity: Json | null): Field[] {
  return form.fields.filter((field) => !(field.fixed && entity !== null) && (field.when?.(values) ?? true));
}

/**
 * What has to be sent: of one that is there what has changed, of a new one what is given.
 *
 * @param touched what the user has set. A box that nobody touched says nothing about a new one, and neither do values
 *     that come from what it is made of.
 * @param pattern what a new one is made of: its template
 */
export function bodyOf(form: Form, values: Values, entity: Json | null, touched?: ReadonlySet<string>, pattern: Json | null = null): Json {
  const before = entity === null ? null : initialValues(form, entity);
  const body: Json = {};
  for (const field of shownFields(form, values, entity)) {
    const value = values[field.path];
    const sent = before === null ? given(field, value, touched, pattern) : !same(value, before[field.path]) && sendable(field, value);
    if (!sent) continue;
    if (field.clears && empty(value)) put(body, field.path.replace(/\.id$/, ''), {});
    else put(body, field.path, field.kind === 'references' ? (value as Json[]).map(({ id }) => ({ id })) : value);
  }
  return form.body ? form.body(body, entity, values) : body;
}

function given(field: Field, value: unknown, touched: ReadonlySet<string> | undefined, pattern: Json | null): boolean {
  if (touched?.has(field.path)) return field.kind === 'boolean' || sendable(field, value);
  if (pattern !== null && !field.required && patternValue(field, pattern) !== undefined) return false;
  if (field.kind === 'boolean') return field.initial !== undefined || value === true;
  return !empty(value);
}

/** The values of a form whose pattern became known: those that nobody touched are the pattern's. */
export function withPattern(form: Form, values: Values, touched: ReadonlySet<string>, pattern: Json): Values {
  const changed = { ...values };
  for (const field of form.fields) {
    if (!touched.has(field.path) && patternValue(field, pattern) !== undefined) changed[field.path] = initialValue(field, pattern);
  }
  return changed;
}

function patternValue(field: Field, pattern: Json): unknown {
  return field.fixed || OWN.has(field.path) ? undefined : field.read ? field.read(pattern) : at(pattern, field.path);
}

/** What a thing never has from what it is made of. */
const OWN = new Set(['name', 'description', 'comment', 'cluster.id']);

/** Texts and lists can be emptied; of numbers and references, which can be is said. */
function sendable(field: Field, value: unknown): boolean {
  return !empty(value) || !!field.clears || !['number', 'bytes', 'reference', 'choice', 'password'].includes(field.kind);
}

/** Whether it has a value that the API cannot take away again. */
export function stays(field: Field, entity: Json | null): boolean {
  return entity !== null && !empty(initialValue(field, entity)) && !sendable(field, '');
}

function empty(value: unknown): boolean {
  return value === '' || value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

export function put(body: Json, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop()!;
  let inner = body;
  for (const name of names) inner = inner[name] ??= {};
  inner[last] = value;
}

/** What is wrong, by path; texts are keys of translations. */
export function problems(form: Form, values: Values, entity: Json | null): Map<string, string> {
  const found = new Map<string, string>();
  for (const field of shownFields(form, values, entity)) {
    const problem = problemOf(field, values[field.path], values, stays(field, entity));
    if (problem) found.set(field.path, problem);
  }
  return found;
}

function problemOf(field: Field, value: unknown, values: Values, stays: boolean): string | null {
  if (empty(value)) return field.required ? 'Must not be empty' : stays ? 'Can be changed, but not emptied' : (field.check?.(value, values) ?? null);
  if (field.kind === 'number' || field.kind === 'bytes') {
    const number = numeric(value);
    if (number === null) return 'Must be a number';
    if (field.kind === 'number' && !field.fraction && !Number.isInteger(number)) return '{{value}} is not a whole number';
    if (number < (field.min ?? (field.kind === 'bytes' ? 1 : -Infinity))) return '{{value}} is too small: at least {{min}}';
    if (field.max !== undefined && number > field.max) return '{{value}} is too large: at most {{max}}';
  }
  return field.check?.(value, values) ?? null;
}

/** Pages of the advanced part, in the order of their first fields. */
export function pagesOf(fields: readonly Field[]): string[] {
  return [...new Set(fields.map((field) => field.page).filter((page) => page !== undefined))];
}
