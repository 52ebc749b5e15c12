import {
  BellIcon, BookIcon, CatalogIcon, ChartLineIcon, CheckCircleIcon, ClockIcon, CloudIcon, ClusterIcon, CogIcon, CubesIcon,
  ExclamationCircleIcon, ExclamationTriangleIcon, FlagIcon, FolderIcon, GlobeIcon, HomeIcon, ImageIcon, InfoCircleIcon,
  KeyIcon, ListIcon, LockIcon, NetworkIcon, PlayIcon, PlugIcon, PowerOffIcon, SearchIcon, ServerIcon, StorageDomainIcon,
  TachometerAltIcon, TerminalIcon, UserIcon, UsersIcon, VirtualMachineIcon, WrenchIcon,
} from '@patternfly/react-icons';
import type { ComponentType } from 'react';
import { iconName, type IconName } from '../icons';

const ICONS: Readonly<Record<IconName, ComponentType>> = {
  plug: PlugIcon,
  gauge: TachometerAltIcon,
  server: ServerIcon,
  machine: VirtualMachineIcon,
  cluster: ClusterIcon,
  network: NetworkIcon,
  storage: StorageDomainIcon,
  users: UsersIcon,
  user: UserIcon,
  cog: CogIcon,
  chart: ChartLineIcon,
  bell: BellIcon,
  search: SearchIcon,
  info: InfoCircleIcon,
  warning: ExclamationTriangleIcon,
  error: ExclamationCircleIcon,
  ok: CheckCircleIcon,
  list: ListIcon,
  home: HomeIcon,
  key: KeyIcon,
  lock: LockIcon,
  clock: ClockIcon,
  cloud: CloudIcon,
  folder: FolderIcon,
  wrench: WrenchIcon,
  cubes: CubesIcon,
  terminal: TerminalIcon,
  globe: GlobeIcon,
  flag: FlagIcon,
  image: ImageIcon,
  book: BookIcon,
  play: PlayIcon,
  power: PowerOffIcon,
  catalog: CatalogIcon,
};

/** The icon for what a plugin calls `fa-tachometer`; a plug when it says nothing, or something unknown. */
export function PluginIcon({ icon }: { icon: string | null }) {
  const Icon = ICONS[iconName(icon)];
  return <Icon />;
}
