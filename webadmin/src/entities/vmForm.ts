import { at, EXTENSIONS, type Json } from '../engine/api';
import type { Field, Form, Request } from './entity';
import { many, numeric, processors } from './texts';

/** The dialog for virtual machines, and what it shares with templates, pools and instance types. */

const GIB = 1024 ** 3;
export const BLANK = '00000000-0000-0000-0000-000000000000';

const BOOT = [['hd', 'Hard disk'], ['cdrom', 'CD-ROM'], ['network', 'Network']] as const;
const YES_NO_CLUSTER = [['inherit', 'As the cluster'], ['true', 'Yes'], ['false', 'No']] as const;

/** Hardware and behaviour, which templates have as well. */
export const machineFields: readonly Field[] = [
  { path: 'type', label: 'Optimized for', kind: 'choice', page: 'General', initial: 'server', choices: [['server', 'Server'], ['desktop', 'Desktop'], ['high_performance', 'High performance']] },
  { path: 'comment', label: 'Comment', kind: 'text', page: 'General' },
  { path: 'delete_protected', label: 'Delete protection', kind: 'boolean', page: 'General' },
  { path: 'stateless', label: 'Stateless', kind: 'boolean', page: 'General', hint: 'Forgets what was written when it stops' },
  { path: 'start_paused', label: 'Start in paused mode', kind: 'boolean', page: 'General' },

  { path: 'cpu.topology.sockets', label: 'Virtual sockets', kind: 'number', min: 1, max: 16, page: 'System' },
  { path: 'cpu.topology.threads', label: 'Threads per core', kind: 'number', min: 1, max: 8, page: 'System' },
  { path: 'memory_policy.max', label: 'Maximum memory', kind: 'bytes', unit: 'GiB', page: 'System', check: (max, { memory }) => (Number(max) < Number(memory) && max !== '' ? 'Must not be less than the memory' : null), hint: 'Up to which memory can be plugged while it runs' },
  { path: 'bios.type', label: 'Chipset and firmware', kind: 'choice', page: 'System', choices: [['cluster_default', 'As the cluster'], ['q35_sea_bios', 'Q35, BIOS'], ['q35_ovmf', 'Q35, UEFI'], ['q35_secure_boot', 'Q35, UEFI secure boot'], ['i440fx_sea_bios', 'i440FX, BIOS']] },
  { path: 'custom_emulated_machine', label: 'Custom emulated machine', kind: 'text', page: 'System' },
  { path: 'custom_cpu_model', label: 'Custom CPU type', kind: 'text', page: 'System' },
  { path: 'time_zone.name', label: 'Time zone of the hardware clock', kind: 'text', page: 'System' },

  { path: 'display.type', label: 'Graphics protocol', kind: 'choice', page: 'Console', choices: [['vnc', 'VNC'], ['spice', 'SPICE']] },
  { path: 'display.video_type', label: 'Video type', kind: 'choice', page: 'Console', choices: [['vga', 'VGA'], ['qxl', 'QXL'], ['bochs', 'Bochs'], ['cirrus', 'Cirrus']] },
  { path: 'display.monitors', label: 'Monitors', kind: 'number', min: 1, max: 4, page: 'Console' },
  { path: 'usb.enabled', label: 'USB', kind: 'boolean', page: 'Console' },
  { path: 'display.smartcard_enabled', label: 'Smart card', kind: 'boolean', page: 'Console' },
  { path: 'soundcard_enabled', label: 'Sound card', kind: 'boolean', page: 'Console' },
  { path: 'console.enabled', label: 'Serial console', kind: 'boolean', page: 'Console' },
  { path: 'display.copy_paste_enabled', label: 'Copy and paste (SPICE)', kind: 'boolean', initial: true, page: 'Console' },

  { path: 'placement_policy.affinity', label: 'Migration', kind: 'choice', page: 'Host', choices: [['migratable', 'By the engine and by people'], ['user_migratable', 'By people only'], ['pinned', 'None']] },
  { path: 'placement_policy.hosts.host', label: 'Runs only on', kind: 'references', collection: 'hosts', page: 'Host', candidates: (host, values) => !values['cluster.id'] || at(host, 'cluster.id') === values['cluster.id'], hint: 'Empty: on any host of the cluster' },
  { path: 'migration.auto_converge', label: 'Auto converge when migrated', kind: 'choice', page: 'Host', choices: YES_NO_CLUSTER },
  { path: 'migration.compressed', label: 'Compress when migrated', kind: 'choice', page: 'Host', choices: YES_NO_CLUSTER },
  { path: 'migration_downtime', label: 'Longest pause when migrated (ms)', kind: 'number', min: -1, page: 'Host', hint: '-1: as the engine is set' },

  { path: 'high_availability.enabled', label: 'Highly available', kind: 'boolean', page: 'High Availability' },
  { path: 'high_availability.priority', label: 'Priority', kind: 'choice', page: 'High Availability', choices: [['0', 'Default'], ['1', 'Low'], ['50', 'Medium'], ['100', 'High']] },
  { path: 'lease.storage_domain.id', label: 'Lease on storage domain', kind: 'reference', clears: true, collection: 'storagedomains', page: 'High Availability', candidates: (one) => one.type === 'data', when: (values) => values['high_availability.enabled'] === true },
  { path: 'storage_error_resume_behaviour', label: 'After a storage error', kind: 'choice', page: 'High Availability', choices: [['auto_resume', 'Resume'], ['leave_paused', 'Leave paused'], ['kill', 'Kill']] },

  { path: 'memory_policy.guaranteed', label: 'Guaranteed memory', kind: 'bytes', page: 'Resource Allocation', check: (guaranteed, { memory }) => (Number(guaranteed) > Number(memory) ? 'Must not be more than the memory' : null) },
  { path: 'memory_policy.ballooning', label: 'Memory ballooning', kind: 'boolean', initial: true, page: 'Resource Allocation' },
  { path: 'cpu_shares', label: 'CPU shares', kind: 'number', min: 0, max: 262144, page: 'Resource Allocation', hint: '0: the same as others; 512 low, 1024 medium, 2048 high' },
  { path: 'cpu_profile.id', label: 'CPU profile', kind: 'reference', page: 'Resource Allocation', collection: (values) => (values['cluster.id'] ? `clusters/${String(values['cluster.id'])}/cpuprofiles` : null) },
  { path: 'io.threads', label: 'I/O threads', kind: 'number', min: 0, max: 64, page: 'Resource Allocation' },
  { path: 'multi_queues_enabled', label: 'Several queues for network interfaces', kind: 'boolean', initial: true, page: 'Resource Allocation' },
  { path: 'virtio_scsi_multi_queues_enabled', label: 'Several queues for VirtIO-SCSI', kind: 'boolean', page: 'Resource Allocation' },

  { path: '$boot1', label: 'First boot device', kind: 'choice', page: 'Boot Options', choices: BOOT, read: (vm) => bootOf(vm)[0] },
  { path: '$boot2', label: 'Second boot device', kind: 'choice', page: 'Boot Options', choices: [['none', 'None'], ...BOOT], read: (vm) => bootOf(vm)[1] ?? 'none' },
  { path: 'bios.boot_menu.enabled', label: 'Boot menu', kind: 'boolean', page: 'Boot Options' },
  { path: 'os.kernel', label: 'Kernel path', kind: 'text', page: 'Boot Options' },
  { path: 'os.initrd', label: 'Initial RAM disk path', kind: 'text', page: 'Boot Options' },
  { path: 'os.cmdline', label: 'Kernel parameters', kind: 'text', page: 'Boot Options' },

  { path: 'rng_device.source', label: 'Source of random numbers', kind: 'choice', page: 'Random Generator', choices: [['urandom', '/dev/urandom'], ['hwrng', '/dev/hwrng']] },
  { path: 'rng_device.rate.bytes', label: 'Bytes in a period', kind: 'number', min: 1, page: 'Random Generator', when: (values) => !!values['rng_device.source'] },
  { path: 'rng_device.rate.period', label: 'Period (ms)', kind: 'number', min: 1, page: 'Random Generator', when: (values) => !!values['rng_device.source'] },

  { path: 'custom_properties.custom_property', label: 'Custom properties', kind: 'pairs', page: 'Custom Properties' },
];

