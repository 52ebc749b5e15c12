/** A list that views can follow: `useSyncExternalStore(registry.subscribe, registry.getSnapshot)`. */
export class Registry<T> {
  #items: readonly T[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Always the same array until something changes. */
  readonly getSnapshot = (): readonly T[] => this.#items;

  add(item: T): void {
    this.#set([...this.#items, item]);
  }

  remove(matches: (item: T) => boolean): void {
    const rest = this.#items.filter((item) => !matches(item));
    if (rest.length < this.#items.length) this.#set(rest);
  }

  /** Lets views look again though the items are the same. */
  touch(): void {
    this.#set([...this.#items]);
  }

  /** Replaces the items that match; true when there was one. */
  change(matches: (item: T) => boolean, changed: (item: T) => T): boolean {
    if (!this.#items.some(matches)) return false;
    this.#set(this.#items.map((item) => (matches(item) ? changed(item) : item)));
    return true;
  }

  find(matches: (item: T) => boolean): T | undefined {
    return this.#items.find(matches);
  }

  #set(items: readonly T[]): void {
    this.#items = items;
    this.#listeners.forEach((listener) => listener());
  }
}
