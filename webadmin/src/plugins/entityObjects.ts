import { isObject } from './definition';

/** What a plugin sees of an entity: all texts, except `managed`. */
export interface EntityObject {
  id: string;
  [member: string]: string | boolean;
}

type Api = Readonly<Record<string, unknown>>;
type Member = readonly [member: string, value: (entity: Api) => string | boolean | undefined];

/** A value of the API's JSON by its dotted path; a row that has the path as one key will do as well. */
function read(entity: Api, path: string): unknown {
  if (path in entity) return entity[path];
  return path.split('.').reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(key)];
    return isObject(value) ? value[key] : undefined;
  }, entity);
}

const string =
  (...paths: string[]) =>
  (entity: Api): string | undefined => {
    for (const path of paths) {
      const value = read(entity, path);
      if (typeof value === 'string' || typeof value === 'number') return String(value);
    }
    return undefined;
  };

const text =
  (...paths: string[]) =>
  (entity: Api): string =>
    string(...paths)(entity) ?? '';

const name: Member = ['name', text('name')];

/** False only for what another system manages. */
const managed: Member = [
  'managed',
  (entity) => {
    const said = read(entity, 'managed');
    if (said !== undefined) return said !== false && said !== 'false';
    return !['kubevirt', 'managed_by_other'].includes(String(read(entity, 'origin') ?? ''));
  },
];

/** The API's `powering_up` is oVirt's `PoweringUp`. */
const STATUS_NAMES: Readonly<Record<string, string>> = { migrating: 'MigratingFrom', image_illegal: 'ImageIllegal' };

export function statusName(status: string): string {
  return (
    STATUS_NAMES[status] ??
    status
      .split('_')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('')
  );
}

/** All addresses that the guest reports, as oVirt's one text. */
function addresses(entity: Api): string {
  const said = string('ipaddress', 'ip_address')(entity);
  if (said !== undefined) return said;
  const devices = read(entity, 'reported_devices.reported_device');
  if (!Array.isArray(devices)) return '';
  return devices
    .flatMap((device) => (isObject(device) ? read(device, 'ips.ip') : []))
    .flatMap((ip) => (isObject(ip) && typeof ip.address === 'string' ? [ip.address] : []))
    .join(' ');
}

const loginName = (entity: Api): string => {
  const said = string('principal')(entity) ?? text('user_name')(entity);
  return said.includes('@') ? said.slice(0, said.lastIndexOf('@')) : said;
};

const MEMBERS: Readonly<Record<string, readonly Member[]>> = {
  DataCenter: [name],
  Cluster: [name, managed],
  Host: [name, ['hostname', text('address')], managed],
  Network: [name],
  VnicProfile: [name],
  Storage: [
    name,
    ['type', (entity) => text('storage.type')(entity).toLowerCase()],
    ['dataCenterId', string('data_centers.data_center.0.id', 'data_center.id')],
  ],
  Disk: [],
  VirtualMachine: [name, ['ipaddress', addresses], ['status', (vm) => statusName(text('status')(vm))], managed],
  Pool: [name],
  Template: [name],
  GlusterVolume: [name, ['clusterId', text('cluster.id')]],
  Provider: [name],
  User: [
    ['username', loginName],
    ['domain', text('domain.name')],
  ],
  Quota: [name],
  Errata: [['name', text('title', 'name')]],
  Event: [
    ['correlationId', text('correlation_id')],
    ['message', text('description')],
    ['callStack', text('call_stack')],
    ['customEventId', text('custom_id')],
    ['toString', text('description')],
  ],
};

/** The fields of the API's entities that `entityObject` reads: lists have to ask for these too. */
export const ENTITY_FIELDS: Readonly<Record<string, readonly string[]>> = {
  DataCenter: ['id', 'name'],
  Cluster: ['id', 'name'],
  Host: ['id', 'name', 'address'],
  Network: ['id', 'name'],
  VnicProfile: ['id', 'name'],
  Storage: ['id', 'name', 'storage.type', 'data_centers'],
  Disk: ['id'],
  VirtualMachine: ['id', 'name', 'status', 'origin'],
  Pool: ['id', 'name'],
  Template: ['id', 'name'],
  GlusterVolume: ['id', 'name', 'cluster.id'],
  Provider: ['id', 'name'],
  User: ['id', 'principal', 'user_name', 'domain.name'],
  Quota: ['id', 'name'],
  Errata: ['id', 'title'],
  Event: ['id', 'description', 'correlation_id', 'custom_id'],
};

/** An entity of the API (v4 JSON, or a row of it) as a plugin sees it. */
export function entityObject(type: string, entity: Api): EntityObject {
  const object: EntityObject = { id: text('id')(entity) };
  for (const [member, value] of MEMBERS[type] ?? [name]) {
    const said = value(entity);
    // as an own property whatever its name: `toString` is one of an event's
    if (said !== undefined) object[member] = said;
  }
  return object;
}
