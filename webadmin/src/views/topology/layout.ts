import type { Json } from '../../engine/api';
import { many } from '../../entities/texts';

/** Networks on the left, hosts in the middle, machines on the right, and what connects them. */
export interface Node {
  id: string;
  kind: 'network' | 'host' | 'vm';
  name: string;
  status: string | undefined;
  x: number;
  y: number;
}

export interface Edge {
  key: string;
  from: Node;
  to: Node;
}

export interface Topology {
  nodes: Node[];
  edges: Edge[];
  width: number;
  height: number;
}

export const ROW = 44;
export const BOX = { width: 190, height: 32 };
const COLUMNS = { network: 20, host: 400, vm: 780 } as const;

/** Places everything in rows; each column begins at the top. Machines are kept near the hosts that they run on. */
export function layout(networks: readonly Json[], hosts: readonly Json[], vms: readonly Json[]): Topology {
  const nodes = new Map<string, Node>();
  const put = (kind: Node['kind'], list: readonly Json[]) =>
    list.forEach((one, index) => nodes.set(one.id, { id: one.id, kind, name: String(one.name ?? one.id), status: one.status, x: COLUMNS[kind], y: 20 + index * ROW }));
  put('network', networks);
  put('host', hosts);
  const row = (id: unknown) => hosts.findIndex((host) => host.id === id);
  put('vm', [...vms].sort((one, other) => row(one['host.id']) - row(other['host.id']) || String(one.name).localeCompare(String(other.name))));
  const edges: Edge[] = [];
  const connect = (from: unknown, to: unknown) => {
    const [one, other] = [nodes.get(String(from)), nodes.get(String(to))];
    if (one && other) edges.push({ key: `${one.id} ${other.id}`, from: one, to: other });
  };
  for (const host of hosts) for (const network of new Set(many(host['networkattachments.network.id']))) connect(network, host.id);
  for (const vm of vms) {
    if (vm['host.id']) connect(vm['host.id'], vm.id);
    else for (const network of new Set(many(vm['nics.vnic_profile.network.id']))) connect(network, vm.id);
  }
  const longest = Math.max(networks.length, hosts.length, vms.length, 1);
  return { nodes: [...nodes.values()], edges, width: COLUMNS.vm + BOX.width + 20, height: 40 + longest * ROW };
}

/** Everything that is reached from a node along its edges, to the left and to the right. */
export function related(topology: Topology, id: string | null): Set<string> {
  if (id === null) return new Set();
  const found = new Set([id]);
  for (const way of [-1, 1]) {
    let edge = [id];
    while (edge.length > 0) {
      edge = topology.edges.filter((one) => edge.includes(way > 0 ? one.from.id : one.to.id)).map((one) => (way > 0 ? one.to.id : one.from.id)).filter((one) => !found.has(one));
      edge.forEach((one) => found.add(one));
    }
  }
  return found;
}
