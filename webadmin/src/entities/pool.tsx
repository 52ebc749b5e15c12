import { referenceTo, textOf, yesNoOf } from './cells';
import { column, commentColumn, descriptionColumn, facts, named, nameColumn, referenceColumn, relatedTab, remove } from './common';
import type { EntityType } from './entity';
import { permissionsTab } from './views';

export const pool: EntityType = {
  name: 'Pool',
  token: 'pools',
  collection: 'vmpools',
  element: 'vm_pool',
  plural: 'Pools',
  singular: 'Pool',
  searchPrefix: 'Pools',
  menu: 'compute',
  sort: 'name',
  fields: ['id', 'name'],
  follow: 'cluster,template',
  columns: [
    nameColumn,
    commentColumn,
    column('size', 'Virtual Machines', 'size'),
    column('prestarted', 'Prestarted', 'prestarted_vms'),
    column('type', 'Type', 'type', { draw: textOf('type') }),
    referenceColumn('cluster', 'Cluster', 'cluster'),
    referenceColumn('template', 'Template', 'template'),
    descriptionColumn,
  ],
  actions: [
    { id: 'allocate', label: 'Take a virtual machine', takes: 'one', request: 'allocatevm' },
    remove('The pools will be gone. Their virtual machines have to be detached first. Remove?'),
  ],
  form: {
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true, hint: 'Question marks become numbers: web-??' },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'cluster.id', label: 'Cluster', kind: 'reference', collection: 'clusters', required: true, guess: true, fixed: true },
      { path: 'template.id', label: 'Template', kind: 'reference', collection: 'templates', required: true, fixed: true },
      { path: 'size', label: 'Number of virtual machines', kind: 'number', required: true, initial: 1, min: 1, max: 1000 },
      { path: 'prestarted_vms', label: 'Prestarted virtual machines', kind: 'number', min: 0 },
      { path: 'type', label: 'Type', kind: 'choice', page: 'Pool', fixed: true, initial: 'automatic', choices: [['automatic', 'Automatic'], ['manual', 'Manual']] },
      { path: 'max_user_vms', label: 'Virtual machines per user', kind: 'number', min: 1, page: 'Pool' },
      { path: 'stateful', label: 'Stateful', kind: 'boolean', page: 'Pool', fixed: true },
      { path: 'comment', label: 'Comment', kind: 'text', page: 'Pool' },
    ],
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
        { label: 'Cluster', field: 'cluster.name', draw: referenceTo('cluster') },
        { label: 'Template', field: 'template.name', draw: referenceTo('template') },
        { label: 'Type', field: 'type', draw: textOf('type') },
        { label: 'Number of virtual machines', field: 'size' },
        { label: 'Prestarted virtual machines', field: 'prestarted_vms' },
        { label: 'Virtual machines per user', field: 'max_user_vms' },
        { label: 'Stateful', field: 'stateful', draw: yesNoOf('stateful') },
        facts.id,
      ],
    },
    relatedTab('VirtualMachine', 1, { search: (row) => named('pool', row.name) }, {
      without: ['cluster', 'fqdn'],
      actions: [{ id: 'detach', label: 'Detach', confirm: 'The virtual machines will be on their own. Detach?', request: (vm) => ({ method: 'POST', path: `/vms/${vm.id}/detach`, body: {} }) }],
    }),
    permissionsTab(2),
  ],
};
