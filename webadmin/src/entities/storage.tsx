import { useQuery } from '@tanstack/react-query';
import { at, call, type Json } from '../engine/api';
import { keys } from '../engine/live';
import { bytesOf, Reference, Status, textOf, yesNoOf } from './cells';
import { column, commentColumn, descriptionColumn, eventsTab, facts, nameColumn, onlyIf, profilesTab, relatedTab } from './common';
import type { Action, EntityType } from './entity';
import { many, numeric } from './texts';
import { permissionsTab } from './views';

/** The data center that a domain is attached to, whether it comes from a row or from the whole document. */
export function dataCenterOf(row: Json): string | undefined {
  const flat = at(row, 'data_centers.data_center.id');
  if (flat !== undefined) return many(flat)[0] as string | undefined;
  return (at(row, 'data_centers.data_center') as Json[] | undefined)?.[0]?.id as string | undefined;
}

/** What the domain is in its data center; only an unattached one says so itself. */
export function DomainStatus({ row }: { row: Json }) {
  const dataCenter = dataCenterOf(row);
  const { data } = useQuery({
    queryKey: [...keys.entity('storagedomains', row.id), 'attached', dataCenter],
    queryFn: ({ signal }) => call(`/datacenters/${dataCenter}/storagedomains/${row.id}`, { signal }),
    enabled: dataCenter !== undefined && !row.status,
    staleTime: 10_000,
    retry: false,
  });
  return <Status value={row.status ?? data?.status} />;
}

const attached = (row: Json) => dataCenterOf(row) !== undefined;
const NOT_ATTACHED = 'Attach it to a data center first';

function within(id: string, label: string, verb: string, more: Partial<Action> = {}): Action {
  return {
    id,
    label,
    refused: onlyIf(attached, NOT_ATTACHED),
    request: (row) => ({ method: 'POST', path: `/datacenters/${dataCenterOf(row)}/storagedomains/${row.id}/${verb}`, body: {} }),
    ...more,
  };
}

const FILE = ['nfs', 'posixfs', 'glusterfs'];
const isFile = (values: Json) => FILE.includes(String(values['storage.type']));

