import type { Registry } from './registry';

/** What plugins put into the page. Everything is plain data for the views; functions of plugins are called through the host. */
export interface Surfaces {
  places: Registry<Place>;
  containers: Registry<Container>;
  buttons: Registry<Button>;
  dialogs: Registry<Dialog>;
}

/** A page of a plugin in an iframe, at `#token`. */
export interface Place {
  plugin: string;
  token: string;
  label: string;
  /** where it is offered: top of the menu, inside a container of the menu, as a tab of the entity's detail page */
  where: { kind: 'menu' } | { kind: 'container'; menuId: string } | { kind: 'detail'; entity: string };
  /** absolute */
  url: string;
  /** grows whenever a plugin sets the URL, also to the same one: the iframe loads again */
  revision: number;
  /** false: hidden, and not to be reached by its address either */
  accessible: boolean;
  /** hidden a moment ago while the user is there: it stays until it is clear that the plugin means it */
  lingering: boolean;
  /** `sandbox` of the iframe; null: none */
  sandbox: string | null;
  options: PlaceOptions;
}

/** Whether the page offers the place. */
export const isShown = (place: Place): boolean => place.accessible || place.lingering;

export interface PlaceOptions {
  /** at the end of the menu */
  alignRight: boolean;
  /** position in the menu, or among the standard indexes of detail tabs; null: last */
  priority: number | null;
  /** what the search bar starts with there */
  searchPrefix: string | null;
  /** where a user lands whose address names no place */
  defaultPlace: boolean;
  /** `fa-*` or `pficon-*`; `Icon` of the adapters draws it */
  icon: string | null;
}

/** A group of the menu; the page's own have the ids `compute`, `network`, `storage`, `admin`. */
export interface Container {
  plugin: string;
  id: string;
  label: string;
  priority: number | null;
  icon: string | null;
}

export type ButtonLocation = 'OnlyFromContext' | 'OnlyFromToolBar' | 'ContextAndToolBar';

/** A button of an entity's list, or of one of its detail tabs. */
export interface Button {
  plugin: string;
  /** unique in the page */
  key: string;
  /** id of the element; null: none */
  id: string | null;
  entity: string;
  /** id of the detail place; null: the list of the entity, and its detail page's head */
  detail: string | null;
  label: string;
  location: ButtonLocation;
  /** position among all buttons of the panel, from 0; null: last */
  index: number | null;
  /** in the overflow menu */
  moreMenu: boolean;
  /** the plugin's object: the host calls its members, nobody else */
  source: Record<string, unknown>;
}

/** A dialog with a page of a plugin. */
export interface Dialog {
  plugin: string;
  key: string;
  /** null: the plugin cannot refer to it */
  token: string | null;
  title: string;
  url: string;
  revision: number;
  width: string;
  height: string;
  buttons: readonly { label: string; source: Record<string, unknown> }[];
  closeIconVisible: boolean;
  closeOnEscKey: boolean;
  resizeEnabled: boolean;
  sandbox: string | null;
}
