import { at } from '../engine/api';
import { bytesOf, partOf, referenceTo, shareOf, statusOf, textOf, yesNoOf } from './cells';
import { column, commentColumn, eventsTab, facts, labelsTab, named, nameColumn, onlyIf, referenceColumn, relatedTab, remove, statusIcon, statusIs } from './common';
import type { Action, EntityType } from './entity';
import { isTrue, numeric } from './texts';
import { dialogs, permissionsTab, tabs } from './views';

const hasPower = (row: Parameters<ReturnType<typeof statusIs>>[0]) => isTrue(at(row, 'power_management.enabled'));
const NO_POWER = 'Power management is not configured';

function fence(id: string, label: string, confirm: string): Action {
  return {
    id: `pm_${id}`,
    label,
    more: true,
    danger: id !== 'start',
    confirm,
    refused: onlyIf(hasPower, NO_POWER),
    request: (host) => ({ method: 'POST', path: `/hosts/${host.id}/fence`, body: { fence_type: id } }),
  };
}

const actions: readonly Action[] = [
  {
    id: 'maintenance',
    label: 'Maintenance',
    refused: onlyIf(
      (host) => !statusIs('maintenance', 'preparing_for_maintenance', 'installing', 'pending_approval')(host),
      'In maintenance already, or on the way there',
    ),
    request: (host, answers) => ({ method: 'POST', path: `/hosts/${host.id}/deactivate`, body: answers }),
    guess: () => ({ status: 'preparing_for_maintenance' }),
    undo: (host) => ({ method: 'POST', path: `/hosts/${host.id}/activate` }),
    form: {
      size: 'small',
      fields: [{ path: 'reason', label: 'Reason', kind: 'text', hint: 'Virtual machines that run there are migrated away' }],
    },
  },
  {
    id: 'activate',
    label: 'Activate',
    request: 'activate',
    refused: onlyIf(statusIs('maintenance', 'preparing_for_maintenance', 'non_operational', 'error', 'install_failed'), 'It is active already'),
    guess: () => ({ status: 'unassigned' }),
    undo: (host) => ({ method: 'POST', path: `/hosts/${host.id}/deactivate` }),
  },
  { id: 'refresh', label: 'Refresh capabilities', request: 'refresh', refused: onlyIf(statusIs('up', 'non_operational', 'maintenance'), 'The host does not answer') },
  {
    id: 'confirm_rebooted',
    label: 'Confirm “host has been rebooted”',
    more: true,
    danger: true,
    confirm: 'Virtual machines that ran there will be taken for down. If the host runs still, their disks can be destroyed. Was the host rebooted or is it off?',
    refused: onlyIf(statusIs('non_responsive', 'connecting', 'maintenance', 'non_operational', 'unassigned'), 'Only for hosts that do not respond'),
    request: (host) => ({ method: 'POST', path: `/hosts/${host.id}/fence`, body: { fence_type: 'manual' } }),
  },
  fence('restart', 'Power management: restart', 'Virtual machines that run there will be stopped. Restart?'),
  fence('start', 'Power management: start', 'Start the hosts?'),
  fence('stop', 'Power management: stop', 'Virtual machines that run there will be stopped. Stop?'),
  { id: 'setup_networks', label: 'Set up networks', takes: 'one', more: true, refused: onlyIf(statusIs('up', 'maintenance', 'non_operational'), 'The host does not answer'), open: dialogs.SetupNetworks },
  {
    id: 'commit_networks',
    label: 'Save network configuration',
    more: true,
    request: 'commitnetconfig',
    refused: onlyIf(statusIs('up'), 'Only for hosts that are up'),
  },
  { id: 'tags', label: 'Assign tags', more: true, open: dialogs.Tags },
  { ...remove('The hosts will not be managed any more. Remove?', onlyIf(statusIs('maintenance', 'install_failed', 'pending_approval', 'down', 'non_responsive'), 'Put it into maintenance first')), more: true },
];

const memory = partOf(
  (row) => numeric(at(row, 'statistics.memory.used')),
  (row) => numeric(at(row, 'memory')),
  'Memory used',
);
const cpu = partOf(
  (row) => {
    const idle = numeric(at(row, 'statistics.cpu.current.idle'));
    return idle === null ? null : 100 - idle;
  },
  () => 100,
  'CPU',
);

