import { expect, test } from 'vitest';
import { takingBack } from './requests';

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
