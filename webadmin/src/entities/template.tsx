import { at } from '../engine/api';
import { bytesOf, momentOf, referenceTo, statusOf, textOf, yesNoOf } from './cells';
import { column, commentColumn, descriptionColumn, eventsTab, facts, nameColumn, onlyIf, referenceColumn, refersBy, relatedTab, remove, rowsOf, statusColumn, statusIcon, statusIs, vmColumns } from './common';
import type { EntityType } from './entity';
import { permissionsTab } from './views';
import { BLANK, machineBody, machineFields } from './vmForm';

const machines = vmColumns.filter((one) => one.id !== 'template');

export const template: EntityType = {
  name: 'Template',
  token: 'templates',
  collection: 'templates',
  element: 'template',
  plural: 'Templates',
  singular: 'Template',
  searchPrefix: 'Template',
  menu: 'compute',
  sort: 'name',
  fields: ['id', 'name', 'status'],
  follow: 'cluster.data_center,quota',
  columns: [
    statusIcon,
    nameColumn,
    column('version', 'Version', 'version.version_number', { draw: (row) => [at(row, 'version.version_name'), at(row, 'version.version_number')].filter(Boolean).join(' '), fields: ['version.version_name', 'version.version_number'] }),
    commentColumn,
    column('created', 'Created', 'creation_time', { draw: momentOf('creation_time') }),
    statusColumn,
    referenceColumn('cluster', 'Cluster', 'cluster'),
    referenceColumn('data_center', 'Data Center', 'cluster.data_center'),
    descriptionColumn,
  ],
  actions: [
    remove(
      'The templates and their disks will be gone. Remove?',
      (chosen) => (chosen.some((one) => one.id === BLANK) ? 'The template Blank is always there' : onlyIf(statusIs('ok', 'illegal'), 'Only templates that are not locked')(chosen)),
    ),
  ],
  form: {
    only: 'edit',
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'os.type', label: 'Operating system', kind: 'reference', collection: 'operatingsystems', by: 'name' },
      { path: 'memory', label: 'Memory', kind: 'bytes' },
      { path: 'cpu.topology.cores', label: 'CPU cores', kind: 'number', min: 1 },
      { path: 'version.version_name', label: 'Name of this version', kind: 'text', page: 'General' },
      ...machineFields,
    ],
    body: machineBody,
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
        facts.status,
        { label: 'Cluster', field: 'cluster.name', draw: referenceTo('cluster') },
        { label: 'Operating system', field: 'os.type', draw: textOf('os.type') },
        { label: 'Defined memory', field: 'memory', draw: bytesOf('memory') },
        { label: 'CPU sockets:cores:threads', field: 'cpu.topology', draw: (row) => (['sockets', 'cores', 'threads'] as const).map((part) => at(row, `cpu.topology.${part}`) ?? '').join(':') },
        { label: 'Optimized for', field: 'type', draw: textOf('type') },
        { label: 'Firmware', field: 'bios.type', draw: textOf('bios.type') },
        { label: 'Highly available', field: 'high_availability.enabled', draw: yesNoOf('high_availability.enabled') },
        { label: 'Created', field: 'creation_time', draw: momentOf('creation_time') },
        facts.id,
      ],
    },
    {
      ...relatedTab({ detail: 'VirtualMachine', suffix: 'virtual_machines', label: 'Virtual Machines', index: 1 }, 'VirtualMachine', rowsOf('vms', machines, ['template.id', 'original_template.id']), machines),
    },
    {
      detail: 'NetworkInterface',
      suffix: 'network_interfaces',
      label: 'Network Interfaces',
      index: 2,
      list: {
        path: (row) => `/templates/${row.id}/nics?follow=vnic_profile.network`,
        columns: [
          column('nic', 'Name', 'name'),
          column('linked', 'Link', 'linked', { draw: yesNoOf('linked') }),
          referenceColumn('network', 'Network', 'vnic_profile.network'),
          referenceColumn('profile', 'vNIC Profile', 'vnic_profile'),
          column('type', 'Type', 'interface', { draw: textOf('interface') }),
        ],
        actions: [remove('The network interfaces will be gone. Remove?')],
        form: {
          size: 'small',
          fields: [
            { path: 'name', label: 'Name', kind: 'text', required: true },
            { path: 'vnic_profile.id', label: 'vNIC Profile', kind: 'reference', collection: 'vnicprofiles' },
            { path: 'interface', label: 'Type', kind: 'choice', initial: 'virtio', choices: [['virtio', 'VirtIO'], ['e1000e', 'e1000e'], ['e1000', 'e1000'], ['rtl8139', 'rtl8139']] },
            { path: 'linked', label: 'Link is up', kind: 'boolean', initial: true },
          ],
        },
      },
    },
    {
      detail: '',
      suffix: 'disks',
      label: 'Disks',
      index: 3,
      list: {
        path: (row) => `/templates/${row.id}/diskattachments?follow=disk`,
        columns: [
          { id: 'alias', label: 'Alias', fields: ['disk.alias'], draw: (row) => at(row, 'disk.alias') ?? at(row, 'disk.name') },
          { id: 'size', label: 'Virtual size', fields: ['disk.provisioned_size'], draw: bytesOf('disk.provisioned_size') },
          { id: 'actual', label: 'Actual size', fields: ['disk.actual_size'], draw: bytesOf('disk.actual_size') },
          column('interface', 'Interface', 'interface', { draw: textOf('interface') }),
          { id: 'status', label: 'Status', fields: ['disk.status'], draw: statusOf('disk.status') },
        ],
      },
    },
    permissionsTab(5),
    eventsTab(6, '_event_template_id'),
  ],
};

const used = template.tabs.find((tab) => tab.suffix === 'virtual_machines')!.list!;
used.keep = (row, entity) => refersBy('template.id')(row, entity) || refersBy('original_template.id')(row, entity);
