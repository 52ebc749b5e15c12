import { at } from '../engine/api';
import { bytesOf, textOf, versionOf } from './cells';
import { column, commentColumn, descriptionColumn, eventsTab, nameColumn, onlyIf, relatedTab, remove, statusColumn, statusIcon } from './common';
import type { EntityType } from './entity';
import { quotasTab } from './quota';
import { permissionsTab } from './views';

export const dataCenter: EntityType = {
  name: 'DataCenter',
  token: 'dataCenters',
  collection: 'datacenters',
  element: 'data_center',
  plural: 'Data Centers',
  singular: 'Data Center',
  searchPrefix: 'Datacenter',
  menu: 'compute',
  sort: 'name',
  fields: ['id', 'name', 'status'],
  columns: [
    statusIcon,
    nameColumn,
    commentColumn,
    column('storage_type', 'Storage type', 'local', { draw: (row) => (row.local === 'true' ? 'Local' : 'Shared') }),
    statusColumn,
    { id: 'version', label: 'Compatibility version', fields: ['version.major', 'version.minor'], draw: versionOf('version') },
    column('quota_mode', 'Quota mode', 'quota_mode', { draw: textOf('quota_mode'), optional: true }),
    descriptionColumn,
  ],
  actions: [
    { id: 'clean', label: 'Clean finished tasks', request: 'cleanfinishedtasks', more: true },
    remove('The data centers will be gone. Remove?'),
    {
      id: 'force_remove',
      label: 'Force remove',
      more: true,
      danger: true,
      confirm: 'What is on the storage stays there and nothing knows of it any more. Force remove?',
      request: (row) => ({ method: 'DELETE', path: `/datacenters/${row.id}?force=true` }),
    },
  ],
  form: {
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'local', label: 'Storage type', kind: 'choice', initial: 'false', fixed: true, choices: [['false', 'Shared'], ['true', 'Local']] },
      { path: '$version', label: 'Compatibility version', kind: 'reference', collection: 'clusterlevels', fixed: true, required: true, guess: true },
      { path: 'quota_mode', label: 'Quota mode', kind: 'choice', page: 'General', choices: [['disabled', 'Disabled'], ['audit', 'Audit'], ['enabled', 'Enforced']] },
      { path: 'mac_pool.id', label: 'MAC address pool', kind: 'reference', collection: 'macpools', page: 'General' },
      { path: 'comment', label: 'Comment', kind: 'text', page: 'General' },
    ],
    body: ({ $version, ...body }) => ($version ? { ...body, version: versionFrom($version) } : body),
  },
  tabs: [
    {
      detail: 'Storage',
      suffix: 'storage',
      label: 'Storage',
      index: 0,
      list: {
        path: (row) => `/datacenters/${row.id}/storagedomains`,
        type: 'Storage',
        columns: [
          statusIcon,
          column('name', 'Name', 'name'),
          column('type', 'Domain type', 'type', { draw: (row) => `${at(row, 'type') ?? ''}${row.master === 'true' ? ' (master)' : ''}` }),
          statusColumn,
          column('available', 'Free space', 'available', { draw: bytesOf('available') }),
          column('used', 'Used space', 'used', { draw: bytesOf('used') }),
        ],
        actions: [
          { id: 'activate', label: 'Activate', request: 'activate', refused: onlyIf((one) => one.status !== 'active', 'It is active already') },
          { id: 'deactivate', label: 'Maintenance', request: 'deactivate', refused: onlyIf((one) => one.status === 'active', 'It is not active') },
          { id: 'detach', label: 'Detach', danger: true, confirm: 'The storage domains will not belong to the data center any more. Detach?' },
        ],
        form: { only: 'new', size: 'small', fields: [{ path: 'id', label: 'Storage domain', kind: 'reference', collection: 'storagedomains', required: true, candidates: (one) => one.status === 'unattached' }] },
      },
    },
    relatedTab('Network', 1, { path: (row) => `/datacenters/${row.id}/networks` }),
    {
      detail: 'IscsiBond',
      suffix: 'iscsi_bond',
      label: 'iSCSI Multipathing',
      index: 1,
      list: { path: (row) => `/datacenters/${row.id}/iscsibonds`, columns: [nameColumn, descriptionColumn], actions: [remove('The bonds will be gone. Remove?')], form: (row) => ({ size: 'small', fields: [{ path: 'name', label: 'Name', kind: 'text', required: true }, { path: 'description', label: 'Description', kind: 'text' }, { path: 'networks.network', label: 'Logical Networks', kind: 'references', collection: `datacenters/${row.id}/networks` }, { path: 'storage_connections.storage_connection', label: 'Targets', kind: 'references', collection: 'storageconnections', candidates: (one) => one.type === 'iscsi' }] }) },
    },
    relatedTab('Cluster', 3, { path: (row) => `/datacenters/${row.id}/clusters` }),
    {
      detail: '',
      suffix: 'qos',
      label: 'QoS',
      index: 4,
      list: {
        path: (row) => `/datacenters/${row.id}/qoss`,
        columns: [column('name', 'Name', 'name'), column('type', 'Type', 'type', { draw: textOf('type') }), column('description', 'Description', 'description')],
        actions: [remove('Remove?')],
        form: {
          fields: [
            { path: 'name', label: 'Name', kind: 'text', required: true },
            { path: 'description', label: 'Description', kind: 'text' },
            { path: 'type', label: 'Type', kind: 'choice', required: true, initial: 'network', fixed: true, choices: [['storage', 'Storage'], ['cpu', 'CPU'], ['network', 'VM Network'], ['hostnetwork', 'Host network']] },
            { path: 'inbound_average', label: 'Inbound average (Mbit/s)', kind: 'number', when: (values) => values.type === 'network' },
            { path: 'inbound_peak', label: 'Inbound peak (Mbit/s)', kind: 'number', when: (values) => values.type === 'network' },
            { path: 'inbound_burst', label: 'Inbound burst (MB)', kind: 'number', when: (values) => values.type === 'network' },
            { path: 'outbound_average', label: 'Outbound average (Mbit/s)', kind: 'number', when: (values) => values.type === 'network' },
            { path: 'outbound_peak', label: 'Outbound peak (Mbit/s)', kind: 'number', when: (values) => values.type === 'network' },
            { path: 'outbound_burst', label: 'Outbound burst (MB)', kind: 'number', when: (values) => values.type === 'network' },
            { path: 'max_throughput', label: 'Throughput (MB/s)', kind: 'number', when: (values) => values.type === 'storage' },
            { path: 'max_iops', label: 'Operations a second', kind: 'number', when: (values) => values.type === 'storage' },
            { path: 'cpu_limit', label: 'CPU limit (%)', kind: 'number', min: 1, max: 100, when: (values) => values.type === 'cpu' },
            { path: 'outbound_average_linkshare', label: 'Link share', kind: 'number', when: (values) => values.type === 'hostnetwork' },
          ],
        },
      },
    },
    quotasTab,
    permissionsTab(5),
    eventsTab(6, '_event_datacenter_id'),
  ],
};

/** `4.8` as the API has it. */
export function versionFrom(level: unknown) {
  const [major, minor] = String(level).split('.');
  return { major, minor };
}

