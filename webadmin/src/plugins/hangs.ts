/**
 * Notes in the tab's storage of which plugin has the page's thread. A plugin that never gives it back cannot be
 * stopped; but when the user loads the page anew the note is still there, and tells whom not to load.
 */
export class HangNotes {
  readonly #loading = new Set<string>();

  constructor(private readonly storage: Storage | null) {}

  /** Plugins that had the thread when the page was last seen; forgotten by being asked. */
  take(): readonly { plugin: string; call: string }[] {
    const call = this.#read(CALL);
    const loading = this.#read(LOADING);
    this.clear();
    if (call !== null) {
      const colon = call.lastIndexOf(':');
      return [{ plugin: call.slice(0, colon), call: call.slice(colon + 1) }];
    }
    return loading === null ? [] : loading.split('\n').map((plugin) => ({ plugin, call: 'load' }));
  }

  calling(plugin: string, name: string): () => void {
    const before = this.#read(CALL);
    this.#write(CALL, `${plugin}:${name}`);
    return () => this.#write(CALL, before);
  }

  loading(plugin: string): () => void {
    this.#loading.add(plugin);
    this.#noteLoading();
    return () => {
      this.#loading.delete(plugin);
      this.#noteLoading();
    };
  }

  /** When the page goes away in an orderly manner nothing hung. */
  clear(): void {
    this.#write(CALL, null);
    this.#write(LOADING, null);
  }

  #noteLoading(): void {
    this.#write(LOADING, this.#loading.size === 0 ? null : [...this.#loading].join('\n'));
  }

  #read(key: string): string | null {
    try {
      return this.storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #write(key: string, value: string | null): void {
    try {
      if (value === null) this.storage?.removeItem(key);
      else this.storage?.setItem(key, value);
    } catch {
      // a browser without storage: the page works, endless loops are only not remembered
    }
  }
}

const CALL = 'plugin-call';
const LOADING = 'plugin-load';
