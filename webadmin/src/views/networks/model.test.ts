import { describe, expect, it } from 'vitest';
import { attach, attachmentOf, detach, nicsOf, problems, setup } from './model';

const [eth0, eth1, bond0] = nicsOf([
  { id: 'e0', name: 'eth0', status: 'up' },
  { id: 'e1', name: 'eth1' },
  { id: 'b0', name: 'bond0', bonding: { slaves: { host_nic: [{ id: 'e1' }] } } },
]) as [ReturnType<typeof nicsOf>[0], ReturnType<typeof nicsOf>[0], ReturnType<typeof nicsOf>[0]];
const mgmt = attachmentOf({ id: 'a1', network: { id: 'n1' }, host_nic: { id: 'e0' }, ip_address_assignments: { ip_address_assignment: [{ assignment_method: 'dhcp' }] } });

describe('the networks of a host', () => {
  it('move between interfaces and keep their addresses', () => {
    expect(attach([mgmt], 'n1', bond0)).toEqual([{ ...mgmt, nic: 'b0' }]);
    expect(attach([mgmt], 'n2', eth0)).toHaveLength(2);
  });

  it('are not put on parts of a bond, nor twice on the same', () => {
    const now = [mgmt];
    expect(attach(now, 'n1', eth1)).toBe(now);
    expect(attach(now, 'n1', eth0)).toBe(now);
  });

  it('ask for nothing when nothing changed', () => {
    expect(setup([mgmt], [mgmt], { check: true, commit: true })).toBeNull();
    expect(setup([mgmt], attach(detach([mgmt], 'n1'), 'n1', eth0), { check: true, commit: true })).not.toBeNull();
  });

  it('ask for what is added, changed and removed in one request', () => {
    const after = attach(detach([mgmt], 'n1'), 'n2', bond0).map((one) => ({ ...one, method: 'static' as const, address: '10.0.0.2', netmask: '255.0.0.0' }));
    expect(setup([mgmt], after, { check: true, commit: false })).toEqual({
      check_connectivity: true,
      commit_on_success: false,
      modified_network_attachments: {
        network_attachment: [{ network: { id: 'n2' }, host_nic: { id: 'b0' }, ip_address_assignments: { ip_address_assignment: [{ assignment_method: 'static', ip: { address: '10.0.0.2', netmask: '255.0.0.0', version: 'v4' } }] } }],
      },
      removed_network_attachments: { network_attachment: [{ id: 'a1' }] },
    });
  });

  it('need an address and a netmask when they are static', () => {
    expect(problems([{ ...mgmt, method: 'static', address: 'x', netmask: '' }]).get('n1')).toContain('address');
    expect(problems([mgmt]).size).toBe(0);
  });
});
