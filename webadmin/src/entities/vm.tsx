import { at, type Json } from '../engine/api';
import {
  addressesOf, bytesOf, courseOf, durationOf, momentOf, referenceTo, statusOf, textOf, yesNoOf,
} from './cells';
import { attachmentColumns, column, commentColumn, descriptionColumn, DISK_INTERFACES, eventsTab, facts, labelsTab, nameColumn, nicsTab, onlyIf, referenceColumn, remove, statusIcon, statusIs } from './common';
import type { Action, Column, EntityType } from './entity';
import { isTrue, numeric, processors } from './texts';
import { dialogs, permissionsTab, tabs } from './views';
import { BLANK, runOnceForm, vcpus, vmForm } from './vmForm';

const RUNNING = ['up', 'powering_up', 'wait_for_launch', 'reboot_in_progress', 'powering_down', 'paused', 'migrating', 'not_responding', 'unknown'];
const down = statusIs('down');
const startable = statusIs('down', 'suspended', 'paused');
const guestRuns = statusIs('up', 'powering_up', 'reboot_in_progress');

/** Hosts that all of them can go to, but for the one where all of them are. */
export const destination = (vms: readonly Json[]) => (host: Json) =>
  host.status === 'up' && vms.every((vm) => (at(vm, 'cluster.id') ?? at(host, 'cluster.id')) === at(host, 'cluster.id')) && vms.some((vm) => at(vm, 'host.id') !== host.id);

