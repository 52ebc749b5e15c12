import { expect, test, vi } from 'vitest';
import { Making, takingBack } from './requests';

test('a change is taken back by the values from before, and by nothing else', () => {
  const before = { name: 'web', memory: '1024', cpu: { topology: { cores: '2', sockets: '1' } } };
  expect(takingBack({ name: 'new', cpu: { topology: { cores: 4 } } }, before)).toEqual({ name: 'web', cpu: { topology: { cores: '2' } } });
});

test('what was taken away is given back as it was', () => {
  expect(takingBack({ vlan: {}, lease: { storage_domain: {} } }, { vlan: { id: '7' }, lease: { storage_domain: { id: 's' } } })).toEqual({ vlan: { id: '7' }, lease: { storage_domain: { id: 's' } } });
});

test('a text that was absent becomes an empty one; what else was absent cannot be taken back', () => {
  expect(takingBack({ comment: 'for the team' }, {})).toEqual({ comment: '' });
  expect(takingBack({ delete_protected: 'true' }, {})).toBeNull();
  expect(takingBack({ host: { id: '28e36b1d-c47c-4fd6-abef-f747c0769350' } }, {})).toBeNull();
});

test('when a part is refused, only what is missing is made again', async () => {
  const asked: string[] = [];
  let refused = true;
  vi.stubGlobal('fetch', async (url: string, { method, body }: RequestInit) => {
    asked.push(`${method} ${url.replace('/ovirt-engine/api', '')} ${String(body)}`);
    return url.endsWith('/nics') && refused ? new Response('{}', { status: 409 }) : new Response('{"id":"1"}');
  });
  const making = new Making(
    (body) => ({ method: 'POST', path: '/vms', body: { name: body.name } }),
    (body, vm) => [
      { method: 'POST', path: `/vms/${vm.id}/diskattachments`, body: {} },
      { method: 'POST', path: `/vms/${vm.id}/nics`, body: { vnic_profile: body.profile } },
    ],
  );
  await expect(making.make({ name: 'web', profile: 'red' })).rejects.toThrow();
  expect(making.made).toEqual({ id: '1' });
  refused = false;
  asked.length = 0;
  await making.make({ name: 'web', profile: 'blue' });
  expect(asked).toEqual(['POST /vms/1/nics {"vnic_profile":"blue"}']);
  asked.length = 0;
  await making.make({ name: 'web1', profile: 'blue' });
  expect(asked).toEqual(['PUT /vms/1 {"name":"web1"}']);
  vi.unstubAllGlobals();
});
