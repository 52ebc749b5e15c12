import type { Json } from '../engine/api';
import { yesNoOf } from './cells';
import { column, descriptionColumn, eventsTab, facts, nameColumn, onlyIf, remove } from './common';
import type { Column, EntityType, Field, Request, SubList } from './entity';
import { isTrue, many } from './texts';
import { dialogs, permissionsTab } from './views';

/** Who may log in, and what they may do. */

/** Taken from the directory of a provider. */
function ofDirectory(path: string, label: string, collection: 'users' | 'groups'): readonly Field[] {
  return [
    { path: 'domain.id', label: 'Authorization provider', kind: 'reference', collection: 'domains', required: true, guess: true },
    { path, label, kind: 'reference', by: path, required: true, collection: (values) => (values['domain.id'] ? `domains/${String(values['domain.id'])}/${collection}` : null) },
  ];
}

const domain: Column = column('domain', 'Authorization provider', 'domain.name');
const namespace: Column = column('namespace', 'Namespace', 'namespace', { optional: true });
const tagsAction = { id: 'tags', label: 'Assign tags', more: true, open: dialogs.Tags } as const;

const keys: SubList = {
  path: (row) => `/users/${row.id}/sshpublickeys`,
  columns: [column('key', 'SSH public key', 'content')],
  actions: [remove('The keys will be gone. Remove?')],
  form: { size: 'small', fields: [{ path: 'content', label: 'SSH public key', kind: 'multiline', required: true }] },
};

const notifications: SubList = {
  path: (row) => `/users/${row.id}/eventsubscriptions`,
  columns: [column('event', 'Event', 'event'), column('method', 'Method', 'notification_method'), column('address', 'Address', 'address')],
  actions: [remove('The notifications will not be sent any more. Remove?')],
  form: {
    size: 'small',
    only: 'new',
    fields: [
      { path: 'event', label: 'Event', kind: 'text', required: true, hint: 'Such as host_high_cpu_use' },
      { path: 'address', label: 'E-mail', kind: 'text', required: true },
      { path: 'notification_method', label: 'Method', kind: 'choice', initial: 'smtp', choices: [['smtp', 'E-mail'], ['snmp', 'SNMP']] },
    ],
  },
};

export const user: EntityType = {
  name: 'User',
  token: 'users',
  collection: 'users',
  element: 'user',
  plural: 'Users',
  singular: 'User',
  searchPrefix: 'Users',
  menu: 'admin',
  nameField: 'user_name',
  nameSearch: 'user_and_domain',
  sort: 'user_name',
  fields: ['id', 'name', 'user_name', 'domain.name'],
  columns: [
    column('name', 'User name', 'user_name', { width: '16rem' }),
    column('first', 'First name', 'name'),
    column('last', 'Last name', 'last_name'),
    domain,
    namespace,
    column('email', 'E-mail', 'email'),
    column('department', 'Department', 'department', { optional: true }),
  ],
  actions: [tagsAction, remove('The users and their permissions will be gone. Remove?')],
  form: { only: 'new', size: 'small', fields: ofDirectory('user_name', 'User', 'users') },
  tabs: [
    {
      detail: '',
      suffix: 'general',
      label: 'General',
      index: 0,
      facts: [
        { label: 'User name', field: 'user_name' },
        { label: 'First name', field: 'name' },
        { label: 'Last name', field: 'last_name' },
        { label: 'Authorization provider', field: 'domain.name' },
        { label: 'E-mail', field: 'email' },
        { label: 'Department', field: 'department' },
        { label: 'Namespace', field: 'namespace' },
        facts.id,
      ],
    },
    { detail: '', suffix: 'settings', label: 'Settings', index: 1, list: keys },
    permissionsTab(2),
    { detail: 'UserGroup', suffix: 'directory_groups', label: 'Directory Groups', index: 4, list: { path: (row) => `/users/${row.id}/groups`, columns: [column('group', 'Name', 'name')] } },
    { detail: 'EventNotifier', suffix: 'event_notifier', label: 'Event Notifier', index: 5, list: notifications },
    eventsTab(6, 'usrid'),
  ],
};

export const group: EntityType = {
  name: 'Group',
  token: 'groups',
  collection: 'groups',
  element: 'group',
  plural: 'Groups',
  singular: 'Group',
  searchPrefix: 'Groups',
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name', 'domain.name'],
  columns: [nameColumn, domain, namespace],
  actions: [tagsAction, remove('The groups and their permissions will be gone. Remove?')],
  form: { only: 'new', size: 'small', fields: ofDirectory('name', 'Group', 'groups') },
  tabs: [
    { detail: '', suffix: 'general', label: 'General', index: 0, facts: [facts.name, { label: 'Authorization provider', field: 'domain.name' }, { label: 'Namespace', field: 'namespace' }, facts.id] },
    permissionsTab(2),
  ],
};

const ownRole = onlyIf((role) => isTrue(role.mutable), 'Roles that come with the system cannot be changed');
const permitColumns = [column('name', 'Name', 'name'), column('administrative', 'Administrative', 'administrative', { draw: yesNoOf('administrative') })];
const permits: Field = { path: 'permits.permit', label: 'Permits', kind: 'references', collection: 'clusterlevels/4.8#permits.permit', required: true };

/** Permits of a role that is there are given and taken one by one. */
function permitChanges(body: Json, role: Json | null): Request[] {
  if (role === null || body.$permits === undefined) return [];
  const idsOf = (of: unknown) => (many(of) as Json[]).map(({ id }) => String(id));
  const before = idsOf(role.permits);
  const after = idsOf(body.$permits);
  const path = `/roles/${role.id}/permits`;
  return [
    ...after.filter((id) => !before.includes(id)).map((id): Request => ({ method: 'POST', path, body: { id } })),
    ...before.filter((id) => !after.includes(id)).map((id): Request => ({ method: 'DELETE', path: `${path}/${id}` })),
  ];
}

export const role: EntityType = {
  name: 'Role',
  token: 'roles',
  collection: 'roles',
  element: 'role',
  plural: 'Roles',
  singular: 'Role',
  searchPrefix: null,
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name', 'mutable'],
  columns: [
    nameColumn,
    column('administrative', 'Administrative', 'administrative', { draw: yesNoOf('administrative') }),
    column('mutable', 'Own', 'mutable', { draw: yesNoOf('mutable') }),
    descriptionColumn,
  ],
  actions: [remove('The roles will be gone, and with them what they permitted. Remove?', ownRole)],
  form: {
    follow: 'permits',
    refused: ownRole,
    fields: [
      { path: 'name', label: 'Name', kind: 'text', required: true },
      { path: 'description', label: 'Description', kind: 'text' },
      { path: 'administrative', label: 'Administrative', kind: 'boolean', initial: false, fixed: true },
      permits,
    ],
    body: ({ permits: chosen, ...body }, entity) => (entity === null ? { ...body, permits: chosen } : { ...body, ...(chosen ? { $permits: chosen } : {}) }),
    then: permitChanges,
  },
  tabs: [
    {
      detail: '',
      suffix: 'general',
      label: 'Permits',
      index: 0,
      list: {
        path: (row) => `/roles/${row.id}/permits`,
        columns: permitColumns,
        actions: [remove('Those who have the role will not be permitted this any more. Remove?')],
        form: { only: 'new', size: 'small', fields: [{ path: 'id', label: 'Permit', kind: 'reference', collection: 'clusterlevels/4.8#permits.permit', required: true }] },
      },
    },
  ],
};
