import type { Json } from '../../engine/api';
import type { Request } from '../../entities/entity';
import { isTrue } from '../../entities/texts';

/** What the dialog for a scheduling policy works on, and every move that can be made in it. */

export type Kind = 'Filter' | 'Function';

export interface Unit {
  id: string;
  name: string;
  description: string;
  type: 'filter' | 'weight' | 'load_balancing';
  enabled: boolean;
  /** comes from a scheduler outside the engine */
  external: boolean;
  /** regular expression by property */
  properties: Readonly<Record<string, string>>;
}

export const FIRST = -1;
export const LAST = 1;

export interface Property {
  name: string;
  value: string;
}

export interface Policy {
  id: string | null;
  name: string;
  description: string;
  locked: boolean;
  /** position by unit: -1 first, 0 none, 1 last */
  filters: Readonly<Record<string, number>>;
  /** factor by unit */
  weights: Readonly<Record<string, number>>;
  balancer: string;
  properties: readonly Property[];
}

export function unitOf(json: Json): Unit {
  return {
    id: json.id,
    name: String(json.name ?? ''),
    description: String(json.description ?? ''),
    type: json.type,
    enabled: isTrue(json.enabled),
    external: !isTrue(json.internal),
    properties: Object.fromEntries(((json.properties?.property ?? []) as Property[]).map((one) => [one.name, one.value])),
  };
}

/** The units that can be listed: selectors have no type. */
export function unitsOf(all: readonly Json[]): Unit[] {
  return all
    .filter((one) => ['filter', 'weight', 'load_balancing'].includes(one.type))
    .map(unitOf)
    .sort((one, other) => one.name.localeCompare(other.name));
}

export function emptyPolicy(units: readonly Unit[]): Policy {
  const none = units.find((unit) => unit.type === 'load_balancing' && unit.name === 'None');
  return { id: null, name: '', description: '', locked: false, filters: {}, weights: {}, balancer: none?.id ?? '', properties: [] };
}

export function policyOf(json: Json, filters: readonly Json[], weights: readonly Json[], balances: readonly Json[], units: readonly Unit[]): Policy {
  return {
    id: json.id,
    name: String(json.name ?? ''),
    description: String(json.description ?? ''),
    locked: isTrue(json.locked),
    filters: Object.fromEntries(filters.map((one) => [unitId(one), Number(one.position ?? 0)])),
    weights: Object.fromEntries(weights.map((one) => [unitId(one), Number(one.factor ?? 1)])),
    balancer: balances[0] ? unitId(balances[0]) : emptyPolicy(units).balancer,
    properties: ((json.properties?.property ?? []) as Property[]).map(({ name, value }) => ({ name, value: String(value) })),
  };
}

function unitId(part: Json): string {
  return part.scheduling_policy_unit?.id ?? part.id;
}

/** A copy that is one's own: unlocked, and nothing of the engine's yet. */
export function copyOf(policy: Policy): Policy {
  return { ...policy, id: null, name: `Copy_of_${policy.name}`, locked: false };
}

export function isUsed(policy: Policy, unit: Unit): boolean {
  return unit.id in (unit.type === 'filter' ? policy.filters : policy.weights);
}

/** Puts a unit into the policy: filters without position, functions with the factor 1. A disabled unit cannot be. */
export function add(policy: Policy, unit: Unit): Policy {
  if (policy.locked || !unit.enabled || isUsed(policy, unit)) return policy;
  return unit.type === 'filter'
    ? { ...policy, filters: { ...policy.filters, [unit.id]: 0 } }
    : { ...policy, weights: { ...policy.weights, [unit.id]: 1 } };
}

/** Takes a unit out; properties that no other unit knows go with it. */
export function remove(policy: Policy, unit: Unit, units: readonly Unit[]): Policy {
  if (policy.locked || !isUsed(policy, unit)) return policy;
  const { [unit.id]: _filter, ...filters } = policy.filters;
  const { [unit.id]: _weight, ...weights } = policy.weights;
  return withKnownProperties(unit.type === 'filter' ? { ...policy, filters } : { ...policy, weights }, units);
}

/** First or Last is taken from the filter that has it. */
export function place(policy: Policy, unit: Unit, position: number): Policy {
  if (policy.locked || !(unit.id in policy.filters)) return policy;
  const filters = Object.fromEntries(Object.entries(policy.filters).map(([id, at]) => [id, position !== 0 && at === position ? 0 : at]));
  return { ...policy, filters: { ...filters, [unit.id]: position } };
}

export function factor(policy: Policy, unit: Unit, by: number): Policy {
  const now = policy.weights[unit.id];
  return policy.locked || now === undefined ? policy : { ...policy, weights: { ...policy.weights, [unit.id]: Math.max(1, now + by) } };
}

