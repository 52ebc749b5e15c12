import { session } from '../engine/session';
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

/** Of these the engine has no list of what somebody may see: it refuses them to who is no administrator. */
const FOR_ADMINISTRATORS = new Set(['affinitylabels', 'bookmarks', 'dashboard', 'jobs', 'macpools', 'schedulingpolicies', 'tags']);

/** Whether the user may see a collection, or the dashboard, at all. */
export function isOpen(collection: string): boolean {
  return session.get()?.user.administrator === true || !FOR_ADMINISTRATORS.has(collection);
}
