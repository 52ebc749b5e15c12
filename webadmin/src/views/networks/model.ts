import { at, type Json } from '../../engine/api';
import { many } from '../../entities/texts';

/** What the dialog for a host's networks works on: which network is on which interface, and with what address. */

export interface Nic {
  id: string;
  name: string;
  status: string;
  /** the bond that it is a part of, by id */
  bond: string | null;
  /** of a bond, by the number that the kernel knows; null for a card */
  mode: string | null;
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
    mode: nic.bonding === undefined ? null : modeOf(nic),
    virtual: nic.vlan !== undefined || nic.base_interface !== undefined,
  }));
}

function modeOf(bond: Json): string {
  const options = (at(bond, 'bonding.options.option') as Json[] | undefined) ?? [];
  return String(options.find((one) => one.name === 'mode')?.value ?? '4');
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

/** Cards, bonds and what is on them. A bond that is not there yet has its name for an id. */
export interface Layout {
  nics: readonly Nic[];
  attachments: readonly Attachment[];
}

export const MODES = [['1', 'Active backup'], ['4', 'LACP (802.3ad)'], ['2', 'Load balancing (XOR)'], ['3', 'Broadcast'], ['0', 'Round robin'], ['5', 'Adaptive transmit'], ['6', 'Adaptive load balancing']] as const;

/** A card that is put on a bond becomes a part of it; one that is put on another card makes a bond with it. */
export function join({ nics, attachments }: Layout, card: string, onto: string): Layout {
  const one = nics.find((nic) => nic.id === card);
  const other = nics.find((nic) => nic.id === onto);
  if (!one || !other || one === other || one.mode !== null || one.bond !== null || other.bond !== null) return { nics, attachments };
  if (other.mode !== null) return { nics: nics.map((nic) => (nic === one ? { ...nic, bond: other.id } : nic)), attachments: moved(attachments, [card], other.id) };
  let number = 0;
  while (nics.some((nic) => nic.name === `bond${number}`)) number++;
  const bond: Nic = { id: `bond${number}`, name: `bond${number}`, status: '', bond: null, virtual: false, mode: '4' };
  return { nics: [...nics.map((nic) => (nic === one || nic === other ? { ...nic, bond: bond.id } : nic)), bond], attachments: moved(attachments, [card, onto], bond.id) };
}

/** Takes a card out of its bond; what would be left of two is no bond. */
export function part({ nics, attachments }: Layout, card: string): Layout {
  const bond = nics.find((nic) => nic.id === card)?.bond ?? null;
  if (bond === null) return { nics, attachments };
  const left = nics.filter((nic) => nic.bond === bond && nic.id !== card);
  if (left.length > 1) return { nics: nics.map((nic) => (nic.id === card ? { ...nic, bond: null } : nic)), attachments };
  return {
    nics: nics.filter((nic) => nic.id !== bond).map((nic) => (nic.bond === bond ? { ...nic, bond: null } : nic)),
    attachments: moved(attachments, [bond], left[0]?.id ?? card),
  };
}

function moved(attachments: readonly Attachment[], from: readonly string[], to: string): readonly Attachment[] {
  return attachments.map((one) => (from.includes(one.nic) ? { ...one, nic: to } : one));
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
export function setup(had: Layout, wanted: Layout, options: { check: boolean; commit: boolean }): Json | null {
  const before = had.attachments;
  const after = wanted.attachments;
  const bonds = bondsOf(wanted).filter((bond) => !bondsOf(had).some((other) => same(other, bond)));
  const gone = bondsOf(had).filter((bond) => !wanted.nics.some((nic) => nic.id === bond.id));
  const removed = before.filter((one) => !after.some((other) => other.network === one.network));
  const modified = after.filter((one) => JSON.stringify(before.find((other) => other.network === one.network)) !== JSON.stringify(one));
  if (removed.length + modified.length + bonds.length + gone.length === 0) return null;
  const body: Json = { check_connectivity: options.check, commit_on_success: options.commit };
  if (modified.length > 0) body.modified_network_attachments = { network_attachment: modified.map((one) => written(one, wanted.nics.find((nic) => nic.id === one.nic))) };
  if (bonds.length > 0) body.modified_bonds = { host_nic: bonds.map((bond) => ({ name: bond.name, bonding: { options: { option: [{ name: 'mode', value: bond.mode }, { name: 'miimon', value: '100' }] }, slaves: { host_nic: bond.parts.map((name) => ({ name })) } } })) };
  if (gone.length > 0) body.removed_bonds = { host_nic: gone.map(({ name }) => ({ name })) };
  if (removed.length > 0) body.removed_network_attachments = { network_attachment: removed.map((one) => ({ id: one.id })) };
  return body;
}

function bondsOf({ nics }: Layout): { id: string; name: string; mode: string | null; parts: string[] }[] {
  return nics.filter((nic) => nic.mode !== null).map(({ id, name, mode }) => ({ id, name, mode, parts: nics.filter((nic) => nic.bond === id).map((nic) => nic.name) }));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A bond that is made by the same request has no id yet. */
function written(one: Attachment, nic: Nic | undefined): Json {
  const ip = one.method === 'static' ? { ip: { address: one.address, netmask: one.netmask, ...(one.gateway ? { gateway: one.gateway } : {}), version: 'v4' } } : {};
  return {
    ...(one.id ? { id: one.id } : {}),
    network: { id: one.network },
    host_nic: nic && nic.id === nic.name ? { name: nic.name } : { id: one.nic },
    ip_address_assignments: { ip_address_assignment: [{ assignment_method: one.method, ...ip }] },
  };
}

export function networksOf(all: readonly Json[]): Network[] {
  return all.map((one) => ({ id: one.id, name: String(one.name), required: many(one.required).includes('true') })).sort((one, other) => one.name.localeCompare(other.name));
}
