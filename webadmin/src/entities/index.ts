import { affinityLabel, bookmark, macPool, role, tag, user } from './administration';
import { cluster } from './cluster';
import { dataCenter } from './dataCenter';
import { disk } from './disk';
import type { EntityType } from './entity';
import { event } from './event';
import { host } from './host';
import { network, vnicProfile } from './network';
import { pool } from './pool';
import { schedulingPolicy } from './schedulingPolicy';
import { storage } from './storage';
import { template } from './template';
import { virtualMachine } from './vm';

/** All kinds that have lists, in the order of the menu. */
export const entityTypes: readonly EntityType[] = [
  virtualMachine, template, pool, host, dataCenter, cluster,
  vnicProfile, network,
  storage, disk,
  user, role, tag, bookmark, affinityLabel, macPool, schedulingPolicy,
  event,
];
