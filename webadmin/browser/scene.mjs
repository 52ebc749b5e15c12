// A small site for the pictures: what an administrator's page looks like after a while.
import { api, until } from './support.mjs';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** name, memory in MiB, cores, tag, comment */
const MACHINES = [
  ['web1', 2048, 2, 'production', 'shop front'],
  ['web2', 2048, 2, 'production', 'shop front'],
  ['web3', 2048, 2, 'production', ''],
  ['db1', 8192, 4, 'production', 'primary'],
  ['db2', 8192, 4, 'production', 'replica'],
  ['mail', 4096, 2, 'production', ''],
  ['ldap', 1024, 1, 'infrastructure', ''],
  ['dns1', 512, 1, 'infrastructure', ''],
  ['dns2', 512, 1, 'infrastructure', ''],
  ['metrics', 4096, 2, 'infrastructure', 'keeps 90 days'],
  ['build-01', 4096, 4, 'testing', ''],
  ['build-02', 4096, 4, 'testing', ''],
  ['staging-web', 1024, 1, 'testing', ''],
  ['staging-db', 2048, 1, 'testing', ''],
];
const STOPPED = new Set(['build-02', 'staging-web', 'staging-db']);

/** Makes it all through the API, as any client would, and waits until it stands still. */
export async function scene() {
  const cluster = { name: 'Default' };
  const center = (await api('GET', '/datacenters?search=name=Default')).data_center[0];
  const home = (await api('GET', '/clusters?search=name=Default')).cluster[0];
  await all(['production', 'infrastructure', 'testing'], (name) => api('POST', '/tags', { name }));
  await all(
    [
      ['servers', 110, 'where the machines talk'],
      ['storage', 120, 'iSCSI and NFS'],
      ['dmz', 130, 'seen from outside'],
    ],
    async ([name, vlan, description]) => {
      const { id } = await api('POST', '/networks', { name, description, data_center: { id: center.id }, vlan: { id: String(vlan) }, usages: { usage: ['vm'] } });
      await api('POST', `/clusters/${home.id}/networks`, { id, required: 'false' });
    },
  );
  await all(MACHINES, ([name, memory, cores, , comment]) =>
    api('POST', '/vms', {
      name,
      comment,
      cluster,
      template: { name: 'Blank' },
      memory: memory * MIB,
      memory_policy: { guaranteed: (memory / 2) * MIB },
      cpu: { topology: { sockets: 1, cores, threads: 1 } },
      os: { type: 'debian_9', kernel: '/boot/vmlinuz' },
      console: { enabled: true },
      high_availability: { enabled: name.startsWith('db'), priority: 50 },
    }),
  );
  const machines = await until('the machines are made', async () => {
    const made = new Map(((await api('GET', '/vms')).vm ?? []).map((one) => [one.name, one]));
    return MACHINES.every(([name]) => made.get(name)?.status === 'down') && made;
  });
  const profile = (await api('GET', '/vnicprofiles')).vnic_profile.find((one) => one.name === 'ovirtmgmt');
  await all(MACHINES, async ([name, , , tag]) => {
    const { id } = machines.get(name);
    await api('POST', `/vms/${id}/nics`, { name: 'nic1', vnic_profile: { id: profile.id } });
    await api('POST', `/vms/${id}/tags`, { name: tag });
  });
  await api('POST', '/bookmarks', { name: 'Production', value: 'Vms: tag = production' });
  await api('POST', '/bookmarks', { name: 'Trouble', value: 'Events: severity > normal' });
  await api('POST', '/affinitylabels', { name: 'near-storage' });
  await api('POST', `/clusters/${home.id}/affinitygroups`, {
    name: 'databases-apart',
    vms_rule: { enabled: 'true', enforcing: 'true', positive: 'false' },
    vms: { vm: ['db1', 'db2'].map((name) => ({ id: machines.get(name).id })) },
  });
  await api('POST', '/schedulingpolicies', { name: 'office-hours', description: 'spread by day' });
  await api('POST', `/datacenters/${center.id}/quotas`, { name: 'testing', cluster_hard_limit_pct: 20, cluster_soft_limit_pct: 80, storage_hard_limit_pct: 20, storage_soft_limit_pct: 80 });
  await storage(center);
  await all(['db1', 'db2', 'mail'], (name) =>
    api('POST', `/vms/${machines.get(name).id}/diskattachments`, {
      interface: 'virtio_scsi',
      bootable: 'true',
      active: 'true',
      disk: { name: `${name}-data`, format: 'cow', provisioned_size: 40 * GIB, storage_domains: { storage_domain: [{ name: 'fast' }] } },
    }),
  );
  await until('the disks are made', async () => ((await api('GET', '/disks')).disk ?? []).every((disk) => disk.status === 'ok'));
  await all(
    MACHINES.filter(([name]) => !STOPPED.has(name)),
    ([name]) => api('POST', `/vms/${machines.get(name).id}/start`, {}),
  );
  await api('POST', '/events', { origin: 'backup', custom_id: 17, severity: 'warning', description: 'Backup of db2 took 48 minutes' });
  await api('POST', '/events', { origin: 'backup', custom_id: 18, severity: 'normal', description: 'Backup of db1 has ended' });
  await until('they run', async () => {
    const now = (await api('GET', '/vms')).vm;
    return MACHINES.every(([name]) => STOPPED.has(name) || now.find((one) => one.name === name).status === 'up');
  }, 60_000);
  await api('POST', `/vms/${machines.get('staging-db').id}/snapshots`, { description: 'before the upgrade' });
}

async function storage(center) {
  const host = (await api('GET', '/hosts')).host[0];
  for (const name of ['fast', 'archive']) {
    const { id } = await api('POST', '/storagedomains', {
      name,
      type: 'data',
      host: { id: host.id },
      storage: { type: 'nfs', address: 'nas', path: `/export/${name}` },
    });
    await api('POST', `/datacenters/${center.id}/storagedomains`, { id });
    await until(`${name} is active`, async () => (await api('GET', `/datacenters/${center.id}/storagedomains/${id}`)).status === 'active');
  }
}

async function all(list, make) {
  for (const one of list) await make(one);
}
