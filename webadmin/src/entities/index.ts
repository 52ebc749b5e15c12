import { affinityLabel, bookmark, macPool, tag } from './administration';
import { cluster } from './cluster';
import { dataCenter } from './dataCenter';
import { disk } from './disk';
import type { EntityType } from './entity';
import { event } from './event';
import { host } from './host';
import { network, vnicProfile } from './network';
import { pool } from './pool';
import { quota } from './quota';
import { schedulingPolicy } from './schedulingPolicy';
import { instanceType } from './instanceType';
import { storage } from './storage';
import { template } from './template';
import { group, role, user } from './user';
import { virtualMachine } from './vm';

/** All kinds that have lists, in the order of the menu. */
export const entityTypes: readonly EntityType[] = [
  virtualMachine, template, pool, host, dataCenter, cluster,
  vnicProfile, network,
  storage, disk,
  quota, user, group, role, instanceType, macPool, schedulingPolicy, affinityLabel, tag, bookmark,
  event,
];
