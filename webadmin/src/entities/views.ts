import { lazy } from 'react';
import type { DetailTab } from './entity';

/** Views, dialogs and inputs of their own that descriptors name. Each is loaded when it is first shown. */

const policies = () => import('../views/policies/PolicyDialog');

export const inputs = {
  PolicyProperties: lazy(() => import('../views/policies/PolicyPropertiesInput')),
};

export const dialogs = {
  NewPolicy: lazy(async () => ({ default: (await policies()).NewPolicy })),
  EditPolicy: lazy(async () => ({ default: (await policies()).EditPolicy })),
  CopyPolicy: lazy(async () => ({ default: (await policies()).CopyPolicy })),
  SetupNetworks: lazy(() => import('../views/networks/SetupNetworks')),
  OpenConsole: lazy(() => import('../views/console/OpenConsole')),
  Tags: lazy(() => import('../views/tags/TagsDialog')),
  PolicyUnits: lazy(() => import('../views/policies/UnitsDialog')),
};

export const tabs = {
  Placement: lazy(() => import('../views/placement/Placement')),
  Balance: lazy(() => import('../views/placement/Balance')),
  Evacuation: lazy(() => import('../views/placement/Evacuation')),
  Permissions: lazy(() => import('../views/access/Permissions')),
  AffinityGroups: lazy(() => import('../views/affinity/AffinityGroups')),
  HostHooks: lazy(() => import('../views/hooks/HostHooks')),
  Monitor: lazy(() => import('../views/monitor/Monitor')),
  Console: lazy(() => import('../views/console/Console')),
  Snapshots: lazy(() => import('../views/snapshots/Snapshots')),
};

/** The tab that says who may do what, the same for all kinds. */
export function permissionsTab(index: number): DetailTab {
  return { detail: 'Permission', suffix: 'permissions', label: 'Permissions', index, view: tabs.Permissions };
}
