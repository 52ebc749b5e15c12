import { at, type Json } from '../engine/api';
import type { EntityType } from '../entities/entity';

/** Where the API has it: `/vms/ID`. */
export function pathOf(type: EntityType, entity: Json): string {
  return `/${type.collection.replace('*', String(at(entity, 'data_center.id')))}/${entity.id}`;
}

/** What people call it. */
export function nameOf(entity: Json, type?: EntityType): string {
  return String(at(entity, type?.nameField ?? 'name') ?? entity.name ?? entity.alias ?? entity.id ?? '');
}
