import { at, type Json } from '../../engine/api';
import { many } from '../../entities/texts';

/** What the dialog for a host's networks works on: which network is on which interface, and with what address. */

export interface Nic {
  id: string;
  name: string;
  status: string;
  /** the bond that it is a part of, by id */
  bond: string | null;
  /** the VLAN's or bridge's own interface: shown as its network, not as an interface */
  virtual: boolean;
}

export interface Network {
  id: string;
  name: string;
  required: boolean;
}

export type Method = 'none' | 'dhcp' | 'static';

export interface Attachment {
  /** of the engine; null when it is new */
  id: string | null;
  network: string;
  nic: string;
  method: Method;
  address: string;
  netmask: string;
  gateway: string;
}

export function nicsOf(all: readonly Json[]): Nic[] {
  const bonds = new Map<string, string>();
  for (const nic of all) for (const slave of (at(nic, 'bonding.slaves.host_nic') as Json[] | undefined) ?? []) bonds.set(slave.id, nic.id);
  return all.map((nic) => ({
    id: nic.id,
    name: String(nic.name),
    status: String(nic.status ?? ''),
    bond: bonds.get(nic.id) ?? null,
    virtual: nic.vlan !== undefined || nic.base_interface !== undefined,
  }));
}

export function attachmentOf(json: Json): Attachment {
  const assignment = (at(json, 'ip_address_assignments.ip_address_assignment') as Json[] | undefined)?.[0];
  const method = String(assignment?.assignment_method ?? 'none');
  return {
    id: json.id,
    network: String(at(json, 'network.id')),
    nic: String(at(json, 'host_nic.id') ?? ''),
    method: method === 'dhcp' || method === 'static' ? method : 'none',
    address: String(assignment?.ip?.address ?? ''),
    netmask: String(assignment?.ip?.netmask ?? ''),
    gateway: String(assignment?.ip?.gateway ?? ''),
  };
}

/** Puts a network on an interface, from another one or from those that are on none. Parts of bonds take none. */
export function attach(attachments: readonly Attachment[], network: string, nic: Nic): readonly Attachment[] {
  if (nic.bond !== null) return attachments;
  const before = attachments.find((one) => one.network === network);
  if (before?.nic === nic.id) return attachments;
  const moved: Attachment = before ? { ...before, nic: nic.id } : { id: null, network, nic: nic.id, method: 'none', address: '', netmask: '', gateway: '' };
  return [...attachments.filter((one) => one.network !== network), moved];
}

export function detach(attachments: readonly Attachment[], network: string): readonly Attachment[] {
  return attachments.some((one) => one.network === network) ? attachments.filter((one) => one.network !== network) : attachments;
}

/** What is wrong, by network. */
export function problems(attachments: readonly Attachment[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const one of attachments) {
    if (one.method !== 'static') continue;
    if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(one.address)) found.set(one.network, 'The address is not one of version 4');
    else if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(one.netmask)) found.set(one.network, 'The netmask is not one of version 4');
  }
  return found;
}

/** The body of the request that brings the host from what it has to what it shall have; null when nothing changed. */
export function setup(before: readonly Attachment[], after: readonly Attachment[], options: { check: boolean; commit: boolean }): Json | null {
  const removed = before.filter((one) => !after.some((other) => other.network === one.network));
  const modified = after.filter((one) => JSON.stringify(before.find((other) => other.network === one.network)) !== JSON.stringify(one));
  if (removed.length === 0 && modified.length === 0) return null;
  const body: Json = { check_connectivity: options.check, commit_on_success: options.commit };
  if (modified.length > 0) body.modified_network_attachments = { network_attachment: modified.map(written) };
  if (removed.length > 0) body.removed_network_attachments = { network_attachment: removed.map((one) => ({ id: one.id })) };
  return body;
}

function written(one: Attachment): Json {
  const ip = one.method === 'static' ? { ip: { address: one.address, netmask: one.netmask, ...(one.gateway ? { gateway: one.gateway } : {}), version: 'v4' } } : {};
  return {
    ...(one.id ? { id: one.id } : {}),
    network: { id: one.network },
    host_nic: { id: one.nic },
    ip_address_assignments: { ip_address_assignment: [{ assignment_method: one.method, ...ip }] },
  };
}

export function networksOf(all: readonly Json[]): Network[] {
  return all.map((one) => ({ id: one.id, name: String(one.name), required: many(one.required).includes('true') })).sort((one, other) => one.name.localeCompare(other.name));
}
