import { describe, expect, it } from 'vitest';
import { attach, attachmentOf, detach, join, nicsOf, part, problems, setup, type Attachment } from './model';

const [eth0, eth1, bond0] = nicsOf([
  { id: 'e0', name: 'eth0', status: 'up' },
  { id: 'e1', name: 'eth1' },
  { id: 'b0', name: 'bond0', bonding: { slaves: { host_nic: [{ id: 'e1' }] } } },
]) as [ReturnType<typeof nicsOf>[0], ReturnType<typeof nicsOf>[0], ReturnType<typeof nicsOf>[0]];
const mgmt = attachmentOf({ id: 'a1', network: { id: 'n1' }, host_nic: { id: 'e0' }, ip_address_assignments: { ip_address_assignment: [{ assignment_method: 'dhcp' }] } });

const nics = [eth0, eth1, bond0];
const on = (attachments: readonly Attachment[]) => ({ nics, attachments });

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
    expect(setup(on([mgmt]), on([mgmt]), { check: true, commit: true })).toBeNull();
    expect(setup(on([mgmt]), on(attach(detach([mgmt], 'n1'), 'n1', eth0)), { check: true, commit: true })).not.toBeNull();
  });

  it('ask for what is added, changed and removed in one request', () => {
    const after = attach(detach([mgmt], 'n1'), 'n2', bond0).map((one) => ({ ...one, method: 'static' as const, address: '10.0.0.2', netmask: '255.0.0.0' }));
    expect(setup(on([mgmt]), on(after), { check: true, commit: false })).toEqual({
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

  it('make a bond of a card on another, with what was on them, in the same request', () => {
    const [one, two, three] = nicsOf(['eth0', 'eth1', 'eth2'].map((name) => ({ id: `id-${name}`, name })));
    const before = { nics: [one!, two!, three!], attachments: [{ ...mgmt, nic: one!.id }] };
    const after = join(join(before, two!.id, one!.id), three!.id, 'bond0');
    expect(after.attachments[0]!.nic).toBe('bond0');
    const body = setup(before, after, { check: true, commit: true })!;
    expect(body.modified_bonds.host_nic[0]).toMatchObject({ name: 'bond0', bonding: { slaves: { host_nic: [{ name: 'eth0' }, { name: 'eth1' }, { name: 'eth2' }] } } });
    expect(body.modified_network_attachments.network_attachment[0].host_nic).toEqual({ name: 'bond0' });
    expect(part(part(after, three!.id), two!.id)).toEqual(before);
  });

  it('leave a bond that is there when only one card is left', () => {
    const two = nicsOf([{ id: 'e0', name: 'eth0' }, { id: 'e1', name: 'eth1' }, { id: 'b0', name: 'bond0', bonding: { slaves: { host_nic: [{ id: 'e0' }, { id: 'e1' }] } } }]);
    const before = { nics: two, attachments: [{ ...mgmt, nic: 'b0' }] };
    const after = part(before, 'e1');
    expect(after.attachments[0]!.nic).toBe('e0');
    expect(setup(before, after, { check: true, commit: true })).toMatchObject({ removed_bonds: { host_nic: [{ name: 'bond0' }] } });
  });
});
