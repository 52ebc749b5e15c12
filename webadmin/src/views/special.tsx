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
const Quotas = lazy(() => import('./quota/Quotas'));
const Topology = lazy(() => import('./topology/Topology'));

export const specialPlaces: readonly SpecialPlace[] = [
  { token: 'dashboard', label: 'Dashboard', menu: 'top', view: Dashboard },
  { token: 'topology', label: 'Topology', menu: 'network', view: Topology },
  { token: 'quota', label: 'Quota', menu: 'admin', view: Quotas },
  { token: 'extensions', label: 'Extensions', menu: 'admin', view: Extensions },
];