const actions: readonly Action[] = [
  {
    id: 'start',
    label: 'Run',
    request: 'start',
    refused: onlyIf(startable, 'Only virtual machines that are down, suspended or paused can be run'),
    guess: () => ({ status: 'wait_for_launch' }),
  },
  {
    id: 'run_once',
    label: 'Run Once',
    takes: 'one',
    more: true,
    refused: onlyIf(down, 'Only virtual machines that are down can be run once'),
    request: (vm, answers) => ({ method: 'POST', path: `/vms/${vm.id}/start`, body: answers }),
    form: runOnceForm,
  },
  {
    id: 'suspend',
    label: 'Suspend',
    request: 'suspend',
    refused: onlyIf(statusIs('up', 'paused'), 'Only virtual machines that are up can be suspended'),
    guess: () => ({ status: 'saving_state' }),
  },
  {
    id: 'shutdown',
    label: 'Shut down',
    request: 'shutdown',
    refused: onlyIf(guestRuns, 'Only virtual machines that are up can be shut down'),
    guess: () => ({ status: 'powering_down' }),
  },
  {
    id: 'stop',
    label: 'Power off',
    request: 'stop',
    danger: true,
    confirm: 'Unsaved data of the guests will be lost. Power off?',
    refused: onlyIf(statusIs(...RUNNING, 'suspended', 'restoring_state', 'saving_state'), 'Only virtual machines that run can be powered off'),
  },
  {
    id: 'reboot',
    label: 'Reboot',
    request: 'reboot',
    refused: onlyIf(guestRuns, 'Only virtual machines that are up can be rebooted'),
    guess: () => ({ status: 'reboot_in_progress' }),
  },
  {
    id: 'console',
    label: 'Console',
    takes: 'one',
    more: true,
    refused: onlyIf(statusIs(...RUNNING), 'Only virtual machines that run have a console'),
    open: dialogs.OpenConsole,
  },
  {
    id: 'reset',
    label: 'Reset',
    request: 'reset',
    more: true,
    danger: true,
    confirm: 'The machines will start again at once, without asking their guests. Reset?',
    refused: onlyIf(statusIs('up', 'powering_up', 'reboot_in_progress', 'powering_down', 'paused', 'not_responding'), 'Only virtual machines that run can be reset'),
  },
  {
    id: 'migrate',
    label: 'Migrate',
    refused: onlyIf(statusIs('up', 'powering_up', 'paused', 'reboot_in_progress'), 'Only virtual machines that run can be migrated'),
    request: (vm, answers) => ({
      method: 'POST',
      path: `/vms/${vm.id}/migrate`,
      body: at(answers, 'host.id') ? { host: { id: at(answers, 'host.id') }, force: answers.force } : { force: answers.force },
    }),
    form: (chosen) => ({
      size: 'small',
      fields: [
        { path: 'host.id', label: 'Destination host', kind: 'reference', collection: 'hosts', candidates: destination(chosen), hint: 'Empty: the scheduling policy chooses' },
        { path: 'force', label: 'Migrate even if the virtual machine is not migratable by itself', kind: 'boolean', initial: false },
      ],
    }),
  },
  {
    id: 'cancel_migration',
    label: 'Cancel migration',
    request: 'cancelmigration',
    more: true,
    refused: onlyIf(statusIs('migrating'), 'Only virtual machines that migrate'),
  },
  {
    id: 'snapshot',
    label: 'Create snapshot',
    takes: 'some',
    request: (vm, answers) => ({ method: 'POST', path: `/vms/${vm.id}/snapshots`, body: answers }),
    form: {
      size: 'small',
      fields: [
        { path: 'description', label: 'Description', kind: 'text', required: true },
        { path: 'persist_memorystate', label: 'Save memory', kind: 'boolean', initial: false, hint: 'Only of virtual machines that run' },
      ],
    },
  },
  {
    id: 'clone',
    label: 'Clone',
    takes: 'one',
    more: true,
    refused: onlyIf(down, 'Only virtual machines that are down can be cloned'),
    request: (vm, answers) => ({ method: 'POST', path: `/vms/${vm.id}/clone`, body: { vm: { name: answers.name } } }),
    form: { size: 'small', fields: [{ path: 'name', label: 'Name of the clone', kind: 'text', required: true }] },
  },
  {
    id: 'template',
    label: 'Make template',
    takes: 'one',
    more: true,
    refused: onlyIf(down, 'Only of virtual machines that are down a template can be made'),
    request: (vm, { $permissions, ...answers }) => ({ method: 'POST', path: `/templates?clone_permissions=${isTrue($permissions)}`, body: { ...answers, vm: { id: vm.id } } }),
    form: {
      size: 'small',
      fields: [
        { path: 'name', label: 'Name', kind: 'text', required: true },
        { path: 'description', label: 'Description', kind: 'text' },
        { path: 'cluster.id', label: 'Cluster', kind: 'reference', collection: 'clusters', hint: 'Empty: that of the virtual machine' },
        { path: 'version.base_template.id', label: 'New version of', kind: 'reference', collection: 'templates', candidates: (one) => one.id !== BLANK, hint: 'Empty: a template of its own' },
        { path: 'version.version_name', label: 'Name of this version', kind: 'text', when: (values) => !!values['version.base_template.id'] },
        { path: '$permissions', label: 'Copy the permissions', kind: 'boolean', initial: false },
      ],
    },
  },
  {
    id: 'change_cd',
    label: 'Change CD',
    takes: 'one',
    more: true,
    refused: onlyIf(statusIs('up', 'powering_up', 'down', 'paused'), 'Only virtual machines that are up or down'),
    request: (vm, answers) => ({
      method: 'PUT',
      path: `/vms/${vm.id}/cdroms/${BLANK}?current=${vm.status !== 'down'}`,
      body: { file: { id: at(answers, 'file.id') ?? '' } },
    }),
    form: { size: 'small', fields: [{ path: 'file.id', label: 'CD', kind: 'reference', collection: 'disks', candidates: (one) => one.content_type === 'iso', hint: 'Empty: eject' }] },
  },
  {
    id: 'export',
    label: 'Export as OVA',
    takes: 'one',
    more: true,
    request: (vm, answers) => ({ method: 'POST', path: `/vms/${vm.id}/export`, body: answers }),
    form: {
      size: 'small',
      fields: [
        { path: 'host.id', label: 'By the host', kind: 'reference', collection: 'hosts', required: true, candidates: (one) => one.status === 'up' },
        { path: 'directory', label: 'Directory on the host', kind: 'text', required: true },
        { path: 'filename', label: 'File name', kind: 'text', hint: 'Empty: the name of the virtual machine' },
      ],
    },
  },
  { id: 'tags', label: 'Assign tags', more: true, open: dialogs.Tags },
  {
    ...remove('The virtual machines and the disks that are theirs alone will be gone. Remove?', (chosen) =>
      chosen.some((vm) => isTrue(vm.delete_protected))
        ? 'Delete protection is on'
        : chosen.every(statusIs('down', 'unknown', 'image_locked'))
          ? null
          : 'Only virtual machines that are down can be removed',
    ),
    more: true,
  },
];

