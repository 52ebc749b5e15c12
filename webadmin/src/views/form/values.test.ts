import { describe, expect, it } from 'vitest';
import type { Form } from '../../entities/entity';
import { bodyOf, initialValues, pagesOf, problems, withPattern } from './values';

const form: Form = {
  fields: [
    { path: 'name', label: 'Name', kind: 'text', required: true },
    { path: 'cluster.id', label: 'Cluster', kind: 'reference', collection: 'clusters', required: true, fixed: true },
    { path: 'memory', label: 'Memory', kind: 'bytes', initial: 1073741824 },
    { path: 'cpu.topology.cores', label: 'Cores', kind: 'number', initial: 1, min: 1, page: 'System' },
    { path: 'description', label: 'Description', kind: 'text', page: 'General' },
    { path: 'high_availability.enabled', label: 'Highly available', kind: 'boolean', page: 'High Availability' },
    { path: 'lease', label: 'Lease', kind: 'text', page: 'High Availability', when: (values) => values['high_availability.enabled'] === true },
    { path: 'custom_properties.custom_property', label: 'Custom properties', kind: 'pairs', page: 'Custom Properties' },
  ],
};
const vm = { id: '1', name: 'web1', cluster: { id: 'c1' }, memory: '1073741824', cpu: { topology: { cores: '2' } }, high_availability: { enabled: 'false' } };

describe('a form for a new one', () => {
  it('sends what is given, at its path and typed', () => {
    const values = { ...initialValues(form, null), name: 'web2', 'cluster.id': 'c1' };
    expect(bodyOf(form, values, null)).toEqual({
      name: 'web2',
      cluster: { id: 'c1' },
      memory: 1073741824,
      cpu: { topology: { cores: 1 } },
    });
    expect(bodyOf(form, values, null, new Set(['high_availability.enabled']))).toMatchObject({ high_availability: { enabled: false } });
  });

  it('leaves to its template what nobody touched', () => {
    const template = { id: 't', name: 'gold', memory: '2147483648', cpu: { topology: { cores: '4' } }, high_availability: { enabled: 'true' } };
    const touched = new Set(['name', 'cluster.id', 'high_availability.enabled']);
    const values = withPattern(form, { ...initialValues(form, null), name: 'web2', 'cluster.id': 'c1' }, touched, template);
    expect(values).toMatchObject({ name: 'web2', memory: 2147483648, 'cpu.topology.cores': 4 });
    expect(bodyOf(form, { ...values, 'high_availability.enabled': false }, null, touched, template)).toEqual({
      name: 'web2',
      cluster: { id: 'c1' },
      high_availability: { enabled: false },
    });
  });

  it('names the fields that are not right', () => {
    const values = { ...initialValues(form, null), 'cpu.topology.cores': 0, memory: 'much' };
    expect([...problems(form, values, null)]).toEqual([
      ['name', 'Must not be empty'],
      ['cluster.id', 'Must not be empty'],
      ['memory', 'Must be a number'],
      ['cpu.topology.cores', '{{value}} is too small: at least {{min}}'],
    ]);
  });

  it('takes whole numbers, unless a field has fractions', () => {
    const wrong = problems(form, { ...initialValues(form, null), 'cpu.topology.cores': 1.5 }, null);
    expect(wrong.get('cpu.topology.cores')).toBe('{{value}} is not a whole number');
    const limit: Form = { fields: [{ path: 'memory_limit', label: 'Memory (GiB)', kind: 'number', fraction: true }] };
    expect([...problems(limit, { memory_limit: 1.5 }, null)]).toEqual([]);
  });

  it('has pages in the order of their fields', () => {
    expect(pagesOf(form.fields)).toEqual(['System', 'General', 'High Availability', 'Custom Properties']);
  });
});

describe('a form for one that is there', () => {
  it('sends nothing when nothing is changed', () => {
    expect(bodyOf(form, initialValues(form, vm), vm)).toEqual({});
  });

  it('sends only what is changed, and no field that cannot be', () => {
    const values = { ...initialValues(form, vm), 'cpu.topology.cores': 4, 'cluster.id': 'c2', description: 'x' };
    expect(bodyOf(form, values, vm)).toEqual({ cpu: { topology: { cores: 4 } }, description: 'x' });
  });

  it('empties a text that it had', () => {
    const described = { ...vm, description: 'old' };
    expect(bodyOf(form, { ...initialValues(form, described), description: '' }, described)).toEqual({ description: '' });
  });

  it('sends an empty reference where the API takes one for none, and says so where it takes none', () => {
    const parts: Form = {
      fields: [
        { path: 'vlan.id', label: 'VLAN', kind: 'number', clears: true },
        { path: 'lease.storage_domain.id', label: 'Lease', kind: 'reference', clears: true },
        { path: 'placement_policy.hosts.host', label: 'Runs only on', kind: 'references' },
        { path: 'mac_pool.id', label: 'MAC address pool', kind: 'reference' },
        { path: 'mtu', label: 'MTU', kind: 'number' },
      ],
    };
    const one = { vlan: { id: '7' }, lease: { storage_domain: { id: 's' } }, placement_policy: { hosts: { host: [{ id: 'h1' }, { id: 'h2' }] } }, mac_pool: { id: 'm' } };
    const emptied = { 'vlan.id': '', 'lease.storage_domain.id': '', 'placement_policy.hosts.host': [], 'mac_pool.id': '', mtu: '' };
    expect(bodyOf(parts, emptied, one)).toEqual({ vlan: {}, lease: { storage_domain: {} }, placement_policy: { hosts: { host: [] } } });
    expect([...problems(parts, emptied, one)]).toEqual([['mac_pool.id', 'Can be changed, but not emptied']]);
  });

  it('leaves out what other values hide', () => {
    const values = { ...initialValues(form, vm), lease: 'l1' };
    expect(bodyOf(form, values, vm)).toEqual({});
    expect(bodyOf(form, { ...values, 'high_availability.enabled': true }, vm)).toEqual({ high_availability: { enabled: true }, lease: 'l1' });
  });

  it('lets the form have the last word', () => {
    const wrapped: Form = { ...form, body: (body) => ({ vm: body }) };
    expect(bodyOf(wrapped, { ...initialValues(form, vm), name: 'n' }, vm)).toEqual({ vm: { name: 'n' } });
  });
});