export const host: EntityType = {
  name: 'Host',
  token: 'hosts',
  collection: 'hosts',
  element: 'host',
  plural: 'Hosts',
  singular: 'Host',
  searchPrefix: 'Hosts',
  menu: 'compute',
  sort: 'name',
  fields: ['id', 'name', 'status', 'address', 'power_management.enabled', 'cluster.id'],
  follow: 'cluster.data_center',
  columns: [
    statusIcon,
    {
      id: 'additional',
      label: 'Additional status',
      unlabelled: true,
      fields: ['update_available', 'reinstallation_required'],
      width: '2.75rem',
      draw: (row) => (isTrue(row.reinstallation_required) ? '⟳' : isTrue(row.update_available) ? '↑' : ''),
      optional: true,
    },
    nameColumn,
    commentColumn,
    column('address', 'Hostname or IP', 'address'),
    referenceColumn('cluster', 'Cluster', 'cluster'),
    referenceColumn('data_center', 'Data Center', 'cluster.data_center'),
    column('status', 'Status', 'status', { draw: statusOf('status') }),
    column('vms', 'Virtual Machines', 'summary.active', { width: '7rem' }),
    { id: 'memory', label: 'Memory', fields: ['statistics.memory.used', 'memory'], draw: memory, width: '7rem' },
    { id: 'cpu', label: 'CPU', fields: ['statistics.cpu.current.idle'], draw: cpu, width: '7rem' },
    { id: 'network', label: 'Network', fields: ['statistics.network.current.total'], draw: shareOf('statistics.network.current.total', 'Network'), optional: true },
    column('spm', 'SPM', 'spm.status', { draw: textOf('spm.status'), optional: true }),
  ],
  actions,
  form: {
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'cluster.id', label: 'Cluster', kind: 'reference', collection: 'clusters', required: true, guess: true },
      { path: 'address', label: 'Hostname or IP', kind: 'text', required: true },
      { path: 'ssh.authentication_method', label: 'Authentication', kind: 'choice', initial: 'password', fixed: true, choices: [['password', 'Password'], ['publickey', 'SSH public key']] },
      { path: 'root_password', label: 'Password of root', kind: 'password', fixed: true, required: true, when: (values) => values['ssh.authentication_method'] === 'password' },
      { path: 'comment', label: 'Comment', kind: 'text', page: 'General' },
      { path: 'ssh.port', label: 'SSH port', kind: 'number', min: 1, max: 65535, page: 'General' },
      { path: 'port', label: 'Agent port', kind: 'number', min: 1, max: 65535, page: 'General', fixed: true },
      { path: 'override_iptables', label: 'Configure the firewall', kind: 'boolean', initial: true, fixed: true, page: 'General' },
      { path: 'power_management.enabled', label: 'Power management', kind: 'boolean', page: 'Power Management' },
      { path: 'power_management.automatic_pm_enabled', label: 'The scheduling policy may turn it off and on', kind: 'boolean', initial: true, page: 'Power Management', when: (values) => values['power_management.enabled'] === true },
      { path: 'power_management.kdump_detection', label: 'Wait for a crash dump (kdump)', kind: 'boolean', page: 'Power Management', when: (values) => values['power_management.enabled'] === true },
      { path: 'spm.priority', label: 'SPM priority', kind: 'choice', page: 'SPM', choices: [['-1', 'Never'], ['2', 'Low'], ['5', 'Normal'], ['8', 'High']] },
      { path: 'os.custom_kernel_cmdline', label: 'Kernel parameters', kind: 'text', page: 'Kernel' },
      { path: 'vgpu_placement', label: 'vGPU placement', kind: 'choice', page: 'Console and GPU', choices: [['consolidated', 'Consolidated'], ['separated', 'Separated']] },
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
        { label: 'Hostname or IP', field: 'address' },
        facts.status,
        { label: 'Status reason', field: 'status_detail' },
        { label: 'Cluster', field: 'cluster.name', draw: referenceTo('cluster') },
        facts.comment,
        { label: 'Operating system', field: 'os.version.full_version', draw: (row) => [at(row, 'os.type'), at(row, 'os.version.full_version')].filter(Boolean).join(' ') },
        { label: 'Kernel', field: 'os.reported_kernel_cmdline' },
        { label: 'Agent version', field: 'version.full_version' },
        { label: 'libvirt version', field: 'libvirt_version.full_version' },
        { label: 'CPU model', field: 'cpu.name' },
        { label: 'CPU type', field: 'cpu.type' },
        { label: 'CPU speed (MHz)', field: 'cpu.speed' },
        { label: 'CPU sockets:cores:threads', field: 'cpu.topology', draw: (row) => (['sockets', 'cores', 'threads'] as const).map((part) => at(row, `cpu.topology.${part}`) ?? '').join(':') },
        { label: 'Physical memory', field: 'memory', draw: bytesOf('memory') },
        { label: 'Maximum memory for scheduling', field: 'max_scheduling_memory', draw: bytesOf('max_scheduling_memory') },
        { label: 'Running virtual machines', field: 'summary.active' },
        { label: 'Migrating virtual machines', field: 'summary.migrating' },
        { label: 'SELinux', field: 'se_linux.mode', draw: textOf('se_linux.mode') },
        { label: 'Power management', field: 'power_management.enabled', draw: yesNoOf('power_management.enabled') },
        { label: 'Manufacturer', field: 'hardware_information.manufacturer' },
        { label: 'Product', field: 'hardware_information.product_name' },
        { label: 'Serial number', field: 'hardware_information.serial_number' },
        { label: 'Hardware UUID', field: 'hardware_information.uuid' },
        { label: 'SPM', field: 'spm.status', draw: textOf('spm.status') },
        { label: 'Certificate subject', field: 'certificate.subject' },
        facts.id,
      ],
    },
    relatedTab('VirtualMachine', 1, { search: (row) => named('host.name', row.name) }, { without: ['host'] }),
    {
      detail: 'NetworkInterface',
      suffix: 'network_interfaces',
      label: 'Network Interfaces',
      index: 2,
      list: {
        path: (row) => `/hosts/${row.id}/nics?follow=network`,
        columns: [
          { id: 'status', label: 'Status', fields: ['status'], draw: statusOf('status') },
          column('name', 'Name', 'name'),
          { id: 'network', label: 'Network', fields: ['network'], draw: referenceTo('network') },
          column('mac', 'MAC', 'mac.address'),
          column('address', 'IP address', 'ip.address'),
          column('vlan', 'VLAN', 'vlan.id'),
          column('mtu', 'MTU', 'mtu'),
          { id: 'speed', label: 'Speed', fields: ['speed'], draw: (row) => (row.speed ? `${Number(row.speed) / 1e6} Mbit/s` : '') },
        ],
      },
    },
    {
      detail: 'HostDevice',
      suffix: 'devices',
      label: 'Host Devices',
      index: 3,
      list: {
        path: (row) => `/hosts/${row.id}/devices`,
        columns: [
          column('device', 'Name', 'name'),
          column('capability', 'Capability', 'capability'),
          column('vendor', 'Vendor', 'vendor.name'),
          column('product', 'Product', 'product.name'),
          column('driver', 'Driver', 'driver'),
        ],
      },
    },
    {
      detail: 'HostHook',
      suffix: 'host_hooks',
      label: 'Host Hooks',
      index: 3,
      view: tabs.HostHooks,
    },
    labelsTab(6, 'hosts'),
    {
      detail: '',
      suffix: 'fence_agents',
      label: 'Power Management',
      index: 6,
      list: {
        path: (row) => `/hosts/${row.id}/fenceagents`,
        columns: [column('order', 'Order', 'order'), column('type', 'Type', 'type'), column('address', 'Address', 'address'), column('port', 'Port', 'port'), column('user', 'User', 'username')],
        actions: [remove('The fence agents will be gone. Remove?')],
        form: {
          fields: [
            { path: 'type', label: 'Type', kind: 'text', required: true, hint: 'Such as ipmilan, apc, ilo5, redfish' },
            { path: 'address', label: 'Address', kind: 'text', required: true },
            { path: 'username', label: 'User', kind: 'text', required: true },
            { path: 'password', label: 'Password', kind: 'password' },
            { path: 'port', label: 'Port', kind: 'number', min: 1, max: 65535 },
            { path: 'order', label: 'Order', kind: 'number', initial: 1, min: 1, required: true },
            { path: 'encrypt_options', label: 'Encrypted', kind: 'boolean' },
            { path: 'options.option', label: 'Options', kind: 'pairs' },
          ],
        },
      },
    },
    permissionsTab(5),
    { detail: '', suffix: 'monitor', label: 'Monitor', index: 9, view: tabs.Monitor },
    { detail: '', suffix: 'evacuation', label: 'Evacuation', index: 9, view: tabs.Evacuation },
    eventsTab(7, '_event_host_id'),
  ],
};