/** What it uses of what it has, now and lately. */
const usage = (id: string, label: string, percent: (row: Json) => number | null, ...fields: string[]): Column => {
  const history = `statistics.${id}.usage.history`;
  return { id, label, fields: [history, ...fields], sort: fields[0], draw: courseOf(history, percent, label), width: '7rem' };
};
/** Machines that do not run use nothing, and show nothing. */
const whileUp = (percent: (row: Json) => number) => (row: Json) => (down(row) ? null : percent(row));
const figure = (row: Json, field: string) => numeric(at(row, field)) ?? 0;

export const virtualMachine: EntityType = {
  name: 'VirtualMachine',
  token: 'vms',
  collection: 'vms',
  element: 'vm',
  plural: 'Virtual Machines',
  singular: 'Virtual Machine',
  searchPrefix: 'Vms',
  menu: 'compute',
  sort: 'name',
  fields: ['id', 'name', 'status', 'delete_protected', 'fqdn', 'cluster.id', 'host.id', 'type', 'reporteddevices.ips.ip.address'],
  columns: [
    statusIcon,
    nameColumn,
    column('kind', 'Optimized for', 'type', { draw: textOf('type'), optional: true }),
    column('high_availability', 'Highly available', 'high_availability.enabled', { draw: yesNoOf('high_availability.enabled'), optional: true }),
    commentColumn,
    referenceColumn('host', 'Host', 'host', { width: '8rem' }),
    { id: 'ip', label: 'IP addresses', fields: ['reporteddevices.ips.ip.address'], draw: addressesOf('reporteddevices.ips.ip.address'), width: '9rem' },
    column('fqdn', 'FQDN', 'fqdn', { width: '8rem' }),
    referenceColumn('cluster', 'Cluster', 'cluster', { width: '7rem' }),
    referenceColumn('data_center', 'Data Center', 'cluster.data_center', { width: '7rem', optional: true }),
    usage('memory', 'Memory', whileUp((vm) => (100 * figure(vm, 'statistics.memory.used')) / Math.max(1, figure(vm, 'memory'))), 'statistics.memory.used', 'memory'),
    usage('cpu', 'CPU', whileUp((vm) => figure(vm, 'statistics.cpu.current.total') / (processors(vm) ?? 1)), 'statistics.cpu.current.total', 'cpu.topology.sockets', 'cpu.topology.cores', 'cpu.topology.threads'),
    usage('network', 'Network', whileUp((vm) => figure(vm, 'statistics.network.current.total')), 'statistics.network.current.total'),
    column('graphics', 'Graphics', 'display.type', { draw: (row) => String(at(row, 'display.type') ?? '').toUpperCase(), optional: true }),
    column('status', 'Status', 'status', { draw: statusOf('status'), width: '8rem' }),
    { id: 'uptime', label: 'Uptime', fields: ['statistics.elapsed.time'], draw: durationOf('statistics.elapsed.time'), width: '7rem' },
    { ...descriptionColumn, optional: true },
    {
      id: 'vcpus',
      label: 'vCPUs',
      fields: ['cpu.topology.sockets', 'cpu.topology.cores', 'cpu.topology.threads'],
      draw: (row) => vcpus(row),
      optional: true,
    },
    column('defined_memory', 'Defined memory', 'memory', { draw: bytesOf('memory'), optional: true }),
  ],
  form: vmForm,
  follow: 'cluster.data_center,host,template,original_template,quota',
  actions,
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
        { label: 'Status reason', field: 'stop_reason' },
        { label: 'Cluster', field: 'cluster.name', draw: referenceTo('cluster') },
        { label: 'Host', field: 'host.name', draw: referenceTo('host') },
        { label: 'Template', field: 'template.name', draw: referenceTo('template') },
        { label: 'Operating system', field: 'os.type', draw: textOf('os.type') },
        { label: 'Firmware', field: 'bios.type', draw: textOf('bios.type') },
        { label: 'Graphics protocol', field: 'display.type', draw: (vm) => String(at(vm, 'display.type') ?? '').toUpperCase() },
        { label: 'Video type', field: 'display.video_type', draw: (vm) => String(at(vm, 'display.video_type') ?? '').toUpperCase() },
        { label: 'Optimized for', field: 'type', draw: textOf('type') },
        { label: 'Defined memory', field: 'memory', draw: bytesOf('memory') },
        { label: 'Guaranteed memory', field: 'memory_policy.guaranteed', draw: bytesOf('memory_policy.guaranteed') },
        { label: 'Maximum memory', field: 'memory_policy.max', draw: bytesOf('memory_policy.max') },
        { label: 'Number of CPU cores', field: 'cpu.topology.cores', draw: vcpus },
        { label: 'Highly available', field: 'high_availability.enabled', draw: yesNoOf('high_availability.enabled') },
        { label: 'Migration', field: 'placement_policy.affinity', draw: textOf('placement_policy.affinity') },
        { label: 'Delete protection', field: 'delete_protected', draw: yesNoOf('delete_protected') },
        { label: 'FQDN', field: 'fqdn' },
        { label: 'Time zone', field: 'time_zone.name' },
        { label: 'Created', field: 'creation_time', draw: momentOf('creation_time') },
        { label: 'Started', field: 'start_time', draw: momentOf('start_time') },
        { label: 'Changes wait for the next start', field: 'next_run_configuration_exists', draw: yesNoOf('next_run_configuration_exists') },
        facts.id,
      ],
    },
    nicsTab(1, 'vms'),
    {
      detail: 'Disk',
      suffix: 'disks',
      label: 'Disks',
      index: 2,
      list: {
        path: (vm) => `/vms/${vm.id}/diskattachments?follow=disk`,
        columns: attachmentColumns,
        actions: [
          {
            id: 'activate',
            label: 'Activate',
            refused: onlyIf((one) => !isTrue(one.active), 'It is active already'),
            request: (one) => ({ method: 'PUT', path: `/vms/${at(one, 'vm.id')}/diskattachments/${one.id}`, body: { active: 'true' } }),
          },
          {
            id: 'deactivate',
            label: 'Deactivate',
            refused: onlyIf((one) => isTrue(one.active), 'It is not active'),
            request: (one) => ({ method: 'PUT', path: `/vms/${at(one, 'vm.id')}/diskattachments/${one.id}`, body: { active: 'false' } }),
          },
          {
            id: 'detach',
            label: 'Detach',
            confirm: 'The disks stay, but the virtual machine will not have them any more. Detach?',
            request: (one) => ({ method: 'DELETE', path: `/vms/${at(one, 'vm.id')}/diskattachments/${one.id}?detach_only=true` }),
          },
          {
            id: 'remove',
            label: 'Remove',
            danger: true,
            confirm: 'The disks and what is on them will be gone. Remove?',
            request: (one) => ({ method: 'DELETE', path: `/vms/${at(one, 'vm.id')}/diskattachments/${one.id}?detach_only=false` }),
          },
        ],
        form: {
          only: 'new',
          fields: [
            { path: 'disk.name', label: 'Alias', kind: 'text', required: true },
            { path: 'disk.provisioned_size', label: 'Virtual size', kind: 'bytes', unit: 'GiB', required: true },
            { path: '$domain', label: 'Storage domain', kind: 'reference', collection: 'storagedomains', required: true, candidates: (one) => one.type === 'data' },
            { path: 'interface', label: 'Interface', kind: 'choice', initial: 'virtio_scsi', choices: DISK_INTERFACES },
            { path: 'disk.format', label: 'Format', kind: 'choice', initial: 'cow', choices: [['cow', 'QCOW2'], ['raw', 'Raw']] },
            { path: 'disk.sparse', label: 'Thin provisioning', kind: 'boolean', initial: true },
            { path: 'bootable', label: 'Bootable', kind: 'boolean', initial: false },
            { path: 'active', label: 'Active', kind: 'boolean', initial: true },
          ],
          body: ({ $domain, ...body }) => ({ ...body, disk: { ...body.disk, storage_domains: { storage_domain: [{ id: $domain }] } } }),
        },
      },
    },
    {
      detail: 'VirtualMachineSnapshot',
      suffix: 'snapshots',
      label: 'Snapshots',
      index: 3,
      view: tabs.Snapshots,
    },
    {
      detail: 'VirtualMachineApplication',
      suffix: 'applications',
      label: 'Applications',
      index: 4,
      list: { path: (vm) => `/vms/${vm.id}/applications`, columns: [column('application', 'Installed application', 'name')] },
    },
    {
      detail: 'HostDevice',
      suffix: 'host_devices',
      label: 'Host Devices',
      index: 5,
      list: {
        path: (vm) => `/vms/${vm.id}/hostdevices`,
        columns: [
          column('device', 'Name', 'name'),
          column('capability', 'Capability', 'capability'),
          column('vendor', 'Vendor', 'vendor.name'),
          column('product', 'Product', 'product.name'),
        ],
      },
    },
    {
      detail: 'VirtualMachineDevice',
      suffix: 'vm_devices',
      label: 'VM Devices',
      index: 6,
      list: {
        path: (vm) => `/vms/${vm.id}/reporteddevices`,
        columns: [
          column('device', 'Name', 'name'),
          column('type', 'Type', 'type', { draw: textOf('type') }),
          column('mac', 'MAC', 'mac.address'),
          { id: 'ips', label: 'IP addresses', fields: ['ips.ip'], draw: addressesOf('ips.ip') },
          column('description', 'Description', 'description'),
        ],
      },
    },
    { detail: 'AffinityGroup', suffix: 'affinity_groups', label: 'Affinity Groups', index: 7, view: tabs.AffinityGroups },
    labelsTab(8, 'vms'),
    {
      detail: '',
      suffix: 'guest_info',
      label: 'Guest Info',
      index: 9,
      facts: [
        { label: 'Operating system', field: 'guest_operating_system.distribution' },
        { label: 'Version', field: 'guest_operating_system.version.full_version' },
        { label: 'Code name', field: 'guest_operating_system.codename' },
        { label: 'Architecture', field: 'guest_operating_system.architecture' },
        { label: 'Kernel', field: 'guest_operating_system.kernel.version.full_version' },
        { label: 'Time zone', field: 'guest_time_zone.name' },
        { label: 'FQDN', field: 'fqdn' },
      ],
    },
    permissionsTab(9),
    { detail: '', suffix: 'console', label: 'Console', index: 12, view: tabs.Console },
    { detail: '', suffix: 'monitor', label: 'Monitor', index: 12, view: tabs.Monitor },
    { detail: '', suffix: 'placement', label: 'Placement', index: 12, view: tabs.Placement },
    eventsTab(11, '_event_vm_id'),
  ],
};
