import { yesNoOf } from './cells';
import { column, descriptionColumn, nameColumn, onlyIf, relatedTab, remove } from './common';
import type { EntityType } from './entity';
import { isTrue } from './texts';
import { dialogs } from './views';

/** Policies have a dialog of their own instead of a form. */
export const schedulingPolicy: EntityType = {
  name: 'SchedulingPolicy',
  token: 'schedulingPolicies',
  collection: 'schedulingpolicies',
  element: 'scheduling_policy',
  plural: 'Scheduling Policies',
  singular: 'Scheduling Policy',
  searchPrefix: null,
  menu: 'admin',
  sort: 'name',
  fields: ['id', 'name', 'locked'],
  columns: [
    nameColumn,
    column('locked', 'Locked', 'locked', { draw: yesNoOf('locked'), width: '7rem' }),
    column('default', 'Default', 'default_policy', { draw: yesNoOf('default_policy'), width: '7rem' }),
    descriptionColumn,
  ],
  actions: [
    { id: 'new', label: 'New', takes: 'none', open: dialogs.NewPolicy },
    { id: 'edit', label: 'Edit', takes: 'one', open: dialogs.EditPolicy },
    { id: 'copy', label: 'Copy', takes: 'one', open: dialogs.CopyPolicy },
    remove('The scheduling policies will be gone. Remove?', onlyIf((policy) => !isTrue(policy.locked), 'Policies that come with the system are locked')),
    { id: 'units', label: 'Manage Policy Units', takes: 'none', open: dialogs.PolicyUnits },
  ],
  tabs: [
    relatedTab('Cluster', 0, { by: ['scheduling_policy.id'] }, { detail: '', suffix: 'general' }),
  ],
};
