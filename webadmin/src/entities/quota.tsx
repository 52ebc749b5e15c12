import { at } from '../engine/api';
import { bytesOf, referenceTo, textOf } from './cells';
import { column, descriptionColumn, eventsTab, nameColumn, referenceColumn, relatedTab, remove } from './common';
import type { Column, DetailTab, EntityType, Field, Form } from './entity';
import { numeric } from './texts';
import { permissionsTab, tabs } from './views';

/** Quotas belong to data centers; the list is that of all. */

const GIB = 1024 ** 3;
const limits: readonly Field[] = [
  { path: 'cluster_soft_limit_pct', label: 'Cluster threshold (%)', kind: 'number', initial: 80, min: 0, max: 100 },
  { path: 'cluster_hard_limit_pct', label: 'Cluster grace (%)', kind: 'number', initial: 20, min: 0 },
  { path: 'storage_soft_limit_pct', label: 'Storage threshold (%)', kind: 'number', initial: 80, min: 0, max: 100 },
  { path: 'storage_hard_limit_pct', label: 'Storage grace (%)', kind: 'number', initial: 20, min: 0 },
];
const quotaForm: Form = {
  fields: [
    { path: 'name', label: 'Name', kind: 'text', required: true },
    { path: 'description', label: 'Description', kind: 'text' },
    { path: '$data_center', label: 'Data Center', kind: 'reference', collection: 'datacenters', required: true, guess: true, fixed: true },
    ...limits,
  ],
  path: (body) => `/datacenters/${body.$data_center}/quotas`,
};

/** A data center's own. */
export const quotasTab: DetailTab = {
  detail: 'Quota',
  suffix: 'quota',
  label: 'Quota',
  index: 4,
  list: {
    path: (row) => `/datacenters/${row.id}/quotas`,
    type: 'Quota',
    columns: [column('name', 'Name', 'name'), descriptionColumn, ...limits.map(({ path, label }) => column(path, label, path))],
    actions: [remove('The quotas will be gone. Remove?')],
    form: { fields: quotaForm.fields.filter((field) => field.path !== '$data_center') },
  },
};

const gib = (field: string): Column['draw'] => (row) => {
  const value = numeric(at(row, field));
  return value === null ? '' : value < 0 ? '∞' : bytesOf('bytes')({ bytes: value * GIB });
};

/** What may be used of each cluster, or storage domain, or of all together. */
function limitsTab(kind: 'Cluster' | 'Storage', index: number, columns: readonly Column[], fields: readonly Field[]): DetailTab {
  const [member, label, collection, suffix] = kind === 'Cluster' ? ['cluster', 'Cluster', 'clusters', 'clusters'] : ['storage_domain', 'Storage domain', 'storagedomains', 'storage'];
  const below = kind === 'Cluster' ? 'quotaclusterlimits' : 'quotastoragelimits';
  return {
    detail: kind,
    suffix: suffix!,
    label: kind === 'Cluster' ? 'Clusters' : 'Storage',
    index,
    list: {
      path: (quota) => `/datacenters/${at(quota, 'data_center.id')}/quotas/${quota.id}/${below}?follow=${member}`,
      columns: [{ id: 'of', label: label!, fields: [member!], draw: (row) => (at(row, `${member}.id`) ? referenceTo(member!)(row) : textOf('all')({ all: 'all' })) }, ...columns],
      actions: [remove('What the limits held back will not be held back any more. Remove?')],
      form: (quota) => ({
        only: 'new',
        size: 'small',
        fields: [{ path: `${member}.id`, label: label!, kind: 'reference', collection: `datacenters/${at(quota, 'data_center.id')}/${collection}`, hint: 'Empty: all together' }, ...fields],
      }),
    },
  };
}

const limit = (path: string, label: string): Field => ({ path, label, kind: 'number', min: -1, initial: -1, required: true, hint: '-1: unlimited' });

export const quota: EntityType = {
  name: 'Quota',
  token: 'quota',
  collection: 'datacenters/*/quotas',
  element: 'quota',
  plural: 'Quotas',
  singular: 'Quota',
  searchPrefix: null,
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name', 'data_center.id'],
  columns: [nameColumn, referenceColumn('data_center', 'Data Center', 'data_center'), descriptionColumn, ...limits.map(({ path, label }) => column(path, label, path, { optional: true }))],
  actions: [remove('The quotas will be gone. Remove?')],
  form: quotaForm,
  tabs: [
    limitsTab(
      'Cluster',
      0,
      [
        column('memory', 'Memory', 'memory_limit', { draw: gib('memory_limit') }),
        column('memory_used', 'Memory used', 'memory_usage', { draw: gib('memory_usage') }),
        column('vcpus', 'vCPUs', 'vcpu_limit', { draw: (row) => (row.vcpu_limit === '-1' ? '∞' : row.vcpu_limit) }),
        column('vcpus_used', 'vCPUs used', 'vcpu_usage'),
      ],
      [limit('vcpu_limit', 'vCPUs'), { ...limit('memory_limit', 'Memory (GiB)'), fraction: true }],
    ),
    limitsTab(
      'Storage',
      1,
      [column('limit', 'Limit', 'limit', { draw: gib('limit') }), column('used', 'Used space', 'usage', { draw: gib('usage') })],
      [limit('limit', 'Limit (GiB)')],
    ),
    relatedTab('VirtualMachine', 2, { by: ['quota.id'] }, { suffix: 'vms' }),
    relatedTab('Template', 3, { by: ['quota.id'] }),
    { detail: 'User', suffix: 'users', label: 'Users', index: 4, view: tabs.Permissions },
    permissionsTab(5),
    eventsTab(6, '_event_quota_id'),
  ],
};
