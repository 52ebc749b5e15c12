import { expect, test } from 'vitest';
import { collectionsIn } from './listed';

test('a list shows the last collection of its path, and what it follows', () => {
  expect(collectionsIn('/overt/api/rows/vms?max=10000&fields=id,name&search=cluster%3D%22a%22')).toEqual(['vms']);
  expect(collectionsIn('/storagedomains/7/vms')).toEqual(['vms']);
  expect(collectionsIn('/vms/7/diskattachments?follow=disk')).toEqual(['diskattachments', 'disks']);
  expect(collectionsIn('/vms/7/nics?follow=vnic_profile.network')).toEqual(['nics', 'vnicprofiles', 'networks']);
});
