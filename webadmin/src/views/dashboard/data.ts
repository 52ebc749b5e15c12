import { call } from '../../engine/api';

/** What `dashboard_data` answers, as oVirt's dashboard has it. */
export interface DashboardData {
  inventory: Record<'dc' | 'cluster' | 'host' | 'storage' | 'vm' | 'event', Inventory | undefined>;
  globalUtilization: Record<'cpu' | 'memory' | 'storage', Utilization | undefined>;
  heatMapData: Record<'cpu' | 'memory' | 'storage', readonly Heat[] | undefined>;
}

export interface Inventory {
  totalCount: number;
  statuses: readonly { type: 'alert' | 'error' | 'warning' | 'down' | 'up'; count: number }[];
}

export interface Utilization {
  used: number;
  total: number;
  overcommit: number;
  allocated: number;
  history: readonly { value: number; date: number }[];
  utilization: Record<'hosts' | 'storage' | 'vms', readonly { name: string; used: number; total: number; trend: string }[] | undefined>;
}

export interface Heat {
  name: string;
  /** per cent */
  value: number;
}

export const ADDRESS = '/ovirt-engine/webadmin/dashboard_data';

export async function ask(signal: AbortSignal): Promise<DashboardData> {
  return (await call(ADDRESS, { signal })) as unknown as DashboardData;
}

/** How full: the colours of a heat map, and what they are called. */
export function heatOf(value: number): 'low' | 'medium' | 'high' | 'full' {
  return value < 0.65 ? 'low' : value < 0.75 ? 'medium' : value < 0.9 ? 'high' : 'full';
}

/** Points of a polyline in a box of the given size, oldest first; values from 0 to `top`. */
export function points(values: readonly number[], top: number, width: number, height: number): string {
  if (values.length === 0 || top <= 0) return '';
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values.map((value, index) => `${(index * step).toFixed(1)},${(height - (Math.min(top, Math.max(0, value)) / top) * height).toFixed(1)}`).join(' ');
}
