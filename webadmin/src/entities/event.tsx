import { at } from '../engine/api';
import { Status } from './cells';
import { column, eventColumns, referenceColumn } from './common';
import type { EntityType } from './entity';

export const event: EntityType = {
  name: 'Event',
  token: 'events',
  collection: 'events',
  element: 'event',
  plural: 'Events',
  singular: 'Event',
  searchPrefix: 'Events',
  menu: 'top',
  nameField: 'description',
  sort: 'time desc',
  fields: ['id', 'correlation_id', 'description', 'custom_id', 'severity'],
  columns: [
    ...eventColumns,
    column('custom_id', 'Custom event ID', 'custom_id', { draw: (row) => (row.custom_id === '-1' ? '' : row.custom_id), optional: true }),
    column('code', 'Event ID', 'code', { optional: true }),
    column('severity_text', 'Severity', 'severity', { draw: (row) => <Status value={at(row, 'severity')} />, optional: true }),
    referenceColumn('host', 'Host', 'host', { optional: true }),
    referenceColumn('vm', 'Virtual Machine', 'vm', { optional: true }),
    referenceColumn('template', 'Template', 'template', { optional: true }),
    referenceColumn('data_center', 'Data Center', 'data_center', { optional: true }),
    referenceColumn('storage_domain', 'Storage Domain', 'storage_domain', { optional: true }),
    referenceColumn('cluster', 'Cluster', 'cluster', { optional: true }),
  ],
  actions: [{ id: 'remove', label: 'Dismiss', confirm: 'The events will not be shown any more. Dismiss?' }],
  tabs: [],
};
