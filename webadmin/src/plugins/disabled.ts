const KEY = 'plugins-disabled';

/** Plugins that the user of this browser does without. */
export class Disabled {
  constructor(private readonly storage: Storage | null) {}

  has(name: string): boolean {
    return this.#read().includes(name);
  }

  add(name: string): void {
    this.#write([...this.#read().filter((each) => each !== name), name]);
  }

  remove(name: string): void {
    this.#write(this.#read().filter((each) => each !== name));
  }

  #read(): string[] {
    try {
      const names: unknown = JSON.parse(this.storage?.getItem(KEY) ?? '[]');
      return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    } catch {
      return [];
    }
  }

  #write(names: string[]): void {
    try {
      this.storage?.setItem(KEY, JSON.stringify(names));
    } catch {
      // full or forbidden: then only for as long as the page is open
    }
  }
}
