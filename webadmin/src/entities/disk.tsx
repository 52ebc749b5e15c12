import { at, type Json } from '../engine/api';
import { bytesOf, Reference, textOf, yesNoOf } from './cells';
import { column, descriptionColumn, DISK_INTERFACES, facts, onlyIf, relatedTab, remove, statusColumn, statusIcon, statusIs } from './common';
import type { EntityType } from './entity';
import { many } from './texts';
import { permissionsTab } from './views';

const free = onlyIf(statusIs('ok'), 'Only disks that are not locked');
/** Whether a new disk, or one that is there, is a file or volume of a storage domain. */
const isImage = (values: Json) => values.$kind === undefined || values.$kind === 'image';
const image = onlyIf((disk) => disk.status === 'ok' && disk.storage_type !== 'lun', 'Only images that are not locked');

export const disk: EntityType = {
  name: 'Disk',
  token: 'disks',
  collection: 'disks',
  element: 'disk',
  plural: 'Disks',
  singular: 'Disk',
  searchPrefix: 'Disks',
  menu: 'storage',
  nameField: 'alias',
  sort: 'alias',
  fields: ['id', 'alias', 'name', 'status', 'storage_type'],
  columns: [
    statusIcon,
    column('name', 'Alias', 'alias', { width: '14rem' }),
    column('id', 'ID', 'id', { optional: true }),
    column('shareable', 'Shareable', 'shareable', { draw: yesNoOf('shareable'), optional: true }),
    { id: 'domain', label: 'Storage Domains', fields: ['storage_domains.storage_domain.name', 'storage_domains.storage_domain.id'], draw: domainsOf },
    column('size', 'Virtual size', 'provisioned_size', { draw: bytesOf('provisioned_size') }),
    column('actual', 'Actual size', 'actual_size', { draw: bytesOf('actual_size') }),
    column('type', 'Type', 'storage_type', { draw: textOf('storage_type') }),
    column('content', 'Content', 'content_type', { draw: textOf('content_type') }),
    column('format', 'Format', 'format', { draw: textOf('format'), optional: true }),
    statusColumn,
    descriptionColumn,
    column('quota', 'Quota', 'quota.name', { optional: true }),
    column('lun', 'LUN ID', 'lun_storage.logical_units.logical_unit.id', { optional: true }),
    column('serial', 'Serial', 'lun_storage.logical_units.logical_unit.serial', { optional: true }),
    column('vendor', 'Vendor', 'lun_storage.logical_units.logical_unit.vendor_id', { optional: true }),
    column('product', 'Product', 'lun_storage.logical_units.logical_unit.product_id', { optional: true }),
  ],
  actions: [
    {
      id: 'move',
      label: 'Move',
      refused: image,
      request: (one, answers) => ({ method: 'POST', path: `/disks/${one.id}/move`, body: answers }),
      form: { size: 'small', fields: [{ path: 'storage_domain.id', label: 'To storage domain', kind: 'reference', collection: 'storagedomains', required: true, candidates: (one) => one.type === 'data' }] },
    },
    {
      id: 'copy',
      label: 'Copy',
      takes: 'one',
      refused: image,
      request: (one, answers) => ({ method: 'POST', path: `/disks/${one.id}/copy`, body: answers }),
      form: {
        size: 'small',
        fields: [
          { path: 'disk.name', label: 'Alias of the copy', kind: 'text', required: true },
          { path: 'storage_domain.id', label: 'To storage domain', kind: 'reference', collection: 'storagedomains', required: true, candidates: (one) => one.type === 'data' },
        ],
      },
    },
    {
      id: 'attach',
      label: 'Attach',
      refused: free,
      request: (one, answers) => ({ method: 'POST', path: `/vms/${at(answers, 'vm.id')}/diskattachments`, body: { id: one.id, disk: { id: one.id }, interface: answers.interface, bootable: answers.bootable, active: true } }),
      form: {
        size: 'small',
        fields: [
          { path: 'vm.id', label: 'To virtual machine', kind: 'reference', collection: 'vms', required: true },
          { path: 'interface', label: 'Interface', kind: 'choice', initial: 'virtio_scsi', choices: DISK_INTERFACES },
          { path: 'bootable', label: 'Bootable', kind: 'boolean', initial: false },
        ],
      },
    },
    { id: 'sparsify', label: 'Sparsify', more: true, refused: image, request: 'sparsify', confirm: 'Space that the guest does not use will be given back. Sparsify?' },
    remove('The disks and what is on them will be gone. Remove?', onlyIf(statusIs('ok', 'illegal'), 'Only disks that are not locked')),
  ],
  form: {
    fields: [
      { path: 'name', label: 'Alias', kind: 'text', required: true, read: (one) => one.alias ?? one.name },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: '$kind', label: 'Type', kind: 'choice', initial: 'image', fixed: true, choices: [['image', 'Image'], ['iscsi', 'Direct LUN, iSCSI'], ['fcp', 'Direct LUN, Fibre Channel']] },
      { path: 'provisioned_size', label: 'Virtual size', kind: 'bytes', unit: 'GiB', required: true, when: isImage },
      { path: '$domain', label: 'Storage domain', kind: 'reference', collection: 'storagedomains', required: true, fixed: true, candidates: (one) => one.type === 'data', when: isImage },
      { path: 'format', label: 'Format', kind: 'choice', initial: 'cow', fixed: true, choices: [['cow', 'QCOW2'], ['raw', 'Raw']], when: isImage },
      { path: 'sparse', label: 'Thin provisioning', kind: 'boolean', initial: true, fixed: true, when: isImage },
      { path: '$lun', label: 'LUN ID', kind: 'text', required: true, fixed: true, when: (values) => !isImage(values) },
      { path: '$lun_address', label: 'Portal address', kind: 'text', required: true, fixed: true, when: (values) => values.$kind === 'iscsi' },
      { path: '$lun_port', label: 'Portal port', kind: 'number', initial: 3260, fixed: true, when: (values) => values.$kind === 'iscsi' },
      { path: '$lun_target', label: 'Target', kind: 'text', required: true, fixed: true, when: (values) => values.$kind === 'iscsi' },
      { path: 'wipe_after_delete', label: 'Wipe after delete', kind: 'boolean', page: 'General' },
      { path: 'shareable', label: 'Shareable', kind: 'boolean', page: 'General' },
      { path: 'backup', label: 'Backup', kind: 'choice', page: 'General', choices: [['none', 'None'], ['incremental', 'Incremental']] },
      { path: 'content_type', label: 'Content', kind: 'choice', page: 'General', fixed: true, choices: [['data', 'Data'], ['iso', 'ISO']] },
      { path: 'disk_profile.id', label: 'Disk profile', kind: 'reference', collection: 'diskprofiles', page: 'General' },
    ],
    body: ({ $kind, $domain, $lun, $lun_address, $lun_port, $lun_target, ...body }) => ({
      ...body,
      ...($domain ? { storage_domains: { storage_domain: [{ id: $domain }] } } : {}),
      ...($lun ? { lun_storage: { type: $kind, logical_units: { logical_unit: [{ id: $lun, ...($lun_target ? { address: $lun_address, port: $lun_port, target: $lun_target } : {}) }] } } } : {}),
    }),
  },
  tabs: [
    {
      detail: '',
      suffix: 'general',
      label: 'General',
      index: 0,
      facts: [
        { label: 'Alias', field: 'alias' },
        facts.description,
        facts.status,
        { label: 'Virtual size', field: 'provisioned_size', draw: bytesOf('provisioned_size') },
        { label: 'Actual size', field: 'actual_size', draw: bytesOf('actual_size') },
        { label: 'Storage Domains', field: 'storage_domains', draw: domainsOf },
        { label: 'Type', field: 'storage_type', draw: textOf('storage_type') },
        { label: 'Content', field: 'content_type', draw: textOf('content_type') },
        { label: 'Format', field: 'format', draw: textOf('format') },
        { label: 'Thin provisioning', field: 'sparse', draw: yesNoOf('sparse') },
        { label: 'Shareable', field: 'shareable', draw: yesNoOf('shareable') },
        { label: 'Wipe after delete', field: 'wipe_after_delete', draw: yesNoOf('wipe_after_delete') },
        { label: 'Backup', field: 'backup', draw: textOf('backup') },
        { label: 'Disk profile', field: 'disk_profile.name' },
        { label: 'Image ID', field: 'image_id' },
        facts.id,
      ],
    },
    relatedTab('VirtualMachine', 1, { by: ['diskattachments.id'] }),
    relatedTab('Template', 2, { by: ['diskattachments.id'] }),
    relatedTab('Storage', 3, { by: ['disks.id'] }),
    permissionsTab(4),
  ],
};

/** Links to where a disk is; a row has ids and names side by side, a document only ids. */
export function domainsOf(row: Json) {
  const flat = at(row, 'storage_domains.storage_domain.id');
  const ids = flat === undefined ? ((at(row, 'storage_domains.storage_domain') as Json[] | undefined) ?? []).map((one) => one.id) : many(flat);
  const names = many(at(row, 'storage_domains.storage_domain.name'));
  return ids.map((id, index) => <Reference key={String(id)} token="storage" collection="storagedomains" id={id} name={names[index]} />);
}

