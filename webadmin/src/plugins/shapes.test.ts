import { expect, test } from 'vitest';
import type { EntityObject } from './entityObjects';
import { argumentsFor, generationOf, shapeOf, type Dialect } from './shapes';

const UNKNOWN: Dialect = { apiCompat: null, usedOldNames: false, usedNewNames: false };
const OLD: Dialect = { ...UNKNOWN, usedOldNames: true };
const NEW: Dialect = { ...UNKNOWN, usedNewNames: true };
const MIXED: Dialect = { ...UNKNOWN, usedOldNames: true, usedNewNames: true };

const vms: EntityObject[] = [
  { id: '1', name: 'web1', status: 'Up' },
  { id: '2', name: 'web2', status: 'Down' },
];
const call = (fn: any, dialect: Dialect, items = vms) => fn(...argumentsFor(fn, dialect, items, { id: 'parent' }));

test.each([
  ['reads arguments', 'unknown', UNKNOWN, function () { return arguments.length; }, 'spread'],
  ['reads arguments', 'old', OLD, function () { return arguments.length; }, 'spread'],
  ['reads arguments', 'new', NEW, function () { return arguments.length; }, 'spread'],
  ['takes the rest', 'new', NEW, (...items: unknown[]) => items.length, 'spread'],
  ['takes nothing', 'old', OLD, () => 0, 'spread'],
  ['takes nothing', 'new', NEW, () => 0, 'array'],
  ['takes nothing', 'mixed', MIXED, () => 0, 'array'],
  ['names one and reads arguments', 'old', OLD, function (_a: unknown) { return arguments.length; }, 'spread'],
  ['names one and reads arguments', 'mixed', MIXED, function (_a: unknown) { return arguments.length; }, 'hybrid'],
  ['names one', 'old', OLD, (a: unknown) => a, 'hybrid'],
  ['names one', 'new', NEW, (a: unknown) => a, 'hybrid'],
  ['destructures', 'new', NEW, ([vm]: unknown[]) => vm, 'hybrid'],
  ['names two', 'new', NEW, (a: unknown, b: unknown) => [a, b], 'hybrid'],
])('a function that %s, of a plugin with %s names', (_what, _names, dialect, fn, shape) => {
  expect(shapeOf(fn as (...args: unknown[]) => unknown, dialect)).toBe(shape);
});

test("the administrator's word counts above all", () => {
  const reads = function () {
    return arguments.length;
  };
  expect(shapeOf(reads, { ...NEW, apiCompat: '4' })).toBe('array');
  expect(shapeOf((a: unknown) => a, { ...NEW, apiCompat: '3' })).toBe('spread');
});

test('plugins of oVirt 3 count and read their arguments', () => {
  const handler = function () {
    return [arguments.length, arguments[0]?.name];
  };
  expect(call(handler, OLD)).toEqual([2, 'web1']);
  expect(call(handler, OLD, [])).toEqual([0, undefined]);
});

test('plugins of oVirt 4.4 take a real array and the entity of the page', () => {
  expect(call((items: EntityObject[], parent: EntityObject) => [Array.isArray(items), items.length, parent.id], NEW)).toEqual([
    true,
    2,
    'parent',
  ]);
  expect(call(([vm]: EntityObject[]) => vm?.name, NEW)).toBe('web1');
  expect(call((items: EntityObject[]) => items.filter((vm) => vm.status === 'Up').map((vm) => vm.id), NEW)).toEqual(['1']);
});

test('a function that names one parameter can read it as the first entity too', () => {
  expect(call((vm: EntityObject) => vm.name, OLD)).toBe('web1');
  expect(call((items: EntityObject) => JSON.stringify(Object.keys(items)), NEW)).toBe('["0","1"]');
});

test('plugins get copies: what they change stays with them', () => {
  call(([vm]: { name: string }[]) => void (vm!.name = 'changed'), NEW);
  expect(vms[0]!.name).toBe('web1');
});

test('an event keeps its toString to itself', () => {
  const event = { id: '9', toString: 'a text' } as unknown as EntityObject;
  expect(call((items: unknown[]) => Array.isArray(items) && items.length, NEW, [event])).toBe(1);
});

test.each([
  ['addMainTab', 'old'],
  ['setTabContentUrl', 'old'],
  ['addSubTabActionButton', 'old'],
  ['addPrimaryMenuPlace', 'new'],
  ['addPrimaryMenuContainer', 'new'],
  ['showToast', 'new'],
  ['setPlaceUnloadHandler', 'new'],
  ['revealPlace', 'both'],
  ['currentPlace', 'both'],
  ['showDialog', 'both'],
  ['showAlert', 'both'],
  ['ssoToken', 'both'],
])('%s is a name of generation: %s', (name, generation) => {
  expect(generationOf(name)).toBe(generation);
});
