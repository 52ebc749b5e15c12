import { expect, test } from 'vitest';
import { bodyOf, initialValues } from '../views/form/values';
import { memoryPolicy, vmForm } from './vmForm';

const GIB = 1024 ** 3;
const vm = { id: '1', name: 'web1', memory: String(2 * GIB), memory_policy: { guaranteed: String(GIB), max: String(4 * GIB) } };
const touched = new Set(['memory']);

test('a change of memory keeps what the dialog shows as guaranteed and maximum', () => {
  const values = { ...initialValues(vmForm, vm), memory: 3 * GIB };
  expect(memoryPolicy(values, touched, vm)).toEqual({ 'memory_policy.max': 4 * GIB, 'memory_policy.guaranteed': GIB });
  expect(bodyOf(vmForm, values, vm)).toEqual({ memory: 3 * GIB, memory_policy: { guaranteed: GIB, max: 4 * GIB } });
});

test('what would not go with the memory is shown as it has to be', () => {
  expect(memoryPolicy({ memory: 8 * GIB }, touched, vm)['memory_policy.max']).toBe(32 * GIB);
  expect(memoryPolicy({ memory: GIB / 2 }, touched, vm)['memory_policy.guaranteed']).toBe(GIB / 2);
  expect(memoryPolicy({ memory: 8 * GIB }, new Set(['memory', 'memory_policy.max']), vm)).not.toHaveProperty('memory_policy.max');
});

test('of a new machine all memory is guaranteed, and it can grow', () => {
  expect(memoryPolicy({ memory: 2 * GIB }, touched, null)).toEqual({ 'memory_policy.max': 8 * GIB, 'memory_policy.guaranteed': 2 * GIB });
});
