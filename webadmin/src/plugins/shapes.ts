import type { EntityObject } from './entityObjects';

/**
 * How a selection is handed to a plugin's function. Plugins up to oVirt 4.3 get the entities one by one, later ones as
 * one array; the names of the functions do not tell which. So every function is looked at by itself.
 */
export type Shape = 'spread' | 'array' | 'hybrid';

export interface Dialect {
  /** said by the administrator; null: to be found out */
  apiCompat: '3' | '4' | null;
  usedOldNames: boolean;
  usedNewNames: boolean;
}

/** Names of both generations say nothing; nor do those that only look like one's. */
const NEUTRAL = new Set(['revealPlace', 'currentPlace']);
const NEW = new Set(['showToast', 'setPlaceUnloadHandler']);

export function generationOf(apiFunction: string): 'old' | 'new' | 'both' {
  if (NEUTRAL.has(apiFunction)) return 'both';
  if (NEW.has(apiFunction) || /Place|Container/.test(apiFunction)) return 'new';
  return apiFunction.includes('Tab') ? 'old' : 'both';
}

type AnyFunction = (...args: unknown[]) => unknown;

const usesArguments = new WeakMap<AnyFunction, boolean>();

function readsArguments(fn: AnyFunction): boolean {
  let known = usesArguments.get(fn);
  if (known === undefined) {
    const source = Function.prototype.toString.call(fn);
    known = /\barguments\b/.test(source) || /^[^)]*\(\s*\.\.\./.test(source);
    usesArguments.set(fn, known);
  }
  return known;
}

export function shapeOf(fn: AnyFunction, dialect: Dialect): Shape {
  if (dialect.apiCompat === '3') return 'spread';
  if (dialect.apiCompat === '4') return 'array';
  const oldOnly = dialect.usedOldNames && !dialect.usedNewNames;
  if (fn.length === 0) return readsArguments(fn) || oldOnly ? 'spread' : 'array';
  return oldOnly && readsArguments(fn) ? 'spread' : 'hybrid';
}

/** An array of the entities that has the members of the first one too, for functions that name one parameter. */
function hybrid(items: readonly EntityObject[]): EntityObject[] {
  const array = items.slice();
  const first = items[0] ?? {};
  for (const [member, value] of Object.entries(first)) {
    if (!(member in array)) Object.defineProperty(array, member, { value, enumerable: false, configurable: true });
  }
  return array;
}

/** The arguments for a function: copies, since plugins may change what they get. */
export function argumentsFor(
  fn: AnyFunction,
  dialect: Dialect,
  items: readonly EntityObject[],
  parent: EntityObject | null,
): unknown[] {
  const copies = items.map((item) => ({ ...item }));
  const after = parent === null ? [] : [{ ...parent }];
  switch (shapeOf(fn, dialect)) {
    case 'spread':
      return copies;
    case 'array':
      return [copies, ...after];
    case 'hybrid':
      return [hybrid(copies), ...after];
  }
}
