import type { Json } from '../engine/api';
import { at, EXTENSIONS } from '../engine/api';
import { bytesOf, momentOf, referenceTo, Status, statusOf, textOf, versionOf, yesNoOf } from './cells';
import type { Action, Column, DetailTab, Fact, SubList } from './entity';
import { createElement } from 'react';
import { isTrue, many } from './texts';
import { profileChoice } from './vmForm';

/** Columns, facts, tabs and conditions that many kinds share. */

export function column(id: string, label: string, field: string, more: Partial<Column> = {}): Column {
  return { id, label, fields: [field], sort: field, ...more };
}

/** The first column of most lists: the status as an icon. */
export const statusIcon: Column = {
  id: 'status_icon',
  label: 'Status icon',
  unlabelled: true,
  fields: ['status'],
  width: '3.5rem',
  draw: (row) => createElement(Status, { value: row.status, short: true }),
};

export const nameColumn = column('name', 'Name', 'name', { width: '12rem' });
export const commentColumn = column('comment', 'Comment', 'comment', { optional: true });
export const descriptionColumn = column('description', 'Description', 'description');
export const statusColumn = column('status', 'Status', 'status', { draw: statusOf('status') });

/** A column with a link to what the path refers to: `cluster.data_center`. */
export function referenceColumn(id: string, label: string, path: string, more: Partial<Column> = {}): Column {
  return { id, label, fields: [`${path}.name`, `${path}.id`], sort: `${path}.name`, draw: referenceTo(path), ...more };
}

export const facts = {
  name: { label: 'Name', field: 'name' },
  description: { label: 'Description', field: 'description' },
  comment: { label: 'Comment', field: 'comment' },
  status: { label: 'Status', field: 'status', draw: statusOf('status') },
  id: { label: 'ID', field: 'id' },
} satisfies Record<string, Fact>;

/** Why an action cannot be done unless all of the chosen are like this. */
export function onlyIf(test: (entity: Json) => boolean, reason: string): (chosen: readonly Json[]) => string | null {
  return (chosen) => (chosen.every(test) ? null : reason);
}

export function statusIs(...statuses: string[]): (entity: Json) => boolean {
  return (entity) => statuses.includes(String(entity.status));
}

export function remove(question: string, refused?: Action['refused']): Action {
  return { id: 'remove', label: 'Remove', danger: true, confirm: question, refused };
}

export const eventColumns: readonly Column[] = [
  column('severity', 'Severity', 'severity', {
    unlabelled: true,
    width: '3.5rem',
    sort: undefined,
    draw: (row) => createElement(Status, { value: row.severity, short: true }),
  }),
  column('time', 'Time', 'time', { width: '13rem', draw: momentOf('time') }),
  column('message', 'Message', 'description', { width: '24rem' }),
  column('correlation_id', 'Correlation ID', 'correlation_id'),
  column('origin', 'Origin', 'origin'),
  { id: 'user', label: 'User', fields: ['user.name', 'user.id'], draw: (row) => at(row, 'user.name') },
];

/**
 * The tab with what happened to an entity.
 *
 * @param field of the search language, with what the entity is asked for: `_event_vm_id`
 */
export function eventsTab(index: number, field: string, by: 'id' | 'name' = 'id'): DetailTab {
  return {
    detail: 'Event',
    suffix: 'events',
    label: 'Events',
    index,
    list: {
      path: (entity) => `/events?max=200&search=${encodeURIComponent(`${field}="${entity[by]}" sortby time desc`)}`,
      columns: eventColumns,
    },
  };
}

const RELATED = {
  VirtualMachine: ['vms', 'virtual_machines', 'Virtual Machines'],
  Template: ['templates', 'templates', 'Templates'],
  Host: ['hosts', 'hosts', 'Hosts'],
  Cluster: ['clusters', 'clusters', 'Clusters'],
  DataCenter: ['datacenters', 'data_center', 'Data Center'],
  Network: ['networks', 'logical_networks', 'Logical Networks'],
  Storage: ['storagedomains', 'storage', 'Storage'],
  Disk: ['disks', 'disks', 'Disks'],
} as const;

/** Which entities of another kind belong to one: what a search finds, what names it by a field, or a collection. */
type Belonging = { search: (entity: Json) => string } | { by: readonly string[] } | { path: (entity: Json) => string };

/**
 * A tab with the entities of another kind.
 *
 * @param without columns that say the same in every row
 */
