/**
 * The host of UI plugins, for the shell and the views. In short:
 *
 * - Composition root, once, before the first view is drawn: `const host = new PluginHost(ports)`, where `ports` is the
 *   page seen by plugins (`Ports`). This puts `window.pluginApi` there.
 * - After the login: `await host.start(definitionsOf(hostPage.pluginDefinitions), { safeMode })`, with `safeMode` for
 *   `?safe-mode` in the address. The first place is shown when the promise ends: it waits for plugins that ask to be
 *   waited for, at most 10 s. Then, if the address names no place, go to `host.landingPlace() ?? 'vms'`.
 *   At the logout: `host.stop()`. When tags change: `host.activateTags`.
 * - Around all views: `<PluginHostProvider value={host}>`; once in the page, as a sibling of everything: `<PluginDialogs />`.
 * - Menu: `topMenu(own, useRegistry(host.places), useRegistry(host.containers))` and `subMenu('compute', own, places)`
 *   answer entries `{own}`, `{place}` or `{container, places}` in order; `<PluginIcon icon={place.options.icon} />`, of
 *   `react/PluginIcon`, loaded when there is one.
 * - A token that is none of the page's: `const place = usePluginPlace(token)`; if there is one, and `place.where.kind`
 *   is not `detail`, draw `<PlaceFrame place={place} />` as the content, with `place.options.searchPrefix` in the search
 *   bar. A `detail` place is a tab of `place.where.entity`'s detail page, of the entity in the address (`;name=web1`).
 * - Detail pages: `detailTabs('VirtualMachine', own, usePluginPlaces())` sorts the page's tabs (by `index`) and plugins'
 *   into one row of `{own}` and `{place}`; the content of the latter is `<PlaceFrame place={place} />`.
 * - Lists: `usePluginSelection('VirtualMachine', selectedRows)` tells plugins; call it on detail pages with the one
 *   entity too, and `usePluginDetailSelection('Disk', rows)` in their tabs. Rows need the fields `ENTITY_FIELDS[type]`.
 * - Buttons: `usePluginButtons({entity, detail, selection, parent})` answers `{toolbar, context, page}`; `page` is for
 *   toolbars without context menus. In a toolbar,
 *   `insert(ownActions, toolbar.filter(b => !b.moreMenu), b => b.index)` gives the order, `<PluginToolbarButton>` draws
 *   one; the `moreMenu` ones go into the overflow menu as `<PluginMenuItem>`, like all of `context` into context menus
 *   and kebabs of rows. On lists `parent` stays out; in detail tabs it is the entity of the page, `detail` the tab's id.
 * - Administration > Extensions: `react/Extensions`, loaded when it is shown.
 */
export { definitionsOf, type Definition } from './definition';
export { ENTITY_FIELDS, entityObject, type EntityObject } from './entityObjects';
export { ENTITY_PLACES, STANDARD_TOKENS } from './entityTypes';
export { PluginHost, type Start } from './host';
export { detailTabs, insert, subMenu, topMenu, type Entry, type TopEntry } from './menu';
export type { AlertType, LogLevel, Ports, Tag } from './ports';
export type { PluginReport } from './reports';
export type { Container, Dialog, Place } from './surfaces';
export {
  PluginMenuItem,
  PluginToolbarButton,
  usePluginButtons,
  usePluginDetailSelection,
  usePluginSelection,
  type ButtonsOf,
  type PluginButton,
  type PluginButtonSet,
} from './react/buttons';
export { PluginHostProvider, usePluginHost, usePluginPlace, usePluginPlaces, useRegistry } from './react/context';
export { PlaceFrame } from './react/PlaceFrame';
export { PluginDialogs } from './react/PluginDialogs';
export { Surface } from './react/Surface';
