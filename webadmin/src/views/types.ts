import { entityTypes } from '../entities';
import type { EntityType } from '../entities/entity';

const byToken = new Map(entityTypes.map((type) => [type.token, type]));
const byName = new Map(entityTypes.map((type) => [type.name, type]));

export function typeNamed(name: string): EntityType | undefined {
  return byName.get(name);
}

/** The kind whose list or detail place this is, and whether it is the list. */
export function typeOfPlace(token: string): { type: EntityType; list: boolean } | null {
  const list = byToken.get(token);
  if (list) return { type: list, list: true };
  const dash = token.indexOf('-');
  const type = dash < 0 ? undefined : byToken.get(token.slice(0, dash));
  return type ? { type, list: false } : null;
}