export function balance(policy: Policy, balancer: string, units: readonly Unit[]): Policy {
  return policy.locked ? policy : withKnownProperties({ ...policy, balancer }, units);
}

/** Enabled filters as they are drawn: first, those without position by name, last. */
export function usedFilters(policy: Policy, units: readonly Unit[]): Unit[] {
  return units
    .filter((unit) => unit.type === 'filter' && unit.id in policy.filters)
    .sort((one, other) => policy.filters[one.id]! - policy.filters[other.id]! || one.name.localeCompare(other.name));
}

/** The properties that can be set, with what they accept: those of all units that are used and of the balancer. */
export function knownProperties(policy: Policy, units: readonly Unit[]): Map<string, string> {
  const used = units.filter((unit) => (unit.type === 'load_balancing' ? unit.id === policy.balancer : isUsed(policy, unit)));
  return new Map(used.flatMap((unit) => Object.entries(unit.properties)).sort(([one], [other]) => one.localeCompare(other)));
}

function withKnownProperties(policy: Policy, units: readonly Unit[]): Policy {
  const known = knownProperties(policy, units);
  return { ...policy, properties: policy.properties.filter((one) => known.has(one.name)) };
}

/** What a drag carries, and what a drop makes of it: only from the other column of the same kind. */
export function payload(unit: Unit, used: boolean): string {
  return `${unit.type === 'filter' ? 'Filter' : 'Function'} ${unit.id} ${used}`;
}

export function drop(policy: Policy, dragged: string, kind: Kind, onUsed: boolean, units: readonly Unit[]): Policy {
  const [from, id, used] = dragged.split(' ');
  const unit = units.find((one) => one.id === id && one.type === (kind === 'Filter' ? 'filter' : 'weight'));
  if (from !== kind || !unit || used === String(onUsed)) return policy;
  return onUsed ? add(policy, unit) : remove(policy, unit, units);
}

/** What is wrong, by field: `name`, `description`, `property NAME`. Texts are keys of translations. */
export function problems(policy: Policy, units: readonly Unit[]): Map<string, string> {
  const found = new Map<string, string>();
  if (policy.name.trim() === '') found.set('name', 'Must not be empty');
  else if (policy.name.length > 50) found.set('name', 'Must not be longer than 50 characters');
  else if (!/^[A-Za-z0-9_.-]+$/.test(policy.name)) found.set('name', 'Only letters, digits and the characters _ - . can be used');
  if (policy.description.length > 400) found.set('description', 'Must not be longer than 400 characters');
  const known = knownProperties(policy, units);
  for (const { name, value } of policy.properties) {
    const accepted = known.get(name);
    if (accepted === undefined) found.set(`property ${name}`, 'No unit of the policy knows it');
    else if (!accepts(accepted, value)) found.set(`property ${name}`, 'Is not what the unit accepts');
  }
  return found;
}

export function accepts(expression: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`).test(value);
  } catch {
    return true; // the engine judges expressions of another dialect
  }
}

/**
 * The requests that bring the engine's policy from what it was to what it shall be. Parts that changed are taken out and
 * put in again; those with a place come last, since only one filter can be first; properties, which only used units
 * know, at the end.
 *
 * @param id of the policy, known after the first request for a new one
 */
export function requests(before: Policy | null, after: Policy, id: string): Request[] {
  const path = `/schedulingpolicies/${id}`;
  const made: Request[] = [];
  const removals = (name: string, was: Readonly<Record<string, number>>, is: Readonly<Record<string, number>>) => {
    for (const unit of Object.keys(was)) if (was[unit] !== is[unit]) made.push({ method: 'DELETE', path: `${path}/${name}/${unit}` });
  };
  const additions = (name: string, member: string, was: Readonly<Record<string, number>>, is: Readonly<Record<string, number>>) => {
    const units = Object.keys(is).filter((unit) => was[unit] !== is[unit]);
    for (const unit of units.sort((one, other) => Math.abs(is[one]!) - Math.abs(is[other]!)))
      made.push({ method: 'POST', path: `${path}/${name}`, body: { scheduling_policy_unit: { id: unit }, [member]: is[unit] } });
  };
  removals('filters', before?.filters ?? {}, after.filters);
  removals('weights', before?.weights ?? {}, after.weights);
  additions('filters', 'position', before?.filters ?? {}, after.filters);
  additions('weights', 'factor', before?.weights ?? {}, after.weights);
  if (after.balancer && after.balancer !== before?.balancer)
    made.push({ method: 'POST', path: `${path}/balances`, body: { scheduling_policy_unit: { id: after.balancer } } });
  const head = (policy: Policy | null) => JSON.stringify([policy?.name, policy?.description, policy?.properties ?? []]);
  if (made.length > 0 || head(before) !== head(after))
    made.push({ method: 'PUT', path, body: { name: after.name, description: after.description, properties: { property: after.properties } } });
  return made;
}
