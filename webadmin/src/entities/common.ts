import type { Json } from '../engine/api';
import { at, EXTENSIONS } from '../engine/api';
import { momentOf, Status, statusOf, referenceTo } from './cells';
import type { Action, Column, DetailTab, Fact } from './entity';
import { createElement } from 'react';
import { many } from './texts';

/** Columns, facts, tabs and conditions that many kinds share. */

export function column(id: string, label: string, field: string, more: Partial<Column> = {}): Column {
  return { id, label, fields: [field], sort: field, ...more };
}

/** The first column of most lists: the status as an icon. */
export const statusIcon: Column = {
  id: 'status_icon',
  label: '',
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
  column('severity', '', 'severity', {
    width: '3.5rem',
    sort: undefined,
    draw: (row) => createElement(Status, { value: row.severity, short: true }),
  }),
  column('time', 'Time', 'time', { width: '13rem', draw: momentOf('time') }),
  column('message', 'Message', 'description', { width: '40%' }),
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

/** A tab with the entities of another kind that a search finds. */
export function relatedTab(
  tab: Pick<DetailTab, 'detail' | 'suffix' | 'label' | 'index'>,
  type: string,
  path: (entity: Json) => string,
  columns: readonly Column[],
): DetailTab {
  return { ...tab, list: { path, columns, type } };
}

/** A search as a part of an address, with a name in quotes. */
export function search(collection: string, condition: string, name: unknown): string {
  return `/${collection}?search=${encodeURIComponent(`${condition}="${String(name).replace(/["\\]/g, '')}"`)}`;
}

/** All rows of a collection with these fields, for a tab that keeps those that belong to it. */
export function rowsOf(collection: string, columns: readonly Column[], also: readonly string[] = []): () => string {
  const fields = [...new Set(['id', 'name', ...columns.flatMap((one) => one.fields), ...also])];
  return () => `${EXTENSIONS}/rows/${collection}?max=10000&fields=${fields.join(',')}`;
}

/** Whether a member of the row, one or many, is the entity's id. */
export function refersBy(field: string): (row: Json, entity: Json) => boolean {
  return (row, entity) => many(at(row, field)).includes(entity.id);
}

export const vmColumns: readonly Column[] = [
  statusIcon,
  nameColumn,
  referenceColumn('cluster', 'Cluster', 'cluster'),
  referenceColumn('host', 'Host', 'host'),
  column('fqdn', 'FQDN', 'fqdn'),
  column('status', 'Status', 'status', { draw: statusOf('status') }),
];

export const permissionColumns: readonly Column[] = [
  { id: 'who', label: 'User or group', fields: ['user', 'group'], draw: (row) => at(row, 'user.user_name') ?? at(row, 'user.name') ?? at(row, 'group.name') },
  { id: 'role', label: 'Role', fields: ['role.name'], draw: (row) => createElement('span', null, String(at(row, 'role.name') ?? at(row, 'role.id') ?? '')) },
];

