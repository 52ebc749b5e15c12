import { API_FUNCTIONS } from './api/functions';
import { createFactory } from './api/factory';
import { Allowances } from './allowances';
import { ButtonStates, type ButtonState } from './buttonStates';
import { Calls, describe } from './calls';
import type { Core } from './core';
import type { Definition } from './definition';
import { Delivery } from './delivery';
import { Disabled } from './disabled';
import type { EntityObject } from './entityObjects';
import { ENTITY_PLACES, type EntityPlaces } from './entityTypes';
import { observe } from './frameErrors';
import { HangNotes } from './hangs';
import { Lifecycle, PRELOAD_DEADLINE_MS } from './lifecycle';
import { deliverMessages } from './messages';
import { Plugin } from './plugin';
import type { LogLevel, Ports, Tag } from './ports';
import { Registry } from './registry';
import { listenForPlugins } from './remote/connections';
import { Reports, type PluginReport } from './reports';
import { generationOf } from './shapes';
import { isShown, type Button, type Container, type Dialog, type Place } from './surfaces';
import { Turns } from './turns';
import { UnloadHandlers } from './unloadHandlers';

/** How the host starts. */
export interface Start {
  /** loads no plugin at all: `?safe-mode` in the address */
  safeMode?: boolean;
}

interface Selected {
  entity: string;
  items: readonly EntityObject[];
}

/** A node of the tree that users can open beside the lists. */
export interface TreeNode {
  type: string;
  entity?: EntityObject;
}

/** Chosen when the page starts: plugins of oVirt 3 and 4.0 show and hide their tabs by it. */
const ROOT: TreeNode = { type: 'System' };

/**
 * Runs the plugins of the page. It knows nothing of React: views follow its registries and call it back. Made before
 * the first view is drawn; `start` is called when a user is logged in, `stop` when they are logged out.
 */
export class PluginHost {
  readonly places = new Registry<Place>();
  readonly containers = new Registry<Container>();
  readonly buttons = new Registry<Button>();
  readonly dialogs = new Registry<Dialog>();
  readonly reports: Reports;

  readonly #plugins = new Map<string, Plugin>();
  readonly #calls: Calls;
  readonly #notes: HangNotes;
  readonly #turns = new Turns();
  readonly #delivery: Delivery;
  readonly #lifecycle: Lifecycle;
  readonly #states: ButtonStates;
  readonly #unload: UnloadHandlers;
  readonly #allowances = new Allowances();
  readonly #disabled: Disabled;
  readonly #core: Core;
  #stopListening: () => void = () => {};
  #selected: Selected | null = null;

