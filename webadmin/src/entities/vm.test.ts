import { expect, test } from 'vitest';
import { destination } from './vm';

const host = (id: string, more = {}) => ({ id, status: 'up', cluster: { id: 'c1' }, ...more });
const vm = (on: string) => ({ 'host.id': on, 'cluster.id': 'c1' });

test('a machine migrates to another host of its cluster that is up', () => {
  const offered = (...vms: object[]) => [host('h1'), host('h2'), host('h3', { status: 'maintenance' }), host('h4', { cluster: { id: 'c2' } })].filter(destination(vms)).map((one) => one.id);
  expect(offered(vm('h1'))).toEqual(['h2']);
  expect(offered(vm('h1'), vm('h2'))).toEqual(['h1', 'h2']);
});