/** What cloud-init or sysprep tell the guest when it starts for the first time. */
export function initialRunFields(prefix: string, page: string | undefined): readonly Field[] {
  const field = (path: string, label: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ path: `${prefix}${path}`, label, kind, page, ...more });
  return [
    field('host_name', 'Host name of the guest', 'text'),
    field('user_name', 'User', 'text'),
    field('root_password', 'Password', 'password'),
    field('authorized_ssh_keys', 'Authorized SSH keys', 'multiline'),
    field('regenerate_ssh_keys', 'Make new SSH host keys', 'boolean'),
    field('timezone', 'Time zone of the guest', 'text', { hint: 'Such as Europe/Berlin' }),
    field('dns_servers', 'DNS servers', 'text', { hint: 'Separated by blanks' }),
    field('dns_search', 'DNS search domains', 'text', { hint: 'Separated by blanks' }),
    field('custom_script', 'Custom script', 'multiline', { hint: 'YAML for cloud-init, over what stands above' }),
  ];
}

const CLUSTERS = 'network.data_center.clusters.id';

/** vNIC profiles are often called as their networks, and these alike in every data center. */
export const profileChoice = (cluster: (values: Json) => unknown): Pick<Field, 'kind' | 'collection' | 'describe' | 'candidates'> => ({
  kind: 'reference',
  collection: `${EXTENSIONS}/rows/vnicprofiles?max=1000&fields=id,name,network.name,network.data_center.name,${CLUSTERS}`,
  describe: (profile) => `${profile['network.name']} / ${profile['network.data_center.name']}`,
  candidates: (profile, values) => !cluster(values) || many(profile[CLUSTERS]).includes(cluster(values)),
});

