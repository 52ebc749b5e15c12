import { API, list, type Json } from '../engine/api';
import { session } from '../engine/session';
import { entityTypes } from '../entities';
import { places } from '../places/places';
import { PluginHost, type Ports, type Tag } from '../plugins';
import { dismiss, tell } from '../views/notices';
import { isOpen } from '../views/types';
import { chosenLocale } from '../i18n';
import { askedLocale, hostPage } from './hostPage';

/** Where a user is whose address names no place. */
const HOME = 'vms';
const LOG = '/ovirt-engine/webadmin/log';
const LONGEST_MESSAGE = 4000;

const NO_TAGS: Tag = { name: 'root', description: 'root', selected: false, children: [] };
let tags = NO_TAGS;
session.onEnd(() => (tags = NO_TAGS));

/** The page as plugins see it. */
const ports: Ports = {
  user: () => {
    const user = session.get()?.user;
    return user ? { name: user.principal, id: user.id } : null;
  },
  token: () => session.get()?.token ?? '',
  restSession: () => session.get()?.restSession ?? '',
  locale: () => chosenLocale(askedLocale),
  engineBaseUrl: () => new URL('/ovirt-engine/', location.href).href,
  currentPlace: () => places.get().token || HOME,
  navigate: (token) => places.go(token),
  setSearch: (text) => {
    const colon = text.indexOf(':');
    const prefix = text.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const singular = prefix.replace(/s$/, '');
    const type = entityTypes.find((one) => one.searchPrefix?.toLowerCase().replace(/s$/, '') === singular);
    const foreign = type ? undefined : pluginHost.places.find((place) => place.options.searchPrefix?.toLowerCase() === prefix);
    const token = type?.token ?? foreign?.token;
    if (token !== undefined) places.go(token, { search: text.slice(colon + 1).trim() });
  },
  toast: (severity, title) => void tell({ severity, title }),
  alert: (severity, title, autoHideMs) => {
    const key = tell({ severity, title, alert: true });
    if (autoHideMs > 0) setTimeout(() => dismiss(key), autoHideMs);
  },
  log: (plugin, level, message) => {
    const token = session.get()?.token;
    if (!token) return;
    void fetch(LOG, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ plugin, level, message: message.slice(0, LONGEST_MESSAGE) }),
    }).catch(() => {});
  },
  fatalError: (plugin, message) => {
    ports.log(plugin, 'severe', `uncaught error: ${message}`);
    if (hostPage.displayUncaughtUIExceptions) tell({ severity: 'danger', title: plugin, detail: message });
  },
  rootTag: () => tags,
};

/** Made before the first view: plugins' pages find `pluginApi` as soon as they are loaded. */
export const pluginHost = new PluginHost(ports);

/** Reads the tree of tags, for plugins that ask for it. */
export async function learnTags(): Promise<void> {
  if (!isOpen('tags')) return;
  const whose = session.get();
  const all = await list(`${API}/tags`).catch(() => [] as Json[]);
  if (session.get() !== whose) return;
  const below = (id: string | undefined): Tag[] =>
    all
      .filter((tag) => (tag.parent?.id ?? undefined) === id)
      .map((tag) => ({ name: tag.name, description: tag.description ?? '', selected: false, children: below(tag.id) }));
  const root = all.find((tag) => !tag.parent);
  tags = { name: root?.name ?? 'root', description: root?.description ?? 'root', selected: false, children: below(root?.id) };
}
