import { isFunction, page, type ApiFunction, type ApiFunctions, type Core } from '../core';
import { STANDARD_TOKENS, hasDetailPage } from '../entityTypes';
import { containerOptions, placeOptions } from '../options';
import type { Plugin } from '../plugin';
import type { Place } from '../surfaces';

export const BUILT_IN_CONTAINERS: readonly string[] = ['compute', 'network', 'storage', 'admin'];

function add(
  core: Core,
  plugin: Plugin,
  where: Place['where'],
  [label, token, url, options]: readonly unknown[],
): void {
  if (typeof token !== 'string' || token === '') {
    core.note(plugin, 'warning', `a place needs a token, not ${String(token)}; “${String(label)}” is left out`);
  } else if (STANDARD_TOKENS.has(token) || core.surfaces.places.find((place) => place.token === token)) {
    core.note(plugin, 'warning', `the token “${token}” is taken; “${String(label)}” is left out`);
  } else if (core.allowed(plugin, 'surface')) {
    core.surfaces.places.add({
      plugin: plugin.name,
      token,
      label: String(label ?? ''),
      where,
      url: core.resolve(plugin, url),
      revision: 0,
      accessible: true,
      lingering: false,
      sandbox: plugin.definition.contentSandbox,
      options: placeOptions(options),
    });
  }
}

const addMenuPlace = page((core, plugin, args) => add(core, plugin, { kind: 'menu' }, args));

const addDetailPlace = page((core, plugin, [entity, ...args]) => {
  if (hasDetailPage(entity)) add(core, plugin, { kind: 'detail', entity }, args);
  else core.note(plugin, 'info', `“${String(entity)}” is no entity with a detail page; “${String(args[0])}” is left out`);
});

const setUrl = page((core, plugin, [token, url]) =>
  core.later(plugin, () => {
    const found = core.surfaces.places.change(
      (place) => place.token === token,
      (place) => ({ ...place, url: core.resolve(plugin, url), revision: place.revision + 1 }),
    );
    if (!found) core.note(plugin, 'info', `there is no place “${String(token)}” of a plugin to set the content of`);
  }),
);

/**
 * Plugins hide their tab when the selection changes, ask somebody, and show it again. Were it taken away in between from
 * a user who is looking at it, its page would load anew each time.
 */
const LINGER_MS = 3_000;

const setAccessible: ApiFunction = page((core, plugin, [token, accessible]) =>
  core.later(plugin, () => {
    const { places } = core.surfaces;
    const lingering = !accessible && core.isRevealed(String(token));
    places.change(
      (place) => place.token === token && place.accessible !== Boolean(accessible),
      (place) => ({ ...place, accessible: Boolean(accessible), lingering }),
    );
    if (!lingering) return;
    core.after(plugin, LINGER_MS, () =>
      places.change(
        (place) => place.token === token && place.lingering,
        (place) => ({ ...place, lingering: false }),
      ),
    );
  }),
);

/** Places of the menu and of detail pages. */
export const placeFunctions: ApiFunctions = {
  addMainTab: addMenuPlace,
  addPrimaryMenuPlace: addMenuPlace,

  addPrimaryMenuContainer: page((core, plugin, [label, id, options]) => {
    const taken = core.surfaces.containers.find((container) => container.id === id);
    if (typeof id !== 'string' || id === '' || taken || BUILT_IN_CONTAINERS.includes(id)) {
      core.note(plugin, 'warning', `“${String(id)}” cannot be the id of a new container of the menu`);
    } else if (core.allowed(plugin, 'surface')) {
      core.surfaces.containers.add({ plugin: plugin.name, id, label: String(label ?? ''), ...containerOptions(options) });
    }
  }),

  addSecondaryMenuPlace: page((core, plugin, [menuId, ...args]) =>
    add(core, plugin, { kind: 'container', menuId: String(menuId) }, args),
  ),

  addSubTab: addDetailPlace,
  addDetailPlace,
  setTabContentUrl: setUrl,
  setPlaceContentUrl: setUrl,
  setTabAccessible: setAccessible,
  setPlaceAccessible: setAccessible,

  setPlaceUnloadHandler: page((core, plugin, [token, handler]) =>
    core.later(plugin, () => {
      if (isFunction(handler)) core.setUnloadHandler(plugin, String(token), handler);
    }),
  ),
};
