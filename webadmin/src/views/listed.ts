import { entityTypes } from '../entities';

/** The collections of the API whose entities a path lists: the last one in it, and those of the links that it follows. */
export function collectionsIn(path: string): string[] {
  const [below = '', query] = path.split('?', 2);
  const followed = new URLSearchParams(query).get('follow') ?? '';
  return [below.slice(below.lastIndexOf('/') + 1), ...followed.split(/[.,]/).filter(Boolean).map(collectionOf)];
}

function collectionOf(link: string): string {
  return entityTypes.find((type) => type.element === link)?.collection ?? link;
}
