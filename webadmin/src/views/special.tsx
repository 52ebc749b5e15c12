import { lazy, type ComponentType } from 'react';

/** A place that is not the list or the page of an entity. */
export interface SpecialPlace {
  token: string;
  label: string;
  menu: 'compute' | 'network' | 'storage' | 'admin' | 'top';
  /** loaded when it is first shown: `lazy(() => import(…))` */
  view: ComponentType;
}

const Extensions = lazy(() => import('../plugins/react/Extensions').then(({ Extensions: view }) => ({ default: view })));

const Dashboard = lazy(() => import('./dashboard/Dashboard'));
const ActiveSessions = lazy(() => import('./access/ActiveSessions'));
const SystemPermissions = lazy(() => import('./access/SystemPermissions'));
const Topology = lazy(() => import('./topology/Topology'));

export const specialPlaces: readonly SpecialPlace[] = [
  { token: 'dashboard', label: 'Dashboard', menu: 'top', view: Dashboard },
  { token: 'topology', label: 'Topology', menu: 'network', view: Topology },
  { token: 'sessions', label: 'Active User Sessions', menu: 'admin', view: ActiveSessions },
  { token: 'systemPermissions', label: 'System Permissions', menu: 'admin', view: SystemPermissions },
  { token: 'extensions', label: 'Extensions', menu: 'admin', view: Extensions },
];