export function relatedTab(kind: keyof typeof RELATED, index: number, which: Belonging, { without = [], actions, form, ...more }: Partial<DetailTab & SubList> & { without?: readonly string[] } = {}): DetailTab {
  const [collection, suffix, label] = RELATED[kind];
  const columns = more.columns ?? relatedColumns[kind].filter((one) => !without.includes(one.id));
  const by = 'by' in which ? which.by : [];
  const fields = [...new Set(['id', 'name', ...columns.flatMap((one) => one.fields), ...by])];
  const rows = (entity: Json) =>
    `${EXTENSIONS}/rows/${collection}?max=10000&fields=${fields.join(',')}${'search' in which ? `&search=${encodeURIComponent(which.search(entity))}` : ''}`;
  return {
    detail: kind,
    suffix,
    label,
    index,
    ...more,
    list: {
      path: 'path' in which ? which.path : rows,
      columns,
      type: kind,
      keep: by.length === 0 ? undefined : (row, entity) => by.some((field) => many(at(row, field)).includes(entity.id)),
      actions,
      form,
    },
  };
}

/** A condition of the search language, with the entity's name in quotes. */
export function named(condition: string, name: unknown): string {
  return `${condition}="${String(name).replace(/["\\]/g, '')}"`;
}

const vmColumns: readonly Column[] = [
  statusIcon,
  nameColumn,
  referenceColumn('cluster', 'Cluster', 'cluster'),
  referenceColumn('host', 'Host', 'host'),
  column('fqdn', 'FQDN', 'fqdn'),
  column('status', 'Status', 'status', { draw: statusOf('status') }),
];

const hostColumns: readonly Column[] = [
  statusIcon,
  nameColumn,
  column('address', 'Hostname or IP', 'address'),
  referenceColumn('cluster', 'Cluster', 'cluster'),
  column('active', 'Virtual Machines', 'summary.active'),
  statusColumn,
];

const diskColumns: readonly Column[] = [
  column('name', 'Alias', 'alias'),
  column('size', 'Virtual size', 'provisioned_size', { draw: bytesOf('provisioned_size') }),
  column('actual', 'Actual size', 'actual_size', { draw: bytesOf('actual_size') }),
  column('content', 'Content', 'content_type', { draw: textOf('content_type') }),
  statusColumn,
];

const relatedColumns: Record<keyof typeof RELATED, readonly Column[]> = {
  VirtualMachine: vmColumns,
  Template: [nameColumn, statusColumn],
  Host: hostColumns,
  Cluster: [nameColumn, column('version', 'Compatibility version', 'version', { draw: versionOf('version') }), descriptionColumn],
  DataCenter: [statusIcon, nameColumn, statusColumn, descriptionColumn],
  Network: [nameColumn, column('vlan', 'VLAN', 'vlan.id'), column('mtu', 'MTU', 'mtu'), descriptionColumn],
  Storage: [nameColumn, column('type', 'Domain type', 'type', { draw: textOf('type') }), column('available', 'Free space', 'available', { draw: bytesOf('available') })],
  Disk: diskColumns,
};

const NIC_TYPES = [['virtio', 'VirtIO'], ['e1000e', 'e1000e'], ['e1000', 'e1000'], ['rtl8139', 'rtl8139']] as const;

/** Network interfaces of a machine, or of what machines are made of. */
export function nicsTab(index: number, collection: 'vms' | 'templates' | 'instancetypes'): DetailTab {
  const machine = collection === 'vms';
  const plugged = onlyIf((nic) => isTrue(nic.plugged), 'It is not plugged');
  const unplugged = (why: string) => onlyIf((nic) => !isTrue(nic.plugged), why);
  return {
    detail: 'NetworkInterface',
    suffix: 'network_interfaces',
    label: 'Network Interfaces',
    index,
    list: {
      path: (entity) => `/${collection}/${entity.id}/nics?follow=vnic_profile.network`,
      columns: [
        column('name', 'Name', 'name'),
        ...(machine ? [column('plugged', 'Plugged', 'plugged', { draw: yesNoOf('plugged') })] : []),
        column('linked', 'Link', 'linked', { draw: yesNoOf('linked') }),
        referenceColumn('network', 'Network', 'vnic_profile.network'),
        referenceColumn('profile', 'vNIC Profile', 'vnic_profile'),
        column('type', 'Type', 'interface', { draw: textOf('interface') }),
        ...(machine ? [column('mac', 'MAC', 'mac.address')] : []),
      ],
      actions: [
        ...(machine
          ? [
              { id: 'plug', label: 'Plug', request: 'activate', refused: unplugged('It is plugged already') },
              { id: 'unplug', label: 'Unplug', request: 'deactivate', refused: plugged },
            ]
          : []),
        remove('The network interfaces will be gone. Remove?', machine ? unplugged('Unplug it first') : undefined),
      ],
      form: (entity) => ({
        size: 'small',
        fields: [
          { path: 'name', label: 'Name', kind: 'text', required: true },
          { path: 'vnic_profile.id', label: 'vNIC Profile', ...profileChoice(() => at(entity, 'cluster.id')), clears: true },
          { path: 'interface', label: 'Type', kind: 'choice', initial: 'virtio', choices: NIC_TYPES },
          ...(machine ? [{ path: 'mac.address', label: 'MAC address', kind: 'text', hint: 'Empty: from the MAC address pool' } as const] : []),
          { path: 'linked', label: 'Link is up', kind: 'boolean', initial: true },
          ...(machine ? [{ path: 'plugged', label: 'Plugged', kind: 'boolean', initial: true } as const] : []),
        ],
      }),
    },
  };
}

