import type { CallStatistics, LogEntry } from './diagnosis';
import type { Disabled } from './disabled';
import type { Plugin, PluginState } from './plugin';

/** One plugin as the page of extensions shows it. */
export interface PluginReport {
  name: string;
  url: string;
  state: PluginState;
  /** by the administrator's configuration */
  enabled: boolean;
  /** in this browser, by its user */
  disabledHere: boolean;
  lazyLoad: boolean;
  log: readonly LogEntry[];
  calls: readonly CallStatistics[];
}

/** The state of all plugins for views to follow; many changes in one turn are one change for them. */
export class Reports {
  readonly #listeners = new Set<() => void>();
  readonly #watchers = new Set<() => void>();
  #snapshot: readonly PluginReport[] | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly plugins: () => readonly Plugin[],
    private readonly disabled: Disabled,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): readonly PluginReport[] => (this.#snapshot ??= this.plugins().map((each) => this.#report(each)));

  changed(): void {
    this.#snapshot = null;
    this.#watchers.forEach((watcher) => watcher());
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#listeners.forEach((listener) => listener());
    }, 0);
  }

  /** Waits until nothing is left; answers what still is when the time is over. */
  until<T>(left: () => readonly T[], deadlineMs: number): Promise<readonly T[]> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(left());
      };
      const look = () => {
        if (left().length === 0) end();
      };
      const timer = setTimeout(end, deadlineMs);
      this.#watchers.add(look);
      look();
    });
  }

  #report(plugin: Plugin): PluginReport {
    const { name, url, enabled, lazyLoad } = plugin.definition;
    return {
      name,
      url,
      state: plugin.state,
      enabled,
      disabledHere: this.disabled.has(name),
      lazyLoad,
      log: plugin.diagnosis.entries(),
      calls: plugin.diagnosis.calls(),
    };
  }
}