  constructor(
    readonly ports: Ports,
    private readonly window: Window = globalThis.window,
  ) {
    this.#notes = new HangNotes(storage(() => window.sessionStorage));
    this.#disabled = new Disabled(storage(() => window.localStorage));
    this.#calls = new Calls(this.#notes);
    this.reports = new Reports(() => [...this.#plugins.values()], this.#disabled);
    this.#delivery = new Delivery(this.#calls, (plugin, event, error) => this.#lifecycle.fail(plugin, event, error));
    this.#states = new ButtonStates(this.#calls, (name) => this.#plugins.get(name));
    this.#unload = new UnloadHandlers(this.#calls);
    this.#core = this.#makeCore();
    this.#lifecycle = new Lifecycle({
      delivery: this.#delivery,
      calls: this.#calls,
      notes: this.#notes,
      document: window.document,
      pageUrl: (plugin) => this.#core.resolve(plugin, plugin.definition.url),
      greet: (plugin) => this.#greet(plugin),
      begun: (plugin) => {
        // a page that is opened anew at an entity has shown it before the plugin was there
        if (this.#selected !== null && this.#selected.items.length > 0) this.#tellSelection(plugin, this.#selected);
        else this.#delivery.changed(plugin, 'SystemTreeSelectionChange', ROOT);
      },
      sweep: (plugin) => this.#sweep(plugin),
      changed: () => this.reports.changed(),
      failed: (plugin, event, message) => {
        ports.log(plugin.name, 'severe', `${event} failed: ${message}`);
        ports.toast('danger', `The plugin “${plugin.name}” failed in ${event} and was removed: ${message}`);
      },
    });
    // before any iframe exists: plugins call it while their pages load
    const factory = createFactory((plugin, apiFunction, args) => this.#api(plugin, apiFunction, args));
    Object.assign(window, { pluginApi: factory });
  }

  /** Defines and loads the plugins; the promise ends when those that have to be waited for are in use, or late. */
  async start(definitions: readonly Definition[], { safeMode = false }: Start = {}): Promise<void> {
    this.stop();
    const hung = this.#notes.take();
    for (const definition of definitions) {
      if (this.#plugins.has(definition.name)) continue;
      this.#plugins.set(definition.name, new Plugin(definition, () => this.reports.changed()));
    }
    this.reports.changed();
    const stopMessages = deliverMessages(this.window, () => this.#plugins.values(), this.#delivery);
    const stopConnections = listenForPlugins(
      {
        ports: this.ports,
        window: this.window,
        call: (plugin, apiFunction, args) => this.#api(plugin.name, apiFunction, args),
        answered: () => {
          this.#states.forget(() => true);
          this.buttons.touch();
        },
      },
      (name) => this.#plugins.get(name),
      (plugin) => this.#core.resolve(plugin, plugin.definition.url),
    );
    const leave = () => {
      this.#unload.leaveAll();
      this.#notes.clear();
    };
    this.window.addEventListener('pagehide', leave);
    this.#stopListening = () => {
      stopMessages();
      stopConnections();
      this.window.removeEventListener('pagehide', leave);
    };
    if (safeMode) {
      this.ports.alert('info', 'Safe mode: no plugin is loaded.', 0);
      return;
    }
    for (const plugin of this.#plugins.values()) {
      const suspect = hung.find((each) => each.plugin === plugin.name);
      if (!plugin.definition.enabled || this.#disabled.has(plugin.name)) continue;
      if (suspect) this.#suspect(plugin, suspect.call);
      else this.#lifecycle.load(plugin);
    }
    await this.#preload();
  }

  /** The user is going: plugins are told, and removed. */
  stop(): void {
    for (const plugin of this.#plugins.values()) this.#delivery.now(plugin, 'UserLogout', []);
    for (const plugin of this.#plugins.values()) this.#lifecycle.unload(plugin);
    this.#plugins.clear();
    this.#selected = null;
    this.#stopListening();
    this.#stopListening = () => {};
    this.reports.changed();
  }

  // ---- what happens in the page

  /** The selection of a list; also the entity whose detail page is open. */
  select(entity: string, items: readonly EntityObject[]): void {
    if (!ENTITY_PLACES[entity]) return;
    this.#selected = { entity, items };
    for (const plugin of this.#plugins.values()) this.#tellSelection(plugin, this.#selected);
  }

  /** The user has left where this could be selected. */
  leave(entity: string): void {
    if (this.#selected?.entity === entity) this.#selected = null;
  }

  /** The selection of a detail tab. */
  selectDetail(items: readonly EntityObject[]): void {
    for (const plugin of this.#plugins.values()) this.#delivery.selection(plugin, 'DetailItemSelectionChange', items);
  }

  activateTags(tags: readonly Omit<Tag, 'children'>[]): void {
    const copies = () => tags.map(({ name, description, selected }) => ({ name, description, selected }));
    for (const plugin of this.#plugins.values()) this.#delivery.now(plugin, 'TagActivationChange', copies());
  }

  /** The REST session is there, or another one is. */
  restSessionAcquired(): void {
    for (const plugin of this.#plugins.values()) this.#tellRestSession(plugin);
  }

  // ---- for views

  /** The plugin's place of this token, if the user may be there. */
  place(token: string): Place | undefined {
    return this.places.find((place) => place.token === token && isShown(place));
  }

  /** Where a user lands whose address names no place; null: the page's own default. */
  landingPlace(): string | null {
    return this.places.getSnapshot().findLast((place) => place.options.defaultPlace && place.accessible)?.token ?? null;
  }

  /** The buttons of a list (`detail` null) or a detail place, as they are for this selection. */
  buttonStates(
    entity: string,
    detail: string | null,
    selection: readonly EntityObject[],
    parent: EntityObject,
    version: unknown,
  ): readonly ButtonState[] {
    return this.buttons
      .getSnapshot()
      .filter((button) => button.entity === entity && button.detail === detail)
      .map((button) => this.#states.of(button, selection, parent, version));
  }

  press(button: Button, selection: readonly EntityObject[], parent: EntityObject): void {
    this.#states.press(button, selection, parent);
  }

  pressInDialog(dialog: Dialog, index: number): void {
    const plugin = this.#plugins.get(dialog.plugin);
    const button = dialog.buttons[index];
    if (!plugin?.attached || typeof button?.source.onClick !== 'function') return;
    const { source, label } = button;
    const outcome = this.#calls.run(plugin, `onClick of “${label}”`, () => (source.onClick as () => unknown)());
    if ('error' in outcome) {
      plugin.diagnosis.log('warning', `onClick of the dialog's button “${label}” failed: ${describe(outcome.error)}`);
    }
  }

  closeDialog(dialog: Dialog): void {
    this.dialogs.remove((each) => each.key === dialog.key);
  }

  /** The iframe of a place is in the page; answers what to call when the user has left it. */
  revealed(token: string): () => void {
    const left = this.#unload.revealed(token);
    return () => {
      left();
      this.places.change(
        (place) => place.token === token && place.lingering,
        (place) => ({ ...place, lingering: false }),
      );
    };
  }

  // ---- for the page of extensions

  report(name: string): PluginReport | undefined {
    return this.reports.getSnapshot().find((report) => report.name === name);
  }

  reload(name: string): void {
    const plugin = this.#plugins.get(name);
    if (!plugin) return;
    this.#disabled.remove(name);
    this.#lifecycle.unload(plugin);
    this.#lifecycle.load(plugin);
  }

  /** Not loaded in this browser any more, until `reload`. */
  disable(name: string): void {
    const plugin = this.#plugins.get(name);
    if (!plugin) return;
    this.#disabled.add(name);
    this.#lifecycle.unload(plugin);
  }

  // ---- inside

  #api(name: string, apiFunction: string, args: readonly unknown[]): unknown {
    const plugin = this.#plugins.get(name);
    if (!plugin) return apiFunction === 'configObject' ? null : undefined;
    if (plugin.state === 'LOADING') observe(plugin);
    const entry = Object.hasOwn(API_FUNCTIONS, apiFunction) ? API_FUNCTIONS[apiFunction] : undefined;
    if (!entry) return undefined;
    const generation = generationOf(apiFunction);
    if (generation === 'old') plugin.usedOldNames = true;
    if (generation === 'new') plugin.usedNewNames = true;
    const run = () => {
      try {
        return entry.run(this.#core, plugin, args);
      } catch (error) {
        plugin.diagnosis.log('severe', `${apiFunction} could not be done: ${describe(error)}`);
        return undefined;
      }
    };
    const { state } = plugin;
    if (entry.gate === 'always' || state === 'INITIALIZING' || state === 'IN_USE') return run();
    if (entry.gate === 'information' && (state === 'LOADING' || state === 'READY')) return run();
    if (entry.gate === 'page' && state === 'READY') plugin.early.push(run);
    else plugin.diagnosis.log('info', `${apiFunction} was called while ${state}, and ignored`);
    return undefined;
  }

  #makeCore(): Core {
    const note = (plugin: Plugin, level: LogLevel, message: string) => plugin.diagnosis.log(level, message);
    return {
      ports: this.ports,
      surfaces: { places: this.places, containers: this.containers, buttons: this.buttons, dialogs: this.dialogs },
      resolve: (plugin, url) => resolve(this.#base(plugin), url, (problem) => note(plugin, 'warning', problem)),
      later: (plugin, action) => {
        const { life } = plugin;
        this.#turns.next(() => {
          if (plugin.life === life) action();
        });
      },
      after: (plugin, ms, action) => this.#lifecycle.after(plugin, ms, action),
      isRevealed: (token) => this.#unload.isRevealed(token),
      allowed: (plugin, what) => this.#allowances.take(plugin, what),
      note,
      ready: (plugin) => this.#lifecycle.ready(plugin),
      setUnloadHandler: (plugin, token, handler) => this.#unload.set(plugin, token, handler),
    };
  }

  /** Where relative addresses of a plugin begin: at the page, as in oVirt; for one of another server at its own page. */
  #base(plugin: Plugin): string {
    const base = `${this.ports.engineBaseUrl()}webadmin/`;
    const own = new URL(plugin.definition.url, base);
    return plugin.remote === null || own.origin === new URL(base).origin ? base : own.href;
  }

  #greet(plugin: Plugin): void {
    const user = this.ports.user();
    if (user !== null) this.#delivery.nowOrLater(plugin, 'UserLogin', () => [user.name, user.id]);
    this.#tellRestSession(plugin);
  }

  #tellSelection(plugin: Plugin, { entity, items }: Selected): void {
    const places = ENTITY_PLACES[entity]!;
    this.#delivery.changed(plugin, 'SystemTreeSelectionChange', treeNode(places, items));
    if (places.selection) this.#delivery.selection(plugin, `${entity}SelectionChange`, items);
  }

  #tellRestSession(plugin: Plugin): void {
    const session = this.ports.restSession();
    if (session !== '') this.#delivery.nowOrLater(plugin, 'RestApiSessionAcquired', () => [session]);
  }

  #sweep({ name }: Plugin): void {
    const own = (each: { plugin: string }) => each.plugin === name;
    this.dialogs.remove(own);
    this.buttons.remove(own);
    this.places.remove(own);
    this.containers.remove(own);
    this.#unload.remove(name);
    this.#states.forget(() => true);
  }

  #suspect(plugin: Plugin, call: string): void {
    const where = call === 'load' ? 'while it was loaded' : `in ${call}`;
    plugin.diagnosis.log('severe', `not loaded: the page stood still ${where} when it was last open`);
    this.ports.alert('warning', `The plugin “${plugin.name}” is not loaded: the page stood still ${where}.`, 0);
  }

  async #preload(): Promise<void> {
    const awaited = [...this.#plugins.values()].filter((plugin) => !plugin.definition.lazyLoad && plugin.iframe !== null);
    const late = await this.reports.until(
      () => awaited.filter((plugin) => plugin.state !== 'IN_USE' && plugin.state !== 'FAILED'),
      PRELOAD_DEADLINE_MS,
    );
    for (const plugin of late) {
      plugin.diagnosis.log('warning', `not in use ${PRELOAD_DEADLINE_MS / 1000} s after the start; the page went on`);
      this.ports.alert('warning', `The plugin “${plugin.name}” is late; the page goes on without it.`, 10_000);
    }
  }
}

/** The node of oVirt's tree that an entity is. Lists are shown beside the tree, and leave it at its root. */
function treeNode({ tree }: EntityPlaces, items: readonly EntityObject[]): TreeNode {
  const [entity] = items;
  return items.length === 1 && entity !== undefined && tree !== null ? { type: tree, entity } : ROOT;
}

/** Against the address of the page, as oVirt's own iframes do. */
function resolve(base: string, url: unknown, problem: (message: string) => void): string {
  if (typeof url !== 'string' || url === '') return 'about:blank';
  try {
    const resolved = new URL(url, base);
    if (resolved.protocol !== 'javascript:') return resolved.href;
    problem('scripts as addresses are not taken');
  } catch {
    problem(`“${url}” is no address`);
  }
  return 'about:blank';
}

/** Storage can be forbidden altogether, which throws. */
function storage(get: () => Storage): Storage | null {
  try {
    return get();
  } catch {
    return null;
  }
}
