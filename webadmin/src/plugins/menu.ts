import { isShown, type Container, type Place } from './surfaces';

/** An entry of the page's own, or one of a plugin. */
export type Entry<T> = { own: T } | { place: Place };
export type TopEntry<T> = Entry<T> | { container: Container; places: readonly Place[] };

/**
 * Puts additions among the entries that are there: at the position each asks for, negative ones first, those that ask
 * for none or for too much last.
 */
export function insert<T, A>(own: readonly T[], additions: readonly A[], position: (addition: A) => number | null): (T | A)[] {
  const wanted = additions.map((addition) => ({ addition, at: position(addition) ?? Infinity })).sort((a, b) => a.at - b.at);
  const first = wanted.filter(({ at }) => at < 0).map(({ addition }) => addition);
  const all: (T | A)[] = [...first, ...own];
  for (const { addition, at } of wanted) if (at >= 0) all.splice(Math.min(at, all.length), 0, addition);
  return all;
}

/** The top of the menu: the page's entries, and the places and groups of plugins. */
export function topMenu<T>(
  own: readonly T[],
  places: readonly Place[],
  containers: readonly Container[],
): readonly TopEntry<T>[] {
  const shown = places.filter(isShown);
  const groups = containers
    .map((container) => ({ container, places: inside(container.id, shown) }))
    .filter((group) => group.places.length > 0);
  const top = shown.filter((place) => place.where.kind === 'menu');
  const additions: TopEntry<T>[] = [
    ...top.filter((place) => !place.options.alignRight).map((place) => ({ place })),
    ...groups,
  ];
  return [
    ...insert<TopEntry<T>, TopEntry<T>>(own.map((each) => ({ own: each })), additions, (entry) =>
      'place' in entry ? entry.place.options.priority : 'container' in entry ? entry.container.priority : null,
    ),
    ...top.filter((place) => place.options.alignRight).map((place) => ({ place })),
  ];
}

/** The entries of a group: `compute`, `network`, `storage`, `admin`, or a plugin's. */
export function subMenu<T>(menuId: string, own: readonly T[], places: readonly Place[]): readonly Entry<T>[] {
  return insert<Entry<T>, { place: Place }>(
    own.map((each) => ({ own: each })),
    inside(menuId, places.filter(isShown)).map((place) => ({ place })),
    ({ place }) => place.options.priority,
  );
}

/** The tabs of an entity's detail page by their standard indexes; a plugin's come after the page's of the same index. */
export function detailTabs<T extends { index: number }>(
  entity: string,
  own: readonly T[],
  places: readonly Place[],
): readonly Entry<T>[] {
  const additions = places.filter(
    (place) => isShown(place) && place.where.kind === 'detail' && place.where.entity === entity,
  );
  const all: { entry: Entry<T>; at: number }[] = [
    ...own.map((each) => ({ entry: { own: each }, at: each.index })),
    ...additions.map((place) => ({ entry: { place }, at: place.options.priority ?? Infinity })),
  ];
  // sorting is stable: what was added first stays first
  return all.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({ entry }) => entry);
}

const inside = (menuId: string, places: readonly Place[]): readonly Place[] =>
  places.filter((place) => place.where.kind === 'container' && place.where.menuId === menuId);
