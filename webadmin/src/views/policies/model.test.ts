import { describe, expect, it } from 'vitest';
import { add, balance, copyOf, drop, emptyPolicy, factor, FIRST, isUsed, knownProperties, LAST, payload, place, problems, remove, requests, unitsOf, usedFilters, type Policy } from './model';

const json = (id: string, name: string, type: string, properties: Record<string, string> = {}, more = {}) => ({
  id, name, type, enabled: 'true', internal: 'true',
  properties: { property: Object.entries(properties).map(([key, value]) => ({ name: key, value })) },
  ...more,
});
const units = unitsOf([
  json('f1', 'CPU', 'filter'),
  json('f2', 'Memory', 'filter'),
  json('f3', 'CPUOverloaded', 'filter', { HighUtilization: '^([5-9][0-9])$' }),
  json('f4', 'max_vms', 'filter', { maximum_vm_count: '[0-9]*' }, { internal: 'false', enabled: 'false' }),
  json('w1', 'HA', 'weight'),
  json('w2', 'Power', 'weight', { HighUtilization: '^([5-9][0-9])$' }),
  json('b0', 'None', 'load_balancing'),
  json('b1', 'Even', 'load_balancing', { Duration: '^([1-9][0-9]*)$' }),
  { id: 's', name: 'RankSelector', enabled: 'true', internal: 'true' },
]);
const unit = (id: string) => units.find((one) => one.id === id)!;
const policy: Policy = { ...emptyPolicy(units), name: 'gold', filters: { f1: FIRST, f3: 0, f2: LAST }, weights: { w1: 1 }, properties: [{ name: 'HighUtilization', value: '80' }] };

describe('the policy dialog', () => {
  it('lists no selectors, and begins with the balancer None', () => {
    expect(units.map((one) => one.id)).not.toContain('s');
    expect(emptyPolicy(units).balancer).toBe('b0');
  });

  it('draws the first filter first and the last one last', () => {
    expect(usedFilters(policy, units).map((one) => one.name)).toEqual(['CPU', 'CPUOverloaded', 'Memory']);
  });

  it('takes First from the filter that has it', () => {
    const moved = place(policy, unit('f3'), FIRST);
    expect(moved.filters).toEqual({ f1: 0, f3: FIRST, f2: LAST });
    expect(place(moved, unit('f3'), 0).filters).toEqual({ f1: 0, f3: 0, f2: LAST });
  });

  it('drops a filter without position and a function with the factor 1', () => {
    const without = remove(policy, unit('f2'), units);
    expect(drop(without, payload(unit('f2'), false), 'Filter', true, units).filters.f2).toBe(0);
    expect(drop(policy, payload(unit('w2'), false), 'Function', true, units).weights).toEqual({ w1: 1, w2: 1 });
  });

  it('ignores drops on the same column and from the other kind', () => {
    expect(drop(policy, payload(unit('f1'), true), 'Filter', true, units)).toBe(policy);
    expect(drop(policy, payload(unit('f1'), true), 'Function', false, units)).toBe(policy);
    expect(drop(policy, 'something else', 'Filter', true, units)).toBe(policy);
  });

  it('keeps factors at 1 or more', () => {
    expect(factor(policy, unit('w1'), -1).weights.w1).toBe(1);
    expect(factor(factor(policy, unit('w1'), 1), unit('w1'), 1).weights.w1).toBe(3);
  });

  it('does not add a disabled unit, but removes one', () => {
    expect(isUsed(add(policy, unit('f4')), unit('f4'))).toBe(false);
    const withIt = { ...policy, filters: { ...policy.filters, f4: 0 } };
    expect(isUsed(remove(withIt, unit('f4'), units), unit('f4'))).toBe(false);
  });

  it('removes a property with the last unit that knows it', () => {
    const both = add(policy, unit('w2'));
    const one = remove(both, unit('f3'), units);
    expect(one.properties).toHaveLength(1);
    expect(remove(one, unit('w2'), units).properties).toEqual([]);
  });

  it('knows the properties of the balancer while it is chosen', () => {
    const even = balance(policy, 'b1', units);
    expect([...knownProperties(even, units).keys()]).toEqual(['Duration', 'HighUtilization']);
    const set = { ...even, properties: [...even.properties, { name: 'Duration', value: '2' }] };
    expect(balance(set, 'b0', units).properties.map((one) => one.name)).toEqual(['HighUtilization']);
  });

  it('names what is wrong', () => {
    const wrong = { ...policy, name: 'größer', properties: [{ name: 'HighUtilization', value: '20' }, { name: 'Other', value: '1' }] };
    expect([...problems(wrong, units).keys()]).toEqual(['name', 'property HighUtilization', 'property Other']);
    expect(problems({ ...policy, name: 'x'.repeat(51) }, units).get('name')).toContain('50');
    expect(problems(policy, units).size).toBe(0);
  });

  it('copies as something of one’s own', () => {
    expect(copyOf({ ...policy, id: '1', locked: true })).toMatchObject({ id: null, locked: false, name: 'Copy_of_gold', filters: policy.filters });
  });

  it('changes nothing of a locked policy', () => {
    const locked = { ...policy, locked: true };
    expect([add(locked, unit('w2')), remove(locked, unit('f1'), units), place(locked, unit('f1'), 0), factor(locked, unit('w1'), 1), balance(locked, 'b1', units)]).toEqual(Array(5).fill(locked));
  });
});

describe('saving a policy', () => {
  it('asks for nothing when nothing changed', () => {
    expect(requests(policy, policy, '1')).toEqual([]);
  });

  it('frees a place before it gives it to another, and sets properties at the end', () => {
    const after = { ...place(policy, unit('f3'), FIRST), properties: [{ name: 'HighUtilization', value: '70' }] };
    expect(requests({ ...policy, id: '1' }, after, '1').map((one) => `${one.method} ${one.path} ${one.body?.position ?? ''}`)).toEqual([
      'DELETE /schedulingpolicies/1/filters/f1 ',
      'DELETE /schedulingpolicies/1/filters/f3 ',
      'POST /schedulingpolicies/1/filters 0',
      'POST /schedulingpolicies/1/filters -1',
      'PUT /schedulingpolicies/1 ',
    ]);
  });

  it('changes a factor by taking the function out and in', () => {
    const [out, back] = requests(policy, factor(policy, unit('w1'), 2), '1');
    expect(out).toMatchObject({ method: 'DELETE', path: '/schedulingpolicies/1/weights/w1' });
    expect(back!.body).toEqual({ scheduling_policy_unit: { id: 'w1' }, factor: 3 });
  });
});
