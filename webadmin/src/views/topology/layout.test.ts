import { describe, expect, it } from 'vitest';
import { layout, related } from './layout';

const topology = layout(
  [{ id: 'n1', name: 'mgmt' }, { id: 'n2', name: 'data' }],
  [{ id: 'h1', name: 'a', 'networkattachments.network.id': ['n1', 'n1'] }, { id: 'h2', name: 'b', 'networkattachments.network.id': ['n1', 'n2'] }],
  [{ id: 'v1', name: 'x', 'host.id': 'h2' }, { id: 'v2', name: 'y', 'host.id': 'h1' }, { id: 'v3', name: 'z', 'nics.vnic_profile.network.id': ['n2'] }],
);

describe('the topology', () => {
  it('connects networks to hosts, hosts to what runs there, and what does not run to its networks', () => {
    expect(topology.edges.map((edge) => edge.key)).toEqual(['n1 h1', 'n1 h2', 'n2 h2', 'h2 v1', 'h1 v2', 'n2 v3']);
  });

  it('keeps machines in the order of their hosts', () => {
    const y = (id: string) => topology.nodes.find((node) => node.id === id)!.y;
    expect(y('v2')).toBeLessThan(y('v1'));
  });

  it('finds what belongs to a network', () => {
    expect([...related(topology, 'n2')].sort()).toEqual(['h2', 'n2', 'v1', 'v3']);
    expect(related(topology, null).size).toBe(0);
  });
});
