import { bytesOf, yesNoOf } from './cells';
import { column, descriptionColumn, facts, nameColumn, nicsTab, remove } from './common';
import type { EntityType } from './entity';
import { machineBody, machineFields, memoryPolicy, vcpus } from './vmForm';

const PAGES = ['System', 'Console', 'Host', 'High Availability', 'Resource Allocation', 'Boot Options', 'Random Generator'];

/** Hardware that machines can be made with. */
export const instanceType: EntityType = {
  name: 'InstanceType',
  token: 'instanceTypes',
  collection: 'instancetypes',
  element: 'instance_type',
  plural: 'Instance Types',
  singular: 'Instance Type',
  searchPrefix: null,
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name'],
  columns: [
    nameColumn,
    column('memory', 'Memory', 'memory', { draw: bytesOf('memory') }),
    { id: 'vcpus', label: 'vCPUs', fields: ['cpu.topology.sockets', 'cpu.topology.cores', 'cpu.topology.threads'], draw: vcpus },
    descriptionColumn,
  ],
  actions: [remove('The instance types will be gone. Remove?')],
  form: {
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'memory', label: 'Memory', kind: 'bytes', initial: 1024 ** 3, required: true },
      { path: 'cpu.topology.cores', label: 'CPU cores', kind: 'number', initial: 1, min: 1, required: true },
      ...machineFields.filter((field) => PAGES.includes(field.page ?? '') && field.path !== 'cpu_profile.id' && field.path !== 'placement_policy.hosts.host'),
    ],
    body: machineBody,
    adjusts: memoryPolicy,
  },
  tabs: [
    {
      detail: '',
      suffix: 'general',
      label: 'General',
      index: 0,
      facts: [
        facts.name,
        facts.description,
        { label: 'Defined memory', field: 'memory', draw: bytesOf('memory') },
        { label: 'Guaranteed memory', field: 'memory_policy.guaranteed', draw: bytesOf('memory_policy.guaranteed') },
        { label: 'Number of CPU cores', field: 'cpu.topology.cores', draw: vcpus },
        { label: 'Highly available', field: 'high_availability.enabled', draw: yesNoOf('high_availability.enabled') },
        facts.id,
      ],
    },
    nicsTab(1, 'instancetypes'),
  ],
};
