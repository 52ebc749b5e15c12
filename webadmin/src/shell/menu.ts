import { entityTypes } from '../entities';
import { specialPlaces } from '../views/special';
import { isOpen } from '../views/types';

export interface MenuItem {
  token: string;
  label: string;
}

export interface MenuGroup {
  /** oVirt's names, which plugins use: `compute`, `network`, `storage`, `admin`; `top` for what stands alone */
  id: string;
  label: string;
  items: readonly MenuItem[];
}

const GROUPS = [
  ['compute', 'Compute'],
  ['network', 'Network'],
  ['storage', 'Storage'],
  ['admin', 'Administration'],
] as const;

function items(menu: string): MenuItem[] {
  return [...specialPlaces, ...entityTypes].filter((one) => one.menu === menu && isOpen('collection' in one ? one.collection : one.token)).map((one) => ({ token: one.token, label: 'plural' in one ? one.plural : one.label }));
}

/** The page's own menu, for who is logged in; plugins add to it. */
export const menu = (): readonly MenuGroup[] => GROUPS.map(([id, label]) => ({ id, label, items: items(id) }));

/** Before and after the groups: dashboard, events. */
export const alone = (): readonly MenuItem[] => items('top');
