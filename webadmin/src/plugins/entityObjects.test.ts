import { expect, test } from 'vitest';
import { entityObject, statusName } from './entityObjects';

test.each([
  ['VirtualMachine', { id: '1', name: 'web1', status: 'powering_up' }, { id: '1', name: 'web1', status: 'PoweringUp', ipaddress: '', managed: true }],
  [
    'VirtualMachine',
    {
      id: '1',
      name: 'web1',
      status: 'up',
      reported_devices: { reported_device: [{ ips: { ip: [{ address: '10.0.0.1' }, { address: 'fe80::1' }] } }, {}] },
    },
    { id: '1', name: 'web1', status: 'Up', ipaddress: '10.0.0.1 fe80::1', managed: true },
  ],
  ['Host', { id: '1', name: 'h', address: 'h.example' }, { id: '1', name: 'h', hostname: 'h.example', managed: true }],
  ['Cluster', { id: '1', name: 'c', managed: 'false' }, { id: '1', name: 'c', managed: false }],
  ['Storage', { id: '1', name: 's', 'storage.type': 'iscsi' }, { id: '1', name: 's', type: 'iscsi' }],
  [
    'Storage',
    { id: '1', name: 's', storage: { type: 'NFS' }, data_centers: { data_center: [{ id: 'dc' }] } },
    { id: '1', name: 's', type: 'nfs', dataCenterId: 'dc' },
  ],
  ['Disk', { id: '1', name: 'd' }, { id: '1' }],
  ['DataCenter', { id: '1', name: 'd' }, { id: '1', name: 'd' }],
  ['User', { id: '1', user_name: 'ann@internal', domain: { name: 'internal' } }, { id: '1', username: 'ann', domain: 'internal' }],
  ['GlusterVolume', { id: '1', name: 'v', cluster: { id: 'c' } }, { id: '1', name: 'v', clusterId: 'c' }],
])('%s', (type, entity, object) => {
  expect(entityObject(type, entity)).toEqual(object);
});

test('an event has texts only', () => {
  const event = entityObject('Event', { id: '1', description: 'VM web1 started', correlation_id: 'c', custom_id: 7 });
  expect(event).toMatchObject({ id: '1', message: 'VM web1 started', correlationId: 'c', callStack: '', customEventId: '7' });
  expect(event.toString).toBe('VM web1 started');
});

test("the API's states are oVirt's", () => {
  expect(['up', 'reboot_in_progress', 'migrating', 'not_responding', 'image_locked'].map(statusName)).toEqual([
    'Up',
    'RebootInProgress',
    'MigratingFrom',
    'NotResponding',
    'ImageLocked',
  ]);
});