const basicFields: readonly Field[] = [
  { path: 'name', label: 'Name', kind: 'text', required: true, check: machineName },
  { path: 'description', label: 'Description', kind: 'text' },
  { path: 'cluster.id', label: 'Cluster', kind: 'reference', collection: 'clusters', required: true, guess: true },
  { path: 'template.id', label: 'Template', kind: 'reference', collection: 'templates', required: true, fixed: true, initial: BLANK },
  { path: 'os.type', label: 'Operating system', kind: 'reference', collection: 'operatingsystems', by: 'name' },
  { path: 'memory', label: 'Memory', kind: 'bytes', initial: GIB, unit: 'MiB', required: true, min: 1024 ** 2 },
  { path: 'cpu.topology.cores', label: 'CPU cores', kind: 'number', initial: 1, required: true, min: 1, max: 254 },
  { path: '$disk', label: 'Disk', kind: 'bytes', unit: 'GiB', fixed: true, hint: 'Size of a new disk; empty: those of the template only' },
  { path: '$domain', label: 'Storage domain', kind: 'reference', collection: 'storagedomains', fixed: true, required: true, candidates: (one) => one.type === 'data', when: (values) => !!values.$disk },
  { path: '$profile', label: 'Network', ...profileChoice((values) => values['cluster.id']), fixed: true, hint: 'vNIC profile of a first network interface' },
];

export const vmForm: Form = {
  fields: [
    ...basicFields,
    ...machineFields.filter((field) => field.page === 'General' || field.page === 'System'),
    ...initialRunFields('initialization.', 'Initial Run'),
    ...machineFields.filter((field) => field.page !== 'General' && field.page !== 'System'),
    { path: '$label', label: 'Affinity label', kind: 'reference', collection: 'affinitylabels', page: 'Affinity', fixed: true },
    { path: '$group', label: 'Affinity group', kind: 'reference', page: 'Affinity', fixed: true, collection: (values) => (values['cluster.id'] ? `clusters/${String(values['cluster.id'])}/affinitygroups` : null) },
  ],
  body: machineBody,
  adjusts: memoryPolicy,
  whole: true,
  pattern: (values) => (values['template.id'] ? `/templates/${String(values['template.id'])}?all_content=true` : null),
  then: (body, answer, entity) => (entity === null ? parts(body, answer) : []),
};

/** A form for what has the hardware of a machine but is none: templates, pools. */
export function machineBody(body: Json, entity: Json | null, values: Json): Json {
  const { $boot1, $boot2, ...rest } = body;
  const made: Json = rest;
  if ($boot1 !== undefined || $boot2 !== undefined) {
    const [first, second] = entity ? bootOf(entity) : [];
    const devices = [$boot1 ?? first ?? 'hd', $boot2 ?? second].filter((device) => device !== undefined && device !== 'none');
    made.os = { ...made.os, boot: { devices: { device: [...new Set(devices)] } } };
  }
  // left to itself, the engine changes both with the memory
  if (made.memory !== undefined) {
    for (const part of ['guaranteed', 'max']) {
      const shown = numeric(values[`memory_policy.${part}`]);
      if (shown !== null) made.memory_policy = { ...made.memory_policy, [part]: shown };
    }
  }
  return made;
}

const ROOM_TO_GROW = 4;

/** What goes with the memory: of a new machine as the engine has it, of one that is there as it was while it can be. */
export function memoryPolicy(values: Json, touched: ReadonlySet<string>, entity: Json | null): Json {
  const memory = numeric(values.memory);
  if (memory === null || !touched.has('memory')) return {};
  const most = numeric(at(entity ?? {}, 'memory_policy.max'));
  const guaranteed = numeric(at(entity ?? {}, 'memory_policy.guaranteed'));
  const policy: Json = {
    'memory_policy.max': most !== null && most >= memory ? most : ROOM_TO_GROW * memory,
    'memory_policy.guaranteed': Math.min(guaranteed ?? memory, memory),
  };
  return Object.fromEntries(Object.entries(policy).filter(([path]) => !touched.has(path)));
}

