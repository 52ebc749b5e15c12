/** oVirt's names for entities and their detail places, which plugins use, and the tokens of the places they mean. */
export interface EntityPlaces {
  /** token of the list: `vms` */
  main: string;
  /** detail id to the token's suffix: `VirtualMachineSnapshot` to `snapshots` */
  details: Readonly<Record<string, string>>;
  /** its selections are events for plugins */
  selection: boolean;
  /** what oVirt's tree calls one of it; null: none is in the tree */
  tree: string | null;
}

const entity = (
  main: string,
  details: Record<string, string>,
  tree: string | null = null,
  selection = true,
): EntityPlaces => ({ main, details, selection, tree });

export const ENTITY_PLACES: Readonly<Record<string, EntityPlaces>> = {
  DataCenter: entity('dataCenters', {
    Storage: 'storage',
    IscsiBond: 'iscsi_bond',
    Network: 'logical_networks',
    Cluster: 'clusters',
    Quota: 'quota',
    Permission: 'permissions',
    Event: 'events',
  }, 'DataCenter'),
  Cluster: entity('clusters', {
    Host: 'hosts',
    VirtualMachine: 'virtual_machines',
    Network: 'logical_networks',
    GlusterHook: 'gluster_hooks',
    AffinityGroup: 'affinity_groups',
    AffinityLabel: 'affinity_labels',
    CpuProfile: 'cpu_profiles',
    Permission: 'permissions',
  }, 'Cluster'),
  Host: entity('hosts', {
    VirtualMachine: 'virtual_machines',
    NetworkInterface: 'network_interfaces',
    HostDevice: 'devices',
    HostHook: 'host_hooks',
    GlusterSwift: 'gluster_swift',
    GlusterBrick: 'gluster_bricks',
    GlusterStorageDevice: 'gluster_storage_devices',
    Permission: 'permissions',
    Event: 'events',
    AffinityLabel: 'affinity_labels',
  }, 'Host'),
  Network: entity('networks', {
    NetworkProfile: 'profiles',
    ExternalSubnet: 'external_subnets',
    Cluster: 'clusters',
    Host: 'hosts',
    VirtualMachine: 'virtual_machines',
    Template: 'templates',
    Permission: 'permissions',
  }, 'Network'),
  VnicProfile: entity(
    'vnicProfiles',
    { Permission: 'permissions', VirtualMachine: 'virtual_machines', Template: 'templates' },
    null,
    false,
  ),
  Storage: entity('storage', {
    DataCenter: 'data_center',
    VirtualMachineImport: 'vm_import',
    TemplateImport: 'template_import',
    VirtualMachineRegister: 'vm_register',
    TemplateRegister: 'template_register',
    DiskImageRegister: 'disk_image_register',
    Iso: 'images',
    Disk: 'disks',
    DiskRegister: 'register_disks',
    StorageSnapshot: 'snapshots',
    DiskProfile: 'disk_profiles',
    StorageDR: 'dr',
    StorageLease: 'leases',
    Permission: 'permissions',
    Event: 'events',
  }, 'Storage'),
  Disk: entity('disks', {
    VirtualMachine: 'virtual_machines',
    Template: 'templates',
    Storage: 'storage',
    Permission: 'permissions',
  }, 'Disk'),
  VirtualMachine: entity('vms', {
    NetworkInterface: 'network_interfaces',
    Disk: 'disks',
    HostDevice: 'host_devices',
    VirtualMachineSnapshot: 'snapshots',
    VirtualMachineApplication: 'applications',
    VirtualMachineContainer: 'guest_containers',
    VirtualMachineDevice: 'vm_devices',
    AffinityGroup: 'affinity_groups',
    AffinityLabel: 'affinity_labels',
    Permission: 'permissions',
    Event: 'events',
  }),
  Pool: entity('pools', { VirtualMachine: 'virtual_machines', Permission: 'permissions' }),
  Template: entity('templates', {
    VirtualMachine: 'virtual_machines',
    NetworkInterface: 'network_interfaces',
    Permission: 'permissions',
    Event: 'events',
  }),
  GlusterVolume: entity('volumes', {
    GlusterVolumeParameter: 'parameters',
    GlusterBrick: 'bricks',
    Permission: 'permissions',
    Event: 'events',
    GlusterGeoRep: 'geo_replication',
    GlusterVolumeSnapshot: 'volume_snapshots',
  }, 'Volume'),
  Provider: entity('providers', { Network: 'networks', ProviderSecret: 'secrets' }, 'Provider'),
  User: entity('users', {
    Quota: 'quota',
    UserGroup: 'directory_groups',
    EventNotifier: 'event_notifier',
    Permission: 'permissions',
    Event: 'events',
  }),
  Quota: entity('quota', {
    Cluster: 'clusters',
    Storage: 'storage',
    User: 'users',
    Permission: 'permissions',
    Event: 'events',
    VirtualMachine: 'vms',
    Template: 'templates',
  }),
  Errata: entity('errata', {}, null, false),
  Event: entity('events', {}),
};

/** Entities without a detail page: tabs there are ignored, as in oVirt. */
const WITHOUT_DETAIL = new Set(['Event', 'Errata']);

export const isEntity = (name: unknown): name is string => typeof name === 'string' && Object.hasOwn(ENTITY_PLACES, name);

export const hasDetailPage = (name: unknown): name is string => isEntity(name) && !WITHOUT_DETAIL.has(name);

export const isDetail = (name: string, detail: unknown): detail is string =>
  typeof detail === 'string' && Object.hasOwn(ENTITY_PLACES[name]!.details, detail);

/** Detail places that belong to no button id, and so are not in the table above. */
const MORE_DETAILS = [
  ...['storage', 'clusters', 'vms', 'hosts', 'pools', 'templates', 'users', 'volumes', 'disks', 'networks', 'providers'].map(
    (main) => `${main}-general`,
  ),
  'dataCenters-qos',
  'storage-virtual_machines',
  'storage-templates',
  'clusters-services',
  'clusters-events',
  'vms-guest_info',
  'vms-errata',
  'hosts-errata',
  'templates-disks',
  'templates-storage',
  'users-settings',
  'errata-details',
];

/** The page's own tokens; no plugin can take one. */
export const STANDARD_TOKENS: ReadonlySet<string> = new Set([
  'sessions',
  ...Object.values(ENTITY_PLACES).flatMap(({ main, details }) => [
    main,
    ...Object.values(details).map((suffix) => `${main}-${suffix}`),
  ]),
  ...MORE_DETAILS,
]);
