import { at } from '../engine/api';
import { yesNoOf } from './cells';
import { column, descriptionColumn, facts, named, nameColumn, onlyIf, relatedTab, remove } from './common';
import type { DetailTab, EntityType } from './entity';
import { isTrue } from './texts';

/** Tags, bookmarks and what else is administered. */

export const tag: EntityType = {
  name: 'Tag',
  token: 'tags',
  collection: 'tags',
  element: 'tag',
  plural: 'Tags',
  singular: 'Tag',
  searchPrefix: null,
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name'],
  follow: 'parent',
  columns: [nameColumn, column('parent', 'Parent', 'parent.name'), descriptionColumn],
  actions: [
    remove('The tags, and those below them, will be gone. Remove?', (chosen) => (chosen.some((one) => one.name === 'root') ? 'The root is always there' : null)),
  ],
  form: {
    size: 'small',
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'parent.id', label: 'Parent', kind: 'reference', collection: 'tags' },
    ],
  },
  tabs: [
    relatedTab('VirtualMachine', 0, { search: (row) => named('tag', row.name) }, { detail: '', suffix: 'general' }),
    relatedTab('Host', 1, { search: (row) => named('tag', row.name) }),
  ],
};

export const bookmark: EntityType = {
  name: 'Bookmark',
  token: 'bookmarks',
  collection: 'bookmarks',
  element: 'bookmark',
  plural: 'Bookmarks',
  singular: 'Bookmark',
  searchPrefix: null,
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name', 'value'],
  columns: [nameColumn, column('value', 'Search', 'value', { draw: (row) => <a href={bookmarkAddress(String(row.value ?? ''))}>{String(row.value ?? '')}</a> })],
  actions: [remove('The bookmarks will be gone. Remove?')],
  form: {
    size: 'small',
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'value', label: 'Search', kind: 'text', required: true, hint: 'Such as Vms: status = up' },
    ],
  },
  tabs: [{ detail: '', suffix: 'general', label: 'General', index: 0, facts: [facts.name, { label: 'Search', field: 'value', draw: (row) => <a href={bookmarkAddress(String(row.value ?? ''))}>{String(row.value ?? '')}</a> }, facts.id] }],
};

const PLACES: Record<string, string> = {
  vm: 'vms', host: 'hosts', cluster: 'clusters', datacenter: 'dataCenters', storage: 'storage', template: 'templates', disk: 'disks',
  network: 'networks', pool: 'pools', user: 'users', event: 'events',
};

/** Where a search with its prefix leads: `Vms: status = up` to the list of virtual machines. */
export function bookmarkAddress(search: string): string {
  const colon = search.indexOf(':');
  const token = PLACES[search.slice(0, Math.max(0, colon)).trim().toLowerCase().replace(/s$/, '')] ?? 'vms';
  const rest = search.slice(colon + 1).trim();
  return rest ? `#${token};search=${encodeURIComponent(rest)}` : `#${token}`;
}

/** Members of a label are taken up and let go, each by its id. */
function labelled(kind: 'VirtualMachine' | 'Host', collection: 'vms' | 'hosts'): DetailTab {
  const first = kind === 'VirtualMachine';
  return relatedTab(kind, first ? 0 : 1, { path: (row) => `/affinitylabels/${row.id}/${collection}` }, {
    detail: '',
    ...(first ? { suffix: 'general' } : {}),
    columns: [column('name', 'Name', 'name', { draw: (row) => String(at(row, 'name') ?? row.id) })],
    actions: [remove('The label will be taken off. Remove?')],
    form: { only: 'new', size: 'small', fields: [{ path: 'id', label: first ? 'Virtual Machine' : 'Host', kind: 'reference', collection, required: true }] },
  });
}

export const affinityLabel: EntityType = {
  name: 'AffinityLabel',
  token: 'affinityLabels',
  collection: 'affinitylabels',
  element: 'affinity_label',
  plural: 'Affinity Labels',
  singular: 'Affinity Label',
  searchPrefix: null,
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name'],
  columns: [nameColumn, column('implicit', 'Implicit affinity group', 'has_implicit_affinity_group', { draw: yesNoOf('has_implicit_affinity_group') })],
  actions: [remove('The labels will be gone. Remove?')],
  form: { size: 'small', fields: [{ path: 'name', label: 'Name', kind: 'text', required: true }] },
  tabs: [labelled('VirtualMachine', 'vms'), labelled('Host', 'hosts')],
};

const ranges = (pool: Parameters<typeof at>[0]) => ((at(pool, 'ranges.range') as { from: string; to: string }[] | undefined) ?? []);

export const macPool: EntityType = {
  name: 'MacPool',
  token: 'macPools',
  collection: 'macpools',
  element: 'mac_pool',
  plural: 'MAC Address Pools',
  singular: 'MAC Address Pool',
  searchPrefix: null,
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name', 'default_pool'],
  columns: [
    nameColumn,
    column('default', 'Default', 'default_pool', { draw: yesNoOf('default_pool') }),
    column('duplicates', 'Duplicates allowed', 'allow_duplicates', { draw: yesNoOf('allow_duplicates') }),
    descriptionColumn,
  ],
  actions: [remove('The pools will be gone. Remove?', onlyIf((one) => !isTrue(one.default_pool), 'The default pool is always there'))],
  form: {
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'allow_duplicates', label: 'Duplicates allowed', kind: 'boolean', initial: false },
      { path: '$ranges', label: 'Ranges (from, to)', kind: 'pairs', required: true, read: (one) => ranges(one).map(({ from, to }) => ({ name: from, value: to })) },
    ],
    body: ({ $ranges, ...body }) => ($ranges ? { ...body, ranges: { range: $ranges.map((one: { name: string; value: string }) => ({ from: one.name, to: one.value })) } } : body),
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
        { label: 'Default', field: 'default_pool', draw: yesNoOf('default_pool') },
        { label: 'Ranges', field: 'ranges', draw: (one) => ranges(one).map(({ from, to }) => `${from} – ${to}`).join(', ') },
        facts.id,
      ],
    },
  ],
};