/** Disks, network interfaces, labels and groups have doors of their own. */
function parts(body: Json, vm: Json): Request[] {
  const requests: Request[] = [];
  const path = `/vms/${vm.id}`;
  if (body.$disk) {
    requests.push({
      method: 'POST',
      path: `${path}/diskattachments`,
      body: {
        interface: 'virtio_scsi',
        bootable: true,
        active: true,
        disk: { name: `${body.name}_Disk1`, provisioned_size: body.$disk, format: 'cow', sparse: true, storage_domains: { storage_domain: [{ id: body.$domain }] } },
      },
    });
  }
  if (body.$profile) requests.push({ method: 'POST', path: `${path}/nics`, body: { name: 'nic1', interface: 'virtio', vnic_profile: { id: body.$profile } } });
  if (body.$label) requests.push({ method: 'POST', path: `/affinitylabels/${body.$label}/vms`, body: { id: vm.id } });
  if (body.$group) requests.push({ method: 'POST', path: `/clusters/${at(body, 'cluster.id')}/affinitygroups/${body.$group}/vms`, body: { id: vm.id } });
  return requests;
}

function bootOf(vm: Json): string[] {
  return (at(vm, 'os.boot.devices.device') as string[] | undefined) ?? [];
}

/** As the engine has it: letters, digits, `_`, `-`, `.` and `+`. */
export function machineName(value: unknown): string | null {
  return /^[\p{L}\p{N}_.+-]+$/u.test(String(value)) ? null : 'Only letters, digits and the characters _ - . + can be used';
}

/** Run Once: how a machine starts this one time. */
export const runOnceForm: Form = {
  size: 'medium',
  fields: [
    { path: 'pause', label: 'Start in paused mode', kind: 'boolean' },
    { path: 'volatile', label: 'Forget the settings below at a reboot', kind: 'boolean' },
    { path: 'use_cloud_init', label: 'Run cloud-init', kind: 'boolean' },
    { path: 'use_sysprep', label: 'Run sysprep', kind: 'boolean' },
    { path: '$boot1', label: 'First boot device', kind: 'choice', choices: BOOT },
    { path: '$boot2', label: 'Second boot device', kind: 'choice', choices: [['none', 'None'], ...BOOT] },
    { path: '$cd', label: 'CD', kind: 'reference', collection: 'disks', candidates: (disk) => disk.content_type === 'iso' },
    { path: 'vm.placement_policy.$host', label: 'Start on', kind: 'reference', collection: 'hosts', hint: 'Empty: the scheduling policy chooses' },
    { path: 'vm.os.kernel', label: 'Kernel path', kind: 'text', page: 'Boot Options' },
    { path: 'vm.os.initrd', label: 'Initial RAM disk path', kind: 'text', page: 'Boot Options' },
    { path: 'vm.os.cmdline', label: 'Kernel parameters', kind: 'text', page: 'Boot Options' },
    ...initialRunFields('vm.initialization.', 'Initial Run'),
    { path: 'vm.display.type', label: 'Graphics protocol', kind: 'choice', page: 'Console', choices: [['vnc', 'VNC'], ['spice', 'SPICE']] },
    { path: 'vm.custom_emulated_machine', label: 'Custom emulated machine', kind: 'text', page: 'System' },
    { path: 'vm.custom_cpu_model', label: 'Custom CPU type', kind: 'text', page: 'System' },
    { path: 'vm.custom_properties.custom_property', label: 'Custom properties', kind: 'pairs', page: 'Custom Properties' },
  ],
  body: (body) => {
    const { $boot1, $boot2, $cd, vm = {}, ...rest } = body;
    const devices = [$boot1, $boot2].filter((device) => device && device !== 'none');
    if (devices.length > 0) vm.os = { ...vm.os, boot: { devices: { device: [...new Set(devices)] } } };
    if ($cd) vm.cdroms = { cdrom: [{ file: { id: $cd } }] };
    const host = at(vm, 'placement_policy.$host') as string | undefined;
    if (host) vm.placement_policy = { hosts: { host: [{ id: host }] } };
    const flags = Object.fromEntries(Object.entries(rest).filter(([, value]) => value === true));
    return Object.keys(vm).length === 0 ? flags : { ...flags, vm };
  },
};

/** Processors of a machine, and as what it sees them. */
export function vcpus(vm: Json): string {
  const all = processors(vm);
  const parts = (['sockets', 'cores', 'threads'] as const).map((part) => at(vm, `cpu.topology.${part}`) ?? '1');
  return all === null ? '' : `${all} (${parts.join(':')})`;
}