export const DISK_INTERFACES = [['virtio_scsi', 'VirtIO-SCSI'], ['virtio', 'VirtIO'], ['sata', 'SATA'], ['ide', 'IDE']] as const;

/** Disks as they are attached to a machine or template. */
export const attachmentColumns: readonly Column[] = [
  { id: 'alias', label: 'Alias', fields: ['disk.alias'], draw: (one) => referenceTo('disk')({ disk: { id: at(one, 'disk.id'), name: at(one, 'disk.alias') } }) },
  { id: 'size', label: 'Virtual size', fields: ['disk.provisioned_size'], draw: bytesOf('disk.provisioned_size') },
  { id: 'actual', label: 'Actual size', fields: ['disk.actual_size'], draw: bytesOf('disk.actual_size') },
  column('active', 'Active', 'active', { draw: yesNoOf('active') }),
  column('bootable', 'Bootable', 'bootable', { draw: yesNoOf('bootable') }),
  column('read_only', 'Read only', 'read_only', { draw: yesNoOf('read_only') }),
  column('interface', 'Interface', 'interface', { draw: textOf('interface') }),
  { id: 'status', label: 'Status', fields: ['disk.status'], draw: statusOf('disk.status') },
];

/** What machines may have of a cluster's processors, or disks of a domain, by a QoS of the data center. */
export function profilesTab(detail: 'CpuProfile' | 'DiskProfile', index: number, qos: 'cpu' | 'storage', dataCenter: (entity: Json) => unknown): DetailTab {
  const [owner, below, suffix, label] = detail === 'CpuProfile' ? (['clusters', 'cpuprofiles', 'cpu_profiles', 'CPU Profiles'] as const) : (['storagedomains', 'diskprofiles', 'disk_profiles', 'Disk Profiles'] as const);
  return {
    detail,
    suffix,
    label,
    index,
    list: {
      path: (entity) => `/${owner}/${entity.id}/${below}?follow=qos`,
      columns: [column('name', 'Name', 'name'), column('qos', 'QoS', 'qos.name'), descriptionColumn],
      actions: [remove('The profiles will be gone. Remove?')],
      form: (entity) => ({
        only: 'new',
        size: 'small',
        fields: [
          { path: 'name', label: 'Name', kind: 'text', required: true },
          { path: 'description', label: 'Description', kind: 'text' },
          { path: 'qos.id', label: 'QoS', kind: 'reference', collection: () => (dataCenter(entity) ? `datacenters/${String(dataCenter(entity))}/qoss` : null), candidates: (one) => one.type === qos },
        ],
      }),
    },
  };
}

/** Labels that keep machines and hosts together. */
export function labelsTab(index: number, collection: 'vms' | 'hosts'): DetailTab {
  return {
    detail: 'AffinityLabel',
    suffix: 'affinity_labels',
    label: 'Affinity Labels',
    index,
    list: {
      path: (entity) => `/${collection}/${entity.id}/affinitylabels`,
      columns: [column('name', 'Name', 'name')],
      type: 'AffinityLabel',
      actions: [remove('The label will be taken off. Remove?')],
      form: { only: 'new', size: 'small', fields: [{ path: 'id', label: 'Affinity Label', kind: 'reference', collection: 'affinitylabels', required: true }] },
    },
  };
}

