import { at } from '../engine/api';
import { bytesOf, momentOf, referenceTo, textOf, yesNoOf } from './cells';
import { attachmentColumns, column, commentColumn, descriptionColumn, eventsTab, facts, nameColumn, nicsTab, onlyIf, referenceColumn, relatedTab, remove, statusColumn, statusIcon, statusIs } from './common';
import { domainsOf } from './disk';
import type { EntityType } from './entity';
import { permissionsTab } from './views';
import { BLANK, machineBody, machineFields, memoryPolicy, vcpus } from './vmForm';

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
    adjusts: memoryPolicy,
    whole: true,
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
        { label: 'Number of CPU cores', field: 'cpu.topology', draw: vcpus },
        { label: 'Optimized for', field: 'type', draw: textOf('type') },
        { label: 'Firmware', field: 'bios.type', draw: textOf('bios.type') },
        { label: 'Highly available', field: 'high_availability.enabled', draw: yesNoOf('high_availability.enabled') },
        { label: 'Created', field: 'creation_time', draw: momentOf('creation_time') },
        facts.id,
      ],
    },
    relatedTab('VirtualMachine', 1, { by: ['template.id', 'original_template.id'] }),
    nicsTab(2, 'templates'),
    {
      detail: '',
      suffix: 'disks',
      label: 'Disks',
      index: 3,
      list: {
        path: (row) => `/templates/${row.id}/diskattachments?follow=disk`,
        columns: attachmentColumns.filter((one) => !['active', 'read_only'].includes(one.id)),
      },
    },
    {
      detail: '',
      suffix: 'storage',
      label: 'Storage',
      index: 4,
      list: {
        path: (row) => `/templates/${row.id}/diskattachments?follow=disk`,
        columns: [attachmentColumns[0]!, { id: 'domains', label: 'Storage Domains', fields: ['disk.storage_domains'], draw: (one) => domainsOf(one.disk ?? {}) }, attachmentColumns[2]!],
      },
    },
    permissionsTab(5),
    eventsTab(6, '_event_template_id'),
  ],
};
