import { at, type Json } from '../../engine/api';

export interface Tag {
  id: string;
  name: string;
  description: string;
  depth: number;
}

/** All tags but the root, each below its parent. */
export function tree(tags: readonly Json[]): Tag[] {
  const below = (parent: string | undefined, depth: number): Tag[] =>
    tags
      .filter((tag) => at(tag, 'parent.id') === parent && tag.id !== parent)
      .sort((one, other) => String(one.name).localeCompare(String(other.name)))
      .flatMap((tag) => [...(parent === undefined ? [] : [{ id: tag.id as string, name: String(tag.name), description: String(tag.description ?? ''), depth }]), ...below(tag.id as string, parent === undefined ? 0 : depth + 1)]);
  return below(undefined, 0);
}

/** The tags that a search is for, when it is for nothing else. */
export function tagsOf(search: string): string[] {
  const found = [...search.matchAll(/\btag\s*=\s*"([^"]+)"/g)].map(([, name]) => name!);
  return search.trim() === searchOf(found) ? found : [];
}

/** The search for what has any of the tags. */
export function searchOf(tags: readonly string[]): string {
  return tags.map((name) => `tag="${name}"`).join(' or ');
}