export const storage: EntityType = {
  name: 'Storage',
  token: 'storage',
  collection: 'storagedomains',
  element: 'storage_domain',
  plural: 'Storage Domains',
  singular: 'Storage Domain',
  searchPrefix: 'Storage',
  menu: 'storage',
  sort: 'name',
  fields: ['id', 'name', 'status', 'type', 'storage.type', 'data_centers.data_center.id', 'master'],
  columns: [
    { id: 'status', label: 'Status', fields: ['status', 'data_centers.data_center.id'], draw: (row) => <DomainStatus row={row} /> },
    nameColumn,
    commentColumn,
    column('type', 'Domain type', 'type', { draw: (row) => <>{String(row.type ?? '')}{row.master === 'true' ? ' (master)' : ''}</> }),
    column('storage_type', 'Storage type', 'storage.type', { draw: (row) => String(at(row, 'storage.type') ?? '').toUpperCase() }),
    column('format', 'Format', 'storage_format', { draw: (row) => String(row.storage_format ?? '').toUpperCase(), optional: true }),
    { id: 'data_center', label: 'Data Center', fields: ['data_centers.data_center.name', 'data_centers.data_center.id'], draw: (row) => <Reference token="dataCenters" collection="datacenters" id={dataCenterOf(row)} name={many(at(row, 'data_centers.data_center.name'))[0]} /> },
    { id: 'total', label: 'Total space', fields: ['available', 'used'], draw: (row) => bytesOf('total')({ total: total(row) }) },
    column('available', 'Free space', 'available', { draw: bytesOf('available') }),
    column('committed', 'Allocated space', 'committed', { draw: bytesOf('committed') }),
    { ...descriptionColumn, optional: true },
  ],
  actions: [
    within('activate', 'Activate', 'activate'),
    within('maintenance', 'Maintenance', 'deactivate'),
    {
      id: 'attach',
      label: 'Attach',
      refused: onlyIf((row) => !attached(row), 'It is attached already'),
      request: (row, answers) => ({ method: 'POST', path: `/datacenters/${at(answers, 'data_center.id')}/storagedomains`, body: { id: row.id } }),
      form: { size: 'small', fields: [{ path: 'data_center.id', label: 'Data Center', kind: 'reference', collection: 'datacenters', required: true }] },
    },
    {
      id: 'detach',
      label: 'Detach',
      danger: true,
      more: true,
      confirm: 'The storage domains will not belong to a data center any more. Detach?',
      refused: onlyIf(attached, NOT_ATTACHED),
      request: (row) => ({ method: 'DELETE', path: `/datacenters/${dataCenterOf(row)}/storagedomains/${row.id}` }),
    },
    {
      id: 'remove',
      label: 'Remove',
      danger: true,
      more: true,
      refused: onlyIf((row) => !attached(row), 'Detach it first'),
      request: (row, answers) => ({ method: 'DELETE', path: `/storagedomains/${row.id}?host=${encodeURIComponent(at(answers, 'host.id') ?? '')}&format=${at(answers, 'format') ?? false}` }),
      form: {
        size: 'small',
        fields: [
          { path: 'host.id', label: 'By the host', kind: 'reference', collection: 'hosts', required: true, candidates: (one) => one.status === 'up' },
          { path: 'format', label: 'Format: what is on it is lost', kind: 'boolean', initial: false },
        ],
      },
    },
    {
      id: 'destroy',
      label: 'Destroy',
      danger: true,
      more: true,
      confirm: 'The storage domain will be forgotten without touching the storage, with all disks and leases on it. Destroy?',
      request: (row) => ({ method: 'DELETE', path: `/storagedomains/${row.id}?destroy=true` }),
    },
  ],
  form: {
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: '$data_center', label: 'Data Center', kind: 'reference', collection: 'datacenters', fixed: true, hint: 'To attach it to; empty: none yet' },
      { path: 'type', label: 'Domain function', kind: 'choice', initial: 'data', fixed: true, choices: [['data', 'Data'], ['iso', 'ISO'], ['export', 'Export']] },
      { path: 'storage.type', label: 'Storage type', kind: 'choice', initial: 'nfs', fixed: true, choices: [['nfs', 'NFS'], ['iscsi', 'iSCSI'], ['fcp', 'Fibre Channel'], ['localfs', 'Local on host'], ['posixfs', 'POSIX compliant file system'], ['glusterfs', 'GlusterFS']] },
      { path: 'host.id', label: 'By the host', kind: 'reference', collection: 'hosts', required: true, guess: true, fixed: true, candidates: (one) => one.status === 'up' },
      { path: 'storage.address', label: 'Address', kind: 'text', required: true, fixed: true, when: (values) => values['storage.type'] === 'nfs' || values['storage.type'] === 'glusterfs' },
      { path: 'storage.path', label: 'Path', kind: 'text', required: true, fixed: true, when: (values) => isFile(values) || values['storage.type'] === 'localfs' },
      { path: 'storage.vfs_type', label: 'File system type', kind: 'text', required: true, fixed: true, when: (values) => values['storage.type'] === 'posixfs' },
      { path: '$lun', label: 'LUN ID', kind: 'text', required: true, fixed: true, when: (values) => ['iscsi', 'fcp'].includes(String(values['storage.type'])) },
      { path: '$lun_address', label: 'Portal address', kind: 'text', required: true, fixed: true, when: (values) => values['storage.type'] === 'iscsi' },
      { path: '$lun_port', label: 'Portal port', kind: 'number', initial: 3260, fixed: true, when: (values) => values['storage.type'] === 'iscsi' },
      { path: '$lun_target', label: 'Target', kind: 'text', required: true, fixed: true, when: (values) => values['storage.type'] === 'iscsi' },
      { path: 'storage.mount_options', label: 'Mount options', kind: 'text', fixed: true, page: 'Storage', when: isFile },
      { path: 'storage.nfs_version', label: 'NFS version', kind: 'choice', fixed: true, page: 'Storage', choices: [['auto', 'Negotiated'], ['v3', 'V3'], ['v4', 'V4'], ['v4_1', 'V4.1'], ['v4_2', 'V4.2']], when: (values) => values['storage.type'] === 'nfs' },
      { path: 'warning_low_space_indicator', label: 'Warn of low space (%)', kind: 'number', min: 0, max: 100, page: 'Thresholds' },
      { path: 'critical_space_action_blocker', label: 'Block when there is less than (GB)', kind: 'number', min: 0, page: 'Thresholds' },
      { path: 'wipe_after_delete', label: 'Wipe after delete', kind: 'boolean', page: 'Thresholds' },
      { path: 'discard_after_delete', label: 'Discard after delete', kind: 'boolean', page: 'Thresholds' },
      { path: 'backup', label: 'Backup', kind: 'boolean', page: 'Thresholds' },
      { path: 'comment', label: 'Comment', kind: 'text', page: 'Thresholds' },
    ],
    body: ({ $lun, $lun_address, $lun_port, $lun_target, ...body }) =>
      $lun ? { ...body, storage: { ...body.storage, logical_units: { logical_unit: [{ id: $lun, ...($lun_target ? { address: $lun_address, port: $lun_port, target: $lun_target } : {}) }] } } } : body,
    then: (body, answer, entity) =>
      entity === null && body.$data_center ? [{ method: 'POST', path: `/datacenters/${body.$data_center}/storagedomains`, body: { id: answer.id } }] : [],
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
        { label: 'Status', field: 'status', draw: (row) => <DomainStatus row={row} /> },
        { label: 'Domain function', field: 'type', draw: textOf('type') },
        { label: 'Storage type', field: 'storage.type', draw: (row) => String(at(row, 'storage.type') ?? '').toUpperCase() },
        { label: 'Address', field: 'storage.address' },
        { label: 'Path', field: 'storage.path' },
        { label: 'Format', field: 'storage_format', draw: (row) => String(row.storage_format ?? '').toUpperCase() },
        { label: 'Total space', field: 'available', draw: (row) => bytesOf('total')({ total: total(row) }) },
        { label: 'Free space', field: 'available', draw: bytesOf('available') },
        { label: 'Used space', field: 'used', draw: bytesOf('used') },
        { label: 'Allocated space', field: 'committed', draw: bytesOf('committed') },
        { label: 'Warn of low space (%)', field: 'warning_low_space_indicator' },
        { label: 'Block when there is less than (GB)', field: 'critical_space_action_blocker' },
        { label: 'Wipe after delete', field: 'wipe_after_delete', draw: yesNoOf('wipe_after_delete') },
        { label: 'Master', field: 'master', draw: yesNoOf('master') },
        facts.id,
      ],
    },
    relatedTab('DataCenter', 1, { by: ['storagedomains.id'] }),
    relatedTab('VirtualMachine', 5, { path: (row) => `/storagedomains/${row.id}/vms` }, { detail: '', without: ['host', 'cluster', 'fqdn'] }),
    relatedTab('Template', 6, { path: (row) => `/storagedomains/${row.id}/templates` }, { detail: '' }),
    {
      detail: 'Iso',
      suffix: 'images',
      label: 'Images',
      index: 7,
      list: { path: (row) => `/storagedomains/${row.id}/files`, columns: [column('file', 'Name', 'name'), column('type', 'Type', 'type')] },
    },
    relatedTab('Disk', 8, { path: (row) => `/storagedomains/${row.id}/disks` }),
    {
      detail: 'StorageSnapshot',
      suffix: 'snapshots',
      label: 'Disk Snapshots',
      index: 9,
      list: {
        path: (row) => `/storagedomains/${row.id}/disksnapshots`,
        columns: [column('alias', 'Alias', 'alias'), column('description', 'Description', 'description'), column('size', 'Actual size', 'actual_size', { draw: bytesOf('actual_size') }), column('status', 'Status', 'status', { draw: (row) => <Status value={row.status} /> })],
      },
    },
    relatedTab('VirtualMachine', 10, { by: ['lease.storage_domain.id'] }, { detail: 'StorageLease', suffix: 'leases', label: 'Leases' }),
    profilesTab('DiskProfile', 11, 'storage', dataCenterOf),
    permissionsTab(13),
    eventsTab(12, '_event_storage_id'),
  ],
};

function total(row: Json): number | undefined {
  const free = numeric(row.available);
  const used = numeric(row.used);
  return free === null || used === null ? undefined : free + used;
}

