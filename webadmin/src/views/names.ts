import { at, type Json } from '../engine/api';
import type { EntityType } from '../entities/entity';

/** What people call it. */
export function nameOf(entity: Json, type?: EntityType): string {
  return String(at(entity, type?.nameField ?? 'name') ?? entity.name ?? entity.alias ?? entity.id ?? '');
}
